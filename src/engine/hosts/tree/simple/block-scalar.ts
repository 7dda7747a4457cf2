/** Block scalars: YAML 1.2.2, chapter 8.1, with what the library makes of the lines at their ends. */
import { behindIndent, behindLine, isLineEnd, NOT_SIMPLE } from './cursor';

export interface BlockScalar {
  readonly style: 'literal' | 'folded';
  readonly value: string;
  readonly end: number;
}

const HEADER = /[|>]([-+]?[1-9]?|[1-9][-+])(?: +#[^\n]*| *)(?:\r?\n|$)/y;

/** @param parentIndent the column of the collection that it is a value of */
export function readBlockScalar(text: string, start: number, parentIndent: number): BlockScalar {
  HEADER.lastIndex = start;
  const [header, flags = ''] = HEADER.exec(text) ?? [];
  if (header === undefined) throw NOT_SIMPLE;
  const begin = start + header.length;
  const digit = Number(/\d/.exec(flags)?.[0] ?? 0);
  const keeps = flags.includes('+');
  const end = endOf(text, begin, parentIndent, digit, keeps);
  const style = text.charAt(start) === '|' ? 'literal' : 'folded';
  const source = text.slice(begin, end);
  const lines = source === '' ? [] : source.split(source.includes('\r') ? /\r?\n/ : '\n');
  const contentStart = lines.findIndex((line) => !isSpaces(line));
  if (contentStart < 0)
    return { style, value: keeps ? '\n'.repeat(lines.length && Math.max(1, lines.length - 1)) : '', end };
  const margin = digit === 0 ? behindIndent(lines[contentStart] ?? '', 0) : parentIndent + digit;
  // Blanks that stand further in are content.
  const contentEnd = lines.findLastIndex((line) => line.length > margin || !isSpaces(line)) + 1;
  const content = lines.map((line) => line.slice(margin));
  let value = content
    .slice(0, contentStart)
    .map((line) => `${line}\n`)
    .join('');
  const shown = content.slice(contentStart, contentEnd);
  value += style === 'literal' ? shown.join('\n') : folded(shown);
  if (keeps) {
    value += content
      .slice(contentEnd)
      .map((line) => `\n${line}`)
      .join('');
    if (!value.endsWith('\n')) value += '\n';
  } else if (!flags.includes('-')) value += '\n';
  return { style, value, end };
}

function isSpaces(line: string): boolean {
  return behindIndent(line, 0) === line.length;
}

/** Behind the last line of it. */
function endOf(text: string, begin: number, parentIndent: number, digit: number, keeps: boolean): number {
  let end = begin;
  let indentEnd = behindIndent(text, end);
  while (indentEnd < text.length && isLineEnd(text, indentEnd)) {
    end = behindLine(text, indentEnd);
    indentEnd = behindIndent(text, end);
  }
  const indent = indentEnd - end;
  if (indent > parentIndent) {
    const margin = digit === 0 ? indent : parentIndent + digit;
    while (end < text.length) {
      indentEnd = behindIndent(text, end);
      if (indentEnd - end < margin && (indentEnd >= text.length || !isLineEnd(text, indentEnd))) break;
      end = behindLine(text, indentEnd);
    }
  }
  if (text.charAt(behindIndent(text, end)) === '\t') throw NOT_SIMPLE;
  return keeps ? end : withoutBlankLines(text, begin, end, indent);
}

/** Blank lines at the end belong to what follows, but for the first line of all and those that stand further in. */
function withoutBlankLines(text: string, begin: number, behind: number, indent: number): number {
  let end = behind;
  for (;;) {
    let at = text.charAt(end - 1) === '\n' ? end - 2 : end - 1;
    if (text.charAt(at) === '\r') at--;
    const blankEnd = at;
    while (text.charAt(at) === ' ') at--;
    if (text.charAt(at) !== '\n' || at < begin || blankEnd - at > indent) return end;
    end = at + 1;
  }
}

/** Lines become one, blank lines line breaks; a line that stands further in keeps its own. */
function folded(lines: readonly string[]): string {
  let value = '';
  let separator = '';
  let wasFurtherIn = false;
  for (const line of lines) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (separator === ' ') separator = '\n';
      else if (!wasFurtherIn && separator === '\n') separator = '\n\n';
      value += separator + line;
      separator = '\n';
      wasFurtherIn = true;
    } else if (line === '') {
      if (separator === '\n') value += '\n';
      else separator = '\n';
    } else {
      value += separator + line;
      separator = ' ';
      wasFurtherIn = false;
    }
  }
  return value;
}
