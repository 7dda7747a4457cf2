import { expect, it } from 'vitest';
import { excludeGlob } from './exclude';

const globs = (gitignore: string, ...settings: Readonly<Record<string, unknown>>[]): readonly string[] =>
  excludeGlob(gitignore, settings).slice(1, -1).split(',').slice(4);

it.each([
  ['dist/', ['**/dist/**']],
  ['*.log', ['**/*.log', '**/*.log/**']],
  ['/build', ['build', 'build/**']],
  ['infra/out/', ['infra/out/**']],
  ['# a comment\n\n!kept\n  \nout\r\n', ['**/out', '**/out/**']],
  ['{a,b}\na,b\n\\#x\n*\n/\n', []],
])('%j', (gitignore, expected) => {
  expect(globs(gitignore)).toEqual(expected);
});

it('what settings leave out', () => {
  expect(
    globs('', { '**/cdk.out': true, '**/kept': false, '**/*.js': { when: '$(basename).ts' } }, { '**/old': true }),
  ).toEqual(['**/cdk.out', '**/old']);
});
