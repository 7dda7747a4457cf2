/** What Ansible's modules do with a text: the documentation of `ansible.builtin` and `ansible.windows`. */
import { get, textOf, type TreeEntry } from '../tree/tree';

export type ModuleKind =
  /** A shell reads it. */
  | 'shell'
  /** PowerShell reads it. */
  | 'powershell'
  /** It is split into arguments, and no shell reads it. */
  | 'command'
  /** It makes a request itself. */
  | 'request'
  | 'cron'
  /** It writes a file, or sets its mode. */
  | 'copy';

const KINDS: Readonly<Record<string, ModuleKind>> = {
  shell: 'shell',
  raw: 'shell',
  win_shell: 'powershell',
  command: 'command',
  win_command: 'command',
  uri: 'request',
  get_url: 'request',
  win_uri: 'request',
  win_get_url: 'request',
  cron: 'cron',
  copy: 'copy',
  file: 'copy',
  template: 'copy',
  blockinfile: 'copy',
  lineinfile: 'copy',
};

const NAMESPACE = /^(?:ansible\.(?:builtin|legacy|windows)\.)?(\w+)$/;

export function moduleKind(key: string): ModuleKind | undefined {
  const name = NAMESPACE.exec(key)?.[1];
  return name === undefined || !Object.hasOwn(KINDS, name) ? undefined : KINDS[name];
}

/** A module that an entry of a task runs. */
export interface ModuleCall {
  readonly kind: ModuleKind;
  /** How many characters of the entry's text name the module. */
  readonly named: number;
}

/** `shell: TEXT`, and as it was written first: `action: shell TEXT`, `action: {module: uri, url: URL}`. */
export function moduleCall({ key, value }: TreeEntry): ModuleCall | undefined {
  const called = (name: string | undefined, named: number): ModuleCall | undefined => {
    const kind = name === undefined ? undefined : moduleKind(name);
    return kind && { kind, named };
  };
  if (key !== 'action' && key !== 'local_action') return called(key, 0);
  if (value.kind === 'map') return called(textOf(get(value, 'module')), 0);
  const [whole = '', name] = /^\s*([\w.]+)\s+/.exec(textOf(value) ?? '') ?? [];
  return called(name, whole.length);
}

/** A key of a task that names one of these modules, at the start of a line, or what looks an address up. */
export const MODULE_LINE =
  /^[ \t]*(?:-[ \t]+)?["']?(?:(?:ansible\.(?:builtin|legacy|windows)\.|win_)?(?:win_)?(?:shell|raw|command|uri|get_url|cron|copy|file|template|blockinfile|lineinfile)|(?:local_)?action)["']?[ \t]*:|\blookup\([ \t]?["'](?:ansible\.builtin\.)?url["']/m;
