/**
 * Templates of YAML files, which are no YAML before they are rendered: Jinja, Go's text/template, the expressions of CI services. What stands
 * between their braces is covered by marks of the same length, so that the file can be parsed and every offset stays what it is.
 */
import type { Placeholders } from '../../program/placeholders';
import { literal, UNKNOWN, type Value } from '../../program/value';
import type { Codec } from '../../text/source-map';
import type { Range } from '../../text/range';
import { readSyntax, type Piece } from '../piece';
import { isShellProgram } from './language';
import { STATEMENT_MARK, statementTexts, type Statement } from './statements';

interface Delimiters {
  readonly open: string;
  readonly close: string;
  /** True where it puts nothing in: a statement, a comment. */
  readonly isSilent: boolean;
}

export interface Dialect {
  readonly delimiters: readonly Delimiters[];
  /** What is silent although it stands between delimiters that put something in. */
  readonly silent?: RegExp;
  /** True where an expression alone on its line may put whole lines of the file in, so that the line is left out. */
  readonly putsLinesIn: boolean;
  /** True where the file is a shell script, not a text that holds some. */
  readonly isShell?: true;
}

const EXPRESSION: Delimiters = { open: '{{', close: '}}', isSilent: false };
const JINJA_DELIMITERS: readonly Delimiters[] = [
  EXPRESSION,
  { open: '{%', close: '%}', isSilent: true },
  { open: '{#', close: '#}', isSilent: true },
];

