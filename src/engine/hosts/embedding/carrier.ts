/** Scripts in the texts of YAML and JSON files. */
import { placeholderTable, type Placeholders } from '../../program/placeholders';
import type { Value } from '../../program/value';
import { somewhereIn } from '../../text/source-map';
import type { Embedded, HostDocument } from '../host';
import { joinPieces, readOnly, type Piece } from '../piece';
import { parseJson } from '../tree/json';
import { textOf, type Tree, type TreeScalar } from '../tree/tree';
import { parseYaml } from '../tree/yaml';
import { commandLine, shellCall } from './argv';
import { isOtherProgram } from './language';
import { setupLine } from './setup';
import { coverTemplate, type Dialect } from './template';

/** A file that is being read for the scripts in it. */
export interface Carrier {
  /** As it is parsed: with its template covered. Offsets are the file's. */
  readonly text: string;
  readonly placeholders: Placeholders;
  readonly trees: readonly Tree[];
  /** The text of a scalar. */
  piece(scalar: TreeScalar, resolve?: Resolve): Piece;
}

/** What is known of an expression that a template puts in. */
export type Resolve = (expression: string) => Value;

export function readCarrier({ text, placeholders }: HostDocument, dialect: Dialect): Carrier {
  const template = coverTemplate(text, dialect);
  const table = placeholderTable(placeholders);
  const json = /^\uFEFF?\s*[{[]/.test(template.text) ? parseJson(template.text) : undefined;
  return {
    text: template.text,
    placeholders: table,
    trees: json ? [json] : parseYaml(template.text),
    piece: (scalar, resolve) => template.read(scalar.piece(), table, resolve),
  };
}

/** What is known of a text within the file. */
export interface Place extends Pick<HostDocument, 'languageId' | 'fixed' | 'oneLine'> {
  /** The path that it is written to. */
  readonly name?: string;
  /** Lines that stand before it without being written here: options of the shell, variables of the environment. */
  readonly setup?: readonly Piece[];
  readonly resolve?: Resolve | undefined;
}

/** A scalar as a document of its own; nothing for what is no text. */
export function embedScalar(carrier: Carrier, tree: Tree | undefined, place: Place): readonly Embedded[] {
  if (tree?.kind !== 'scalar' || typeof tree.value !== 'string') return [];
  const { name = '', languageId, fixed, oneLine, resolve } = place;
  const read = carrier.piece(tree, resolve);
  // It is the whole script: a new line is none of the list that it may stand in.
  const piece: Piece = { text: read.text, map: read.map };
  const language = languageId === 'shellscript' && isOtherProgram(piece.text) ? undefined : languageId;
  // Only a shell can be told what stands before its script.
  const setup = language === 'shellscript' ? (place.setup ?? []) : [];
  const { text, map } = setup.length === 0 ? piece : joinPieces([...setup, piece], '\n');
  const document: HostDocument = {
    name,
    text,
    placeholders: carrier.placeholders.values,
    ...(language === undefined ? {} : { languageId: language }),
    ...(!oneLine && hasRoomForLines(carrier, tree) ? {} : { oneLine: true }),
    ...(fixed ? { fixed } : {}),
  };
  return [{ document, map }];
}

/** Lines can be added where the text has lines of its own: in literal blocks, and in quotes that write line breaks as `\n`. */
export function hasRoomForLines({ text }: Carrier, { value, range }: TreeScalar): boolean {
  const first = text.charAt(range.start);
  return first === '|' || (first === '"' && typeof value === 'string' && value.includes('\n'));
}

/** Texts as lines of one script; where they are items of a list, a new line becomes an item of its own. */
export function embedLines(
  carrier: Carrier,
  lines: readonly Piece[],
  { setup = [], languageId = 'shellscript' }: Pick<Place, 'setup' | 'languageId'> = {},
): readonly Embedded[] {
  if (lines.length === 0) return [];
  const { text, map } = joinPieces([...setup, ...lines], '\n');
  return [{ document: { name: '', text, languageId, placeholders: carrier.placeholders.values }, map }];
}

/** A text that is spelled in a way that can be read and not written. */
export function embedReadOnly(
  carrier: Carrier,
  text: string | undefined,
  { range }: Tree,
  { name = '', languageId }: Pick<Place, 'name' | 'languageId'>,
): readonly Embedded[] {
  if (text === undefined) return [];
  const document = { name, text, placeholders: carrier.placeholders.values };
  return [{ document: languageId === undefined ? document : { ...document, languageId }, map: somewhereIn(range) }];
}

/** A command given as a list of arguments: the program that a shell is given in it, or the command as no shell reads it. */
export function embedArguments(
  carrier: Carrier,
  items: readonly Tree[],
  place: Pick<Place, 'setup'> & { readonly entrypointIsShell?: boolean } = {},
): readonly Embedded[] {
  const argv = items.filter((item): item is TreeScalar => item.kind === 'scalar');
  const { setup = [], entrypointIsShell = false } = place;
  const call = shellCall(argv.map(textOf), entrypointIsShell);
  if (call) {
    const lines = [...setup, ...call.options.map(setupLine)];
    return embedScalar(carrier, argv[call.index], { languageId: call.language, setup: lines });
  }
  if (argv.length === 0) return [];
  const { text, map } = commandLine(argv.map((item) => carrier.piece(item)));
  const document = { name: '', text, languageId: 'shellscript', fixed: true, oneLine: true };
  return [{ document: { ...document, placeholders: carrier.placeholders.values }, map }];
}

/** An item of a list, in front of which new ones can be put. What an alias stands for is written where it is defined, and not here. */
export function itemPiece(carrier: Carrier, list: Tree | undefined, item: TreeScalar, resolve?: Resolve): Piece {
  const piece = carrier.piece(item, resolve);
  const { start, end } = list?.range ?? item.range;
  return item.range.start < start || item.range.end > end ? readOnly(piece) : piece;
}
