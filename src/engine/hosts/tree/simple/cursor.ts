/** Where the reading of a YAML text stands. A carriage return stands in front of a line feed there, or nowhere. */
import type { Anchors } from './anchors';

/** What is read here, or how it is written, is not simple: the library reads it. */
export const NOT_SIMPLE = new Error('Not simple YAML');

/** The next line that is neither blank nor a comment. */
export interface NextLine {
  /** Blanks in front of it; -1 at the end of the document. */
  readonly indent: number;
  /** Where it begins, behind those blanks. */
  readonly start: number;
  /** The deepest column of the comments on lines of their own in front of it; -1 where there are none. */
  readonly deepestComment: number;
  /** The least deep one. */
  readonly shallowestComment: number;
  /** Behind the comments that belong to the value in front of them and count for nothing else; -1 where there are none. */
  readonly behindTaken: number;
}

export interface Cursor {
  readonly text: string;
  at: number;
  readonly anchors: Anchors;
  /** Whether lines of a quoted scalar may stand anywhere. */
  readonly isLenient: boolean;
}

const SPACE = 32;
const NEWLINE = 10;
const RETURN = 13;
const TAB = 9;
const HASH = 35;

export function skipSpaces(cursor: Pick<Cursor, 'text' | 'at'>): void {
  cursor.at = behindSpaces(cursor.text, cursor.at);
}

/** Behind the spaces and tabs that stand there. */
export function behindSpaces(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === SPACE || code === TAB; code = text.charCodeAt(at)) at++;
  return at;
}

/** Behind the spaces that stand there: tabs indent nothing. */
export function behindIndent(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

/** True at a line break or the end of the text. */
export function isLineEnd(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const code = text.charCodeAt(at);
  return code === NEWLINE || code === RETURN;
}

/** True at a space, a tab, a line break or the end of the text. */
export function isBlank(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const code = text.charCodeAt(at);
  return code === SPACE || code === NEWLINE || code === RETURN || code === TAB;
}

/** Where the line behind the one at `at` begins. */
export function behindLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Goes on to the next line from behind a value: nothing but a comment may stand there. */
export function finishLine(cursor: Cursor): void {
  skipSpaces(cursor);
  const { text, at } = cursor;
  if (!isLineEnd(text, at) && !(text.charCodeAt(at) === HASH && isBlank(text, at - 1))) throw NOT_SIMPLE;
  cursor.at = behindLine(text, at);
}

/** True where three dashes or dots stand in front of a document or behind it. */
export function isMarker(text: string, at: number): boolean {
  return (text.startsWith('---', at) || text.startsWith('...', at)) && isBlank(text, at + 3);
}

/**
 * Looks from the beginning of a line for the next one with content.
 * @param column the first comments that stand further in than this belong to the value in front of them
 */
export function nextLine({ text, at: from }: Cursor, column = Infinity): NextLine {
  let deepestComment = -1;
  let shallowestComment = Infinity;
  let behindTaken = -1;
  let at = from;
  for (;;) {
    const indentEnd = behindIndent(text, at);
    const indent = indentEnd - at;
    at = behindSpaces(text, indentEnd);
    if (at >= text.length) return { indent: -1, start: text.length, deepestComment, shallowestComment, behindTaken };
    const code = text.charCodeAt(at);
    if (code === HASH) {
      if (indent > column && deepestComment < 0) behindTaken = behindLine(text, at);
      else deepestComment = Math.max(deepestComment, indent);
      shallowestComment = Math.min(shallowestComment, indent);
    } else if (code !== NEWLINE && code !== RETURN) {
      if (at > indentEnd) throw NOT_SIMPLE;
      const isEnd = indent === 0 && isMarker(text, at);
      return { indent: isEnd ? -1 : indent, start: at, deepestComment, shallowestComment, behindTaken };
    }
    at = behindLine(text, at);
  }
}
