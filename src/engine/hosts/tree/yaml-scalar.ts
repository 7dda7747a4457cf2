/** The texts of YAML scalars: YAML 1.2.2, chapters 7.3 and 8.1. */
import { scriptBuilder, somewhereIn, type Codec, type ScriptBuilder } from '../../text/source-map';
import type { Range, TextEdit } from '../../text/range';
import type { Piece } from '../piece';

export type YamlStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface YamlScalar {
  readonly style: YamlStyle;
  /** From the quote, the block header or the first character to behind the last. */
  readonly range: Range;
  /** What the parser read, which decides. */
  readonly value: string;
}

/** The text of a scalar with the way back; one that is not understood to the character can be read and not written. */
export function scalarPiece(host: string, scalar: YamlScalar): Piece {
  const built = build(host, scalar);
  return built?.text === scalar.value ? built : { text: scalar.value, map: somewhereIn(scalar.range) };
}

export function build(host: string, { style, range }: YamlScalar): Piece | undefined {
  switch (style) {
    case 'literal':
    case 'folded':
      return block(host, range, style === 'folded');
    case 'single':
      return flow(host, { start: range.start + 1, end: range.end - 1 }, SINGLE, 'single');
    case 'double':
      return flow(host, { start: range.start + 1, end: range.end - 1 }, DOUBLE, 'double');
    case 'plain':
      return plain(host, range);
  }
}

const noNewline = (encode: (text: string) => string): Codec => ({
  encode: (text) => (text.includes('\n') ? undefined : encode(text)),
});

