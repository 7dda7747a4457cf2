/** Scalars in quotes: YAML 1.2.2, chapters 5.7, 7.3.1 and 7.3.2. */
import { ESCAPES } from '../yaml-flow';
import { behindIndent, behindSpaces, isLineEnd, NOT_SIMPLE } from './cursor';
import { foldLines, withoutBlanksBehind, type Flat, type Within } from './flat';

/** At the beginning of a line these end a document, within quotes too. */
const DOCUMENT_MARKER = /^(?:---|\.\.\.)(?=\s|$)/m;

/**
 * @param within the column of the collection around it, behind which its further lines should stand; undefined where there may be none
 * @param isLenient lets them stand anywhere, as libyaml, PyYAML and SnakeYAML do, and with them CloudFormation
 */
export function readQuoted(text: string, start: number, within?: Within, isLenient = false): Flat {
  const quote = text.charAt(start);
  const end = closingQuote(text, start, quote);
  const inner = text.slice(start + 1, end);
  const hasLines = inner.includes('\n');
  if (hasLines && !mayHaveLines(text, start, end, within, isLenient)) throw NOT_SIMPLE;
  if (quote === "'") {
    const folded = hasLines ? foldLines(inner.split(/\r?\n/)) : inner;
    return { end: end + 1, value: folded.includes("'") ? folded.replace(/''/g, "'") : folded };
  }
  return { end: end + 1, value: hasLines || inner.includes('\\') ? unescaped(inner) : inner };
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

function mayHaveLines(text: string, start: number, end: number, within: Within, isLenient: boolean): boolean {
  if (within === undefined) return false;
  return isLenient ? !DOCUMENT_MARKER.test(text.slice(start, end)) : standFurtherIn(text, start, end, within);
}

/** True where all lines but the first, the blank ones and those that stand behind the column are none. */
function standFurtherIn(text: string, start: number, end: number, column: number): boolean {
  for (let feed = text.indexOf('\n', start); feed >= 0 && feed < end; feed = text.indexOf('\n', feed + 1)) {
    const at = behindIndent(text, feed + 1);
    if (at - feed - 1 <= column && !isLineEnd(text, at)) return false;
  }
  return true;
}

/** What stands between double quotes, without escapes and with its lines as one. */
function unescaped(inner: string): string {
  const special = /[\\\n]/g;
  let value = '';
  let from = 0;
  for (let found = special.exec(inner); found; found = special.exec(inner)) {
    const { index } = found;
    if (found[0] === '\\') {
      const { text, end } = escape(inner, index);
      value += inner.slice(from, index) + text;
      from = end;
    } else {
      value += withoutBlanksBehind(inner.slice(from, index));
      let breaks = 0;
      for (from = index + 1; /[ \t\r\n]/.test(inner.charAt(from)); from++) if (inner.charAt(from) === '\n') breaks++;
      value += breaks === 0 ? ' ' : '\n'.repeat(breaks);
    }
    special.lastIndex = from;
  }
  return value + inner.slice(from);
}

function escape(inner: string, at: number): { readonly text: string; readonly end: number } {
  const letter = inner.charAt(at + 1);
  const feed = letter === '\r' ? at + 2 : at + 1;
  // A backslash takes a line break away, and the blanks behind it.
  if (inner.charAt(feed) === '\n') return { text: '', end: behindSpaces(inner, feed + 1) };
  const count = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  if (count === 0) return { text: ESCAPES[letter] ?? `\\${letter}`, end: at + 2 };
  const digits = inner.slice(at + 2, at + 2 + count);
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === count ? parseInt(digits, 16) : Infinity;
  if (code > 0x10ffff) throw NOT_SIMPLE;
  return { text: String.fromCodePoint(code), end: at + 2 + count };
}
