/** Commands that are programs of their own: what they request, what they print. */
import { GETTERS, type GetterName, type ShellRequest } from './http/client';
import { curlRequests } from './http/curl';
import { fetchRequests, httpieRequests, ncRequests, requestFromText } from './http/other-clients';
import { NODE, PERL, PHP, programRequests, RUBY } from './http/interpreters';
import { pythonRequests } from './http/python';
import { wgetRequests } from './http/wget';
import { holdArguments, holdInput } from './held-texts';
import type { Invocation } from './invocation';
import type { Machine } from './machine';
import { isShell } from './wrappers';
import { NOTHING, UNKNOWN_OUTPUT, type Outcome } from './outcome';
import { echoArguments, freeze, type Printed } from './printed';
import { assign } from './assign';
import { grepEvidence } from './test-evidence';
import { endpointOf } from '../imds/endpoint';
import { blurValue, concat, EMPTY, isToken, knownText, literal, pattern, UNKNOWN, type Value } from '../program/value';

type Requests = (invocation: Invocation) => readonly ShellRequest[];

const getting = (client: GetterName): [string, Requests] => [client, (invocation) => fetchRequests(client, invocation)];

const CLIENTS: Readonly<Record<string, Requests>> = {
  curl: curlRequests,
  'curl.exe': curlRequests,
  wget: wgetRequests,
  wget2: wgetRequests,
  http: httpieRequests,
  https: httpieRequests,
  xh: httpieRequests,
  ...Object.fromEntries(GETTERS.map(getting)),
  nc: ncRequests,
  ncat: ncRequests,
  netcat: ncRequests,
  python: pythonRequests,
  python2: pythonRequests,
  python3: pythonRequests,
  perl: (invocation) => programRequests(PERL, invocation),
  ruby: (invocation) => programRequests(RUBY, invocation),
  php: (invocation) => programRequests(PHP, invocation),
  node: (invocation) => programRequests(NODE, invocation),
  nodejs: (invocation) => programRequests(NODE, invocation),
};

export const CLIENT_NAMES: readonly string[] = Object.keys(CLIENTS);

/** Filters that leave a token what it is when it comes on one line. */
const KEEP_TOKEN = new Set(['cat', 'tee', 'head', 'tail', 'tr', 'sponge', 'pv']);
/** Filters whose output comes from their input. */
const FILTERS = new Set([
  'jq',
  'grep',
  'egrep',
  'fgrep',
  'sed',
  'awk',
  'gawk',
  'cut',
  'sort',
  'uniq',
  'xargs',
  'rev',
  'base64',
  'wc',
  'column',
  'xmllint',
  'python',
  'python3',
  'perl',
  'ruby',
]);

export function external(invocation: Invocation, machine: Machine): Outcome {
  const { name } = invocation;
  const client = CLIENTS[name];
  if (client) {
    const requests = client(invocation);
    if (requests.length > 0) return requested(requests, machine);
  }
  machine.observer.command(invocation, machine);
  noteRun(invocation, machine);
  if (name === 'echo' || name === 'printf') return print(invocation, machine);
  if (name === 'tee') return tee(invocation, machine);
  if (name === 'crontab') crontab(invocation, machine);
  if (name === 'dd') dd(invocation, machine);
  if (name === 'aws') holdArguments(invocation, machine);
  if (machine.captures && !invocation.outputRedirected) holdInput(machine);
  if (name === 'cat' && invocation.args.every(({ text }) => knownText(text)?.startsWith('-') ?? false)) {
    return { output: machine.input ?? UNKNOWN, printed: machine.inputPrinted, evidence: undefined };
  }
  const [path, ...paths] = invocation.args;
  const read =
    name === 'cat' && path && paths.length === 0 ? machine.contents.get(knownText(path.text) ?? '') : undefined;
  if (read) return { ...UNKNOWN_OUTPUT, output: read };
  const { input } = machine;
  if (input && KEEP_TOKEN.has(name) && isToken(input)) return { ...UNKNOWN_OUTPUT, output: input };
  if (input && FILTERS.has(name)) {
    const evidence = isGrep(name)
      ? grepEvidence(
          invocation.args.map(({ text }) => [text]),
          input,
        )
      : undefined;
    return { ...UNKNOWN_OUTPUT, output: blurValue(input), evidence };
  }
  return SILENT.has(name) ? NOTHING : UNKNOWN_OUTPUT;
}

