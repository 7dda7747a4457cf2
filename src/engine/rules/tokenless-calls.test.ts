import { describe, expect, it } from 'vitest';
import { combine } from './tokenless-calls';

const edit = (start: number, end: number, newText: string) => ({ range: { start, end }, newText });

describe('edits of one text together', () => {
  it.each([
    ['apart', [edit(0, 1, 'a')], [edit(5, 5, 'b')], [edit(0, 1, 'a'), edit(5, 5, 'b')]],
    ['side by side', [edit(0, 4, 'a')], [edit(4, 4, 'b')], [edit(0, 4, 'a'), edit(4, 4, 'b')]],
    ['the same', [edit(0, 1, 'a')], [edit(0, 1, 'a')], [edit(0, 1, 'a')]],
    ['nothing', [edit(0, 1, 'a')], [], [edit(0, 1, 'a')]],
    ['insertions at one place', [edit(3, 3, 'a')], [edit(3, 3, 'b')], undefined],
    ['one within the other', [edit(0, 9, 'a')], [edit(3, 3, 'b')], undefined],
    ['over each other', [edit(0, 5, 'a')], [edit(3, 8, 'b')], undefined],
    ['half of them the same', [edit(0, 1, 'a')], [edit(0, 1, 'a'), edit(5, 5, 'b')], undefined],
  ])('%s', (_, one, other, expected) => {
    expect(combine(one, other)).toEqual(expected);
  });
});
