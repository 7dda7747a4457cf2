/**
 * Where words, strings, comments and brackets of a PowerShell text are ("about_Parsing", "about_Quoting_Rules"). No parser: what it finds says where
 * a text can be cut into statements, and which words tree-sitter's grammar is known to misread.
 */

/** What is told of a text, in its order. Offsets are the text's. */
export interface ScanObserver {
  /** A run of characters that are no blanks, brackets, quotes or separators. */
  word(start: number, end: number): void;
  /** A string, with its quotes. */
  string(start: number, end: number): void;
  /** Any other character that means something. */
  mark(at: number): void;
  /** The end of a line; `depth` is how many brackets are open. */
  line(at: number, depth: number): void;
}

const SEPARATOR = /[\s;|,(){}[\]"'&<>@]/;
const BLANK = /\s/;
const BRACED = /^\$\{[^}\n]*\}/;
const LONGEST_NAME = 200;

/** The end of a string in single quotes, in which two stand for one. */
function endOfVerbatim(text: string, start: number): number {
  for (let at = start + 1; ;) {
    const quote = text.indexOf("'", at);
    if (quote === -1) return text.length;
    if (text.charAt(quote + 1) !== "'") return quote + 1;
    at = quote + 2;
  }
}

/** The end of a here-string: its closing quote stands at the start of a line. */
function endOfHereString(text: string, start: number): number {
  const closing = text.indexOf(`\n${text.charAt(start + 1)}@`, start + 2);
  return closing === -1 ? text.length : closing + 3;
}

/** True where `@"` or `@'` at `at` is the last of its line. */
function isHereString(text: string, at: number): boolean {
  const quote = text.charAt(at + 1);
  if (quote !== '"' && quote !== "'") return false;
  let end = at + 2;
  while (text.charAt(end) === ' ' || text.charAt(end) === '\t') end++;
  return text.charAt(end) === '\n' || end >= text.length;
}

/**
 * The end of what `$(` at `start` opens, or of the string in double quotes there. What is nested is counted, not parsed.
 */
export function endOfNested(text: string, start: number): number {
  const open: string[] = [text.charAt(start) === '"' ? '"' : ')'];
  let at = text.charAt(start) === '"' ? start + 1 : start + 2;
  while (at < text.length) {
    const closing = open[open.length - 1];
    const character = text.charAt(at);
    if (character === '`') {
      at += 2;
      continue;
    }
    if (closing !== '"' && character === '#' && /[\s;(){}|]/.test(text.charAt(at - 1))) {
      const line = text.indexOf('\n', at);
      if (line === -1) return text.length;
      at = line;
    } else if (closing === '"') {
      if (character === '"') {
        if (text.charAt(at + 1) === '"') at++;
        else open.pop();
      } else if (character === '$' && text.charAt(at + 1) === '(') {
        open.push(')');
        at++;
      }
    } else if (character === closing) open.pop();
    else if (character === '"') open.push('"');
    else if (character === '(') open.push(')');
    else if (character === '{') open.push('}');
    else if (character === "'") {
      at = endOfVerbatim(text, at);
      continue;
    }
    at++;
    if (open.length === 0) return at;
  }
  return text.length;
}

/** Longer subexpressions than this are no parts of words. */
const LONGEST_SUBEXPRESSION = 400;

/** The end of the subexpression that begins at `at`; undefined where it is a long one. */
function endOfSubexpression(text: string, at: number): number | undefined {
  const near = text.slice(at, at + LONGEST_SUBEXPRESSION);
  const length = endOfNested(near, 0);
  return length >= near.length && !near.endsWith(')') ? undefined : at + length;
}

/** The end of a word, with `${name}`, `$(...)` and escaped characters in it. */
function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '`') {
      if (text.charAt(at + 1) === '\n' || at + 1 >= text.length) return at;
      at += 2;
    } else if (character === '$' && text.charAt(at + 1) === '{') {
      const braced = BRACED.exec(text.slice(at, at + LONGEST_NAME));
      at += braced ? braced[0].length : 1;
    } else if (character === '$' && text.charAt(at + 1) === '(') {
      const end = endOfSubexpression(text, at);
      // What stands alone is looked into; what is part of a word is not.
      if (end === undefined || (at === start && !/[\w/\\$-]/.test(text.charAt(end)))) return at === start ? at + 1 : at;
      at = end;
    } else if (SEPARATOR.test(character)) return at;
    else at++;
  }
  return at;
}

export function scan(text: string, observer: ScanObserver): void {
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === '\n') {
      observer.line(at, depth);
      at++;
    } else if (BLANK.test(character)) at++;
    else if (character === '`' && (next === '\n' || next === '')) at += 2;
    else if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else if (character === '<' && next === '#') {
      const end = text.indexOf('#>', at + 2);
      at = end === -1 ? text.length : end + 2;
    } else if (character === "'" || character === '"') {
      const end = character === "'" ? endOfVerbatim(text, at) : endOfNested(text, at);
      observer.string(at, end);
      at = end;
    } else if (character === '@' && isHereString(text, at)) {
      const end = endOfHereString(text, at);
      observer.string(at, end);
      at = end;
    } else if (SEPARATOR.test(character)) {
      if ('({['.includes(character)) depth++;
      else if (')}]'.includes(character) && depth > 0) depth--;
      observer.mark(at);
      at++;
    } else {
      const end = Math.max(at + 1, endOfWord(text, at));
      observer.word(at, end);
      at = end;
    }
  }
}