export const isGrep = (name: string): boolean => /^[ef]?grep$/.test(name);

/** Commands that print nothing when all goes well. */
const SILENT = new Set([
  'mkdir',
  'chmod',
  'chown',
  'rm',
  'mv',
  'cp',
  'ln',
  'touch',
  'sleep',
  'install',
  'kill',
  'logger',
]);

/** What is run by its path, by a shell, or is given the right to be run. */
function noteRun({ name, command, args }: Invocation, machine: Machine): void {
  const { observer } = machine;
  if (pattern(command.text).includes('/')) observer.runs([command.text]);
  const operands = args.filter(({ text }) => !/^[-+]/.test(pattern(text)));
  if (isShell(name) && operands[0]) observer.runs([operands[0].text]);
  if (
    name === 'chmod' &&
    /[+=][rwst]*x|^-?0?[1357]|^0?[0-7]*[1357]/.test(
      pattern(args.find(({ text }) => /^[0-7ugoa+=]/.test(pattern(text)))?.text ?? []),
    )
  ) {
    for (const { text } of operands) observer.runs([text]);
  }
}

function requested(requests: readonly ShellRequest[], machine: Machine): Outcome {
  let output: Value = EMPTY;
  let evidence: Outcome['evidence'];
  machine.requester = requests[0]?.invocation.node;
  for (const request of requests) {
    const seen = machine.observer.request(request, machine);
    const path = seen === 'sends-token' ? endpointOf(request.url)?.path : undefined;
    const subject = path === undefined ? {} : { path };
    if (seen !== 'other') evidence = { says: 'had', path };
    if (seen === 'asks-for-token') noteTokenFile(request, machine);
    let printed: Value = [[{ hole: 'unknown' }]];
    if (request.prints === 'nothing') printed = EMPTY;
    else if (seen === 'asks-for-token' && request.prints === 'body') {
      printed = [[{ hole: 'token', evidence: 'token', place: placeOf(request) }]];
    } else if (seen !== 'other') {
      printed = [[{ hole: 'unknown', evidence: request.prints === 'http-code' ? 'http-code' : 'token', ...subject }]];
    }
    output = concat(output, printed);
  }
  return { output, printed: [{ kind: 'unknown' }], evidence };
}

/** `curl ... -o FILE` leaves the token in a file. */
function noteTokenFile(request: ShellRequest, machine: Machine): void {
  for (const { name, value } of request.parsed?.options ?? []) {
    const path = value && /^output(?:-document)?$/.test(name) ? knownText(value) : undefined;
    if (path !== undefined)
      machine.contents.set(path, [[{ hole: 'token', evidence: 'token', place: placeOf(request) }]]);
  }
}

function placeOf({ invocation: { node, source } }: ShellRequest): {
  source: typeof source;
  range: { start: number; end: number };
} {
  return { source, range: { start: node.pos, end: node.end } };
}

/** A request written by hand to a connection of Bash's own. */
function sendByHand(invocation: Invocation, output: Value, machine: Machine): void {
  const socket = machine.outputTo === undefined ? undefined : machine.sockets.get(machine.outputTo);
  const [text] = output;
  const request = socket && text && output.length === 1 ? requestFromText(text, socket.host, socket.port) : undefined;
  if (!request) return;
  const { command } = invocation;
  const shell = { invocation, urlField: command, urls: [command], parsed: undefined, part: 0, anchor: command };
  machine.observer.request({ ...request, ...shell, client: 'bash', failsOnError: false }, machine);
}

