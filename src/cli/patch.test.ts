import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from '../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './patch';
import { folderWith } from './testing/folder';

/** Applies a diff with git, which reads the same form as patch(1) and is there wherever this repository was cloned. */
function applyIn(folder: string, diff: string): void {
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(folder), GIT_DIR: undefined };
  const options = { cwd: folder, env, input: diff, stdio: ['pipe', 'ignore', 'ignore'] as ('pipe' | 'ignore')[] };
  execFileSync('git', ['apply', '-p1', '--whitespace=nowarn', '-'], options);
}

describe('unifiedDiff', () => {
  it('is a unified diff', () => {
    expect(unifiedDiff('web/a.sh', 'one\ntwo\nthree\n', 'one\n2\nthree\n')).toBe(
      '--- a/web/a.sh\n+++ b/web/a.sh\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n',
    );
  });

  it('says where a file ends without a line break', () => {
    expect(unifiedDiff('a', 'one', 'two')).toBe(
      '--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-one\n\\ No newline at end of file\n+two\n\\ No newline at end of file\n',
    );
  });

  it.each([
    ['with spaces.sh', '--- a/with spaces.sh\t\n'],
    ['ünï "quoted".sh', '--- "a/\\303\\274n\\303\\257 \\"quoted\\".sh"\n'],
    ['tab\tand\nline.sh', '--- "a/tab\\tand\\nline.sh"\n'],
  ])('names %j so that patch and git understand it', (file, header) => {
    const folder = folderWith({ [file]: 'one\n' });
    const diff = unifiedDiff(file, 'one\n', 'two\n');
    expect(diff.startsWith(header)).toBe(true);
    applyIn(folder, diff);
    expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe('two\n');
  });

  it('makes of the one text the other, byte for byte, when it is applied', { timeout: 60_000 }, () => {
    const line = fc.constantFrom(
      '',
      'echo a',
      '\tb',
      '\uFEFF#!/bin/sh',
      '- c',
      '+ d',
      '@@ -1 +1 @@',
      '\\ No newline',
      '--- e',
      'é\r',
    );
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', '\n', '\r\n'))
      .map(([lines, end]) => lines.join('\n') + end);
    const folder = folderWith({});
    const file = path.join(folder, 'a.sh');
    fc.assert(
      fc.property(text, text, (before, after) => {
        // git takes a diff from or to nothing as one that makes or removes the file; a fix does neither.
        fc.pre(before !== after && before !== '' && after !== '');
        fs.writeFileSync(file, before);
        applyIn(folder, unifiedDiff('a.sh', before, after));
        expect(fs.readFileSync(file, 'utf8')).toBe(after);
      }),
      { numRuns: 100 },
    );
  });
});
