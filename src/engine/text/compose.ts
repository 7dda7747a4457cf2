import { sortEdits } from './edits';
import type { TextEdit } from './range';

/** A run of the result: kept from the original, or new. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: string };

function lengthOf(piece: Piece): number {
  return 'text' in piece ? piece.text.length : piece.end - piece.start;
}

function cut(piece: Piece, from: number, to: number): Piece {
  return 'text' in piece ? { text: piece.text.slice(from, to) } : { start: piece.start + from, end: piece.start + to };
}

/** The pieces between two offsets of what they make. */
function slice(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const length = lengthOf(piece);
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, length);
    if (end > start) result.push(cut(piece, start, end));
    at += length;
  }
  return result;
}

function piecesOf(length: number, edits: readonly TextEdit[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { range, newText } of sortEdits(edits)) {
    if (range.start > at) pieces.push({ start: at, end: range.start });
    if (newText !== '') pieces.push({ text: newText });
    at = range.end;
  }
  if (at < length) pieces.push({ start: at, end: length });
  return pieces;
}

/**
 * Edits of the original text (of `length` characters) that do what `first` and then `second` do, where `second` is in coordinates of what `first` leaves.
 */
export function composeEdits(
  length: number,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  const middle = piecesOf(length, first);
  const middleLength = middle.reduce((sum, piece) => sum + lengthOf(piece), 0);
  const result: Piece[] = [];
  let at = 0;
  for (const { range, newText } of sortEdits(second)) {
    result.push(...slice(middle, at, range.start));
    if (newText !== '') result.push({ text: newText });
    at = range.end;
  }
  result.push(...slice(middle, at, middleLength));
  return editsOf(length, result);
}

/** Pieces of the original keep their order, so what lies between two of them was replaced by the new text there. */
function editsOf(length: number, pieces: readonly Piece[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let text = '';
  const flush = (until: number): void => {
    if (text !== '' || until > at) edits.push({ range: { start: at, end: until }, newText: text });
    text = '';
  };
  for (const piece of pieces) {
    if ('text' in piece) {
      text += piece.text;
      continue;
    }
    flush(piece.start);
    at = piece.end;
  }
  flush(length);
  return edits;
}
