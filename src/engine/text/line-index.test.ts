import fc from '../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { lineIndex, type Position } from './line-index';

describe('lineIndex', () => {
  it.each<[string, string, number]>([
    ['an empty text', '', 1],
    ['one line', 'a', 1],
    ['a last line that ends', 'a\n', 2],
    ['\\n', 'a\nb', 2],
    ['\\r\\n, which is one end', 'a\r\nb', 2],
    ['\\r', 'a\rb', 2],
    ['\\n\\r, which is two', 'a\n\rb', 3],
    ['\\r\\r\\n, which is two', 'a\r\r\nb', 3],
    ['no other separators', 'a\u2028b\u0085c\fd', 1],
  ])('counts %s', (_, text, lines) => {
    expect(lineIndex(text).positionAt(text.length).line + 1).toBe(lines);
  });

  it.each<[string, string, number, Position]>([
    ['the start', 'ab\ncd', 0, { line: 0, character: 0 }],
    ['inside a line', 'ab\ncd', 1, { line: 0, character: 1 }],
    ['a line end', 'ab\ncd', 2, { line: 0, character: 2 }],
    ['the start of a line', 'ab\ncd', 3, { line: 1, character: 0 }],
    ['the end', 'ab\ncd', 5, { line: 1, character: 2 }],
    ['the end behind a last newline', 'ab\n', 3, { line: 1, character: 0 }],
    ['between \\r and \\n', 'a\r\nb', 2, { line: 0, character: 2 }],
    ['behind a character of two units', '🔑x', 2, { line: 0, character: 2 }],
    ['before the text', 'ab', -3, { line: 0, character: 0 }],
    ['behind the text', 'ab\ncd', 99, { line: 1, character: 2 }],
  ])('places %s', (_, text, offset, expected) => {
    expect(lineIndex(text).positionAt(offset)).toEqual(expected);
  });

  it.each<[string, string, Position, number]>([
    ['a place', 'ab\ncd', { line: 1, character: 1 }, 4],
    ['a character behind the line', 'ab\ncd', { line: 0, character: 9 }, 2],
    ['a character behind a line that ends in \\r\\n', 'ab\r\ncd', { line: 0, character: 9 }, 2],
    ['a character before the line', 'ab\ncd', { line: 1, character: -1 }, 3],
    ['a line behind the text', 'ab\ncd', { line: 7, character: 0 }, 5],
    ['a line before the text', 'ab\ncd', { line: -1, character: 5 }, 0],
  ])('finds the offset of %s', (_, text, position, expected) => {
    expect(lineIndex(text).offsetAt(position)).toBe(expected);
  });

  it.each<[string, number, number, number]>([
    ['ab\ncd', 0, 0, 2],
    ['ab\r\ncd', 0, 0, 2],
    ['ab\rcd', 0, 0, 2],
    ['ab\n\ncd', 1, 3, 3],
    ['ab\r\n\r\ncd', 1, 4, 4],
    ['ab\ncd', 1, 3, 5],
    ['ab\ncd', 9, 3, 5],
    ['', 0, 0, 0],
  ])('of %j has line %i from %i to %i', (text, line, start, end) => {
    const lines = lineIndex(text);
    expect([lines.lineStart(line), lines.lineEnd(line)]).toEqual([start, end]);
  });

  it('goes there and back for every offset outside of line ends', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '🔑', ' ', '\n', '\r', '\r\n'), maxLength: 30 });
    fc.assert(
      fc.property(texts, fc.nat(60), (text, at) => {
        const lines = lineIndex(text);
        const offset = Math.min(at, text.length);
        const position = lines.positionAt(offset);
        const inLineEnd = offset > lines.lineEnd(position.line);
        expect(lines.offsetAt(position)).toBe(inLineEnd ? lines.lineEnd(position.line) : offset);
        expect(lines.lineStart(position.line)).toBeLessThanOrEqual(offset);
      }),
    );
  });
});
