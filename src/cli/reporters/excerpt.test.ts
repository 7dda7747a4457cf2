import fc from '../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { cells } from './display';
import { excerpt } from './excerpt';

const URL = 'http://169.254.169.254/latest/meta-data/instance-id';

describe('excerpt', () => {
  it.each<[string, string, string, string[]]>([
    ['a part', 'ID=$(curl x)', 'curl x', ['ID=$(curl x)', '     ^^^^^^']],
    ['behind a tab', '\tcurl x', 'curl', ['    curl x', '    ^^^^']],
    ['a tab itself', 'a\tb', '\t', ['a   b', ' ^^^']],
    ['wide characters', 'echo 漢字; curl', 'curl', ['echo 漢字; curl', '           ^^^^']],
    ['wide characters themselves', 'echo 漢字', '漢字', ['echo 漢字', '     ^^^^']],
    ['nothing: one caret', 'curl', '', ['curl', '^']],
    ['all of it', 'curl', 'curl', ['curl', '^^^^']],
    [
      'the start of a long line',
      `curl ${URL} && echo done`,
      'curl',
      ['curl http://169.254.169.254/latest/meta…', '^^^^'],
    ],
    [
      'the end of a long line',
      `logger starting up and going on for long; curl ${URL}`,
      URL,
      ['…for long; curl http://169.254.169.254/…', '                ^^^^^^^^^^^^^^^^^^^^^^^^'],
    ],
    [
      'the last characters of a long line',
      `logger starting up and going on for ever; curl`,
      'curl',
      ['…starting up and going on for ever; curl', '                                    ^^^^'],
    ],
  ])('underlines %s', (_, line, part, expected) => {
    const start = line.indexOf(part);
    const { source, underline } = excerpt(line, start, start + part.length, 40);
    expect([source, underline]).toEqual(expected);
  });

  it('shows a caret past the end of the line', () => {
    expect(excerpt('ab', 2, 2, 40)).toEqual({ source: 'ab', underline: '  ^' });
  });

  it('finds its way in a very long line', () => {
    const line = `${'x'.repeat(1_000_000)}curl${'y'.repeat(1_000_000)}`;
    expect(excerpt(line, 1_000_000, 1_000_004, 40)).toEqual({
      source: `…${'x'.repeat(15)}curl${'y'.repeat(19)}…`,
      underline: `${' '.repeat(16)}^^^^`,
    });
  });

  it('never takes more room than there is, and always has the start of the part above the first caret', () => {
    const character = fc.constantFrom('a', '\t', '漢', '🔑', 'e\u0301', ' ', '\u001b');
    const lines = fc.array(character, { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), fc.integer({ min: 40, max: 200 }), (characters, at, length, width) => {
        const line = characters.join('');
        const starts = cells(line).filter((cell) => cell.width > 0);
        const first = starts[at % starts.length];
        fc.pre(first !== undefined);
        const { source, underline } = excerpt(line, first.offset, first.offset + (length % 50), width);
        const widthOf = (text: string): number => cells(text).reduce((sum, cell) => sum + cell.width, 0);
        expect(widthOf(source)).toBeLessThanOrEqual(width);
        expect(underline.length).toBeLessThanOrEqual(width + 1);
        const caret = underline.indexOf('^');
        let column = 0;
        const above = cells(source).find((cell) => {
          column += cell.width;
          return column > caret;
        });
        expect(above?.shown[0]).toBe(first.shown[0]);
      }),
    );
  });
});
