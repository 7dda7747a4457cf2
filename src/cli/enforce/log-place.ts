/** Where the log of changes lies when nobody says otherwise. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The user's folder for what a program keeps: the XDG Base Directory Specification's state on Linux (a relative `XDG_STATE_HOME` does not count there),
 * Apple's and Microsoft's counterparts elsewhere.
 */
export function logPlace(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const file = ['ec2-warden', 'changes.jsonl'] as const;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), ...file);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', ...file);
  const { XDG_STATE_HOME: state } = env;
  return join(state !== undefined && isAbsolute(state) ? state : join(home, '.local', 'state'), ...file);
}
