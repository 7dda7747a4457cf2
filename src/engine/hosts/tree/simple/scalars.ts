/** Flow scalars: YAML 1.2.2, chapters 7.3 and 10.3 (the core schema). */
import type { TreeScalar } from '../tree';
import { behindLine, isBlank, isLineEnd, NOT_SIMPLE } from './cursor';

/** What no plain scalar begins with, but for `-`, `?` and `:` in front of another character. */
const RESERVED = new Set('#,[]{}&*!|>\'"%@`');
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
  r: '\r',
  ' ': ' ',
};

export interface Flat {
  readonly end: number;
  readonly value: string;
}

/** The column that further lines of a scalar must stand behind; undefined where it may have none. */
export type Within = number | undefined;

/** A scalar in quotes. */
export function readQuoted(text: string, start: number, within?: Within): Flat {
  const quote = text.charAt(start);
  const end = closingQuote(text, start, quote);
  const inner = text.slice(start + 1, end);
  const lines = inner.split('\n');
  if (lines.length > 1 && (within === undefined || !lines.every((line, index) => isFurtherIn(line, index, within))))
    throw NOT_SIMPLE;
  // A backslash in front of a line break takes it away.
  if (quote === '"' && lines.length > 1 && /\\[ \t]*\n/.test(inner)) throw NOT_SIMPLE;
  const folded = foldLines(lines);
  return { end: end + 1, value: quote === "'" ? folded.replace(/''/g, "'") : unescaped(folded) };
}

function closingQuote(text: string, start: number, quote: string): number {
  for (let at = start + 1; ;) {
    const end = text.indexOf(quote, at);
    if (end < 0) throw NOT_SIMPLE;
    at = end + 1;
    if (quote === "'") {
      if (text.charAt(at) !== "'") return end;
      at++;
    } else {
      let slashes = 0;
      while (text.charAt(end - 1 - slashes) === '\\') slashes++;
      if (slashes % 2 === 0) return end;
    }
  }
}

/** True for the first line, blank ones, and those that stand behind the column. */
function isFurtherIn(line: string, index: number, column: number): boolean {
  return index === 0 || /^ *$/.test(line) || line.search(/[^ ]/) > column;
}

/** Lines become one; blank lines between them line breaks. */
function foldLines(lines: readonly string[]): string {
  const [first = '', ...rest] = lines;
  if (rest.length === 0) return first;
  const last = rest.pop() ?? '';
  let value = withoutBlanksBehind(first);
  let separator = ' ';
  for (const line of rest) {
    const content = withoutBlanksBehind(line.replace(/^[ \t]+/, ''));
    if (content !== '') {
      value += separator + content;
      separator = ' ';
    } else if (separator === ' ') separator = '\n';
    else value += '\n';
  }
  return value + separator + last.replace(/^[ \t]+/, '');
}

function withoutBlanksBehind(line: string): string {
  let end = line.length;
  while (end > 0 && /[ \t]/.test(line.charAt(end - 1))) end--;
  return line.slice(0, end);
}

function unescaped(inner: string): string {
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([^]))/g,
    (_, long?: string, short?: string, one?: string) => {
      const digits = long ?? short;
      if (digits !== undefined) return String.fromCodePoint(parseInt(digits, 16));
      const known = ESCAPES[one ?? ''];
      if (known === undefined) throw NOT_SIMPLE;
      return known;
    },
  );
}

const MAY_END = /[\n\t:#]/g;
const MAY_END_IN_BRACKETS = /[\n\t:#,[\]{}]/g;

/** A plain scalar, without the blanks behind it. It ends at a comment, at a colon that ends a key, and within brackets at their signs. */
export function readPlain(text: string, start: number, inBrackets: boolean, within?: Within): Flat {
  const first = text.charAt(start);
  const second = text.charAt(start + 1);
  if (RESERVED.has(first)) throw NOT_SIMPLE;
  if (/[-?:]/.test(first) && (isBlank(text, start + 1) || (inBrackets && (first !== '-' || isSign(second)))))
    throw NOT_SIMPLE;
  let end = plainEnd(text, start, inBrackets);
  const lines = [text.slice(start, end)];
  // It goes on on lines that stand further in, whatever they begin with but for a comment.
  while (within !== undefined && isLineEnd(text, behindSpaces(text, end))) {
    const next = nextFurtherIn(text, end, within);
    if (!next) break;
    for (let blank = 0; blank < next.blankLines; blank++) lines.push('');
    end = plainEnd(text, next.at, inBrackets);
    lines.push(text.slice(next.at, end));
  }
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
    if (character === '\t') throw NOT_SIMPLE;
    if (character === '#' && text.charAt(at - 1) !== ' ') continue;
    if (character === ':' && !isBlank(text, at + 1) && !(inBrackets && isSign(text.charAt(at + 1)))) continue;
    end = at;
    break;
  }
  while (end > start && text.charAt(end - 1) === ' ') end--;
  return end;
}

function behindSpaces(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === ' ') at++;
  return at;
}

/** The next line with content, where it stands behind the column and is no comment. */
function nextFurtherIn(
  text: string,
  from: number,
  column: number,
): { readonly at: number; readonly blankLines: number } | undefined {
  let blankLines = 0;
  for (let lineStart = behindLine(text, from); lineStart < text.length; lineStart = behindLine(text, lineStart)) {
    const at = behindSpaces(text, lineStart);
    if (isLineEnd(text, at)) blankLines++;
    else return at - lineStart > column && !/[#\t]/.test(text.charAt(at)) ? { at, blankLines } : undefined;
  }
  return undefined;
}

function isSign(character: string): boolean {
  return character === ',' || character === ']' || character === '}' || character === '[' || character === '{';
}

/** What a plain scalar without a tag stands for. */
export function resolved(text: string): TreeScalar['value'] {
  if (!/^[-+.\d~nNtTfF]/.test(text)) return text;
  if (/^(?:~|[Nn]ull|NULL)$/.test(text)) return null;
  if (/^(?:[Tt]rue|TRUE)$/.test(text)) return true;
  if (/^(?:[Ff]alse|FALSE)$/.test(text)) return false;
  if (/^[-+]?[0-9]+$/.test(text)) return parseInt(text, 10);
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return parseFloat(text);
  if (/^(?:0[xo]|[-+]?\.[iInN])/.test(text)) throw NOT_SIMPLE;
  return text;
}
