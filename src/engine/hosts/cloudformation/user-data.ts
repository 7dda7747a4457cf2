/** User data: of instances, launch templates, launch configurations, spot fleets, and whatever else has it. */
import { NO_FACTS } from './conditions';
import { placeholderTable } from '../../program/placeholders';
import { somewhereIn } from '../../text/source-map';
import { decodeBase64 } from '../embedding/base64';
import { isKnownText, isOtherProgram } from '../embedding/language';
import type { Embedded, HostDocument } from '../host';
import type { Piece } from '../piece';
import { itemsOf, textOf, type Tree } from '../tree/tree';
import { callOf } from './functions';
import { hasRoom, pieceOf, type PieceScope } from './pieces';
import type { Loop } from './for-each';
import type { Template } from './template';

/** Where a text of a resource stands. */
export interface Place {
  readonly template: Template;
  readonly loop: Loop;
  /** Logical id of the resource, where it is one's. */
  readonly owner?: string;
}

export function ownerOf({ owner }: Place): { readonly owner?: string } {
  return owner === undefined ? {} : { owner };
}

/** Documents made of pieces: one, or two where `Fn::If` chooses between scripts. */
export function eachReading(
  place: Place,
  read: (
    scope: PieceScope,
  ) => { readonly piece: Piece; readonly document: Omit<HostDocument, 'text' | 'placeholders'> }[],
): readonly Embedded[] {
  const { template, loop } = place;
  const result: Embedded[] = [];
  for (const branch of [0, 1] as const) {
    const choices = { met: false };
    const placeholders = placeholderTable(template.document.placeholders);
    const onChoice = (): void => {
      choices.met = true;
    };
    for (const { piece, document } of read({
      template,
      loop,
      depth: 0,
      facts: NO_FACTS,
      placeholders,
      branch,
      onChoice,
    })) {
      const { text, map } = piece;
      result.push({
        document: { ...document, text, placeholders: placeholders.values },
        map,
        ...ownerOf(place),
      });
    }
    if (!choices.met) break;
  }
  return result;
}

/** A text as a document. `languageId` says what it is where it does not say so itself. */
export function textDocument(
  tree: Tree,
  place: Place,
  guess: (text: string) => string | undefined,
): readonly Embedded[] {
  return eachReading(place, (scope) => {
    const piece = pieceOf(tree, scope);
    if (!piece || piece.text.trim() === '') return [];
    const languageId = guess(piece.text);
    const room = hasRoom(tree, scope) ? {} : { oneLine: true };
    return [{ piece, document: { name: '', ...(languageId === undefined ? {} : { languageId }), ...room } }];
  });
}

/** Formats of user data beside scripts, and blocks of Windows. */
const OTHER_FORMAT =
  /^\uFEFF?\s*(?:#cloud-config|#cloud-boothook|#include|#upstart-job|#part-handler|##\s*template:|MIME-Version:|Content-Type:|From |[{[<])|<powershell>|<script>/i;

/** What user data is that does not say so itself: a script whose first line is not the first one, or was forgotten. */
function guessUserData(text: string): string | undefined {
  return OTHER_FORMAT.test(text) || isOtherProgram(text) ? undefined : 'shellscript';
}

export function userData(tree: Tree, place: Place): readonly Embedded[] {
  const call = callOf(tree);
  if (call?.name === 'Fn::Base64') return textDocument(call.argument, place, guessUserData);
  if (call?.name === 'Fn::If') {
    return itemsOf(call.argument)
      .slice(1, 3)
      .flatMap((branch) => userData(branch, place));
  }
  if (call) return call.name === 'Fn::Sub' || call.name === 'Fn::Join' ? plainText(tree, place) : [];
  const written = textOf(tree) ?? '';
  const decoded = isKnownText(written) ? undefined : decodeBase64(written);
  if (decoded === undefined || decoded === '') return plainText(tree, place);
  const languageId = guessUserData(decoded);
  const document = { name: '', text: decoded, ...(languageId === undefined ? {} : { languageId }) };
  return [{ document, map: somewhereIn(tree.range), ...ownerOf(place) }];
}

/** User data that somebody else encodes; only where it is clear that it is a text. */
function plainText(tree: Tree, place: Place): readonly Embedded[] {
  return textDocument(tree, place, guessUserData).filter(({ document: { text } }) => /\s/.test(text.trim()));
}
