/** The texts of YAML scalars: YAML 1.2.2, chapters 7.3 and 8.1. */
import { applyIfApart } from '../../text/edits';
import { somewhereIn } from '../../text/source-map';
import type { Range, TextEdit } from '../../text/range';
import type { Piece } from '../piece';
import { blockIndent, blockPiece } from './yaml-block';
import { doubleQuoted, plain, singleQuoted } from './yaml-flow';

export type YamlStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface YamlScalar {
  readonly style: YamlStyle;
  /** From the quote, the block header or the first character to behind the last. */
  readonly range: Range;
  /** What the parser read, which decides. */
  readonly value: string;
}

/** The text of a scalar with the way back; one that is not understood to the character can be read and not written. */
export function scalarPiece(host: string, scalar: YamlScalar): Piece {
  const built = build(host, scalar);
  if (built?.text !== scalar.value) return { text: scalar.value, map: somewhereIn(scalar.range) };
  const { text, map } = built;
  const toHostEdits = (edits: readonly TextEdit[]): readonly TextEdit[] | undefined => {
    const mapped = map.toHostEdits(edits);
    if (!mapped || mapped.length === 0) return mapped;
    return readsAs(applyIfApart(text, edits), host, scalar, mapped) ? mapped : undefined;
  };
  return { text, map: { toHost: map.toHost, toHostEdits } };
}

/** True where the scalar reads as `text` once it is edited: blanks at a line's ends, a missing line break and their like mean more than themselves. */
function readsAs(text: string | undefined, host: string, scalar: YamlScalar, edits: readonly TextEdit[]): boolean {
  const edited = text === undefined ? undefined : applyIfApart(host, edits);
  if (edited === undefined) return false;
  const { style, range } = scalar;
  const end = range.end + edited.length - host.length;
  const after: Range = { start: range.start, end };
  if (style === 'literal' || style === 'folded') {
    // What stands behind the block must not become part of it, nor the block's beginning another indentation.
    if (host.charAt(range.end - 1) === '\n' && edited.charAt(end - 1) !== '\n') return false;
    const indent = blockIndent(host, range);
    if (indent === 0 || blockIndent(edited, after) !== indent) return false;
  }
  const becomes = style === 'plain' && host.charAt(range.start) !== "'" && edited.charAt(range.start) === "'";
  return build(edited, { style: becomes ? 'single' : style, range: after })?.text === text;
}

function build(host: string, { style, range }: Omit<YamlScalar, 'value'>): Piece | undefined {
  switch (style) {
    case 'literal':
    case 'folded':
      return blockPiece(host, range, style === 'folded');
    case 'single':
      return singleQuoted(host, range);
    case 'double':
      return doubleQuoted(host, range);
    case 'plain':
      return plain(host, range);
  }
}
