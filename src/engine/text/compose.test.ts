import fc from '../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { editsOf, someText } from '../testing/arbitrary-edits';
import { composeEdits } from './compose';
import { applyEdits } from './edits';
import type { TextEdit } from './range';

const edit = (start: number, end: number, newText: string): TextEdit => ({ range: { start, end }, newText });

describe('composeEdits', () => {
  it.each<[string, string, TextEdit[], TextEdit[], TextEdit[]]>([
    ['nothing and nothing', 'abc', [], [], []],
    ['the first alone', 'abc', [edit(0, 1, 'A')], [], [edit(0, 1, 'A')]],
    ['the second alone', 'abc', [], [edit(2, 3, 'C')], [edit(2, 3, 'C')]],
    ['two apart', 'abc', [edit(0, 1, 'AA')], [edit(3, 4, 'C')], [edit(0, 1, 'AA'), edit(2, 3, 'C')]],
    ['the second inside what the first put in', 'ac', [edit(1, 1, 'b b')], [edit(2, 3, '-')], [edit(1, 1, 'b-b')]],
    ['the second takes back what the first put in', 'ac', [edit(1, 1, 'b')], [edit(1, 2, '')], []],
    ['the second goes over the border', 'abcd', [edit(1, 2, 'BB')], [edit(2, 4, '')], [edit(1, 3, 'B')]],
    ['lines put in twice at one place', 'x\n', [edit(0, 0, 'b\n')], [edit(0, 0, 'a\n')], [edit(0, 0, 'a\nb\n')]],
  ])('%s', (_, text, first, second, expected) => {
    expect(composeEdits(text.length, first, second)).toEqual(expected);
  });

  it('does what the two do one after the other, in edits that do not overlap', () => {
    const cases = someText.chain((text) =>
      editsOf(text).chain((first) => fc.tuple(fc.constant(text), fc.constant(first), editsOf(applyEdits(text, first)))),
    );
    fc.assert(
      fc.property(cases, ([text, first, second]) => {
        const both = composeEdits(text.length, first, second);
        expect(applyEdits(text, both)).toBe(applyEdits(applyEdits(text, first), second));
      }),
      { numRuns: 300 },
    );
  });
});
