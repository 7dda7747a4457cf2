/** Commands that give group or others access to credential files. */
import type { PermissionChange, Rewrite } from '../../program/program';
import { editsInScript, inScript, isEditable } from '../../program/source';
import { knownText, pattern, type Value } from '../../program/value';
import type { SeenCommand, ShellAnalysis } from '../analyse';
import type { Field } from '../expand';
import { hasOption, lastOption, parseOptions, type OptionTable } from '../options';
import type { Command } from '../syntax';
import { credentialPath, type CredentialPath } from './credential-path';
import { parseMode, type Mode } from './mode';

/** A mode given to paths, before it is known whether they matter. */
interface Change {
  readonly modeField: Field;
  readonly written: string;
  readonly mode: Mode;
  readonly paths: readonly CredentialPath[];
  /** How many paths there are in all. */
  readonly total: number;
  readonly recursive: boolean;
}

const CHMOD: OptionTable = {
  short: { R: 'recursive', c: 'changes', f: 'silent', v: 'verbose' },
  withArgument: new Set(['reference']),
  flags: new Set(['recursive', 'changes', 'silent', 'quiet', 'verbose', 'no-preserve-root', 'preserve-root']),
};
const INSTALL: OptionTable = {
  short: { m: 'mode=', o: 'owner=', g: 'group=', t: 'target-directory=', S: 'suffix=', d: 'directory', D: 'leading' },
  withArgument: new Set(['mode', 'owner', 'group', 'target-directory', 'suffix']),
  flags: new Set(['directory']),
};
const MKDIR: OptionTable = { short: { m: 'mode=', p: 'parents', v: 'verbose' }, withArgument: new Set(['mode']) };

export function permissionChanges(analysis: ShellAnalysis): readonly PermissionChange[] {
  const shared = sharedWithGroups(analysis.commands);
  const byNode = new Map<Command, { seen: SeenCommand; change: Change; certain: boolean }>();
  for (const seen of analysis.commands) {
    const { node } = seen.invocation;
    const change = changeOf(seen);
    const open = change && opens(change) && !isMeant(seen, change, shared);
    const former = byNode.get(node);
    if (former && !open) former.certain = false;
    if (change && open && !former) byNode.set(node, { seen, change, certain: change.paths.length === change.total });
  }
  const changes = [...byNode.values()].map(({ seen, change, certain }) => described(seen, change, certain));
  return [...changes, ...umaskChanges(analysis)].sort((a, b) => a.range.start - b.range.start);
}

/** The commands that say which group a file belongs to. */
const OWNERSHIP: OptionTable = {
  short: { R: 'recursive', h: 'no-dereference', v: 'verbose', c: 'changes', f: 'silent' },
  withArgument: new Set(['from', 'reference']),
};

/** Keys that the script gives to a group of their own, such as Debian's `ssl-cert`: `chown root:ssl-cert`, `chgrp ssl-cert`. */
function sharedWithGroups(commands: readonly SeenCommand[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { invocation, directory } of commands) {
    if (invocation.name !== 'chown' && invocation.name !== 'chgrp') continue;
    const [owner, ...targets] = parseOptions(invocation.args, OWNERSHIP).operands;
    const written = owner === undefined ? '' : pattern(owner.text);
    if (!isOwnGroup(invocation.name === 'chgrp' ? `:${written}` : written)) continue;
    for (const { shown } of targets.flatMap((target) => pathsOf(target, directory))) found.add(shown);
  }
  return found;
}

/** True for a group that is not just the one that every user has. */
function isOwnGroup(owner: string): boolean {
  const [user = '', group = ''] = owner.split(/[:.]/);
  return group !== '' && group !== user && !/^(?:users?|staff|everyone|nogroup|nobody)$/.test(group);
}

const PERSONAL = /(?:^|\/)\.(?:aws|ssh)(?:\/|$)/;

