/** Where the reading of a YAML text stands. */

/** What is read here, or how it is written, is not simple: the library reads it. */
export const NOT_SIMPLE = new Error('Not simple YAML');

/** The next line that is neither blank nor a comment. */
export interface NextLine {
  /** Blanks in front of it; -1 at the end of the text. */
  readonly indent: number;
  /** Where it begins, behind those blanks. */
  readonly start: number;
  /** The deepest column of the comments on lines of their own in front of it; -1 where there are none. */
  readonly deepestComment: number;
}

export interface Cursor {
  readonly text: string;
  at: number;
}

const SPACE = 32;
const NEWLINE = 10;
const TAB = 9;
const HASH = 35;

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === SPACE) cursor.at++;
}

/** True at a line break or the end of the text. */
export function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === NEWLINE;
}

/** True at a space, a line break or the end of the text. */
export function isBlank(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === SPACE || text.charCodeAt(at) === NEWLINE;
}

/** Where the line behind the one at `at` begins. */
export function behindLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Goes on to the next line from behind a value: nothing but a comment may stand there. */
export function finishLine(cursor: Cursor): void {
  const { at } = cursor;
  skipSpaces(cursor);
  if (!isLineEnd(cursor.text, cursor.at) && (cursor.text.charCodeAt(cursor.at) !== HASH || cursor.at === at))
    throw NOT_SIMPLE;
  cursor.at = behindLine(cursor.text, cursor.at);
}

/** Looks from the beginning of a line for the next one with content. */
export function nextLine({ text, at: from }: Cursor): NextLine {
  let deepestComment = -1;
  let at = from;
  for (;;) {
    const lineStart = at;
    while (text.charCodeAt(at) === SPACE) at++;
    if (at >= text.length) return { indent: -1, start: text.length, deepestComment };
    const code = text.charCodeAt(at);
    if (code === HASH) deepestComment = Math.max(deepestComment, at - lineStart);
    else if (code === TAB) throw NOT_SIMPLE;
    else if (code !== NEWLINE) {
      const indent = at - lineStart;
      if (indent === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(at, at + 4))) {
        // The end of a document, where nothing follows.
        if (text.charAt(at) === '-' || text.slice(at + 3).trim() !== '') throw NOT_SIMPLE;
        return { indent: -1, start: at, deepestComment };
      }
      return { indent, start: at, deepestComment };
    }
    at = behindLine(text, at);
  }
}
