/** Texts that hosts put scripts together from: string literals, what is substituted in them, and how they are joined. */
import type { Placeholders } from '../program/placeholders';
import { knownValue, type Value } from '../program/value';
import { compose, IDENTITY, scriptBuilder, somewhereIn, type Codec, type SourceMap } from '../text/source-map';
import type { Range, TextEdit } from '../text/range';

/** A text with the way back to the document that it comes from. */
export interface Piece {
  readonly text: string;
  readonly map: SourceMap;
  /**
   * Puts new elements with these texts in front of the piece in the list that it is an element of. Absent where it is no such element.
   */
  readonly insertLines?: (lines: readonly string[]) => TextEdit | undefined;
}

/** A stretch of the document that stands as it is. */
export function wholePiece(text: string): Piece {
  return { text, map: IDENTITY };
}

/** Something of the document that is not text: what it puts in is `value`, as far as that is known. */
export function opaquePiece(value: Value, range: Range, placeholders: Placeholders): Piece {
  const known = knownValue(value);
  return { text: known ?? placeholders.add(value), map: somewhereIn(range) };
}

/** Finds what is not plain text in a piece: an escape, or something that is put in. */
export interface Syntax {
  /** Global, so that each match is found in turn. */
  readonly pattern: RegExp;
  /** What a match stands for: other text, or a value that is put in; undefined where it stands for itself. */
  read(match: RegExpExecArray): { readonly text: string } | { readonly value: Value } | undefined;
  /** How new text is written. */
  readonly codec: Codec;
}

/** A piece as it is after its own syntax is read: `${Name}` in `Fn::Sub`, `%%` in a unit. */
export function readSyntax(piece: Piece, syntax: Syntax, placeholders: Placeholders): Piece {
  const { pattern, codec } = syntax;
  const builder = scriptBuilder(piece.text, codec);
  let at = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(piece.text); match; match = pattern.exec(piece.text)) {
    const end = match.index + match[0].length;
    if (match[0] === '') pattern.lastIndex++;
    const read = syntax.read(match);
    if (!read) continue;
    builder.copy(at, match.index);
    if ('text' in read) builder.unit(read.text, match.index, end);
    else builder.opaque(knownValue(read.value) ?? placeholders.add(read.value), match.index, end);
    at = end;
  }
  builder.copy(at, piece.text.length);
  const { text, map } = builder.build();
  const { insertLines } = piece;
  if (!insertLines) return { text, map: compose(map, piece.map) };
  return {
    text,
    map: compose(map, piece.map),
    insertLines: (lines) => {
      const encoded = lines.map((line) => codec.encode(line, true));
      const certain = encoded.filter((line) => line !== undefined);
      return certain.length === lines.length ? insertLines(certain) : undefined;
    },
  };
}

interface Placed {
  readonly piece: Piece;
  readonly start: number;
  readonly end: number;
}

/** What an edit changes in one piece, in the piece's own coordinates. */
interface Part {
  readonly placed: Placed;
  readonly local: TextEdit;
}

