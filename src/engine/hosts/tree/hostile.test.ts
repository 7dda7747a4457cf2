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

test('an alias within its own anchor is left out', () => {
  expect(count(parseYaml('a: &a\n  b: *a\n  c: 1\n')[0])).toBe(3);
});

test('what is written out is read, however much it is', () => {
  expect(count(parseYaml('- a\n'.repeat(25_000))[0])).toBe(25_001);
});
