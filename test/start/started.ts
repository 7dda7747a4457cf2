import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
const MARK = 'EC2_WARDEN_START_TEST';

/** `npm start`, running. */
export interface Started {
  /** npm itself, the leader of its process group. */
  readonly npm: ChildProcess;
  readonly printed: () => string;
  /** Waits until it has printed what matches, and gives the match. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** The numbers of all processes that it has started, directly or not, and that still run. Linux only. */
  readonly running: () => number[];
}

/** Starts `npm start` in a process group of its own, as a terminal does. */
export function npmStart(env: NodeJS.ProcessEnv): Started {
  const mark = randomUUID();
  const npm = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...process.env, EC2_WARDEN_NO_BROWSER: '1', ...env, [MARK]: mark },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (text: Buffer) => (printed += text.toString()));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    npm.on('close', (code, signal) => {
      resolve(code ?? signal ?? 'SIGKILL');
    });
  });
  return {
    npm,
    printed: () => printed,
    says: (pattern) => says(() => printed, pattern, ended),
    ended,
    running: () => processesMarked(`${MARK}=${mark}`),
  };
}

async function says(printed: () => string, pattern: RegExp, ended: Promise<unknown>): Promise<RegExpExecArray> {
  const over = ended.then(() => 'over' as const);
  for (let waited = 0; waited < 150_000; waited += 50) {
    const match = pattern.exec(printed());
    if (match !== null) return match;
    if ((await Promise.race([over, sleep(50)])) === 'over') break;
  }
  throw new Error(`npm start did not say ${pattern.source}:\n${printed()}`);
}

/** Every process inherits the mark in its environment, so that none can hide in another group or session. */
function processesMarked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(mark))
    .map(Number);
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return ''; // it ended meanwhile, or is another user's
  }
}

/** Whether this system can say which processes are left. */
export const canSeeProcesses = existsSync('/proc/self/environ');

/** The processes that are left once they have had `milliseconds` to end. */
export async function left(started: Started, milliseconds: number): Promise<number[]> {
  for (let waited = 0; waited < milliseconds; waited += 100) {
    if (started.running().length === 0) return [];
    await sleep(100);
  }
  return started.running();
}

/** Ends what a test that failed has left running. */
export function endAll(started: Started): void {
  for (const pid of started.running()) process.kill(pid, 'SIGKILL');
}
