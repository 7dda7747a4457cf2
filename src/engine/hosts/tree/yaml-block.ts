/** Block scalars: YAML 1.2.2, chapter 8.1. */
import { scriptBuilder, type Codec, type ScriptBuilder } from '../../text/source-map';
import type { Range } from '../../text/range';
import type { Piece } from '../piece';
import { newlineOf } from '../../text/newline';

const BLOCK_HEADER = /^[|>]([-+]?)([1-9]?)([-+]?)[^\n]*(?:\n|$)/;

/** New lines get the indentation of the block. */
export function blockPiece(host: string, { start, end }: Range, folds: boolean): Piece | undefined {
  const header = BLOCK_HEADER.exec(host.slice(start, end));
  if (!header) return undefined;
  const keep = header[1] === '+' || header[3] === '+';
  const strip = header[1] === '-' || header[3] === '-';
  const lines = linesOf(host, start + header[0].length, end);
  const indent = blockIndent(host, { start, end });
  const newline = newlineOf(host);
  const margin = ' '.repeat(indent);
  const codec: Codec = {
    encode: (text) => (folds && text.includes('\n') ? undefined : text.replace(/\n/g, `${newline}${margin}`)),
  };
  const builder = scriptBuilder(host, codec);
  const isBlank = ({ start: from, end: to }: Line): boolean => /^ *$/.test(host.slice(from, to));
  const blank = (line: Line): boolean => line.end - line.start <= indent && isBlank(line);
  // A line that stands further out is no part of the block.
  if (lines.some((line) => !host.startsWith(margin, line.start) && !blank(line))) return undefined;
  // Blank lines at either end that are longer than the indentation are read in more than one way.
  const ends = [lines.find((line) => !blank(line)), lines.findLast((line) => !blank(line))];
  if (ends.some((line) => line && isBlank(line)) || longBlankBehind(host, end, indent)) return undefined;
  let last = lines.length - 1;
  for (let line = lines[last]; line && blank(line); line = lines[last]) last--;
  if (folds) foldLines(builder, host, lines.slice(0, last + 1), indent, blank);
  else {
    for (const line of lines.slice(0, last + 1)) {
      addLine(builder, line, indent);
      if (line !== lines[last]) builder.unit('\n', line.end, line.behind, codec);
    }
  }
  const final = lines[last];
  // At the end of the document a line break is implied.
  if (final && !strip) builder.unit('\n', final.end, final.behind, codec);
  if (keep) for (const line of lines.slice(last + 1)) builder.unit('\n', line.start, line.behind);
  return builder.build();
}

/** The column at which the text stands. */
export function blockIndent(host: string, { start, end }: Range): number {
  const [header = '', , digit = ''] = BLOCK_HEADER.exec(host.slice(start, end)) ?? [];
  if (digit) return parentIndent(host, start) + Number(digit);
  return contentIndent(host, linesOf(host, start + header.length, end));
}

interface Line {
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
  /** Behind the line break. */
  readonly behind: number;
}

function* linesFrom(host: string, start: number, end: number): Generator<Line> {
  for (let at = start; at < end;) {
    const newline = host.indexOf('\n', at);
    const behind = newline === -1 || newline >= end ? end : newline + 1;
    const feed = newline === -1 || newline >= end ? end : newline;
    yield { start: at, end: feed > at && host.charAt(feed - 1) === '\r' ? feed - 1 : feed, behind };
    at = behind;
  }
}

function linesOf(host: string, start: number, end: number): readonly Line[] {
  return [...linesFrom(host, start, end)];
}

/**
 * True where blanks that belong to the block by its indentation stand behind its end. The library ends a block before blank lines that are shorter than its
 * first line, where a header with a digit says that they are content, and reads them again once the first line is shorter than they are.
 */
function longBlankBehind(host: string, end: number, indent: number): boolean {
  for (const line of linesFrom(host, end, host.length)) {
    if (!/^ *$/.test(host.slice(line.start, line.end))) return false;
    if (line.end - line.start > indent) return true;
  }
  return false;
}

function contentIndent(host: string, lines: readonly Line[]): number {
  for (const { start, end } of lines) {
    const text = host.slice(start, end);
    const spaces = text.length - text.replace(/^ +/, '').length;
    if (spaces < text.length) return spaces;
  }
  return 0;
}

/** Indentation of the node that a block scalar belongs to: of its key, or of its dash and what stands behind that. */
function parentIndent(host: string, start: number): number {
  const lineStart = host.lastIndexOf('\n', start - 1) + 1;
  const match = /^( *)((?:- +)*)/.exec(host.slice(lineStart, start));
  const dashes = match?.[2] ?? '';
  const key = host.slice(lineStart + (match?.[0].length ?? 0), start).includes(':');
  // Behind `- key: |` the key's column counts, behind `- |` the dash's.
  return (match?.[1]?.length ?? 0) + (key ? dashes.length : Math.max(0, dashes.lastIndexOf('-')));
}

function addLine(builder: ScriptBuilder, { start, end }: Line, indent: number): void {
  builder.softGap();
  builder.copy(Math.min(start + indent, end), end);
}

/** 8.1.3: a line break between two lines that are not indented further is a blank. */
function foldLines(
  builder: ScriptBuilder,
  host: string,
  lines: readonly Line[],
  indent: number,
  blank: (line: Line) => boolean,
): void {
  const deeper = (line: Line): boolean => /^[ \t]/.test(host.slice(line.start + indent, line.end));
  let previous: Line | undefined;
  let breaks: Line[] = [];
  for (const line of lines) {
    if (blank(line)) {
      breaks.push(line);
      continue;
    }
    if (previous) {
      const folds = !deeper(previous) && !deeper(line);
      if (folds && breaks.length === 0) builder.unit(' ', previous.end, previous.behind);
      else {
        if (!folds) builder.unit('\n', previous.end, previous.behind);
        for (const empty of breaks) builder.unit('\n', empty.start, empty.behind);
      }
    } else for (const empty of breaks) builder.unit('\n', empty.start, empty.behind);
    breaks = [];
    addLine(builder, line, indent);
    previous = line;
  }
}
