// Runs the command of its arguments in a process group of its own and ends the whole group when standard input closes.
// The parent holds the other end of that pipe, so the group ends with the parent however the parent died, SIGKILL included.
import { spawn, spawnSync } from 'node:child_process';

const GRACE_MS = 4000;
const POLL_MS = 25;

const [command = '', ...args] = process.argv.slice(2);
const windows = process.platform === 'win32';
const child = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: !windows,
  windowsHide: true,
});
child.on('error', (error) => {
  process.stderr.write(`${command} could not be started: ${error.message}\n`);
  process.exit(127);
});

/** Sends a signal to every process of the group; false when none is left. @param {NodeJS.Signals | 0} signal */
function signalGroup(signal) {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

/** Asks the group to end, then insists, then leaves with the command's own status. @param {number} status */
function endGroup(status) {
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    process.exit(status);
  }
  const deadline = Date.now() + GRACE_MS;
  signalGroup('SIGTERM');
  const poll = setInterval(() => {
    const anyLeft = signalGroup(0);
    if (anyLeft && Date.now() < deadline) return;
    if (anyLeft) signalGroup('SIGKILL');
    clearInterval(poll);
    process.exit(status);
  }, POLL_MS);
}

let ending = false;
/** @param {number} status */
function endOnce(status) {
  if (ending) return;
  ending = true;
  endGroup(status);
}

child.on('exit', (code, signal) => endOnce(code ?? (signal === null ? 1 : 128)));
process.stdin.on('end', () => endOnce(143));
process.stdin.on('error', () => endOnce(143));
process.stdin.resume();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => endOnce(143));
// A reader that went away must not stop the guard before the group has ended.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
