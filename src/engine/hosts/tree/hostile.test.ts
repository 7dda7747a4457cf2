import { expect, test } from 'vitest';
import { parseJson } from './json';
import { walk, type Tree } from './tree';
import { parseYaml } from './yaml';

function count(tree: Tree | undefined): number {
  let nodes = 0;
  if (tree) {
    walk(tree, () => {
      nodes++;
      return true;
    });
  }
  return nodes;
}

test('brackets without an end', () => {
  expect(parseJson('['.repeat(200_000))).toBeUndefined();
  expect(parseJson('{"a":'.repeat(100_000))).toBeUndefined();
  expect(() => parseYaml('['.repeat(3_000))).not.toThrow();
});

test('aliases that grow at every level are followed for a while', () => {
  const levels = 'bcdefghi'.split('').map((name, index) => {
    const below = `*${'abcdefgh'.charAt(index)}`;
    return `${name}: &${name} [${Array<string>(9).fill(below).join(', ')}]\n`;
  });
  const [tree] = parseYaml(`a: &a [x, x]\n${levels.join('')}`);
  expect(count(tree)).toBeGreaterThan(1_000);
  expect(count(tree)).toBeLessThan(30_000);
});

test('so are those of many documents, whoever reads them', () => {
  const list = (name: string, below: string): string =>
    `${name}: &${name} [${Array<string>(9).fill(below).join(', ')}]\n`;
  const document = `a: &a x\n${list('b', '*a')}${list('c', '*b')}${list('d', '*c')}---\n`;
  const counts = ['', 'a: !!str 1\n---\n'].map((first) =>
    parseYaml(first + document.repeat(100)).reduce((sum, tree) => sum + count(tree), 0),
  );
  for (const nodes of counts) {
    expect(nodes).toBeGreaterThan(1_000);
    expect(nodes).toBeLessThan(30_000);
  }
});

test('maps that are put in again and again', () => {
  const map = `a: &a\n${Array.from({ length: 1_000 }, (_, index) => `  k${String(index)}: 1\n`).join('')}`;
  expect(count(parseYaml(`${map}b:\n${'  <<: *a\n'.repeat(1_000)}`)[0])).toBeLessThan(30_000);
});

test('blank lines, comments and line breaks without end', () => {
  const many = 500;
  for (const filling of ['\n', '  \n', '# c\n', '      # c\n', ' \t\n', '\r\n', '---\n', "    ''\n", '    \\\n'])
    for (const begin of [
      'a:\n  b: c\n',
      'a:\n  - |+\n',
      'a:\n  - "',
      'a: [',
      'a:\n  b: c\n    d\n',
      `${'- '.repeat(90)}a\n`,
    ])
      expect(() => parseYaml(begin + filling.repeat(many))).not.toThrow();
});

test('an alias within its own anchor is left out', () => {
  expect(count(parseYaml('a: &a\n  b: *a\n  c: 1\n')[0])).toBe(3);
});

test('what is written out is read, however much it is', () => {
  expect(count(parseYaml('- a\n'.repeat(25_000))[0])).toBe(25_001);
});
