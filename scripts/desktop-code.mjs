import { accessSync, constants, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runQuietly, startGroup } from './process-group.mjs';

const OLDEST = [1, 95];

/** A program on PATH, by its name without an extension. @param {string} name @returns {string | undefined} */
export function onPath(name) {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe', '.bat'] : [''];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Whether this session can show a window of its own. */
function hasDesktop() {
  const { DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME, VSCODE_IPC_HOOK_CLI } = process.env;
  // In a remote window's terminal and in WSL, `code` only speaks to a VS Code elsewhere and takes no folders of its own.
  if (VSCODE_IPC_HOOK_CLI !== undefined || WSL_DISTRO_NAME !== undefined) return false;
  return process.platform !== 'linux' || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined;
}

/**
 * The desktop VS Code on PATH that can load the extension.
 * @returns {Promise<{ program: string, version: string } | undefined>}
 */
export async function findDesktopCode() {
  const program = hasDesktop() ? onPath('code') : undefined;
  if (program === undefined || realpathSync(program).includes('remote-cli')) return undefined;
  const printed = await shell(program, ['--version'], runQuietly).catch(() => '');
  const [, version, major = '', minor = ''] = /^((\d+)\.(\d+)\.\d+)/m.exec(printed) ?? [];
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (version === undefined || Number(major) < oldestMajor) return undefined;
  if (Number(major) === oldestMajor && Number(minor) < oldestMinor) return undefined;
  return { program, version };
}

/**
 * Starts a program that may be a batch file, which Windows runs only through its shell.
 * @template T
 * @param {string} program
 * @param {readonly string[]} args
 * @param {(command: string, args: readonly string[]) => T} start
 */
function shell(program, args, start) {
  return process.platform === 'win32' ? start('cmd.exe', ['/d', '/c', program, ...args]) : start(program, args);
}

/**
 * Opens a folder in a new desktop VS Code that touches nothing of the user's own.
 * @param {{ program: string, dataFolder: string, extension: string, workspace: string, file: string, env?: NodeJS.ProcessEnv }} options
 * @returns {import('./process-group.mjs').Group} ends when its window is closed
 */
export function startDesktopCode({ program, dataFolder, extension, workspace, file, env }) {
  const userData = join(dataFolder, 'user');
  const isRoot = process.platform !== 'win32' && process.getuid?.() === 0;
  const args = [
    ...['--user-data-dir', userData, '--extensions-dir', join(dataFolder, 'extensions')],
    ...[
      `--extensionDevelopmentPath=${extension}`,
      '--disable-workspace-trust',
      '--skip-welcome',
      '--disable-telemetry',
    ],
    ...['--new-window', '--wait', ...(isRoot ? ['--no-sandbox'] : []), workspace, '--goto', file],
  ];
  const options = env === undefined ? {} : { env };
  const group = shell(program, args, (command, all) => startGroup(command, all, options));
  return {
    exited: group.exited,
    stop: () => {
      endMainProcess(userData);
      return group.stop();
    },
  };
}

/** `code` leaves its main process outside any group of ours; that process writes its number here. @param {string} userData */
function endMainProcess(userData) {
  try {
    const pid = Number(readFileSync(join(userData, 'code.lock'), 'utf8'));
    if (Number.isInteger(pid) && pid > 1) process.kill(pid);
  } catch {
    // It has ended, or never started.
  }
}