/** Pieces one after the other, with `delimiter` between them. An edit that takes a delimiter away is not certain. */
export function joinPieces(pieces: readonly Piece[], delimiter = ''): Piece {
  const [only] = pieces;
  if (pieces.length === 1 && only && !only.insertLines) return only;
  const placed: Placed[] = [];
  let text = '';
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) text += delimiter;
    placed.push({ piece, start: text.length, end: text.length + piece.text.length });
    text += piece.text;
  }
  const holding = (offset: number): number => {
    const index = placed.findIndex(({ end }) => end > offset);
    return index === -1 ? placed.length - 1 : index;
  };
  const toHost = ({ start, end }: Range): Range => {
    const first = placed[holding(start)];
    const last = placed[holding(Math.max(start, end - 1))];
    if (!first || !last) return { start: 0, end: 0 };
    const from = first.piece.map.toHost(within(start, end, first));
    if (first === last) return from;
    return { start: from.start, end: Math.max(from.start, last.piece.map.toHost(within(start, end, last)).end) };
  };
  const toHostEdits = (edits: readonly TextEdit[]): readonly TextEdit[] | undefined => {
    const result: TextEdit[] = [];
    const byPiece = new Map<Placed, TextEdit[]>();
    for (const edit of edits) {
      const line = newElements(edit, edits);
      if (line) {
        result.push(line);
        continue;
      }
      const parts = partsOf(edit);
      if (!parts) return undefined;
      for (const { placed: at, local } of parts) byPiece.set(at, [...(byPiece.get(at) ?? []), local]);
    }
    for (const [{ piece }, local] of byPiece) {
      const mapped = piece.map.toHostEdits(local);
      if (!mapped) return undefined;
      result.push(...mapped);
    }
    return result;
  };
  /** Text that ends where an element begins, or in its indentation, as elements of their own. */
  const newElements = (edit: TextEdit, edits: readonly TextEdit[]): TextEdit | undefined => {
    const { range, newText } = edit;
    const position = range.start;
    if (range.end > position) return undefined;
    const element = placed.find(({ piece, start, end }) => piece.text !== '' && start <= position && position < end);
    if (!element?.piece.insertLines) return undefined;
    const indentation = text.slice(element.start, position);
    if (!/^[ \t]*$/.test(indentation) || !newText.endsWith(indentation)) return undefined;
    // What else is written there has its place before or behind the new text, but not on both sides of it.
    const crowded = edits.some(
      (other) =>
        other !== edit &&
        other.range.start <= position &&
        other.range.end >= element.start &&
        (other.range.start === other.range.end || (other.range.start < position && other.range.end > element.start)),
    );
    if (crowded) return undefined;
    const moved = indentation + newText.slice(0, newText.length - indentation.length);
    const elements = splitElements(moved, delimiter);
    return elements && element.piece.insertLines(elements);
  };
  const localTo = (at: Placed, { range, newText }: TextEdit): Part => ({
    placed: at,
    local: { range: { start: range.start - at.start, end: range.end - at.start }, newText },
  });
  /** The pieces that an edit changes, each with what is changed in it. */
  const partsOf = (edit: TextEdit): readonly Part[] | undefined => {
    const { start, end } = edit.range;
    if (start < end) {
      const found = placed.find((each) => each.start <= start && end <= each.end);
      if (found) return [localTo(found, edit)];
      if (delimiter !== '') return undefined;
      return placed
        .filter((each) => each.start < end && each.end > start)
        .map((each, index) => {
          const range = { start: Math.max(start, each.start), end: Math.min(end, each.end) };
          return localTo(each, { range, newText: index === 0 ? edit.newText : '' });
        });
    }
    const lineStart = start === 0 || text.charAt(start - 1) === '\n';
    const after = placed.find((each) => each.start === start && each.piece.text !== '');
    const before = placed.findLast((each) => each.start < start && start <= each.end);
    // At the start of a line text belongs to what follows, elsewhere to what it stands behind; the other side will do.
    for (const at of lineStart ? [after, before] : [before, after]) {
      const part = at && localTo(at, edit);
      if (part && at.piece.map.toHostEdits([part.local])) return [part];
    }
    return undefined;
  };
  return { text, map: { toHost, toHostEdits } };
}

/** The elements that `text` is when each has the delimiter behind it; undefined where it is none. An element ends at a line's end, not within a line. */
function splitElements(text: string, delimiter: string): readonly string[] | undefined {
  if (delimiter === '') {
    return text.endsWith('\n')
      ? text
          .slice(0, -1)
          .split('\n')
          .map((line) => `${line}\n`)
      : undefined;
  }
  if (!text.endsWith(delimiter)) return undefined;
  const elements = text.slice(0, -delimiter.length);
  return delimiter.includes('\n') ? elements.split(delimiter) : [elements];
}

function within(start: number, end: number, placed: Placed): Range {
  const from = Math.max(start, placed.start) - placed.start;
  return { start: from, end: Math.max(from, Math.min(end, placed.end) - placed.start) };
}

/** Text of the document's own making, such as what `join` puts between elements. */
export function impliedPiece(text: string, range: Range): Piece {
  return { text, map: somewhereIn(range) };
}

/** A piece that can be read and not written. */
export function readOnly(piece: Piece): Piece {
  return {
    text: piece.text,
    map: { toHost: piece.map.toHost, toHostEdits: (edits) => (edits.length === 0 ? [] : undefined) },
  };
}
