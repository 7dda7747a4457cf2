/** Ways back that are held against a second reading. */
import { applyIfApart } from '../../text/edits';
import type { Piece } from '../piece';

/** Which of them stands where is another matter each time. */
const PLACEHOLDER = /[\uE000-\uF8FF]/g;

/**
 * The piece, of which only such edits are certain as the whole document, read again, has in the text: in formats where a character more can mean
 * something quite different. `read` gives the text that stands in this place of a document.
 */
export function verified(piece: Piece, host: string, read: (host: string) => string | undefined): Piece {
  return {
    ...piece,
    map: {
      toHost: piece.map.toHost,
      toHostEdits: (edits) => {
        const mapped = piece.map.toHostEdits(edits);
        if (!mapped || mapped.length === 0) return mapped;
        const after = applyIfApart(host, mapped);
        const expected = applyIfApart(piece.text, edits);
        if (after === undefined || expected === undefined) return undefined;
        return read(after)?.replace(PLACEHOLDER, '\uE000') === expected.replace(PLACEHOLDER, '\uE000')
          ? mapped
          : undefined;
      },
    },
  };
}
