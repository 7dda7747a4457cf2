/** Files whose changes a client is asked to tell: what templates are read with, and the configuration of a folder. */

const EXTENSIONS = [
  ...['tf', 'tofu', 'tfvars', 'tftpl', 'tpl', 'tmpl', 'hcl'],
  ...['sh', 'bash', 'ps1', 'yaml', 'yml', 'json', 'template', 'cfg', 'conf', 'txt', 'j2', 'service'],
];

/** A glob as LSP has them. */
export const WATCHED_FILES = `**/{*.{${EXTENSIONS.join(',')}},user-data*,user_data*,userdata*}`;

const WATCHED = new RegExp(`(?:\\.(?:${EXTENSIONS.join('|')})|/user[-_]?data[^/]*)$`);

export function isWatchedFile(uri: string): boolean {
  return WATCHED.test(uri);
}
