/** Flow scalars, with quotes and without: YAML 1.2.2, chapter 7.3. */
import { applyIfApart } from '../../text/edits';
import { scriptBuilder, type Codec, type ScriptBuilder } from '../../text/source-map';
import type { Range, TextEdit } from '../../text/range';
import type { Piece } from '../piece';

const noNewline = (encode: (text: string) => string): Codec => ({
  encode: (text) => (text.includes('\n') ? undefined : encode(text)),
});

const UNQUOTED: Codec = noNewline((text) => text);
const SINGLE: Codec = noNewline((text) => text.replace(/'/g, "''"));
const DOUBLE: Codec = {
  encode: (text) => text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t'),
};

/** What stands behind the backslash of an escape: 5.7. */
export const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"', '/': '/', '\\': '\\',
  N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
}; // prettier-ignore

/** The text between quotes, which the range has. */
function between({ start, end }: Range): Range {
  return { start: start + 1, end: Math.max(start + 1, end - 1) };
}

export function singleQuoted(host: string, range: Range): Piece {
  return flow(host, between(range), SINGLE, 'single');
}

export function doubleQuoted(host: string, range: Range): Piece {
  return flow(host, between(range), DOUBLE, 'double');
}

/** Quotes, escapes, and line breaks that fold. */
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

/** What could be read as something else than a string, or as the end of it: 7.3.3, 10.3.2. */
const NOT_PLAIN = /^(?:[^\w$./(=~^+]|[-+.]?\d|(?:null|true|false|yes|no|on|off|~)?$)|:(?:\s|$)|\s#|\s$|[\t\n]/i;
const FLOW_INDICATOR = /[[\]{},]/;

/**
 * A plain scalar becomes a quoted one where what it becomes could not stand there. The quotes are edits of their own, so that the rest stays as it is.
 */
export function plain(host: string, range: Range): Piece {
  const asIs = flow(host, range, UNQUOTED, 'plain');
  const quoted = flow(host, range, SINGLE, 'plain');
  const staysPlain = (edits: readonly TextEdit[]): boolean => {
    const text = applyIfApart(asIs.text, edits) ?? '';
    // Within brackets a comma or bracket would end it; where it has one already, it does not stand within any.
    return !NOT_PLAIN.test(text) && (FLOW_INDICATOR.test(asIs.text) || !FLOW_INDICATOR.test(text));
  };
  const toHostEdits = (edits: readonly TextEdit[]): readonly TextEdit[] | undefined => {
    if (edits.length === 0 || staysPlain(edits)) return asIs.map.toHostEdits(edits);
    const mapped = quoted.map.toHostEdits(edits);
    if (!mapped) return undefined;
    const quotes: TextEdit[] = [];
    for (let i = host.indexOf("'", range.start); i !== -1 && i < range.end; i = host.indexOf("'", i + 1)) {
      const at = i;
      if (mapped.some((edit) => edit.range.start <= at && at < edit.range.end)) continue;
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
