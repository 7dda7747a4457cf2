import fc from '../../../test/fast-check';
import type { TextEdit } from '../text/range';

/** Text as scripts have it: lines, indentation, characters outside the basic plane. */
export const someText: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom('a', 'b', '$', "'", '\\', ' ', '\t', '\n', '漢', '🔑'),
  maxLength: 60,
});

/** Edits of a text that do not overlap, in no particular order. */
export function editsOf(text: string, newText = fc.string({ maxLength: 5 })): fc.Arbitrary<readonly TextEdit[]> {
  const change = fc.record({ from: fc.nat(text.length), to: fc.nat(text.length), newText });
  return fc.array(change, { maxLength: 6 }).chain((changes) => {
    const edits: TextEdit[] = [];
    for (const { from, to, ...rest } of changes) {
      const range = { start: Math.min(from, to), end: Math.max(from, to) };
      if (edits.every(({ range: other }) => range.end <= other.start || other.end <= range.start))
        edits.push({ range, ...rest });
    }
    return fc.shuffledSubarray(edits, { minLength: edits.length });
  });
}
