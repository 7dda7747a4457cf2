/** The string literals of a program, without its grammar: comments are passed over, and a string that is not closed is none. */
import type { Range } from '../../text/range';
import type { Quoting, Syntax } from './languages';

export interface Literal {
  /** With the prefix and the quotes. */
  readonly range: Range;
  readonly content: Range;
  readonly quoting: Quoting;
  /** True where every line is indented by what the program takes away again: Ruby's `<<~`. */
  readonly isSquiggly?: boolean;
}

/** Where a `/` begins a regular expression, not a division: behind nothing, an operator, a bracket. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of))\s*$/;
const LONGEST_COMMAND = 4000;
const RUBY_HEREDOC = /^<<([~-]?)(["']?)([A-Z_][A-Z0-9_]*)\2/;

export function literalsIn(text: string, syntax: Syntax): readonly Literal[] {
  const literals: Literal[] = [];
  /** Ruby's heredocs begin on the next line. */
  let pending: {
    readonly start: number;
    readonly name: string;
    readonly isRaw: boolean;
    readonly squiggly: boolean;
  }[] = [];
  /** Names that no line ends. */
  const endless = new Set<string>();
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\n' && pending.length > 0) {
      let at = i + 1;
      for (const { start, name, isRaw, squiggly } of pending) {
        const end = endless.has(name) ? undefined : heredocEnd(text, at, name);
        if (!end) {
          endless.add(name);
          continue;
        }
        const quoting: Quoting = { open: '', escapes: isRaw ? 'none' : 'backslash', putIn: isRaw ? undefined : 'hash-brace', hasLines: true }; // prettier-ignore
        literals.push({ range: { start, end: end.behind }, content: { start: at, end: end.start }, quoting, isSquiggly: squiggly }); // prettier-ignore
        at = end.behind;
      }
      pending = [];
      i = at - 1;
      continue;
    }
    const comment = commentEnd(text, i, syntax);
    if (comment !== undefined) {
      i = comment - 1;
      continue;
    }
    if (syntax.id === 'ruby' && character === '<') {
      const [whole, dash, quote = '', name] = RUBY_HEREDOC.exec(text.slice(i, i + 80)) ?? [];
      if (whole !== undefined && name !== undefined) {
        pending.push({ start: i, name, isRaw: quote === "'", squiggly: dash === '~' });
        i += whole.length - 1;
        continue;
      }
    }
    if (syntax.id === 'ruby' && character === '%') {
      const command = commandAt(text, i, syntax);
      if (command) {
        literals.push(command);
        i = command.range.end - 1;
        continue;
      }
    }
    if (syntax.id === 'javascript' && character === '/' && BEFORE_REGEX.test(text.slice(Math.max(0, i - 20), i))) {
      i = regexEnd(text, i);
      continue;
    }
    const quoting = syntax.quotings.find(({ open }) => text.startsWith(open, i));
    if (!quoting) continue;
    const prefix = syntax.id === 'python' ? pythonPrefix(text, i) : '';
    const own = withPrefix(quoting, prefix);
    const end = contentEnd(text, i + quoting.open.length, own, syntax);
    if (end === undefined) continue;
    literals.push({
      range: { start: i - prefix.length, end: end + quoting.open.length },
      content: { start: i + quoting.open.length, end },
      quoting: own,
    });
    i = end + quoting.open.length - 1;
  }
  return literals;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

/** Ruby's `%x(...)`: what stands between backticks elsewhere. */
function commandAt(text: string, start: number, syntax: Syntax): Literal | undefined {
  const open = text.charAt(start + 2);
  const close = CLOSING[open];
  if (text.charAt(start + 1) !== 'x' || close === undefined || /[\w)\]]/.test(text.charAt(start - 1))) return undefined;
  const quoting: Quoting = { open: '%x', escapes: 'backslash', putIn: 'hash-brace', hasLines: false };
  let depth = 0;
  for (let i = start + 2; i < text.length && i < start + LONGEST_COMMAND; i++) {
    const character = text.charAt(i);
    if (character === '\\') i++;
    else if (character === '#' && text.charAt(i + 1) === '{') i = expressionEnd(text, i + 1, syntax) ?? i;
    else if (character === open) depth++;
    else if (character === close && --depth === 0)
      return { range: { start, end: i + 1 }, content: { start: start + 3, end: i }, quoting };
  }
  return undefined;
}

/** Behind the comment that begins at a position. */
export function commentEnd(text: string, at: number, { lineComments, hasBlockComments }: Syntax): number | undefined {
  if (lineComments.some((mark) => text.startsWith(mark, at))) {
    const newline = text.indexOf('\n', at);
    return newline === -1 ? text.length : newline;
  }
  if (!hasBlockComments || !text.startsWith('/*', at)) return undefined;
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? text.length : end + 2;
}

function regexEnd(text: string, start: number): number {
  let inClass = false;
  for (let i = start + 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\n') return start;
    if (character === '\\') i++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return i;
  }
  return start;
}

function pythonPrefix(text: string, at: number): string {
  return /(?:^|[^\w])([rbuf]{1,2})$/i.exec(text.slice(Math.max(0, at - 3), at))?.[1] ?? '';
}

function withPrefix(quoting: Quoting, prefix: string): Quoting {
  const isRaw = /r/i.test(prefix);
  const isFormat = /f/i.test(prefix);
  return isRaw || isFormat
    ? { ...quoting, escapes: isRaw ? 'none' : 'backslash', putIn: isFormat ? 'brace' : undefined }
    : quoting;
}

/** Where the closing quote stands. */
function contentEnd(
  text: string,
  start: number,
  { open, hasLines, putIn }: Quoting,
  syntax: Syntax,
): number | undefined {
  for (let i = start; i < text.length; i++) {
    if (text.startsWith(open, i)) return i;
    const character = text.charAt(i);
    if (character === '\n' && !hasLines) return undefined;
    // Even a raw string of Python does not end at a quote behind a backslash.
    if (character === '\\') i++;
    else if ((putIn === 'dollar-brace' || putIn === 'dollar') && character === '$' && text.charAt(i + 1) === '{') {
      i = expressionEnd(text, i + 1, syntax) ?? i;
    } else if (putIn === 'hash-brace' && character === '#' && text.charAt(i + 1) === '{') {
      i = expressionEnd(text, i + 1, syntax) ?? i;
    }
  }
  return undefined;
}

/** The brace that closes the one at `open`; strings within count as wholes where they are on one line. */
export function expressionEnd(text: string, open: number, syntax: Syntax): number | undefined {
  let depth = 0;
  for (let i = open; i < text.length && i < open + 2000; i++) {
    const character = text.charAt(i);
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return i;
    else if ((character === '"' || character === "'") && syntax.id !== 'python') {
      const close = text.indexOf(character, i + 1);
      const newline = text.indexOf('\n', i + 1);
      if (close !== -1 && (newline === -1 || close < newline)) i = close;
    }
  }
  return undefined;
}

function heredocEnd(
  text: string,
  start: number,
  name: string,
): { readonly start: number; readonly behind: number } | undefined {
  for (let at = text.indexOf(name, start); at !== -1; at = text.indexOf(name, at + name.length)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    if (text.slice(lineStart, end).trim() === name) return { start: lineStart, behind: end };
  }
  return undefined;
}
