import { type Cell, cells } from './display';

/** A line of source, and a line that goes under it. */
export interface Excerpt {
  readonly source: string;
  readonly underline: string;
}

const CUT = '…';
/** Cells kept before the underlined part where the start of a line is cut off. */
const LEAD = 16;
/** In UTF-16 code units. A longer line, as of a minified template, is not measured from its start for each finding in it. */
const LONG = 4096;

/**
 * A line as it is printed, with carets under part of it.
 * @param start where the carets start, in UTF-16 code units from the start of the line
 * @param end where they end, exclusive; at least one caret is drawn
 * @param width cells that there is room for; a longer line is cut so that the start of the underlined part is seen
 */
export function excerpt(line: string, start: number, end: number, width: number): Excerpt {
  if (line.length > LONG) return excerptOfLong(line, start, end, width);
  const all = cells(line);
  const total = widthOf(all);
  const from = widthOf(all.filter(({ offset }) => offset < start));
  const to = Math.max(widthOf(all.filter(({ offset }) => offset < end)), from + 1);
  if (total <= width) return { source: all.map(({ shown }) => shown).join(''), underline: carets(from, to) };

  const left = Math.max(0, Math.min(from - LEAD, total - width));
  const right = left + width;
  let column = 0;
  let first: number | undefined;
  let source = '';
  for (const { shown, width: cellWidth } of all) {
    const fits = column >= (left > 0 ? left + 1 : 0) && column + cellWidth <= (right < total ? right - 1 : right);
    if (fits) {
      first ??= column;
      source += shown;
    }
    column += cellWidth;
  }
  const cutLeft = left > 0 ? CUT : '';
  const cutRight = right < total ? CUT : '';
  // A wide character that straddles the cut is left out whole, so the first one shown may be a cell further on.
  const shift = (first ?? left) - cutLeft.length;
  return {
    source: cutLeft + source + cutRight,
    underline: carets(from - shift, Math.max(Math.min(to - shift, width), from - shift + 1)),
  };
}

/** Works on what is near the start of the part; both sides keep enough to be cut in any terminal. */
function excerptOfLong(line: string, start: number, end: number, width: number): Excerpt {
  const from = Math.max(0, Math.min(start, line.length) - LONG / 8);
  const near = line.slice(from, from + LONG / 2);
  return excerpt(near, start - from, Math.min(end - from, near.length), width);
}

function carets(from: number, to: number): string {
  return ' '.repeat(from) + '^'.repeat(to - from);
}

function widthOf(row: readonly Cell[]): number {
  return row.reduce((sum, { width }) => sum + width, 0);
}
