import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Disposable } from '../aws';
import { watchPaths } from './watch';

let folder: string;
let watching: Disposable;
const changed = vi.fn();
const paths = (): string[] => [
  join(folder, '.aws/config'),
  join(folder, '.aws/credentials'),
  join(folder, '.aws/sso/cache'),
];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ec2-warden-watch-'));
  changed.mockClear();
});
afterEach(() => {
  watching.dispose();
  rmSync(folder, { recursive: true });
});

/** An edit must show within a second. */
const shows = (): Promise<void> => vi.waitFor(() => expect(changed).toHaveBeenCalled(), { timeout: 1000 });

test('an edit, a file put in its place, and a login show within a second', async () => {
  mkdirSync(join(folder, '.aws/sso/cache'), { recursive: true });
  writeFileSync(join(folder, '.aws/config'), 'a');
  watching = watchPaths(paths(), changed);
  for (const act of [
    () => writeFileSync(join(folder, '.aws/config'), 'b'),
    () => {
      writeFileSync(join(folder, '.aws/config.new'), 'c');
      renameSync(join(folder, '.aws/config.new'), join(folder, '.aws/config'));
    },
    () => writeFileSync(join(folder, '.aws/config'), 'd'),
    () => writeFileSync(join(folder, '.aws/credentials'), 'x'),
    () => writeFileSync(join(folder, '.aws/sso/cache/abc.json'), '{}'),
  ]) {
    changed.mockClear();
    act();
    await shows();
    await sleep(200);
  }
});

test('the folder may come later', async () => {
  watching = watchPaths(paths(), changed);
  mkdirSync(join(folder, '.aws'));
  await shows();
  await sleep(200);
  changed.mockClear();
  writeFileSync(join(folder, '.aws/config'), 'a');
  await shows();
});

test('what else happens beside the folder is no change', async () => {
  watching = watchPaths(paths(), changed);
  writeFileSync(join(folder, '.bash_history'), 'a');
  await sleep(300);
  expect(changed).not.toHaveBeenCalled();
});

test('nothing is told after dispose', async () => {
  mkdirSync(join(folder, '.aws'));
  watching = watchPaths(paths(), changed);
  writeFileSync(join(folder, '.aws/config'), 'a');
  watching.dispose();
  await sleep(300);
  expect(changed).not.toHaveBeenCalled();
});