function print(invocation: Invocation, machine: Machine): Outcome {
  if (!machine.captures && machine.outputTo === undefined && invocation.name === 'echo') return NOTHING;
  const { name, node, source } = invocation;
  let { args } = invocation;
  let escapes: 'none' | 'echo' | 'printf' = 'printf';
  let newline = false;
  let output: Value = EMPTY;
  if (name === 'echo') {
    ({ args, newline, escapes } = echoArguments(args));
    args.forEach((field, index) => {
      output = concat(index ? concat(output, literal(' ')) : output, [field.text]);
    });
  } else {
    const option = args[0] && knownText(args[0].text);
    const target = args[1] && knownText(args[1].text);
    if (option === '-v' && target !== undefined) {
      const value = formatted(args.slice(2).map(({ text }): Value => [text]));
      assign(machine, target, value, { source, range: { start: node.pos, end: node.end } });
      return NOTHING;
    }
    if (option === '--') args = args.slice(1);
    output = formatted(args.map(({ text }): Value => [text]));
  }
  if (newline) output = concat(output, literal('\n'));
  sendByHand(invocation, output, machine);
  const words = [...new Set(args.map(({ word }) => word))].filter((word) => node.args.includes(word));
  const [format, ...values] = words;
  // `printf '%s\n' LINE...` is how some write several lines.
  const lines = name === 'printf' && values.length > 0 && args[0] !== undefined && knownText(args[0].text) === '%s\\n';
  const shown = lines ? values : name === 'printf' && format ? [format] : words;
  const common = { kind: 'words' as const, words: shown, source };
  const printed: Printed = lines
    ? { ...common, escapes: 'none', separator: '\n', newline: true }
    : { ...common, escapes, separator: ' ', newline };
  return { output, printed: shown.length > 0 ? [printed] : [], evidence: undefined };
}

/** What `printf` prints, for formats that hold nothing but text and `%s`. */
function formatted(args: readonly Value[]): Value {
  const [format, ...values] = args;
  const known = format?.[0] && format.length === 1 ? knownText(format[0]) : undefined;
  if (known === undefined) return UNKNOWN;
  let output: Value = EMPTY;
  let next = 0;
  for (const piece of known.split(/(%[sd]|%%)/)) {
    if (piece === '%s' || piece === '%d') output = concat(output, values[next++] ?? EMPTY);
    else if (piece.replace(/%%/g, '').includes('%')) return UNKNOWN;
    else output = concat(output, literal(piece === '%%' ? '%' : piece));
  }
  return next < values.length ? UNKNOWN : output;
}

function tee({ args }: Invocation, machine: Machine): Outcome {
  const { inputPrinted } = machine;
  const append = args.some(({ text }) => /^(?:-[A-Zb-z]*a[A-Za-z]*|--append)$/.test(knownText(text) ?? ''));
  for (const { text } of args) {
    if (knownText(text)?.startsWith('-') || inputPrinted.length === 0) continue;
    machine.observer.file({
      path: [text],
      append,
      umask: machine.state.umask,
      pieces: inputPrinted.map((piece) => freeze(piece, machine)),
    });
  }
  return { output: machine.input ?? UNKNOWN, printed: inputPrinted, evidence: undefined };
}

/** `... | crontab -` installs what it reads. */
function crontab({ args }: Invocation, machine: Machine): void {
  if (machine.inputPrinted.length === 0 || !args.some(({ text }) => knownText(text) === '-')) return;
  machine.observer.file({
    path: literal('/var/spool/cron/crontabs/user'),
    append: false,
    umask: machine.state.umask,
    pieces: machine.inputPrinted.map((piece) => freeze(piece, machine)),
  });
}

/** `dd of=FILE <<EOF` is how some write files as root. */
function dd({ args }: Invocation, machine: Machine): void {
  for (const { text } of args) {
    const known = knownText(text);
    if (known?.startsWith('of=') && machine.inputPrinted.length > 0) {
      machine.observer.file({
        path: literal(known.slice(3)),
        append: false,
        umask: machine.state.umask,
        pieces: machine.inputPrinted.map((piece) => freeze(piece, machine)),
      });
    }
  }
}
