/** What Ansible's modules do with a text: the documentation of `ansible.builtin` and `ansible.windows`. */

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
};

const NAMESPACE = /^(?:ansible\.(?:builtin|legacy|windows)\.)?(\w+)$/;

export function moduleKind(key: string): ModuleKind | undefined {
  const name = NAMESPACE.exec(key)?.[1];
  return name === undefined || !Object.hasOwn(KINDS, name) ? undefined : KINDS[name];
}

/** A key of a task that names one of these modules, at the start of a line. */
export const MODULE_LINE =
  /^[ \t]*(?:-[ \t]+)?["']?(?:ansible\.(?:builtin|legacy|windows)\.|win_)?(?:win_)?(?:shell|raw|command|uri|get_url|cron|copy)["']?[ \t]*:/m;
