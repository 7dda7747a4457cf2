import { describe, expect, it } from 'vitest';
import { contains, overlaps } from './range';

const range = (start: number, end: number): { start: number; end: number } => ({ start, end });

describe('contains', () => {
  it.each([
    ['itself', range(2, 5), range(2, 5), true],
    ['what is inside', range(2, 5), range(3, 4), true],
    ['a place at its start', range(2, 5), range(2, 2), true],
    ['a place at its end', range(2, 5), range(5, 5), true],
    ['not what goes on behind it', range(2, 5), range(4, 6), false],
    ['not what begins before it', range(2, 5), range(1, 3), false],
    ['not what holds it', range(2, 5), range(1, 6), false],
  ])('%s', (_, outer, inner, expected) => {
    expect(contains(outer, inner)).toBe(expected);
  });
});

describe('overlaps', () => {
  it.each([
    ['spans that share a character', range(2, 5), range(4, 8), true],
    ['a span within another', range(2, 5), range(3, 4), true],
    ['not spans that only touch', range(2, 5), range(5, 8), false],
    ['not spans apart', range(2, 5), range(6, 8), false],
    ['not a place at the border', range(2, 5), range(2, 2), false],
    ['a place inside', range(2, 5), range(3, 3), true],
  ])('%s', (_, a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
    expect(overlaps(b, a)).toBe(expected);
  });
});
