import fc from '../../../test/fast-check';
import { expect, it } from 'vitest';
import { base64Words } from './base64-words';

const WORD = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{64,20000}={0,2}/g;

function byExpression(text: string): unknown {
  return [...text.matchAll(WORD)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
}

it('finds what the regular expression finds', () => {
  const piece = fc.oneof(
    fc.constantFrom(' ', '=', '==', '===', '\n', '-', '_', '.', '@', '[', '`', '{', ':'),
    fc.tuple(fc.constantFrom('a', 'Z', '0', '9', '+', '/', 'aB3+'), fc.nat(90)).map(([digit, n]) => digit.repeat(n)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      expect(base64Words(text)).toEqual(byExpression(text));
    }),
    { numRuns: 500 },
  );
});

it.each([19_999, 20_000, 20_001, 40_000])('takes the beginning of %d digits', (digits) => {
  const text = ` ${'A'.repeat(digits)}== ${'b'.repeat(64)}=`;
  expect(base64Words(text)).toEqual(byExpression(text));
});
