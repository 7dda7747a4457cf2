/** Scalars without quotes: YAML 1.2.2, chapter 7.3.3. */
import { behindIndent, behindLine, behindSpaces, isBlank, isLineEnd, NOT_SIMPLE } from './cursor';
import { foldLines, type Flat, type Within } from './flat';

/** What no plain scalar begins with, but for `-`, `?` and `:` in front of another character; a byte order mark means another thing in front of a document. */
const RESERVED = new Set('#,[]{}&*!|>\'"%@`\uFEFF');
const MAY_END = /[\n:#]/g;
const MAY_END_IN_BRACKETS = /[\n:#,[\]{}]/g;

/** A plain scalar, without the blanks behind it. It ends at a comment, at a colon that ends a key, and within brackets at their signs. */
export function readPlain(text: string, start: number, inBrackets: boolean, within?: Within): Flat {
  const first = text.charAt(start);
  if (RESERVED.has(first)) throw NOT_SIMPLE;
  if (first === '-' || first === '?' || first === ':') {
    if (isBlank(text, start + 1)) throw NOT_SIMPLE;
    if (inBrackets && (first !== '-' || isSign(text.charAt(start + 1)))) throw NOT_SIMPLE;
  }
  let end = plainEnd(text, start, inBrackets);
  if (within === undefined || !isLineEnd(text, behindSpaces(text, end))) return { end, value: text.slice(start, end) };
  const lines = [text.slice(start, end)];
  // It goes on on lines that stand further in, whatever they begin with but for a comment or a sign that ends it.
  do {
    const next = nextFurtherIn(text, end, within);
    const nextEnd = next ? plainEnd(text, next.at, inBrackets) : 0;
    if (!next || nextEnd === next.at) break;
    for (let blank = 0; blank < next.blankLines; blank++) lines.push('');
    lines.push(text.slice(next.at, nextEnd));
    end = nextEnd;
  } while (isLineEnd(text, behindSpaces(text, end)));
  return { end, value: foldLines(lines) };
}

/** Where what a plain scalar has on a line ends. */
function plainEnd(text: string, start: number, inBrackets: boolean): number {
  const mayEnd = inBrackets ? MAY_END_IN_BRACKETS : MAY_END;
  mayEnd.lastIndex = start;
  let end = text.length;
  for (let found = mayEnd.exec(text); found; found = mayEnd.exec(text)) {
    const { index: at } = found;
    const [character] = found;
    if (character === '#' && !(at > start && isBlank(text, at - 1))) continue;
    if (character === ':' && !isBlank(text, at + 1) && !(inBrackets && isSign(text.charAt(at + 1)))) continue;
    end = at;
    break;
  }
  while (end > start && isBlank(text, end - 1)) end--;
  return end;
}

/** The next line with content, where it stands behind the column and is no comment. */
function nextFurtherIn(
  text: string,
  from: number,
  column: number,
): { readonly at: number; readonly blankLines: number } | undefined {
  let blankLines = 0;
  for (let lineStart = behindLine(text, from); lineStart < text.length; lineStart = behindLine(text, lineStart)) {
    const indentEnd = behindIndent(text, lineStart);
    if (isLineEnd(text, indentEnd)) blankLines++;
    else if (indentEnd - lineStart <= column) return undefined;
    else {
      const at = behindSpaces(text, indentEnd);
      if (!isLineEnd(text, at)) return text.charAt(at) === '#' ? undefined : { at, blankLines };
      blankLines++;
    }
  }
  return undefined;
}

/** A sign of collections between brackets. */
export function isSign(character: string): boolean {
  return character === ',' || character === ']' || character === '}' || character === '[' || character === '{';
}
