import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { append } from '../change-log/change-log';
import { readEntries, type ChangeEntry } from './log';
import { changeLogAt } from './log-file';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ec2-warden-log-'));
  path = join(folder, 'not', 'there', 'yet', 'changes.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function entry(id: string): ChangeEntry {
  const who = { profile: 'work', account: '111122223333', arn: 'arn', region: 'eu-west-1', instance: 'i-1' };
  return { id, step: 'begun', at: '2026-11-22T12:00:00Z', ...who, before: { tokens: 'optional' }, sent: {} };
}

test('a log that is not there yet is empty, and the first line makes it, for its owner only', async () => {
  const log = changeLogAt(path);
  expect(await readEntries(log)).toEqual([]);
  await append(log, entry('a'));
  expect(await readEntries(changeLogAt(path))).toEqual([entry('a')]);
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('a line that was cut off costs itself and nothing else', async () => {
  const log = changeLogAt(path);
  await append(log, entry('a'));
  appendFileSync(path, '{"id":"cut o');
  await append(log, entry('b'));
  expect((await readEntries(log)).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('two windows at once lose no line', async () => {
  const logs = [changeLogAt(path), changeLogAt(path)];
  const ids = Array.from({ length: 100 }, (_, index) => String(index));
  await Promise.all(ids.map((id, index) => append(logs[index % 2] ?? changeLogAt(path), entry(id))));
  expect((await readEntries(changeLogAt(path))).map(({ id }) => id).sort()).toEqual([...ids].sort());
});

test('what cannot be written is told, so that nothing is changed', async () => {
  await expect(changeLogAt(folder).append('x\n')).rejects.toThrow(/EISDIR/);
});