/** A file that Jinja renders whole. */
export const JINJA: Dialect = { delimiters: JINJA_DELIMITERS, putsLinesIn: true };
/** A file whose texts Jinja renders one by one, as Ansible does. */
export const JINJA_IN_TEXTS: Dialect = { delimiters: JINJA_DELIMITERS, putsLinesIn: false };
/** Go's text/template: Helm, kops, kube-aws. */
export const GO_TEMPLATE: Dialect = {
  delimiters: [EXPRESSION],
  silent: /^\{\{-?\s*(?:(?:if|else|end|range|with|define|block|template|break|continue)\b|\/\*|\$\w+\s*:?=)/,
  putsLinesIn: true,
};
/** Ruby's ERB. */
export const ERB: Dialect = {
  delimiters: [{ open: '<%', close: '%>', isSilent: false }],
  silent: /^<%(?!=)/,
  putsLinesIn: true,
};
/** GitHub Actions. */
export const ACTIONS_EXPRESSION: Dialect = {
  delimiters: [{ open: '${{', close: '}}', isSilent: false }],
  putsLinesIn: false,
};
/** GitLab's inputs. */
export const GITLAB_INPUT: Dialect = {
  delimiters: [{ open: '$[[', close: ']]', isSilent: false }],
  putsLinesIn: false,
};

// Private use, apart from the placeholders of scripts, which count up from U+E000.
const PUTS_IN = '\uF8FE';
const END = '\uF8FD';
const MARKS = /[\uF8FC-\uF8FF]/;
const MARKED = /[\uF8FC\uF8FE][^\uF8FC-\uF8FE]*\uF8FD/g;

/** A text with its template covered. */
export interface Template {
  /** As long as the original. Blanks and single quotes are left, so that lines stay lines and whoever quotes sees every quote. */
  readonly text: string;
  /** A piece of `text` as a script has it: what the template puts in becomes placeholders. */
  read(piece: Piece, placeholders: Placeholders, resolve?: (expression: string) => Value): Piece;
}

interface Action extends Range {
  readonly isSilent: boolean;
}

export function coverTemplate(original: string, dialect: Dialect): Template {
  const actions = MARKS.test(original) ? [] : actionsIn(original, dialect);
  const opensAction = (added: string): boolean => dialect.delimiters.some(({ open }) => added.includes(open));
  const codec: Codec = { encode: (added) => (opensAction(added) ? undefined : added) };
  const plain = (piece: Piece, placeholders: Placeholders): Piece =>
    readSyntax(piece, { pattern: /$^/g, read: () => undefined, codec }, placeholders);
  if (actions.length === 0) return { text: original, read: plain };
  const lines = dialect.isShell ? new Map<Action, Line>() : linesOf(original, actions, dialect.putsLinesIn);
  let text = '';
  let at = 0;
  for (const action of actions) {
    const { start, end } = action;
    text += original.slice(at, start) + cover(original.slice(start, end), action, lines.get(action));
    at = end;
  }
  text += original.slice(at);
  return {
    text,
    read: (piece, placeholders, resolve) => {
      // Where nothing is put in, something could be all the same once it is written.
      if (!MARKS.test(piece.text)) return plain(piece, placeholders);
      let action = '';
      const actionOf = new Map<string, string>();
      const written = (match: RegExpExecArray): string => {
        const { start, end } = piece.map.toHost({ start: match.index, end: match.index + match[0].length });
        return original.slice(start, end);
      };
      const isShell = dialect.isShell === true || isShellProgram(piece.text.replace(MARKED, ''));
      const statements = isShell
        ? [...piece.text.matchAll(MARKED)].filter(([mark]) => mark.startsWith(STATEMENT_MARK))
        : [];
      const texts = statementTexts(
        piece.text,
        statements.map((match): Statement => {
          const { index } = match;
          return { start: index, end: index + match[0].length, code: expressionOf(written(match)) };
        }),
        () => placeholders.add(UNKNOWN),
      );
      const read = (match: RegExpExecArray): { readonly value: Value } => {
        if (match[0].startsWith(STATEMENT_MARK)) return { value: literal(texts.get(match.index) ?? '') };
        action = written(match);
        return { value: resolve ? resolve(expressionOf(action)) : UNKNOWN };
      };
      const recorded: Placeholders = {
        values: placeholders.values,
        add: (value) => {
          const placeholder = placeholders.add(value);
          actionOf.set(placeholder, action);
          return placeholder;
        },
      };
      // What is put in once may be put in again: an option that is copied with its value.
      const spelled: Codec = {
        encode: (added) =>
          opensAction(added)
            ? undefined
            : added.replace(/[\uE000-\uF8FB]/g, (placeholder) => actionOf.get(placeholder) ?? placeholder),
      };
      return readSyntax(piece, { pattern: MARKED, read, codec: spelled }, recorded);
    },
  };
}

/** What stands between the delimiters. */
function expressionOf(action: string): string {
  return action
    .replace(/^(?:\$?[{[]{2}|\{%|<%)[-+=]?/, '')
    .replace(/[-+]?(?:[}\]]{2}|%[}>])$/, '')
    .trim();
}

/** From left to right, none within another; one that is never closed is text. */
function actionsIn(text: string, { delimiters, silent }: Dialect): readonly Action[] {
  const next = delimiters.map(({ open }) => text.indexOf(open));
  const closing = delimiters.map(() => -1);
  const actions: Action[] = [];
  for (;;) {
    let first = -1;
    next.forEach((position, kind) => {
      if (position !== -1 && (first === -1 || position < (next[first] ?? 0))) first = kind;
    });
    const kind = delimiters[first];
    const start = next[first];
    if (!kind || start === undefined) return actions;
    const behind = start + kind.open.length;
    let close = closing[first] ?? -1;
    if (close < behind) close = text.indexOf(kind.close, behind);
    if (close === -1) {
      next[first] = -1;
      continue;
    }
    closing[first] = close;
    const again = text.indexOf(kind.open, start + 1);
    // `${#list[@]}` is the shell's.
    const isShells = kind.open === '{#' && text.charAt(start - 1) === '$';
    if (isShells || (again !== -1 && again < close)) {
      next[first] = again;
      continue;
    }
    const end = close + kind.close.length;
    actions.push({ start, end, isSilent: kind.isSilent || (silent?.test(text.slice(start, end)) ?? false) });
    delimiters.forEach(({ open }, other) => {
      const position = next[other] ?? -1;
      if (position !== -1 && position < end) next[other] = text.indexOf(open, end);
    });
  }
}

/** The actions that stand on lines of which they are all. */
function linesOf(text: string, actions: readonly Action[], putsLinesIn: boolean): ReadonlyMap<Action, Line> {
  const lines = new Map<Action, Line>();
  for (let from = 0; from < actions.length;) {
    const first = actions[from];
    if (!first) break;
    let until = from + 1;
    let end = skipBlanks(text, first.end, 1);
    while (actions[until]?.start === end) {
      end = skipBlanks(text, actions[until]?.end ?? end, 1);
      until++;
    }
    const start = skipBlanks(text, first.start, -1);
    const group = actions.slice(from, until);
    const isWhole =
      (start === 0 || text.charAt(start - 1) === '\n') && (end === text.length || text.charAt(end) === '\n');
    const isLine =
      isWhole &&
      group.every(({ isSilent }) => isSilent || putsLinesIn) &&
      blockAbove(text, start, first.start - start) === undefined;
    if (isLine) {
      for (const each of group) lines.set(each, 'blank');
      if (endsBlock(text, start, first, end)) lines.set(first, 'comment');
    }
    from = until;
  }
  return lines;
}

/** How a line is covered that is all template: with blanks, or as a comment of YAML. */
type Line = 'blank' | 'comment';

const BLOCK_HEADER = /(?:^|[\s:])[|>][-+\d]{0,2}[ \t]*(?:#[^\n]{0,500})?\r?$/;
/** Longer blocks, in lines, are not looked through. */
const MAX_LINES_BACK = 400;

/**
 * The indentation of the block scalar that a line at `lineStart` with `indent` blanks is one of, if the lines above belong to one; undefined where not.
 */
function blockAbove(text: string, lineStart: number, indent: number): number | undefined {
  let content = indent;
  let end = lineStart - 1;
  for (let count = 0; end > 0 && content > 0 && count < MAX_LINES_BACK; count++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    const own = line.length - line.trimStart().length;
    if (own < content && own < line.length && !/^\{[{%#]/.test(line.trimStart())) {
      if (content !== Infinity && BLOCK_HEADER.test(line)) return content;
      content = own;
    }
    end = start - 1;
  }
  return undefined;
}

/**
 * True where a line stands behind the last one of a block scalar. Blanks would be read as part of it, or not, by how many they are; a comment ends it.
 */
function endsBlock(text: string, lineStart: number, action: Action, lineEnd: number): boolean {
  if (text.slice(action.start, lineEnd).includes('\n')) return false;
  const content = blockAbove(text, lineStart, Infinity);
  if (content === undefined || action.start - lineStart >= content) return false;
  const next = /^(?:[ \t]*(?:\{[{%#][^\n]*)?\r?\n)*([ \t]*)/.exec(text.slice(lineEnd + 1, lineEnd + 4000))?.[1] ?? '';
  return next.length < content;
}

/** The end of the blanks on one side of a position, on its line. */
function skipBlanks(text: string, position: number, step: 1 | -1): number {
  let at = position;
  while (/[ \t\r]/.test(text.charAt(step === 1 ? at : at - 1))) at += step;
  return at;
}

function cover(covered: string, { isSilent }: Action, line: Line | undefined): string {
  if (line === 'comment') return `#${' '.repeat(covered.length - 1)}`;
  if (line === 'blank') return covered.replace(/\S/g, ' ');
  return (isSilent ? STATEMENT_MARK : PUTS_IN) + covered.slice(1, -1).replace(/[^\s']/g, '\uF8FF') + END;
}
