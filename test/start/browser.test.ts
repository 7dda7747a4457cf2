import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { ensureVsCode } from '../../scripts/editor-tools.mjs';
import { launchBrowser, openPage } from '../editor/harness/browser.mjs';
import { canSeeProcesses, endAll, left, npmStart, type Started } from './started';

const ROOT = join(import.meta.dirname, '../..');
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\?tkn=\S+/;
const READY = /Ready after/;

let started: Started | undefined;
let browser: Browser | undefined;

afterEach(async () => {
  await browser?.close();
  browser = undefined;
  if (started !== undefined) endAll(started);
  started = undefined;
});

/** The folders that a start keeps its editor's data in. */
function dataFolders(): string[] {
  return readdirSync(join(ROOT, '.tools')).filter((name) => /^start-\d+$/.test(name));
}

test('the printed address opens the sample with its findings underlined, and strangers are refused', async () => {
  started = npmStart({ EC2_WARDEN_EDITOR: 'browser' });
  await started.says(READY);
  const [address] = await started.says(ADDRESS);
  expect((await fetch(new URL('/', address))).status).toBe(403);

  browser = await launchBrowser(await ensureVsCode());
  const page = await openPage(browser);
  await page.goto(address);
  await page.locator('.tab.active[data-resource-name="user-data.sh"]').waitFor({ timeout: 60_000 });
  await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
  expect(await page.locator('.monaco-dialog-box').count()).toBe(0);
  await page.screenshot({ path: join(ROOT, 'test-output/start.png') });
  // An editor that a browser is looking at must end as well.
  await endsCleanly(started, 'SIGINT to the group');
});

const ENDINGS = ['SIGINT to the group', 'SIGTERM to npm', 'SIGHUP to the group'] as const;

/** What a terminal sends for Ctrl-C or when it is closed reaches the whole group; what `kill` sends reaches npm only. */
function askToEnd({ npm }: Started, how: (typeof ENDINGS)[number]): void {
  const pid = npm.pid ?? 0;
  if (how === 'SIGTERM to npm') process.kill(pid, 'SIGTERM');
  else process.kill(-pid, how === 'SIGINT to the group' ? 'SIGINT' : 'SIGHUP');
}

async function endsCleanly(running: Started, how: (typeof ENDINGS)[number]): Promise<void> {
  const before = dataFolders();
  expect(before).not.toEqual([]);
  askToEnd(running, how);
  await running.ended;
  expect(running.printed()).toMatch(/Ended\.\s*$/);
  expect(await left(running, 10_000)).toEqual([]);
  expect(dataFolders().length).toBe(before.length - 1);
}

describe.skipIf(!canSeeProcesses)('no process and no folder is left', () => {
  test.each(ENDINGS)('after %s', async (how) => {
    started = npmStart({ EC2_WARDEN_EDITOR: 'browser' });
    await started.says(READY);
    expect(started.running().length).toBeGreaterThan(2);
    await endsCleanly(started, how);
  });

  test('after the program is killed without a chance to end', async () => {
    started = npmStart({ EC2_WARDEN_EDITOR: 'browser' });
    await started.says(READY);
    process.kill(-(started.npm.pid ?? 0), 'SIGKILL');
    expect(await left(started, 10_000)).toEqual([]);
  });
});
