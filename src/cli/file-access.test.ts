import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { localFiles, readOnce } from './file-access';
import { folderWith } from './testing/folder';

let folder: string;
beforeEach(() => {
  folder = folderWith({
    'a b.tf': 'a = 1\n',
    'bin.tf': 'a\0b',
    'below/c.tf': 'c = 1\n',
    'with bom.tf': '\uFEFFb = 1\n',
  });
});
const uri = (name: string): string => pathToFileURL(path.join(folder, name)).href;

describe('localFiles', () => {
  it('lists the files of a folder, by URI, with and without a slash at its end', async () => {
    const files = [uri('a b.tf'), uri('bin.tf'), uri('with bom.tf')];
    expect(await localFiles.list(pathToFileURL(folder).href)).toEqual(files);
    expect(await localFiles.list(`${pathToFileURL(folder).href}/`)).toEqual(files);
  });

  it('reads texts, without a byte order mark', async () => {
    expect(await localFiles.read(uri('a b.tf'))).toBe('a = 1\n');
    expect(await localFiles.read(uri('with bom.tf'))).toBe('b = 1\n');
  });

  it('has nothing where nothing can be read', async () => {
    const names = ['gone.tf', 'below', 'bin.tf'].map(uri);
    for (const gone of [...names, 'untitled:Untitled-1', 'vscode-vfs://github/a.tf', 'file://%', ''])
      expect(await localFiles.read(gone), gone).toBeUndefined();
    for (const gone of [uri('gone'), uri('a b.tf'), 'untitled:Untitled-1', 'file://elsewhere%2f/a'])
      expect(await localFiles.list(gone), gone).toEqual([]);
  });

  it('has what a symbolic link leads to', async () => {
    fs.symlinkSync(path.join(folder, 'below/c.tf'), path.join(folder, 'below/link.tf'));
    expect(await localFiles.list(uri('below'))).toEqual([uri('below/c.tf'), uri('below/link.tf')]);
    expect(await localFiles.read(uri('below/link.tf'))).toBe('c = 1\n');
  });
});

describe('readOnce', () => {
  it('answers as the files do, and asks them once', async () => {
    const asked: string[] = [];
    const files = readOnce({
      read: (name) => {
        asked.push(`read ${name}`);
        return Promise.resolve(name === 'gone' ? undefined : `text of ${name}`);
      },
      list: (name) => {
        asked.push(`list ${name}`);
        return Promise.resolve([`${name}/a`]);
      },
    });
    for (let round = 0; round < 2; round++) {
      expect(await Promise.all(['a', 'a', 'gone'].map((name) => files.read(name)))).toEqual([
        'text of a',
        'text of a',
        undefined,
      ]);
      expect(await files.list('f')).toEqual(['f/a']);
    }
    expect(asked).toEqual(['read a', 'read gone', 'list f']);
  });

  it('keeps no more than there is room for', async () => {
    const asked: string[] = [];
    const files = readOnce({
      read: (name) => {
        asked.push(name);
        return Promise.resolve('x'.repeat(40_000_000));
      },
      list: () => Promise.resolve([]),
    });
    for (const name of ['a', 'b', 'a']) await files.read(name);
    expect(asked).toEqual(['a', 'b', 'a']);
  });
});
