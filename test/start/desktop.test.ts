import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canSeeProcesses, endAll, left, npmStart, type Started } from './started';

// No desktop VS Code is needed to see what it is asked to do: this `code` behaves as the real one does where it matters.
// It leaves a main process in a session of its own, which writes its number to code.lock, and waits for the window.
const CODE = `#!/usr/bin/env node
const { spawn } = require('node:child_process');
const { mkdirSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
if (args.includes('--version')) {
  console.log(process.env.FAKE_CODE_VERSION + '\\n0000000\\nx64');
  process.exit(0);
}
const userData = args[args.indexOf('--user-data-dir') + 1];
mkdirSync(userData, { recursive: true });
const main = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { detached: true, stdio: 'ignore' });
main.unref();
writeFileSync(userData + '/code.lock', String(main.pid));
writeFileSync(process.env.FAKE_CODE_CALL, JSON.stringify(args));
setInterval(() => {}, 1e6);
`;

let folder = '';
let started: Started | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ec2-warden-code-'));
  writeFileSync(join(folder, 'code'), CODE);
  chmodSync(join(folder, 'code'), 0o755);
});

afterEach(() => {
  if (started !== undefined) endAll(started);
  started = undefined;
  rmSync(folder, { recursive: true });
});

function startWithCode(version: string): Started {
  return npmStart({
    PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
    DISPLAY: ':99',
    FAKE_CODE_CALL: join(folder, 'call.json'),
    FAKE_CODE_VERSION: version,
    EC2_WARDEN_EDITOR: undefined,
    VSCODE_IPC_HOOK_CLI: undefined,
    WSL_DISTRO_NAME: undefined,
  });
}

describe.skipIf(!canSeeProcesses)('with a desktop VS Code on PATH', () => {
  test('it is opened with folders of its own, and ends with Ctrl-C, its main process too', async () => {
    started = startWithCode('1.104.2');
    await started.says(/opens in a window of its own/);
    await started.says(/Ready after/);
    const call = await readCall();
    const option = (name: string): string => call[call.indexOf(name) + 1] ?? '';
    expect(option('--user-data-dir')).toMatch(/\.tools.start-\d+.user$/);
    expect(option('--extensions-dir')).toMatch(/\.tools.start-\d+.extensions$/);
    expect(call).toContain(`--extensionDevelopmentPath=${join(import.meta.dirname, '../..')}`);
    expect(call).toContain('--disable-workspace-trust');
    expect(call.some((argument) => /start-\d+.workspace$/.test(argument))).toBe(true);
    expect(started.running().length).toBeGreaterThan(3);

    process.kill(-(started.npm.pid ?? 0), 'SIGINT');
    await started.ended;
    expect(started.printed()).toMatch(/Ended\.\s*$/);
    expect(await left(started, 10_000)).toEqual([]);
  });

  test('one that is too old for the extension is passed over for the one in the browser', async () => {
    started = startWithCode('1.94.2');
    await started.says(/VS Code with EC2 Warden is at/);
    process.kill(-(started.npm.pid ?? 0), 'SIGINT');
    await started.ended;
    expect(started.printed()).toMatch(/Ended\.\s*$/);
    expect(await left(started, 10_000)).toEqual([]);
  });
});

/** What `code` was asked to open, once it was. */
async function readCall(): Promise<string[]> {
  for (;;) {
    try {
      return JSON.parse(readFileSync(join(folder, 'call.json'), 'utf8')) as string[];
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
