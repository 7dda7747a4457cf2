/** Block scalars whose indentation is that of their first line: YAML 1.2.2, chapter 8.1. */
import { behindLine, NOT_SIMPLE } from './cursor';

export interface BlockScalar {
  readonly style: 'literal' | 'folded';
  readonly value: string;
  readonly end: number;
}

const HEADER = /[|>](-?)(?: +#[^\n]*| *)\n/y;

/** @param parentIndent the column of the collection that it is a value of */
export function readBlockScalar(text: string, start: number, parentIndent: number): BlockScalar {
  HEADER.lastIndex = start;
  const header = HEADER.exec(text);
  if (!header) throw NOT_SIMPLE;
  const lines: string[] = [];
  let indent = -1;
  let end = HEADER.lastIndex;
  let at = end;
  // Lines up to the last with content; `end` is behind it.
  let count = 0;
  while (at < text.length) {
    const next = behindLine(text, at);
    const line = text.slice(at, text.charAt(next - 1) === '\n' ? next - 1 : next);
    const blanks = /^ */.exec(line)?.[0].length ?? 0;
    if (blanks < line.length && indent < 0 && blanks > parentIndent) indent = blanks;
    // Blanks that stand further in are content.
    if (blanks === line.length && (indent < 0 || blanks <= indent)) {
      if (indent < 0 && blanks > parentIndent) throw NOT_SIMPLE;
    } else if (indent < 0 || blanks < indent) {
      if (line.charAt(blanks) === '\t') throw NOT_SIMPLE;
      break;
    } else {
      count = lines.length + 1;
      end = next;
    }
    // Blank ones in front of the first.
    lines.push(indent < 0 ? '' : line.slice(indent));
    at = next;
  }
  if (indent < 0) throw NOT_SIMPLE;
  const content = lines.slice(0, count);
  const style = text.charAt(start) === '|' ? 'literal' : 'folded';
  const value = (style === 'literal' ? content.join('\n') : folded(content)) + (header[1] === '' ? '\n' : '');
  return { style, value, end };
}

/** Lines become one, blank lines line breaks; a line that stands further in keeps its own. */
function folded(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line !== '');
  let value = '\n'.repeat(first);
  let separator = '';
  let wasFurtherIn = false;
  for (const line of lines.slice(first)) {
    if (line === '') {
      if (separator === '\n') value += '\n';
      else separator = '\n';
    } else if (line.startsWith(' ') || line.startsWith('\t')) {
      if (separator === ' ') separator = '\n';
      else if (!wasFurtherIn && separator === '\n') separator = '\n\n';
      value += separator + line;
      separator = '\n';
      wasFurtherIn = true;
    } else {
      value += separator + line;
      separator = ' ';
      wasFurtherIn = false;
    }
  }
  return value;
}
