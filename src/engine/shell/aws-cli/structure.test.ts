import { describe, expect, it, test } from 'vitest';
import fc from '../../../../test/fast-check';
import { readStructure, type Structure } from './structure';

function plain(structure: Structure | undefined): unknown {
  switch (structure?.kind) {
    case undefined:
      return undefined;
    case 'scalar':
      return structure.value;
    case 'list':
      return structure.items.map(plain);
    case 'map':
      return Object.fromEntries([...structure.entries].map(([key, value]) => [key, plain(value)]));
  }
}

describe('structures as AWS CLI reads them', () => {
  it.each<[string, unknown]>([
    ['a=1', { a: '1' }],
    ['a=1,b=x y', { a: '1', b: 'x y' }],
    ['a=1,2,b=3', { a: ['1', '2'], b: '3' }],
    ['a=[1,2],b={c=3,d=[{e=4}]}', { a: ['1', '2'], b: { c: '3', d: [{ e: '4' }] } }],
    [`a="x, y",b='z=1'`, { a: 'x, y', b: 'z=1' }],
    ['a=,b=1', { a: '', b: '1' }],
    ['Add=[{Group=all}]', { Add: [{ Group: 'all' }] }],
    ['IpRanges=[{CidrIp=::/0}]', { IpRanges: [{ CidrIp: '::/0' }] }],
    ['{"a": [1, true, "x"]}', { a: ['1', 'true', 'x'] }],
    [' [{"a": null}]', [{}]],
    ['file://x.json', undefined],
    ['a', undefined],
    ['', undefined],
    ['a={b=1', undefined],
    ['a=[1', undefined],
    ['a="1', undefined],
    ['a={b=1}}', undefined],
  ])('%s', (text, expected) => {
    expect(plain(readStructure(text))).toEqual(expected);
  });
});

function scalarsOf(
  structure: Structure,
): readonly { readonly value: string; readonly start: number; readonly end: number }[] {
  switch (structure.kind) {
    case 'scalar':
      return [structure];
    case 'list':
      return structure.items.flatMap(scalarsOf);
    case 'map':
      return [...structure.entries.values()].flatMap(scalarsOf);
  }
}

test('each value stands where it says, whatever the text', () => {
  const unit = fc.constantFrom('a', '=', ',', '[', ']', '{', '}', '"', "'", ' ', '1', '.', '\u0000');
  let read = 0;
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
      // JSON has escapes and numbers that are written in more ways than one.
      const structure = /^\s*[[{]/.test(text) ? undefined : readStructure(text);
      if (!structure) return;
      read++;
      for (const { value, start, end } of scalarsOf(structure)) expect(text.slice(start, end)).toBe(value);
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(20);
});

test.each([
  ['brackets', `a=${'['.repeat(50_000)}`],
  ['brackets of JSON', '['.repeat(19_000)],
  ['keys', 'a='.repeat(9_000)],
  ['commas', `a=${','.repeat(19_000)}`],
  ['quotes', `a=${'"'.repeat(19_000)}`],
])('no text takes long: %s', (_, text) => {
  const began = performance.now();
  readStructure(text);
  expect(performance.now() - began).toBeLessThan(1000);
});
