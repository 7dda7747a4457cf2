/** What stands between brackets, parted by commas. */
import type { Range } from '../../text/range';
import type { Literal } from './scan';

export interface Argument {
  readonly range: Range;
  /** Where it is a string literal and nothing else. */
  readonly literal: Literal | undefined;
  readonly isFirst: boolean;
}

/** None where the brackets are not closed, or are longer than anybody writes. */
export function argumentsIn(text: string, open: number, literals: readonly Literal[]): readonly Argument[] {
  const result: Argument[] = [];
  let next = literals.findIndex(({ range }) => range.start > open);
  let inside: Literal[] = [];
  let from = open + 1;
  let depth = 0;
  const push = (until: number): void => {
    const raw = text.slice(from, until);
    if (raw.trim() !== '') {
      const start = from + raw.length - raw.trimStart().length;
      const end = until - (raw.length - raw.trimEnd().length);
      const [only] = inside;
      const isWhole = inside.length === 1 && only?.range.start === start && only.range.end === end;
      result.push({ range: { start, end }, literal: isWhole ? only : undefined, isFirst: result.length === 0 });
    }
    inside = [];
    from = until + 1;
  };
  for (let i = open; i < text.length && i < open + 200_000; i++) {
    const literal = next === -1 ? undefined : literals[next];
    if (literal?.range.start === i) {
      inside.push(literal);
      next++;
      i = literal.range.end - 1;
      continue;
    }
    const character = text.charAt(i);
    if (character === '(' || character === '[' || character === '{') depth++;
    else if (character === ')' || character === ']' || character === '}') {
      if (--depth > 0) continue;
      push(i);
      return result;
    } else if (character === ',' && depth === 1) push(i);
  }
  return [];
}