/** True where keys are open to their own group, and to nobody else, on purpose. What lies in somebody's home never is. */
function isMeant({ invocation }: SeenCommand, { mode, paths }: Change, shared: ReadonlySet<string>): boolean {
  if ((mode.others & 6) !== 0 || (mode.group & 2) !== 0) return false;
  if (paths.some(({ shown }) => PERSONAL.test(shown))) return false;
  const group = invocation.name === 'install' ? lastOption(parseOptions(invocation.args, INSTALL), 'group') : undefined;
  return group?.value === undefined
    ? paths.every(({ shown }) => shared.has(shown))
    : isOwnGroup(`:${pattern(group.value)}`);
}

function changeOf(seen: SeenCommand): Change | undefined {
  switch (seen.invocation.name) {
    case 'chmod':
      return chmod(seen.invocation.args, seen.directory, []);
    case 'install':
      return install(seen);
    case 'mkdir':
      return mkdir(seen);
    case 'find':
      return find(seen);
    default:
      return undefined;
  }
}

/** The paths that a field may name, resolved against the folder that the shell is in. */
function pathsOf({ text }: Field, directory: Value): readonly CredentialPath[] {
  const written = pattern(text);
  if (/^[/~]/.test(written)) return credentials(written);
  const [only] = directory;
  const base = directory.length === 1 && only ? pattern(only) : '';
  const relative = written.replace(/^\.\/+/, '');
  return credentials(base === '' ? relative : relative === '.' ? base : `${base.replace(/\/$/, '')}/${relative}`);
}

function credentials(path: string): readonly CredentialPath[] {
  const found = credentialPath(path);
  return found ? [found] : [];
}

function change(
  modeField: Field | undefined,
  targets: readonly Field[],
  directory: Value,
  recursive: boolean,
  kind?: CredentialPath['kind'],
): Change | undefined {
  const written = modeField && knownText(modeField.text);
  const mode = written === undefined ? undefined : parseMode(written);
  if (!modeField || written === undefined || !mode) return undefined;
  const paths = targets
    .flatMap((target) => pathsOf(target, directory))
    .map((path) => (kind ? { ...path, kind } : path));
  return { modeField, written, mode, paths, total: targets.length, recursive };
}

function chmod(
  args: readonly Field[],
  directory: Value,
  found: readonly Field[],
  kind?: CredentialPath['kind'],
): Change | undefined {
  // A mode may begin with `-`, which is no option then.
  const isMode = (field: Field): boolean => /^-[rwxXst]+$/.test(pattern(field.text));
  const parsed = parseOptions(
    args.filter((field) => !isMode(field)),
    CHMOD,
  );
  if (hasOption(parsed, 'reference') || args.some(isMode)) return undefined;
  const [modeField, ...targets] = parsed.operands;
  const named = targets.filter(({ text }) => !['{}', '+', ';', '\\;'].includes(knownText(text) ?? ''));
  return change(modeField, [...found, ...named], directory, hasOption(parsed, 'recursive'), kind);
}

function install({ invocation, directory }: SeenCommand): Change | undefined {
  const parsed = parseOptions(invocation.args, INSTALL);
  const mode = lastOption(parsed, 'mode');
  if (!mode?.value) return undefined;
  const folder = hasOption(parsed, 'directory');
  const into = lastOption(parsed, 'target-directory');
  const targets = folder ? parsed.operands : into ? [into.field] : parsed.operands.slice(-1);
  return change({ ...mode.field, text: mode.value }, targets, directory, false, folder ? 'folder' : 'files');
}

function mkdir({ invocation, directory }: SeenCommand): Change | undefined {
  const parsed = parseOptions(invocation.args, MKDIR);
  const mode = lastOption(parsed, 'mode');
  return mode?.value
    ? change({ ...mode.field, text: mode.value }, parsed.operands, directory, false, 'folder')
    : undefined;
}

