/** New arguments and blocks, and elements that go, indented and aligned as `terraform fmt` would have them where that does not move what is there. */
import type { Range, TextEdit } from '../../../text/range';
import type { Block } from '../../hcl/syntax';
import { newlineOf } from '../../../text/newline';

/** An argument at the end of those that stand between two braces, each on a line of its own where there are such. */
export function addArgument(
  text: string,
  braces: Range,
  taken: readonly Range[],
  name: string,
  value: string,
  hasBlocks = false,
): readonly TextEdit[] | undefined {
  const { start } = braces;
  const close = braces.end - 1;
  if (text.charAt(start) !== '{' || text.charAt(close) !== '}') return undefined;
  const newline = newlineOf(text);
  const margin = indentOf(text, start);
  const inside = margin + unitOf(text, braces);
  const last = taken[taken.length - 1];
  const at = (position: number, newText: string, end = position): readonly TextEdit[] => [
    { range: { start: position, end }, newText },
  ];
  if (!last || !text.slice(start, last.start).includes('\n')) {
    // On one line there is room for one argument and no more.
    const inner = text.slice(start + 1, close).trim();
    if (hasBlocks && !last) return at(start + 1, `${newline}${inside}${name} = ${value}`);
    if (inner.includes('\n') || inner.startsWith('#')) return at(start + 1, `${newline}${inside}${name} = ${value}`);
    const kept = inner === '' ? '' : `${inside}${inner.replace(/,$/, '')}${newline}`;
    return at(start + 1, `${newline}${kept}${inside}${aligned(text, last, name)} ${value}${newline}${margin}`, close);
  }
  const above = taken.findLast((range) => !text.slice(range.start, range.end).includes('\n')) ?? last;
  const lineEnd = text.indexOf('\n', above.end);
  const end = lineEnd === -1 || lineEnd > close ? above.end : lineEnd - (text.charAt(lineEnd - 1) === '\r' ? 1 : 0);
  const comma = text.slice(above.end, end).trimStart().startsWith(',') ? ',' : '';
  return at(end, `${newline}${indentOf(text, above.start)}${aligned(text, above, name)} ${value}${comma}`);
}

/** The name and its equals sign, which stands below the one above where it can. */
function aligned(text: string, above: Range | undefined, name: string): string {
  if (!above) return `${name} =`;
  const equals = text.slice(above.start, above.end).indexOf('=');
  return equals > name.length ? `${name.padEnd(equals)}=` : `${name} =`;
}

/** A block, or an object, at the end of another. */
export function addBlock(
  { source: { text }, range, body }: Block,
  type: string,
  inner: readonly (readonly [name: string, value: string])[],
  isObject: boolean,
): readonly TextEdit[] | undefined {
  const close = range.end - 1;
  if (text.charAt(close) !== '}') return undefined;
  const newline = newlineOf(text);
  const margin = indentOf(text, range.start);
  const unit = unitOf(text, { start: text.lastIndexOf('{', body.range.start), end: range.end });
  const inside = margin + unit;
  const lines = inner.map(([name, value]) => `${inside}${unit}${name} = ${value}${newline}`).join('');
  const head = isObject ? `${type} = {` : `${type} {`;
  const lineStart = text.lastIndexOf('\n', close - 1) + 1;
  if (text.slice(lineStart, close).trim() !== '') {
    // All on one line: `resource "aws_instance" "x" {}`, where one argument at most can stand.
    const open = text.indexOf('{', range.start);
    const content = text.slice(open + 1, close).trim();
    if (content.includes('\n') || open > close) return undefined;
    const kept = content === '' ? '' : `${inside}${content}${newline}${newline}`;
    const newText = `${newline}${kept}${inside}${head}${newline}${lines}${inside}}${newline}${margin}`;
    return [{ range: { start: open + 1, end: close }, newText }];
  }
  // An empty line sets it apart from what is there, where none does yet.
  const isApart = /(?:\n[ \t]*\r?|\{[ \t]*\r?)\n$/.test(text.slice(Math.max(range.start, lineStart - 200), lineStart));
  const newText = `${isApart ? '' : newline}${inside}${head}${newline}${lines}${inside}}${newline}`;
  return [{ range: { start: lineStart, end: lineStart }, newText }];
}

/** The blanks in front of the line that a position stands on. */
function indentOf(text: string, position: number): string {
  const lineStart = text.lastIndexOf('\n', position - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, position))?.[0] ?? '';
}

/** What a level is indented by: the first line between two braces tells, or else how far their own line stands from what it is in. */
function unitOf(text: string, { start, end }: Range): string {
  const margin = indentOf(text, start);
  const [first] = linesWithText(text.slice(start, Math.min(end - 1, start + 2_000))).slice(1);
  if (first !== undefined) return isDeeper(first, margin) ? first.slice(margin.length) : '  ';
  const outer = linesWithText(text.slice(Math.max(0, start - 2_000), start)).findLast((each) => isDeeper(margin, each));
  return outer === undefined ? '  ' : margin.slice(outer.length);
}

/** The blanks that lines begin with, but for those that hold nothing else. */
function linesWithText(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [/^[ \t]*/.exec(line)?.[0] ?? '']));
}

function isDeeper(inner: string, outer: string): boolean {
  return inner.length > outer.length && inner.startsWith(outer);
}

/** An element of a list goes, with a comma and the blanks that came with it. Undefined for what is no element. */
export function withoutElement(text: string, { start, end }: Range): TextEdit | undefined {
  const first = skipBlanks(text, start - 1, -1) + 1;
  const behind = skipBlanks(text, end, 1);
  const hasComma = text.charAt(behind) === ',';
  const next = hasComma ? skipBlanks(text, behind + 1, 1) : behind;
  const before = text.charAt(first - 1);
  const isLast = text.charAt(next) === ']';
  if ((before !== '[' && before !== ',') || (!hasComma && !isLast)) return undefined;
  if (!isLast) return { range: { start, end: next }, newText: '' };
  if (before === '[') return { range: { start: first, end: next }, newText: '' };
  return { range: hasComma ? { start: first, end: behind + 1 } : { start: first - 1, end }, newText: '' };
}

function skipBlanks(text: string, from: number, step: 1 | -1): number {
  let at = from;
  while (/^[ \t\r\n]$/.test(text.charAt(at))) at += step;
  return at;
}
