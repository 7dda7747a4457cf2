/** Commands that run another command given as their arguments. */
import type { Field } from './expand';
import { dropPrefix, parseOptions } from './options';
import { SSH, WRAPPERS } from './wrapper-options';
import { knownPrefix, knownText, pattern, type Value } from '../program/value';

/** What is left after the wrappers are taken off. */
export interface Unwrapped {
  readonly fields: readonly Field[];
  readonly wrappers: readonly string[];
  /** Variables that `env` or `sudo` set. */
  readonly environment: ReadonlyMap<string, Value>;
  /** A command line given as one string: `bash -c`, `su -c`. */
  readonly script?: { readonly field: Field; readonly args: readonly Field[]; readonly keepsEnvironment: boolean };
  /** A shell that reads its program from standard input. */
  readonly readsInput?: boolean;
}

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh', 'rbash', 'mksh']);

/** What these are given in words is split by a shell again. */
const SPLITS_AGAIN = new Set(['ssh', 'eval', 'watch', 'parallel']);

/** True where the words of a command are read by another shell, which takes the quotes in them for its own. */
export function isSplitAgain(wrappers: readonly string[]): boolean {
  return wrappers.some((wrapper) => SPLITS_AGAIN.has(wrapper));
}

/** Commands that keep what they read for a shell to run later: at(1). */
const LATER = new Set(['at', 'batch']);

/** Commands that print, search or install, whose arguments are never run however much they look like a command. */
const NEVER_RUN = new Set(
  `echo printf cat tee logger log info warn warning error err debug die fail note notice say msg print puts grep egrep fgrep zgrep rg sed awk gawk jq
  apt apt-get yum dnf zypper apk brew pip pip3 npm snap rpm dpkg which type hash man whatis test [ [[ read export local declare typeset readonly
  set unset alias unalias return exit cd pushd popd rm mv cp mkdir touch chmod chown ln ls find stat head tail sort uniq wc cut tr ssh scp rsync
  iptables ip6tables nft ip route git make crontab systemctl service aws gcloud az terraform helm`
    .trim()
    .split(/\s+/),
);

const CLIENTS = new Set(['curl', 'wget']);

export function isShell(name: string): boolean {
  return SHELLS.has(name);
}

/** True for a command that runs another, or a program text, given in its arguments. */
export function isWrapper(name: string): boolean {
  return (
    name in WRAPPERS || SHELLS.has(name) || LATER.has(name) || name === 'su' || name === 'runuser' || name === 'ssh'
  );
}

