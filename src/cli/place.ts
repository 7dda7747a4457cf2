import { lineIndex, type LineIndex, type Range } from '../engine';
import type { Outcome } from './outcome';

/** Where a range lies, for people and other programs: lines and columns from 1, columns in UTF-16 code units, the end exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeOf(index: LineIndex, range: Range): Place {
  const start = index.positionAt(range.start);
  const end = index.positionAt(range.end);
  return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

/** Looks a text up by its URI, or without one the text of the input; undefined for one that could not be read. */
export type LineIndexOf = (uri: string | undefined) => LineIndex | undefined;

/** The lines of all texts that the findings of an outcome point into. */
export function lineIndexes({ text, others }: Pick<Outcome, 'text' | 'others'>): {
  readonly own: LineIndex;
  readonly of: LineIndexOf;
} {
  const own = lineIndex(text);
  const beside = new Map(others.map((other) => [other.uri, lineIndex(other.text)]));
  return { own, of: (uri) => (uri === undefined ? own : beside.get(uri)) };
}
