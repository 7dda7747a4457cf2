/** What to know about a profile that keeps nothing from working. */
import { homedir } from 'node:os';
import type { ProfileData, SharedConfig } from './files';
import { kindOf, writtenExpiry } from './kind';
import { spoken } from './problem';
import type { ProfileNote } from './profile';

const OTHERS = 0o077;

export function notesOf(profile: string, data: ProfileData, config: SharedConfig): readonly ProfileNote[] {
  const notes: ProfileNote[] = [];
  const kind = kindOf(data);
  const place = config.placeOf(profile, 'aws_access_key_id');
  const at = place ? { place } : {};
  if (kind === 'static') {
    notes.push({
      kind: 'long-lived-keys',
      message: `${profile} has access keys that do not end by themselves. A login by SSO or a role gives keys that do.`,
      ...at,
    });
  }
  const expiry = kind === 'session-token' ? writtenExpiry(data) : undefined;
  if (expiry) notes.push({ kind: 'expires', message: `The session ends at ${spoken(expiry.date)}.`, ...at });
  if (config.filesWith(profile, 'aws_access_key_id').length > 1) {
    notes.push({
      kind: 'duplicate-keys',
      message: `${profile} has keys in both files; those of the credentials file are used.`,
      ...at,
    });
  }
  const { credentialsMode: mode, files } = config;
  const hasSecrets = config.filesWith(profile, 'aws_secret_access_key').includes('credentials');
  if (mode !== undefined && (mode & OTHERS) !== 0 && hasSecrets) {
    const path = tilde(files.credentials);
    notes.push({
      kind: 'file-permissions',
      message: `${path} can be read by other users of this machine (mode ${mode.toString(8).padStart(3, '0')}).`,
      place: { file: files.credentials, line: 0 },
      command: `chmod 600 ${quoted(path)}`,
    });
  }
  return notes;
}

function tilde(path: string): string {
  const home = homedir();
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** A path as a shell takes it; a leading `~/` stays outside the quotes, so that it is expanded. */
function quoted(path: string): string {
  if (/^[\w./~@%+:-]+$/.test(path)) return path;
  const escape = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return path.startsWith('~/') ? `~/${escape(path.slice(2))}` : escape(path);
}
