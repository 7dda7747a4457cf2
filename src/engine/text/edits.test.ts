import fc from '../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { editsOf, someText } from '../testing/arbitrary-edits';
import { applyEdits, sortEdits } from './edits';
import type { TextEdit } from './range';

const edit = (start: number, end: number, newText: string): TextEdit => ({ range: { start, end }, newText });

describe('applyEdits', () => {
  it.each<[string, string, TextEdit[], string]>([
    ['no edit leaves the text', 'curl x', [], 'curl x'],
    ['an insertion in front', 'curl x', [edit(0, 0, 'sudo ')], 'sudo curl x'],
    ['an insertion at the end', 'curl x', [edit(6, 6, '\n')], 'curl x\n'],
    ['a replacement', 'curl x', [edit(5, 6, 'y')], 'curl y'],
    ['a deletion', 'curl -s x', [edit(4, 7, '')], 'curl x'],
    ['all of it', 'curl', [edit(0, 4, 'wget')], 'wget'],
    ['an empty text', '', [edit(0, 0, 'a')], 'a'],
    ['edits in any order', 'abc', [edit(2, 3, 'C'), edit(0, 1, 'A')], 'AbC'],
    ['edits that touch', 'abc', [edit(1, 2, 'B'), edit(0, 1, 'A'), edit(2, 3, 'C')], 'ABC'],
    ['insertions at one place, as given', 'ab', [edit(1, 1, '1'), edit(1, 1, '2')], 'a12b'],
    ['an insertion before a replacement at its start', 'ab', [edit(1, 2, 'B'), edit(1, 1, '1')], 'a1B'],
    ['an insertion behind a replacement at its end', 'ab', [edit(1, 1, '1'), edit(0, 1, 'A')], 'A1b'],
    ['characters of two units', 'a🔑b', [edit(1, 3, 'key')], 'akeyb'],
  ])('%s', (_, text, edits, expected) => {
    expect(applyEdits(text, edits)).toBe(expected);
  });

  it.each<[string, TextEdit[]]>([
    ['overlap', [edit(0, 2, ''), edit(1, 3, '')]],
    ['cover one another', [edit(0, 3, ''), edit(1, 2, '')]],
    ['insert into what is replaced', [edit(0, 3, ''), edit(1, 1, 'x')]],
    ['lie behind the text', [edit(3, 4, '')]],
    ['lie before it', [edit(-1, 0, '')]],
    ['end before they start', [edit(2, 1, '')]],
  ])('refuses edits that %s', (_, edits) => {
    expect(() => applyEdits('abc', edits)).toThrow(RangeError);
  });

  it('leaves what no edit touches as it is', () => {
    const cases = someText.chain((text) => fc.tuple(fc.constant(text), editsOf(text)));
    fc.assert(
      fc.property(cases, ([text, edits]) => {
        const pieces: string[] = [];
        let at = 0;
        for (const { range, newText } of sortEdits(edits)) {
          pieces.push(text.slice(at, range.start), newText);
          at = range.end;
        }
        expect(applyEdits(text, edits)).toBe([...pieces, text.slice(at)].join(''));
      }),
    );
  });
});

describe('sortEdits', () => {
  it('orders by position and leaves the given ones alone', () => {
    const edits = [edit(4, 5, 'c'), edit(0, 0, 'a'), edit(0, 0, 'b')];
    expect(sortEdits(edits).map(({ newText }) => newText)).toEqual(['a', 'b', 'c']);
    expect(edits.map(({ newText }) => newText)).toEqual(['c', 'a', 'b']);
  });
});
