import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith } from './testing/folder';
import { replaceContent } from './write-fixed';

const BEFORE = Buffer.from('before\n');
const AFTER = Buffer.from('after, and longer\n');

describe('replaceContent', () => {
  it('replaces the content, keeps the mode and leaves nothing beside the file', async () => {
    const folder = folderWith({ 'a.sh': BEFORE });
    const file = path.join(folder, 'a.sh');
    fs.chmodSync(file, 0o754);
    await replaceContent(file, BEFORE, AFTER);
    expect(fs.readFileSync(file, 'utf8')).toBe('after, and longer\n');
    expect(fs.statSync(file).mode & 0o777).toBe(0o754);
    expect(fs.readdirSync(folder)).toEqual(['a.sh']);
  });

  it('is never seen half done: who has the file open goes on reading the old one', async () => {
    const folder = folderWith({ 'a.sh': BEFORE });
    const file = path.join(folder, 'a.sh');
    const open = fs.openSync(file, 'r');
    await replaceContent(file, BEFORE, AFTER);
    expect(fs.readFileSync(open, 'utf8')).toBe('before\n');
    fs.closeSync(open);
  });

  it('does not overwrite what another program wrote meanwhile', async () => {
    const folder = folderWith({ 'a.sh': 'edited\n' });
    const file = path.join(folder, 'a.sh');
    await expect(replaceContent(file, BEFORE, AFTER)).rejects.toThrow(
      'not fixed: it was changed by another program meanwhile',
    );
    expect(fs.readFileSync(file, 'utf8')).toBe('edited\n');
    expect(fs.readdirSync(folder)).toEqual(['a.sh']);
  });

  it.each<[string, (folder: string) => string, string]>([
    ['gone', (folder) => path.join(folder, 'gone.sh'), 'not fixed: no such file or folder'],
    ['a folder', (folder) => folder, 'not fixed: it is not a regular file'],
    ['a device', () => '/dev/null', 'not fixed: it is not a regular file'],
  ])('says why it cannot, where the file is %s', async (_, fileIn, message) => {
    const folder = folderWith({ 'a.sh': BEFORE });
    await expect(replaceContent(fileIn(folder), BEFORE, AFTER)).rejects.toThrow(message);
    expect(fs.readdirSync(folder)).toEqual(['a.sh']);
  });

  it('leaves a read-only file alone, whoever asks', async () => {
    const file = path.join(folderWith({ 'a.sh': BEFORE }), 'a.sh');
    fs.chmodSync(file, 0o444);
    await expect(replaceContent(file, BEFORE, AFTER)).rejects.toThrow('not fixed: it is read-only');
    expect(fs.readFileSync(file, 'utf8')).toBe('before\n');
  });
});