const SINGLE: Codec = noNewline((text) => text.replace(/'/g, "''"));
const DOUBLE: Codec = {
  encode: (text) => text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t'),
};

/** Block scalars, 8.1. New lines get the indentation of the block. */
function block(host: string, { start, end }: Range, folds: boolean): Piece | undefined {
  const header = /^[|>]([-+]?)([1-9]?)([-+]?)[^\n]*(?:\n|$)/.exec(host.slice(start, end));
  if (!header) return undefined;
  const keep = header[1] === '+' || header[3] === '+';
  const strip = header[1] === '-' || header[3] === '-';
  const lines = linesOf(host, start + header[0].length, end);
  const indent = header[2] ? parentIndent(host, start) + Number(header[2]) : contentIndent(host, lines);
  const newline = host.includes('\r\n') ? '\r\n' : '\n';
  const margin = ' '.repeat(indent);
  const codec: Codec = {
    encode: (text, lineStart) => {
      if (!text.includes('\n')) return text;
      if (folds || !lineStart) return undefined;
      return text.replace(/\n/g, `${newline}${margin}`);
    },
  };
  const builder = scriptBuilder(host, codec);
  const blank = (line: Line): boolean =>
    line.end - line.start <= indent && /^ *$/.test(host.slice(line.start, line.end));
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

interface Line {
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
  /** Behind the line break. */
  readonly behind: number;
}

function linesOf(host: string, start: number, end: number): readonly Line[] {
  const lines: Line[] = [];
  for (let at = start; at < end;) {
    const newline = host.indexOf('\n', at);
    const behind = newline === -1 || newline >= end ? end : newline + 1;
    const feed = newline === -1 || newline >= end ? end : newline;
    lines.push({ start: at, end: feed > at && host.charAt(feed - 1) === '\r' ? feed - 1 : feed, behind });
    at = behind;
  }
  return lines;
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

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"', '/': '/', '\\': '\\',
  N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
}; // prettier-ignore

/** Flow scalars, 7.3: quotes, escapes, and line breaks that fold. */
function flow(host: string, { start, end }: Range, codec: Codec, style: 'single' | 'double' | 'plain'): Piece {
  const builder = scriptBuilder(host, codec);
  let at = start;
  const flush = (until: number, behind: number): void => {
    builder.copy(at, until);
    at = behind;
  };
  for (let i = start; i < end; i++) {
    const character = host.charAt(i);
    if (style === 'single' && character === "'") {
      flush(i, i + 2);
      builder.unit("'", i, i + 2);
      i++;
    } else if (style === 'double' && character === '\\') {
      i = escape(host, i, flush, builder);
    } else if (character === '\n') {
      i = fold(host, i, end, at, flush, builder);
    }
  }
  flush(end, end);
  return builder.build();
}

type Flush = (until: number, behind: number) => void;

/** 5.7; gives the index of the escape's last character. */
function escape(host: string, at: number, flush: Flush, builder: ScriptBuilder): number {
  const letter = host.charAt(at + 1);
  const digits = { x: 2, u: 4, U: 8 }[letter];
  if (digits !== undefined) {
    const code = parseInt(host.slice(at + 2, at + 2 + digits), 16);
    flush(at, at + 2 + digits);
    builder.unit(Number.isNaN(code) || code > 0x10ffff ? '' : String.fromCodePoint(code), at, at + 2 + digits);
    return at + 1 + digits;
  }
  if (letter === '\n' || (letter === '\r' && host.charAt(at + 2) === '\n')) {
    // An escaped line break and the indentation behind it are nothing.
    let behind = host.indexOf('\n', at) + 1;
    while (/[ \t]/.test(host.charAt(behind))) behind++;
    flush(at, behind);
    builder.softGap();
    return behind - 1;
  }
  flush(at, at + 2);
  builder.unit(ESCAPES[letter] ?? letter, at, at + 2);
  return at + 1;
}

/** 6.5: blanks around a line break go, one break is a blank, and further ones are line breaks. */
function fold(host: string, newline: number, end: number, from: number, flush: Flush, builder: ScriptBuilder): number {
  let start = newline;
  while (start > from && /[ \t\r]/.test(host.charAt(start - 1))) start--;
  let behind = newline + 1;
  let breaks = 0;
  for (let i = behind; i < end && /[ \t\r\n]/.test(host.charAt(i)); i++) {
    if (host.charAt(i) === '\n') breaks++;
    behind = i + 1;
  }
  flush(start, behind);
  builder.unit(breaks === 0 ? ' ' : '\n'.repeat(breaks), start, behind);
  return behind - 1;
}

/** What a plain scalar cannot hold: 7.3.3. */
function needsQuotes(text: string): boolean {
  return /: |:$|\s#|^[\s>|@`%&*!?-]|\s$|[[\]{},]/.test(text);
}

/**
 * A plain scalar becomes a quoted one where what is written into it could not stand there. The quotes are edits of their own, so that the rest stays
 * as it is.
 */
function plain(host: string, range: Range): Piece {
  const asIs = flow(
    host,
    range,
    noNewline((text) => text),
    'plain',
  );
  const quoted = flow(host, range, SINGLE, 'plain');
  const toHostEdits = (edits: readonly TextEdit[]): readonly TextEdit[] | undefined => {
    if (!edits.some(({ newText }) => needsQuotes(newText) || newText.includes("'"))) return asIs.map.toHostEdits(edits);
    const mapped = quoted.map.toHostEdits(edits);
    if (!mapped) return undefined;
    const quotes: TextEdit[] = [];
    for (let i = host.indexOf("'", range.start); i !== -1 && i < range.end; i = host.indexOf("'", i + 1)) {
      if (mapped.some((edit) => edit.range.start <= i && i < edit.range.end)) continue;
      quotes.push({ range: { start: i, end: i + 1 }, newText: "''" });
    }
    return merged([...mapped, ...quotes], range);
  };
  return { text: asIs.text, map: { toHost: asIs.map.toHost, toHostEdits } };
}

/** Edits of one scalar with its quotes, each at one place: an insertion at the border comes inside them. */
function merged(edits: readonly TextEdit[], { start, end }: Range): readonly TextEdit[] {
  const at = (position: number): string =>
    edits
      .filter((edit) => edit.range.start === position && edit.range.end === position)
      .map(({ newText }) => newText)
      .join('');
  const inner = edits.filter(
    (edit) => edit.range.start !== edit.range.end || (edit.range.start !== start && edit.range.start !== end),
  );
  return [
    { range: { start, end: start }, newText: `'${at(start)}` },
    ...inner,
    { range: { start: end, end }, newText: `${at(end)}'` },
  ];
}
