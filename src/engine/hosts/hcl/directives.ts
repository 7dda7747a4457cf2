/** What the directives of a template are to a shell script that they stand in. */
import type { Range } from '../../text/range';
import { isShellProgram } from '../embedding/language';
import type { SequenceToken, TemplateToken } from './template-scan';

/** A line that goes on behind its end. */
const GOES_ON = /(?:\\|\||&&)\s*$/;

/**
 * The text of each directive. Between the lines of a shell script `if` and `for` are conditions of the shell, so that what happens between them is known
 * to happen only sometimes; `condition` stands for what decides. Elsewhere they leave nothing.
 */
export function directiveTexts(
  host: string,
  tokens: readonly TemplateToken[],
  body: Range,
  condition: () => string,
): ReadonlyMap<TemplateToken, string> {
  const directives = tokens.filter((token): token is SequenceToken => !/^(?:literal|interpolation)$/.test(token.kind));
  const texts = new Map<TemplateToken, string>();
  if (directives.length === 0 || !isShellProgram(host.slice(body.start, Math.min(body.end, body.start + 200))))
    return texts;
  if (!directives.every((token) => isLine(host, token, body)) || !areBalanced(directives)) return texts;
  for (const token of directives) texts.set(token, SPELLING[token.kind]?.(condition) ?? '');
  return texts;
}

const SPELLING: Readonly<Record<string, (condition: () => string) => string>> = {
  if: (condition) => `\nif [ "${condition()}" ]; then :\n`,
  for: (condition) => `\nif [ "${condition()}" ]; then :\n`,
  else: () => '\n:; else :\n',
  endif: () => '\n:; fi\n',
  endfor: () => '\n:; fi\n',
};

function isLine(host: string, { start, end }: Range, body: Range): boolean {
  const lineStart = Math.max(body.start, host.lastIndexOf('\n', start - 1) + 1);
  const newline = host.indexOf('\n', end);
  const lineEnd = newline === -1 ? body.end : Math.min(newline, body.end);
  if (host.slice(lineStart, start).trim() !== '' || host.slice(end, lineEnd).trim() !== '') return false;
  const before = host.slice(Math.max(body.start, lineStart - 200), lineStart);
  return !GOES_ON.test(before);
}

function areBalanced(directives: readonly SequenceToken[]): boolean {
  const open: string[] = [];
  for (const { kind } of directives) {
    if (kind === 'if' || kind === 'for') open.push(kind);
    else if (kind === 'else') {
      if (open[open.length - 1] !== 'if') return false;
    } else if (open.pop() !== kind.slice(3)) return false;
  }
  return open.length === 0;
}
