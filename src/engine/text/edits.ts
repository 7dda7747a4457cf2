import type { TextEdit } from './range';

/** Orders edits by position; edits at one position keep the order in which they were given. */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.range.start - b.edit.range.start || a.edit.range.end - b.edit.range.end || a.index - b.index)
    .map(({ edit }) => edit);
}

/**
 * Applies edits given in coordinates of the original text. Several insertions at one position are written in the order given.
 * @throws RangeError when two edits overlap or one lies outside the text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { range, newText } of sortEdits(edits)) {
    if (range.start < at || range.end < range.start || range.end > text.length) {
      throw new RangeError(
        `edit ${range.start}..${range.end} overlaps another or lies outside the text of ${text.length}`,
      );
    }
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}

/** What `applyEdits` gives, or undefined where it would throw. */
export function applyIfApart(text: string, edits: readonly TextEdit[]): string | undefined {
  try {
    return applyEdits(text, edits);
  } catch {
    return undefined;
  }
}
