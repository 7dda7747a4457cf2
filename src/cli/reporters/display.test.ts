import { describe, expect, it } from 'vitest';
import { cells, harmless, printable } from './display';

const ESC = '\u001b';

describe('cells', () => {
  it.each<[string, string, number]>([
    ['plain', 'plain', 5],
    ['\ta', '    a', 5],
    ['ab\tc', 'ab  c', 5],
    ['漢\tc', '漢  c', 5],
    ['漢字', '漢字', 4],
    ['한글', '한글', 4],
    ['ＡＢ', 'ＡＢ', 4],
    ['é', 'é', 1],
    ['e\u0301', 'e\u0301', 1],
    ['🔑x', '🔑x', 3],
    ['–…“”', '–…“”', 4],
    [`${ESC}[31m`, '␛[31m', 5],
    ['a\u007fb', 'a␡b', 3],
    ['a\u202eb', 'a\ufffdb', 3],
    ['a\u009bb', 'a\ufffdb', 3],
    ['a\rb', 'a␍b', 3],
    ['', '', 0],
  ])('shows %j as %j in %i cells', (line, shown, width) => {
    const row = cells(line);
    expect(row.map((cell) => cell.shown).join('')).toBe(shown);
    expect(row.reduce((sum, cell) => sum + cell.width, 0)).toBe(width);
  });

  it('counts offsets in UTF-16 code units', () => {
    expect(cells('🔑漢a').map(({ offset }) => offset)).toEqual([0, 2, 3]);
  });
});

describe('text for a terminal', () => {
  it('is one line and cannot command the terminal', () => {
    expect(printable(`a\n\tb ${ESC}]0;title\u0007 \u202e`)).toBe('a b ␛]0;title␇ \ufffd');
  });

  it('keeps tabs and lines where they are wanted', () => {
    expect(harmless(`a\tb\r\n${ESC}[2J`)).toBe('a\tb␍\n␛[2J');
  });
});
