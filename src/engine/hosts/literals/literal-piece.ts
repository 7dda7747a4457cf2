/** The text of a string literal, with the way to write in it. */
import type { Placeholders } from '../../program/placeholders';
import { UNKNOWN } from '../../program/value';
import { scriptBuilder, type Codec } from '../../text/source-map';
import type { Piece } from '../piece';
import type { Quoting, Syntax } from './languages';
import { expressionEnd, type Literal } from './scan';

const SHORT: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0', a: '\x07', s: ' ', e: '\x1b' }; // prettier-ignore
/** Escapes that the others do not have stand for themselves with their backslash in Python. */
const PYTHON_ESCAPES = /^[\\'"abfnrtv0xuU\n]$/;

export function literalPiece(text: string, literal: Literal, syntax: Syntax, placeholders: Placeholders): Piece {
  const { content, quoting } = literal;
  const builder = scriptBuilder(text, codecOf(literal, syntax, text));
  const margin = literal.isSquiggly ? marginOf(text, literal) : 0;
  let at = content.start;
  const flush = (until: number, behind: number): void => {
    builder.copy(at, until);
    at = behind;
  };
  const strip = (position: number): void => {
    if (margin === 0) return;
    const spaces = Math.min(margin, /^[ \t]*/.exec(text.slice(position, position + margin))?.[0].length ?? 0);
    flush(position, position + spaces);
    builder.softGap();
  };
  strip(content.start);
  for (let i = Math.max(content.start, at); i < content.end; i++) {
    const character = text.charAt(i);
    if (character === '\n') {
      strip(i + 1);
      i = Math.max(i, at - 1);
    } else if (character === '\\' && quoting.escapes === 'backslash') {
      const [value, length] = escape(text, i, syntax, quoting);
      if (value === undefined) {
        i += length - 1;
        continue;
      }
      flush(i, i + length);
      if (value === '') builder.softGap();
      else builder.unit(value, i, i + length);
      i += length - 1;
    } else {
      const end = putInAt(text, i, quoting, syntax);
      if (end === undefined || end > content.end) continue;
      flush(i, end);
      if (end - i === 2 && text.charAt(i) === text.charAt(i + 1)) builder.unit(character, i, end);
      else builder.opaque(placeholders.add(UNKNOWN), i, end);
      i = end - 1;
    }
  }
  flush(content.end, content.end);
  return builder.build();
}

/** What an escape stands for and how long it is; undefined where the backslash stands for itself. */
function escape(text: string, at: number, { id }: Syntax, { open }: Quoting): readonly [string | undefined, number] {
  const letter = text.charAt(at + 1);
  if (letter === '\n') return ['', 2];
  if (letter === '\r' && text.charAt(at + 2) === '\n') return ['', 3];
  // Between single quotes Ruby knows two escapes.
  if (id === 'ruby' && open === "'") return letter === "'" || letter === '\\' ? [letter, 2] : [undefined, 2];
  if (id === 'python' && !PYTHON_ESCAPES.test(letter)) return [undefined, 2];
  const digits = letter === 'x' ? 2 : letter === 'u' ? 4 : 0;
  if (digits > 0) {
    const hex = text.slice(at + 2, at + 2 + digits);
    const code = new RegExp(`^[0-9a-fA-F]{${String(digits)}}$`).test(hex) ? parseInt(hex, 16) : undefined;
    return code === undefined ? [undefined, 2] : [String.fromCharCode(code), 2 + digits];
  }
  return [SHORT[letter] ?? letter, 2];
}

/** Behind what is put in at a position, or behind a doubled brace that stands for itself. */
function putInAt(text: string, at: number, { putIn }: Quoting, syntax: Syntax): number | undefined {
  const character = text.charAt(at);
  const next = text.charAt(at + 1);
  const braced = (open: number): number | undefined => {
    const end = expressionEnd(text, open, syntax);
    return end === undefined ? undefined : end + 1;
  };
  switch (putIn) {
    case 'dollar-brace':
      return character === '$' && next === '{' ? braced(at + 1) : undefined;
    case 'dollar': {
      if (character !== '$') return undefined;
      if (next === '{') return braced(at + 1);
      const name = /^[A-Za-z_]\w*(?:\.\w+)*/.exec(text.slice(at + 1, at + 200))?.[0];
      return name === undefined ? undefined : at + 1 + name.length;
    }
    case 'brace':
      if ((character === '{' || character === '}') && next === character) return at + 2;
      return character === '{' ? braced(at) : undefined;
    case 'hash-brace':
      return character === '#' && next === '{' ? braced(at + 1) : undefined;
    case undefined:
      return undefined;
  }
}

function codecOf(literal: Literal, { id }: Syntax, text: string): Codec {
  const { open, escapes, putIn, hasLines } = literal.quoting;
  const margin = literal.isSquiggly ? ' '.repeat(marginOf(text, literal)) : '';
  return {
    encode: (added) => {
      let written = added;
      if (escapes === 'none') {
        if (written.includes('\\') || (open !== '' && written.includes(open.charAt(0)))) return undefined;
        if (written.includes('\n') && !hasLines) return undefined;
      } else {
        // Between Ruby's single quotes there is no `\n`.
        if (written.includes('\n') && !hasLines && id === 'ruby') return undefined;
        written = written.replace(/\\/g, '\\\\');
        if (open.length > 1 && written.includes(open)) return undefined;
        if (open.length === 1) written = written.replaceAll(open, '\\$&');
        if (!hasLines) written = written.replace(/\n/g, '\\n').replace(/\t/g, '\\t');
      }
      if (putIn === 'dollar-brace') written = written.replace(/\$(?=\{|$)/g, '\\$');
      if (putIn === 'dollar') written = written.replace(/\$/g, '\\$');
      if (putIn === 'hash-brace') written = written.replace(/#(?=\{|$)/g, '\\#');
      if (putIn === 'brace') written = written.replace(/[{}]/g, '$&$&');
      return margin === '' ? written : written.replace(/\n/g, `\n${margin}`);
    },
  };
}

function marginOf(text: string, { content }: Literal): number {
  let margin = Infinity;
  for (const line of text.slice(content.start, content.end).split('\n')) {
    if (line.trim() !== '') margin = Math.min(margin, /^[ \t]*/.exec(line)?.[0].length ?? 0);
  }
  return Number.isFinite(margin) ? margin : 0;
}