/** `/usr/bin/curl` is `curl`. */
export function baseName(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

/** The name of the command that the fields run, or undefined where it is not known. */
export function commandName(field: Field | undefined): string | undefined {
  const known = field && knownText(field.text);
  return known === undefined || known === '' ? undefined : baseName(known);
}

/** The shell's `-c` argument, among options that may be combined: `-lc`, `-l -e -c`. */
function shellScript(fields: readonly Field[]): Pick<Unwrapped, 'script' | 'readsInput'> {
  for (let i = 1; i < fields.length; i++) {
    const field = fields[i];
    const option = field && knownText(field.text);
    if (option === undefined) return {};
    if (option === '-' || option === '--') continue;
    if (/^[-+][A-Za-z]*o$/.test(option)) {
      i++;
      continue;
    }
    if (/^-[A-Zabd-z]*c[A-Za-z]*$/.test(option)) {
      const script = fields[i + 1];
      return script ? { script: { field: script, args: fields.slice(i + 2), keepsEnvironment: true } } : {};
    }
    if (/^-[A-Za-rt-z]*s[A-Za-z]*$/.test(option)) return { readsInput: true };
    if (!/^[-+]/.test(option)) return {};
  }
  return { readsInput: true };
}

function suScript(fields: readonly Field[]): Pick<Unwrapped, 'script' | 'readsInput'> {
  const parsed = parseOptions(fields.slice(1), {
    short: { c: 'command=', s: 'shell=', g: 'group=', G: 'supp-group=', u: 'user=' },
    withArgument: new Set(['command', 'session-command', 'shell', 'group', 'supp-group', 'user']),
  });
  const command = parsed.options.find(({ name }) => name === 'command' || name === 'session-command');
  if (!command) return { readsInput: true };
  return { script: { field: command.field, args: [], keepsEnvironment: false } };
}

/** True for `at TIME` that reads the commands of its job; with others of its options it reads a file, or lists and removes jobs. */
function readsJob(fields: readonly Field[]): boolean {
  return fields.every(({ text }) => !/^-[a-zA-Z]*[fdlrc]/.test(pattern(text)));
}

/** True for a shell that is told to read its program from standard input, in a text: `bash -s`. */
function isReadingShell(text: string): boolean {
  const [first = '', ...options] = text
    .trim()
    .replace(/^sudo /, '')
    .split(/\s+/);
  return SHELLS.has(baseName(first)) && options.every((option) => /^-(?:-|[a-z]*)$/.test(option));
}

/**
 * What `ssh [OPTION...] HOST [COMMAND...]` runs there: a text for the shell of that host, what it reads, or words that it makes a text of. Undefined where
 * it is not known which words are the command.
 */
function remoteCommand(
  fields: readonly Field[],
): { readonly words?: readonly Field[] } & Pick<Unwrapped, 'script' | 'readsInput'> {
  const { operands, loose } = parseOptions(fields.slice(1), SSH);
  const last = operands[operands.length - 1];
  if (!last) return {};
  // Words that are not known may be options, or the host.
  const known = loose.length > 0 ? operands.findIndex(isCommandName) : 1;
  if (known >= 0 && known < operands.length - 1) {
    const words = operands.slice(known);
    const isSplitAgain = words.some(({ text }) => /^-[a-z]*c$/.test(knownText(text) ?? ''));
    return isSplitAgain ? {} : { words };
  }
  if (operands.length === 1) return { readsInput: true };
  const text = pattern(last.text);
  if (isReadingShell(text)) return { readsInput: true };
  return /\s/.test(text.trim()) ? { script: { field: last, args: [], keepsEnvironment: false } } : {};
}

/** Commands that are told from a host by their name. */
function isCommandName(field: Field): boolean {
  const name = commandName(field) ?? '';
  return CLIENTS.has(name) || SHELLS.has(name) || /^(?:sudo|chmod|env)$/.test(name);
}

/** Takes `sudo`, `env`, `timeout` and the like off a command line. */
export function unwrap(fields: readonly Field[]): Unwrapped {
  const wrappers: string[] = [];
  const environment = new Map<string, Value>();
  let rest = fields;
  for (let depth = 0; depth < 8; depth++) {
    const name = commandName(rest[0]);
    if (name === undefined) break;
    const done = (more: Partial<Unwrapped> = {}): Unwrapped => ({ fields: rest, wrappers, environment, ...more });
    if (SHELLS.has(name)) return done(shellScript(rest));
    if (LATER.has(name)) return done(readsJob(rest) ? { readsInput: true } : {});
    if (name === 'su' || name === 'runuser') {
      const separator = rest.findIndex((field) => knownText(field.text) === '--');
      const operands = separator === -1 ? undefined : rest.slice(separator + 1);
      if (name === 'runuser' && operands?.length) {
        wrappers.push(name);
        rest = operands;
        continue;
      }
      return done(suScript(rest));
    }
    if (name === 'ssh') {
      const { words, ...remote } = remoteCommand(rest);
      if (!words) return done(remote);
      wrappers.push(name);
      rest = words;
      continue;
    }
    const wrapper = WRAPPERS[name];
    if (!wrapper) {
      // The quotes in its words are those of a shell, which reads them again.
      if (name === 'eval' && rest.some(({ text }) => /["'\\]/.test(pattern(text)))) return done();
      const inner = innerClient(name, rest);
      if (inner === -1) return done(CONTAINER_ENGINES.has(name) ? entrypointScript(rest) : {});
      wrappers.push(name);
      // `docker run -e X=1 image sh -c '...'`
      for (const field of rest.slice(1, inner)) {
        const assigned = assignmentOf(field);
        if (assigned) environment.set(...assigned);
      }
      rest = rest.slice(inner);
      continue;
    }
    const parsed = parseOptions(rest.slice(1), wrapper.options);
    // `command -v curl` asks, it does not run.
    if (
      (name === 'command' && parsed.options.some((option) => option.name === '-v' || option.name === '-V')) ||
      parsed.operands.length === 0
    )
      return done();
    let operands = parsed.operands.slice(wrapper.operands ?? 0);
    if (name === 'flock') {
      const [option, script] = operands;
      if (option && knownText(option.text) === '-c' && script)
        return done({ script: { field: script, args: [], keepsEnvironment: true } });
    }
    // `watch` gives `sh -c` what it is given (watch(1)).
    if (name === 'watch' && operands.length === 1 && operands[0] && /\s/.test(pattern(operands[0].text)))
      return done({ script: { field: operands[0], args: [], keepsEnvironment: true } });
    if (wrapper.assignments) {
      let assigned = assignmentOf(operands[0]);
      while (assigned) {
        environment.set(...assigned);
        operands = operands.slice(1);
        assigned = assignmentOf(operands[0]);
      }
    }
    if (operands.length === 0) return done();
    wrappers.push(name);
    rest = operands;
  }
  return { fields: rest, wrappers, environment };
}

/** The variable that `X=1`, `--env=X=1` and `-eX=1` set. */
function assignmentOf(field: Field | undefined): [name: string, value: Value] | undefined {
  const text = field?.text ?? [];
  const [written, name] = /^(?:--env=|-e)?([A-Za-z_]\w*)=/.exec(knownPrefix(text)) ?? [];
  return written === undefined || name === undefined ? undefined : [name, [dropPrefix(text, written.length)]];
}

const CONTAINER_ENGINES = new Set(['docker', 'podman', 'nerdctl', 'rkt']);

/** `docker run --entrypoint=/bin/sh IMAGE -c '...'`, and rkt's `--exec=/bin/sh -- -c '...'`. */
function entrypointScript(fields: readonly Field[]): Pick<Unwrapped, 'script'> {
  const texts = fields.map(({ text }) => knownText(text));
  const at = texts.findIndex((text) => text !== undefined && /^--(?:entrypoint|exec)(?:=|$)/.test(text));
  const program = texts[at]?.split('=')[1] ?? texts[at + 1];
  if (at === -1 || program === undefined || !SHELLS.has(baseName(program))) return {};
  const option = texts.findIndex((text, index) => index > at && text !== undefined && /^-[a-z]*c$/.test(text));
  const script = fields[option + 1];
  if (option === -1 || !script) return {};
  return { script: { field: script, args: fields.slice(option + 2), keepsEnvironment: false } };
}

/**
 * Where a command that is not known runs curl or wget, or a shell with `-c`: `retry 5 curl ...`, `docker exec web sh -c '...'`. -1 where it does not.
 */
function innerClient(name: string, fields: readonly Field[]): number {
  if (NEVER_RUN.has(name)) return -1;
  for (let i = 1; i < fields.length - 1; i++) {
    const field = fields[i];
    const text = field && knownText(field.text);
    if (text === undefined || /\s/.test(text)) continue;
    const inner = baseName(text);
    if (
      CLIENTS.has(inner) &&
      fields.slice(i + 1).some((argument) => /169|instance-data|fd00|https?:/i.test(pattern(argument.text)))
    )
      return i;
    const next = fields[i + 1];
    if (SHELLS.has(inner) && next && /^-[a-z]*c$/.test(knownText(next.text) ?? '')) return i;
  }
  return -1;
}
