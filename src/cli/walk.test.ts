import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from '../../test/fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from './fault';
import { folderWith } from './testing/folder';
import { walk } from './walk';

/** Paths from the folder, with slashes. */
function walked(folder: string): string[] {
  const problems: Problem[] = [];
  const files = walk(folder, '.', problems).map(({ shown }) => shown.split(path.sep).join('/'));
  expect(problems).toEqual([]);
  return files;
}

/** What git takes a new repository in the folder to hold: the reference. */
function listedByGit(folder: string): string[] {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_DIR: undefined };
  execFileSync('git', ['init', '-q', folder], { env });
  const args = ['-C', folder, 'ls-files', '-z', '--others', '--exclude-per-directory=.gitignore'];
  return execFileSync('git', args, { env, encoding: 'utf8' }).split('\0').filter(Boolean).sort();
}

describe('walk', () => {
  it('finds files in the order of their names, without git’s own and node_modules', () => {
    const folder = folderWith({
      'b.sh': '',
      'a/z.sh': '',
      'a/.ebextensions/x.config': '',
      '.git/config': '',
      'node_modules/x/a.sh': '',
      'c/node_modules/x/a.sh': '',
    });
    expect(walked(folder)).toEqual(['a/.ebextensions/x.config', 'a/z.sh', 'b.sh']);
  });

  it('shows files below the folder as it was named', () => {
    const folder = folderWith({ 'a/b.sh': '' });
    expect(walk(folder, '../x', [])).toEqual([
      { shown: path.join('..', 'x', 'a', 'b.sh'), path: path.join(folder, 'a', 'b.sh') },
    ]);
  });

  it('does not follow symbolic links, and ends where they go round in a circle', () => {
    const folder = folderWith({ 'a/b.sh': '', 'other.sh': '' });
    fs.symlinkSync('..', path.join(folder, 'a', 'up'));
    fs.symlinkSync('other.sh', path.join(folder, 'link.sh'));
    expect(walked(folder)).toEqual(['a/b.sh', 'other.sh']);
  });

  it('reports a folder that is gone', () => {
    const problems: Problem[] = [];
    expect(walk('/nowhere/at/all', 'all', problems)).toEqual([]);
    expect(problems).toEqual([{ file: 'all', message: 'cannot be read: no such file or folder' }]);
  });
});

describe('.gitignore', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'by name, anywhere below',
      { '.gitignore': 'out\n', out: '', 'a/out/b': '', 'a/outer': '' },
      ['.gitignore', 'a/outer'],
    ],
    [
      'from its own folder only',
      { 'a/.gitignore': '/x\n', 'a/x': '', 'a/b/x': '', x: '' },
      ['a/.gitignore', 'a/b/x', 'x'],
    ],
    ['folders only', { '.gitignore': 'x/\n', 'a/x': '', 'x/y': '' }, ['.gitignore', 'a/x']],
    [
      'taken back further down',
      { '.gitignore': '*.sh\n', 'a/.gitignore': '!k.sh\n', 'a/k.sh': '', 'a/l.sh': '' },
      ['.gitignore', 'a/.gitignore', 'a/k.sh'],
    ],
    [
      'a folder taken back further down',
      { '.gitignore': '*.d\n', 'a/.gitignore': '!k.d\n', 'a/k.d/x': '', 'a/l.d/x': '' },
      ['.gitignore', 'a/.gitignore', 'a/k.d/x'],
    ],
    [
      'nothing below a folder that is left out comes back',
      { '.gitignore': 'x\n', 'x/.gitignore': '!y\n', 'x/y': '' },
      ['.gitignore'],
    ],
    [
      'comments, escapes, carriage returns, a byte order mark',
      { '.gitignore': '\uFEFF#a\r\n\\#b\r\n\r\n', '#a': '', '#b': '' },
      ['#a', '.gitignore'],
    ],
    [
      'an escaped exclamation mark in a folder below',
      { 'a/.gitignore': '\\!b\n', 'a/!b': '', 'a/b': '' },
      ['a/.gitignore', 'a/b'],
    ],
    [
      'special characters in the name of its folder',
      { 'a[b]*/.gitignore': 'x\n', 'a[b]*/x': '', 'ab/x': '' },
      ['a[b]*/.gitignore', 'ab/x'],
    ],
    ['a slash alone means nothing', { 'a/.gitignore': '/\n', 'a/b/c': '' }, ['a/.gitignore', 'a/b/c']],
  ])('leaves out %s', (_, files, expected) => {
    const folder = folderWith(files);
    expect(walked(folder)).toEqual([...expected].sort());
    expect(listedByGit(folder)).toEqual([...expected].sort());
  });

  it('means what git means by it', { timeout: 60_000 }, () => {
    const name = fc.constantFrom('a', 'b', 'c.sh', 'd e', 'x[1]');
    const file = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => `${names.join('/')}.f`);
    const piece = fc.constantFrom(
      'a',
      'b',
      'c.sh',
      '*',
      '**',
      '*.f',
      'd e',
      'd\\ e',
      'x[1]',
      'x\\[1\\]',
      '?',
      'a.f',
      '[ab]',
    );
    const line = fc
      .tuple(
        fc.constantFrom('', '!', '#'),
        fc.constantFrom('', '/'),
        fc.array(piece, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '/', ' '),
      )
      .map(([sign, start, pieces, end]) => `${sign}${start}${pieces.join('/')}${end}`);
    const ignoreFile = fc.tuple(
      fc.constantFrom('', 'a/', 'b/', 'a/b/', 'd e/', 'x[1]/'),
      fc.array(line, { maxLength: 4 }),
    );
    fc.assert(
      fc.property(
        fc.array(file, { minLength: 5, maxLength: 20 }),
        fc.array(ignoreFile, { maxLength: 3 }),
        (files, ignores) => {
          const content = Object.fromEntries([
            ...files.map((path) => [path, '']),
            ...ignores.map(([folder, lines]) => [`${folder}.gitignore`, lines.join('\n')]),
          ]) as Record<string, string>;
          const folder = fs.mkdtempSync(path.join(folderWith({}), 'walk-'));
          for (const [file, text] of Object.entries(content)) {
            fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
            fs.writeFileSync(path.join(folder, file), text);
          }
          expect(walked(folder).sort()).toEqual(listedByGit(folder));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('holds in a folder that is walked below it, up to the root of the repository', () => {
    const folder = folderWith({
      '.gitignore': '*.tmp\n',
      'repo/.git/HEAD': '',
      'repo/.gitignore': '*.out\n',
      'repo/a/.gitignore': '/b/*.log\n',
      'repo/a/b/x.out': '',
      'repo/a/b/x.log': '',
      'repo/a/b/x.tmp': '',
      'repo/a/b/x.sh': '',
    });
    expect(walked(path.join(folder, 'repo', 'a', 'b'))).toEqual(['x.sh', 'x.tmp']);
  });

  it('does not hold for a folder that was named although it is left out', () => {
    const folder = folderWith({
      '.git/HEAD': '',
      '.gitignore': 'build/\n*.log\n',
      'build/x.sh': '',
      'build/.gitignore': 'y\n',
      'build/y': '',
    });
    expect(walked(path.join(folder, 'build'))).toEqual(['.gitignore', 'x.sh']);
    expect(walked(folder)).toEqual(['.gitignore']);
  });
});
