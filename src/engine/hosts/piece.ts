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
   * Writes whole lines, given without their line ends, in front of the piece: as a new element of the list that the piece is an element of.
   * Absent where the piece is no such element.
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

/** Pieces one after the other, with `delimiter` between them. An edit belongs to one piece; one that goes over several is not certain. */
export function joinPieces(pieces: readonly Piece[], delimiter = ''): Piece {
  const [only] = pieces;
  if (pieces.length === 1 && only) return only;
  const placed: { readonly piece: Piece; readonly start: number; readonly end: number }[] = [];
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
    const byPiece = new Map<Piece, TextEdit[]>();
    for (const edit of edits) {
      const target = targetOf(edit);
      if (!target) return undefined;
      if ('line' in target) {
        result.push(target.line);
        continue;
      }
      const { piece, start } = target.placed;
      const local = { range: { start: edit.range.start - start, end: edit.range.end - start }, newText: edit.newText };
      byPiece.set(piece, [...(byPiece.get(piece) ?? []), local]);
    }
    for (const [piece, local] of byPiece) {
      const mapped = piece.map.toHostEdits(local);
      if (!mapped) return undefined;
      result.push(...mapped);
    }
    return result;
  };
  const targetOf = ({
    range,
    newText,
  }: TextEdit): { readonly line: TextEdit } | { readonly placed: (typeof placed)[number] } | undefined => {
    const { start, end } = range;
    if (start < end) {
      const found = placed.find((each) => each.start <= start && end <= each.end);
      return found && { placed: found };
    }
    const lineStart = start === 0 || text.charAt(start - 1) === '\n';
    const after = placed.find((each) => each.start === start && each.piece.text !== '');
    if (lineStart && after) {
      const lines = newText.endsWith('\n')
        ? after.piece.insertLines?.(
            newText
              .slice(0, -1)
              .split('\n')
              .map((line) => line + lineEnd(delimiter)),
          )
        : undefined;
      return lines ? { line: lines } : { placed: after };
    }
    const before = placed.findLast((each) => each.start < start && start <= each.end) ?? after;
    return before && { placed: before };
  };
  const first = placed[0]?.piece.insertLines;
  return { text, map: { toHost, toHostEdits }, ...(first ? { insertLines: first } : {}) };
}

/** An element of a list that is joined without newlines ends its line itself. */
function lineEnd(delimiter: string): string {
  return delimiter.endsWith('\n') ? '' : '\n';
}

function within(start: number, end: number, placed: { readonly start: number; readonly end: number }): Range {
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
