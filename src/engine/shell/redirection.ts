/** Redirections: POSIX XCU 2.7. */
import { partValue, valueOf } from './expand';
import type { Machine } from './machine';
import type { Outcome } from './outcome';
import { freeze, type Printed } from './printed';
import type { HereDoc, Redirection } from './syntax';
import { concat, EMPTY, knownValue, literal, pattern, UNKNOWN, type Value } from '../program/value';

export interface Redirected {
  readonly input: Value | undefined;
  readonly inputPrinted: readonly Printed[];
  /** True where standard output does not go where it went before. */
  readonly elsewhere: boolean;
  /** True where a file gets it. */
  readonly toFile: boolean;
  /** What is left of a command's outcome for those who read its output. */
  readonly sink: (outcome: Outcome) => Outcome;
}

const OUTPUT = new Set(['>', '>>', '>|', '&>', '&>>']);

/** The text that a command reads from a heredoc. */
function hereDocValue(heredoc: HereDoc, machine: Machine): Value {
  const { body, delimiter, operator } = heredoc;
  const strip = (text: string): string => (operator === '<<-' ? text.replace(/^\t+/gm, '') : text);
  if (delimiter?.quoted || !body.parts) return literal(strip(body.text));
  return body.parts.reduce<Value>(
    (all, part) => concat(all, part.type === 'Literal' ? literal(strip(part.value)) : partValue(part, machine)),
    EMPTY,
  );
}

/** `exec 3<>/dev/tcp/HOST/PORT` opens a connection; `>&3` writes to it. Bash, "REDIRECTION". */
function noteSocket(operator: string, descriptor: number | undefined, target: Value, machine: Machine): void {
  const [text] = target;
  const match = text && target.length === 1 ? /^\/dev\/tcp\/([^/]+)\/([^/]+)$/.exec(pattern(text)) : null;
  const [, host, port] = match ?? [];
  if (descriptor !== undefined && host !== undefined && port !== undefined) {
    machine.sockets.set(descriptor, { host: [{ text: host }], port: [{ text: port }] });
  }
  const to = operator === '>&' ? Number(knownValue(target) ?? NaN) : NaN;
  if (machine.sockets.has(to)) machine.outputTo = to;
}

function isNull(target: Value): boolean {
  return knownValue(target) === '/dev/null';
}

const NO_REDIRECTION: Redirected = {
  input: undefined,
  inputPrinted: [],
  elsewhere: false,
  toFile: false,
  sink: (outcome) => outcome,
};

export function redirections(redirects: readonly Redirection[], machine: Machine): Redirected {
  if (redirects.length === 0) return NO_REDIRECTION;
  let input: Value | undefined;
  let inputPrinted: readonly Printed[] = [];
  let file: { path: Value; append: boolean } | undefined;
  let elsewhere = false;
  for (const redirect of redirects) {
    if (redirect.type === 'HereDoc') {
      input = hereDocValue(redirect, machine);
      inputPrinted = [{ kind: 'heredoc', heredoc: redirect, source: machine.source }];
      continue;
    }
    const target = redirect.target ? valueOf(redirect.target, machine) : undefined;
    if (redirect.type === 'HereString') {
      input = target;
      inputPrinted = redirect.target
        ? [
            {
              kind: 'words',
              words: [redirect.target],
              source: machine.source,
              escapes: 'none',
              separator: ' ',
              newline: true,
            },
          ]
        : [];
      continue;
    }
    const descriptor = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : undefined;
    if (OUTPUT.has(redirect.operator) && (descriptor === undefined || descriptor === 1) && target) {
      elsewhere = true;
      file = isNull(target) ? undefined : { path: target, append: redirect.operator.endsWith('>>') };
    } else if (redirect.operator === '>&' && (descriptor === undefined || descriptor === 1)) {
      elsewhere = true;
      file = undefined;
    } else if (redirect.operator === '<') {
      const path = target && knownValue(target);
      input = (path === undefined ? undefined : machine.contents.get(path)) ?? UNKNOWN;
      inputPrinted = [];
    }
    if (target) noteSocket(redirect.operator, descriptor, target, machine);
  }
  const sink = (outcome: Outcome): Outcome => {
    if (!elsewhere) return outcome;
    const path = file && knownValue(file.path);
    if (path !== undefined) machine.contents.set(path, file?.append ? UNKNOWN : outcome.output);
    if (file && outcome.printed.some(({ kind }) => kind !== 'unknown')) {
      machine.observer.file({
        path: file.path,
        append: file.append,
        umask: machine.state.umask,
        pieces: outcome.printed.map((piece) => freeze(piece, machine)),
      });
    }
    return { output: EMPTY, printed: [], evidence: outcome.evidence };
  };
  return { input, inputPrinted, elsewhere, toFile: file !== undefined, sink };
}