/** `find PATH... -type f -exec chmod MODE {} +`. */
function find({ invocation: { args }, directory }: SeenCommand): Change | undefined {
  const words = args.map(({ text }) => knownText(text) ?? '');
  const exec = words.findIndex((word) => /^-(?:exec|execdir|ok)$/.test(word));
  if (exec === -1 || !/(?:^|\/)chmod$/.test(words[exec + 1] ?? '')) return undefined;
  const start = words.findIndex((word) => /^[-(!]/.test(word));
  const type = words[words.indexOf('-type') + 1];
  const kind = words.includes('-type') ? (type === 'd' ? 'folder' : 'files') : 'any';
  const name = words[words.indexOf('-name') + 1] ?? '';
  const roots = args.slice(0, start === -1 ? 0 : start);
  const named = words.includes('-name')
    ? roots.map((root) => ({ ...root, text: [...root.text, { text: `/${name}` }] }))
    : roots;
  const until = words.findIndex((word, index) => index > exec && (word === ';' || word === '\\;' || word === '+'));
  return chmod(args.slice(exec + 2, until === -1 ? undefined : until), directory, named, kind);
}

/** True where somebody else can read or write what is in a file, or change what is in a folder. */
function opens({ mode, paths, recursive }: Change): boolean {
  const bits = mode.group | mode.others;
  return paths.some(({ kind }) => {
    const isFolder = kind === 'folder' || (kind === 'unsure' && (bits & 1) !== 0);
    return isFolder && !recursive ? (bits & 2) !== 0 : (bits & 6) !== 0;
  });
}

function described(
  seen: SeenCommand,
  { modeField, written, mode, paths, recursive }: Change,
  certain: boolean,
): PermissionChange {
  const { node, source, name } = seen.invocation;
  const kinds = new Set(paths.map(({ kind }) => kind));
  const closed =
    recursive || kinds.size > 1 || kinds.has('any') || (kinds.has('unsure') && mode.executable)
      ? mode.closed.either
      : kinds.has('folder')
        ? mode.closed.folder
        : mode.closed.file;
  const end = Math.max(node.pos + 1, ...[node.name?.end ?? 0, ...node.args.map((arg) => arg.end)]);
  return {
    range: inScript({ source, range: { start: node.name?.pos ?? node.pos, end } }),
    target: paths.map(({ shown }) => shown).join(' and '),
    mode: `${name === 'find' ? 'chmod' : name} ${written}`,
    opensTo:
      mode.group & 6 && mode.others & 6
        ? 'everybody'
        : mode.others & 6
          ? 'others'
          : mode.group & 6
            ? 'the group'
            : 'others',
    fix: modeEdit(seen, modeField, written, closed, certain),
  };
}

function modeEdit(
  { invocation }: SeenCommand,
  modeField: Field,
  written: string,
  closed: string,
  certain: boolean,
): Rewrite | undefined {
  const { node, source } = invocation;
  const { word } = modeField;
  if (word.pos < node.pos || word.end > node.end || !isEditable(source)) return undefined;
  const text = source.text.slice(word.pos, word.end);
  // `-m644` and `--mode=644` hold more than the mode.
  const at = word.parts ? 0 : text.lastIndexOf(written);
  if (at === -1) return undefined;
  const start = word.pos + at;
  const edits = editsInScript(source, [
    {
      range: { start, end: word.parts ? word.end : start + written.length },
      newText: closed,
    },
  ]);
  return edits && { safety: certain ? 'safe' : 'suggestion', edits };
}

/** An umask that lets others write, with a credential file made under it. */
function umaskChanges({ files }: ShellAnalysis): readonly PermissionChange[] {
  const changes = new Map<number, PermissionChange>();
  for (const { path, umask } of files) {
    if (!umask || (umask.mode & 0o22) === 0o22) continue;
    const found = path.map((text) => credentialPath(pattern(text))).find((known) => known !== undefined);
    if (!found) continue;
    const range = inScript(umask.place);
    const { source } = umask.place;
    const edits = isEditable(source) ? editsInScript(source, [{ range: umask.word, newText: '077' }]) : undefined;
    changes.set(range.start, {
      range,
      target: found.shown,
      mode: `umask ${umask.written}`,
      opensTo: (umask.mode & 2) === 0 ? 'everybody' : 'the group',
      fix: edits && { safety: 'suggestion', edits },
    });
  }
  return [...changes.values()];
}
