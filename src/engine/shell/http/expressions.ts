/** Texts that programs of other languages put together: constants, concatenation, interpolation. Whatever else they compute is not known. */
import { isLiteral, pattern, UNKNOWN_TEXT, type Text } from '../../program/value';

/** How a language writes texts. */
export interface Dialect {
  readonly concatenation: '+' | '.';
  /** The quote, or the letter before it, by which a string holds expressions. */
  readonly interpolates: string;
  /** An expression in such a string, with what it is in the first group. */
  readonly hole: RegExp;
}

/** What a call is given, in one place. */
export interface Argument {
  /** The keyword, where there is one. */
  readonly name: string | undefined;
  readonly text: Text;
  readonly written: string;
}

export interface Call {
  readonly match: RegExpExecArray;
  readonly given: readonly Argument[];
}

/** A text, and where what says it ends; -1 where that is not known. */
interface Read {
  readonly text: Text;
  readonly end: number;
}

/** Far above what anybody writes; it keeps the work small on what nobody wrote. */
const MAX = { calls: 100, nesting: 12, parts: 50, arguments: 20, length: 4000 } as const;

const ASSIGNMENT = /(?:^|[;{\n])[ \t]{0,80}(?:(?:my|our|const|let|var)[ \t]+)?\$?([A-Za-z_]\w{0,60})[ \t]{0,20}([-+.|?]{0,2})=(?![=~>])/g; // prettier-ignore
/** Names that are something else each time: parameters, what loops go over. */
const BOUND = /\b(?:def|function|sub|lambda|for|foreach)\b([^\n]{0,300})|\(([^()\n]{0,200})\)\s{0,9}=>|\b(\w{1,60})\s{0,9}=>|\|([\w, ]{1,100})\|/g; // prettier-ignore

const BLANK = /\s{0,400}/y;
const STRING = /([bfruBFRU]{0,2})("""|'''|"|'|`)/y;
const NAME = /\$?([A-Za-z_]\w{0,60})(?![\w([])/y;
const KEYWORD = /([A-Za-z_]\w{0,60})\s{0,9}=(?![=>~])/y;
const FORMAT = /\s{0,9}\.\s{0,9}format\s{0,9}\(/y;
const PERCENT = /\s{0,9}%\s{0,9}([([]?)/y;

const NOT_KNOWN: Read = { text: UNKNOWN_TEXT, end: -1 };

/** Text in which `\u0000` stands for what is not known. */
function textFrom(known: string): Text {
  return known.split(/(\u0000)/).flatMap((piece): Text => {
    if (piece === '\u0000') return UNKNOWN_TEXT;
    return piece === '' ? [] : [{ text: piece }];
  });
}

/** The text with each `hole` in it filled by what `valueOf` gives for its first group. */
function fill(text: Text, hole: RegExp, valueOf: (name: string) => Text | undefined): Text {
  const filled = text.flatMap((part): Text => {
    if (!isLiteral(part)) return [part];
    const pieces = part.text.split(hole);
    return pieces.flatMap((piece, index) => (index % 2 === 0 ? textFrom(piece) : (valueOf(piece) ?? UNKNOWN_TEXT)));
  });
  return filled.length > MAX.parts ? UNKNOWN_TEXT : filled;
}

/** Reads the calls in a program that a pattern finds, each up to where its arguments begin. */
export function callReader(program: string, dialect: Dialect): (pattern: RegExp) => readonly Call[] {
  const { concatenation, interpolates, hole } = dialect;
  const assigned = new Map<string, number[]>();
  for (const match of program.matchAll(ASSIGNMENT)) {
    const [whole, name = '', change] = match;
    const offsets = assigned.get(name) ?? [];
    offsets.push(change === '' ? match.index + whole.length : -1);
    assigned.set(name, offsets);
  }
  const bound = new Set(
    [...program.matchAll(BOUND)].flatMap(([, ...groups]) => groups.join(' ').match(/\w{1,60}/g) ?? []),
  );
  const values = new Map<string, Text>();
  let nesting = 0;

  const find = (sticky: RegExp, at: number): RegExpExecArray | null => {
    sticky.lastIndex = at;
    return sticky.exec(program);
  };
  const behindBlank = (at: number): number => at + (find(BLANK, at)?.[0].length ?? 0);

  /** The one text that a name stands for wherever it is used. */
  function valueOf(name: string): Text {
    const known = values.get(name);
    if (known) return known;
    values.set(name, UNKNOWN_TEXT);
    const offsets = assigned.get(name) ?? [];
    if (bound.has(name) || offsets.includes(-1)) return UNKNOWN_TEXT;
    const [first = UNKNOWN_TEXT, ...others] = offsets.map((at) => expression(at, false).text);
    if (others.some((text) => pattern(text) !== pattern(first))) return UNKNOWN_TEXT;
    values.set(name, first);
    return first;
  }

  function string({ index, 0: opening, 1: prefix = '', 2: quote = '' }: RegExpExecArray): Read {
    const start = index + opening.length;
    const limit = Math.min(program.length, start + MAX.length);
    let end = start;
    while (end < limit && !program.startsWith(quote, end)) end += program.charAt(end) === '\\' ? 2 : 1;
    const text = textFrom(program.slice(start, end).replace(/\\([^\w\s])/g, '$1'));
    const reads = interpolates === quote || prefix.toLowerCase().includes(interpolates);
    return { text: reads ? fill(text, hole, (name) => valueOf(name.trim())) : text, end: end + quote.length };
  }

  function term(start: number): Read {
    const at = behindBlank(start);
    const quoted = find(STRING, at);
    if (quoted) return formatted(string(quoted));
    if (program.charAt(at) === '(') {
      const inner = expression(at + 1, true);
      const close = behindBlank(inner.end);
      return inner.end !== -1 && program.charAt(close) === ')' ? formatted({ ...inner, end: close + 1 }) : NOT_KNOWN;
    }
    const name = find(NAME, at);
    return name ? formatted({ text: valueOf(name[1] ?? ''), end: at + name[0].length }) : NOT_KNOWN;
  }

  /** `'...'.format(...)`, `'...' % ...`. */
  function formatted(read: Read): Read {
    if (concatenation === '.') return read;
    let next = 0;
    const format = find(FORMAT, read.end);
    if (format) {
      const { items, end } = argumentsFrom(read.end + format[0].length);
      const given = (key: string): Text | undefined =>
        (items.find(({ name }) => name === key) ?? items[/^\d+$/.test(key) ? Number(key) : next++])?.text;
      return { text: fill(read.text, /\{(\w{0,60})[^{}]{0,60}\}/, given), end: end + 1 };
    }
    const percent = find(PERCENT, read.end);
    if (!percent) return read;
    const at = read.end + percent[0].length;
    const one = percent[1] === '' ? term(at) : undefined;
    const several = one ? { items: [one], end: one.end - 1 } : argumentsFrom(at);
    return { text: fill(read.text, /%()[sd]/, () => several.items[next++]?.text), end: several.end + 1 };
  }

  function expression(start: number, inside: boolean): Read {
    if (nesting >= MAX.nesting) return NOT_KNOWN;
    nesting++;
    let parts: Text = [];
    let at = start;
    for (;;) {
      const { text, end } = term(at);
      if (end === -1) {
        at = -1;
        parts = [...parts, ...UNKNOWN_TEXT];
        break;
      }
      at = behindBlank(end);
      const follows = program.charAt(at);
      // Strings beside each other are one, in Python.
      const joins = follows === concatenation || (concatenation === '+' && inside && find(STRING, at));
      const isEnd = at >= program.length || /[;,)\]}#\n]/.test(program.slice(end, at + 1));
      // What a method or an index makes of it is not known, nor what any other operator does.
      if (!joins && !isEnd) {
        parts = /[.[(]/.test(follows) ? [...parts, ...UNKNOWN_TEXT] : UNKNOWN_TEXT;
        at = -1;
        break;
      }
      parts = [...parts, ...text];
      if (parts.length > MAX.parts) parts = UNKNOWN_TEXT;
      if (!joins) break;
      if (follows === concatenation) at++;
    }
    nesting--;
    return { text: parts, end: at };
  }

  /** The next comma or closing bracket outside brackets and strings. */
  function endOfArgument(from: number, limit: number): number {
    let open = 0;
    for (let at = from; at < limit; at++) {
      const character = program.charAt(at);
      if (/["'`]/.test(character)) {
        const quoted = find(STRING, at);
        if (quoted) at = string(quoted).end - 1;
      } else if (/[([{]/.test(character)) open++;
      else if (/[)\]}]/.test(character) && open-- === 0) return at;
      else if (open === 0 && /[,;]/.test(character)) return at;
    }
    return limit;
  }

  function argumentsFrom(from: number): { items: readonly Argument[]; end: number } {
    const limit = Math.min(program.length, from + MAX.length);
    const items: Argument[] = [];
    let end = from - 1;
    do {
      const start = behindBlank(end + 1);
      end = endOfArgument(start, limit);
      const keyword = find(KEYWORD, start);
      const value = start + (keyword?.[0].length ?? 0);
      if (end > value)
        items.push({ name: keyword?.[1], text: expression(value, true).text, written: program.slice(value, end) });
    } while (program.charAt(end) === ',' && end < limit && items.length < MAX.arguments);
    return { items, end };
  }

  return (calls) =>
    [...program.matchAll(calls)]
      .slice(0, MAX.calls)
      .map((match) => ({ match, given: argumentsFrom(match.index + match[0].length).items }));
}
