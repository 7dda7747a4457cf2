/**
 * Finds the sequences in a template: HCL native syntax specification, "Templates". The borders of literal tokens are those of HashiCorp's own
 * scanner (hclsyntax/scan_tokens.rl), since `~` takes white space from one token and not from the next.
 */

export interface LiteralToken {
  readonly kind: 'literal';
  readonly start: number;
  readonly end: number;
}

export type Keyword = 'if' | 'else' | 'endif' | 'for' | 'endfor';

/** `${ ... }` or `%{ ... }`. */
export interface SequenceToken {
  readonly kind: 'interpolation' | Keyword;
  readonly start: number;
  readonly end: number;
  /** What stands between the braces, without the strip markers. */
  readonly inner: { readonly start: number; readonly end: number };
  readonly stripsBefore: boolean;
  readonly stripsAfter: boolean;
}

export type TemplateToken = LiteralToken | SequenceToken;

/** `quoted`: between quotes, with backslash escapes. `heredoc`: until a line that is the marker. `bare`: a whole text. */
export type TemplateForm =
  | { readonly kind: 'quoted' }
  | { readonly kind: 'heredoc'; readonly marker: string; readonly flush: boolean }
  | { readonly kind: 'bare' };

export interface ScannedTemplate {
  readonly tokens: readonly TemplateToken[];
  /** Where the template ends: at the closing quote, at the start of the line of the marker, or at the end of the text. */
  readonly end: number;
  /** False where HCL would refuse it: something is not closed, or it is not closed itself. */
  readonly sound: boolean;
}

/** Templates in expressions in templates: nobody nests deeper. */
const MAX_NESTING = 40;

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const PERCENT = 37;
const SLASH = 47;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const TILDE = 126;

const DIRECTIVE = /^[ \t\r\n]*(if|else|endif|for|endfor)(?![\w-])/;

/** The tokens of the template in `text` from `start`, which ends at `limit` at the latest. */
export function scanTemplate(text: string, start: number, limit: number, form: TemplateForm): ScannedTemplate {
  const tokens: TemplateToken[] = [];
  let from = start;
  let lineStart = true;
  const literal = (to: number): void => {
    if (to > from) tokens.push({ kind: 'literal', start: from, end: to });
    from = to;
  };
  let i = start;
  while (i < limit) {
    const code = text.charCodeAt(i);
    if (code === NEWLINE) {
      if (form.kind === 'quoted') return { tokens, end: i, sound: false };
      if (form.kind === 'heredoc' && lineStart && text.slice(from, i).trim() === form.marker)
        return { tokens, end: from, sound: true };
      literal(i + 1);
      lineStart = true;
      i++;
    } else if (code === DOLLAR || code === PERCENT) {
      const next = text.charCodeAt(i + 1);
      if (next === OPEN) {
        literal(i);
        lineStart = false;
        const sequence = readSequence(text, i, limit);
        if (!sequence) {
          literal(limit);
          return { tokens, end: limit, sound: false };
        }
        tokens.push(sequence);
        i = sequence.end;
        from = i;
      } else if (next === code && text.charCodeAt(i + 2) === OPEN) {
        literal(i);
        lineStart = false;
        // `$${~` is the text `${~`.
        i += text.charCodeAt(i + 3) === TILDE ? 4 : 3;
        literal(i);
      } else {
        literal(i);
        lineStart = false;
        // The scanner takes a further character with it where a line ends behind that one; within quotes no line ends.
        const takesOneMore = form.kind !== 'quoted' && endsLine(text, i + 2) && !endsLine(text, i + 1) && i + 1 < limit;
        i += takesOneMore ? 2 : 1;
        literal(i);
      }
    } else if (form.kind === 'quoted' && code === BACKSLASH) i += 2;
    else if (form.kind === 'quoted' && code === QUOTE) {
      literal(i);
      return { tokens, end: i, sound: true };
    } else i++;
  }
  literal(Math.min(i, limit));
  return { tokens, end: limit, sound: form.kind === 'bare' };
}

function endsLine(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) === NEWLINE);
}

function readSequence(text: string, start: number, limit: number): SequenceToken | undefined {
  const stripsBefore = text.charCodeAt(start + 2) === TILDE;
  const innerStart = start + (stripsBefore ? 3 : 2);
  const end = skipExpression(text, innerStart, limit, 0);
  if (end === undefined) return undefined;
  const stripsAfter = text.charCodeAt(end - 2) === TILDE && end - 2 >= innerStart;
  const inner = { start: innerStart, end: end - (stripsAfter ? 2 : 1) };
  const shared = { start, end, inner, stripsBefore, stripsAfter };
  if (text.charCodeAt(start) === DOLLAR) return { kind: 'interpolation', ...shared };
  const keyword = DIRECTIVE.exec(text.slice(inner.start, Math.min(inner.end, inner.start + 200)))?.[1];
  return keyword === undefined ? undefined : { kind: keyword as Keyword, ...shared };
}

/** Where the brace closes that stands before `start`: behind it; undefined where it does not. */
function skipExpression(text: string, start: number, limit: number, depth: number): number | undefined {
  if (depth > MAX_NESTING) return undefined;
  let open = 1;
  let i = start;
  while (i < limit) {
    const code = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (code === OPEN) open++;
    else if (code === CLOSE) {
      if (--open === 0) return i + 1;
    } else if (code === QUOTE) {
      const end = skipQuoted(text, i + 1, limit, depth + 1);
      if (end === undefined) return undefined;
      i = end;
      continue;
    } else if (code === HASH || (code === SLASH && next === SLASH)) {
      const end = text.indexOf('\n', i);
      if (end === -1 || end >= limit) return undefined;
      i = end;
    } else if (code === SLASH && next === 42) {
      const end = text.indexOf('*/', i + 2);
      if (end === -1) return undefined;
      i = end + 1;
    } else if (code === 60 && next === 60) {
      const heredoc = heredocAt(text, i);
      if (heredoc) {
        const scanned = scanTemplate(text, heredoc.bodyStart, limit, { ...heredoc, kind: 'heredoc' });
        if (!scanned.sound) return undefined;
        const newline = text.indexOf('\n', scanned.end);
        if (newline === -1) return undefined;
        i = newline;
      }
    }
    i++;
  }
  return undefined;
}

/** Behind the quote that closes the string whose content begins at `start`. */
function skipQuoted(text: string, start: number, limit: number, depth: number): number | undefined {
  let i = start;
  while (i < limit) {
    const code = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (code === QUOTE) return i + 1;
    if (code === NEWLINE) return undefined;
    if (code === BACKSLASH) i += 2;
    else if ((code === DOLLAR || code === PERCENT) && next === code && text.charCodeAt(i + 2) === OPEN) i += 3;
    else if ((code === DOLLAR || code === PERCENT) && next === OPEN) {
      const end = skipExpression(text, i + 2, limit, depth + 1);
      if (end === undefined) return undefined;
      i = end;
    } else i++;
  }
  return undefined;
}

/** The heredoc that is opened at `start`, where one is. */
export function heredocAt(
  text: string,
  start: number,
): { readonly marker: string; readonly flush: boolean; readonly bodyStart: number } | undefined {
  const opening = /^<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]{0,100})\r?\n/u.exec(text.slice(start, start + 110));
  const [whole, dash, marker] = opening ?? [];
  if (whole === undefined || marker === undefined) return undefined;
  return { marker, flush: dash === '-', bodyStart: start + whole.length };
}
