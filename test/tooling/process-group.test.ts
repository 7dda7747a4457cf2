import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { run, runQuietly, startGroup } from '../../scripts/process-group.mjs';

const MODULE = join(import.meta.dirname, '../../scripts/process-group.mjs');

/** A program that says its process's number and that of a child which minds no request to end. */
const STUBBORN_FAMILY = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6); console.log("up")']);
  child.stdout.on('data', () => console.log('family', process.pid, child.pid));
  setInterval(() => {}, 1e6);
`;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Whether all of the processes end soon: the guard kills after four seconds, and the machine may be busy. */
async function end(pids: readonly number[]): Promise<boolean> {
  for (let waited = 0; waited < 15_000; waited += 50) {
    if (!pids.some(isRunning)) return true;
    await sleep(50);
  }
  return false;
}

/** The numbers that the family said, once it has. */
async function family(printed: () => string): Promise<number[]> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const said = /family (\d+) (\d+)/.exec(printed());
    if (said !== null) return said.slice(1).map(Number);
    await sleep(20);
  }
  throw new Error(`the family did not start: ${printed()}`);
}

test('a command gives its status', async () => {
  expect(await run(process.execPath, ['-e', 'process.exit(3)'])).toBe(3);
});

test('a command that is not there is said to be', async () => {
  await expect(runQuietly('no-such-command-of-ec2-warden', [])).rejects.toThrow(
    /no-such-command.*could not be started/s,
  );
});

test('what a quiet command printed is in its error', async () => {
  await expect(runQuietly(process.execPath, ['-e', 'console.error("why"); process.exit(2)'])).rejects.toThrow(
    /ended with status 2\.\nwhy/,
  );
});

test.skipIf(process.platform === 'win32')(
  'stopping ends children too, even those that refuse',
  async () => {
    let printed = '';
    const group = startGroup(process.execPath, ['-e', STUBBORN_FAMILY], {
      output: 'pipe',
      onOutput: (text) => (printed += text),
    });
    const pids = await family(() => printed);
    expect(pids.every(isRunning)).toBe(true);
    await group.stop();
    expect(await end(pids)).toBe(true);
  },
  20_000,
);

test.skipIf(process.platform === 'win32')(
  'a parent that is killed takes the group with it',
  async () => {
    const program = `
    import { startGroup } from ${JSON.stringify(MODULE)};
    startGroup(process.execPath, ['-e', ${JSON.stringify(STUBBORN_FAMILY)}]);
  `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    parent.stdout.on('data', (text: Buffer) => (printed += text.toString()));
    const pids = await family(() => printed);
    parent.kill('SIGKILL');
    expect(await end(pids)).toBe(true);
  },
  20_000,
);
