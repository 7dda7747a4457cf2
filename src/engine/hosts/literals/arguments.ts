/** What stands between brackets, parted by commas. */
import type { Range } from '../../text/range';
import type { Syntax } from './languages';
import { commentEnd, type Literal } from './scan';

export interface Argument {
  readonly range: Range;
  /** Where it is a string literal and nothing else. */
  readonly literal: Literal | undefined;
  readonly isFirst: boolean;
}

/** None where the brackets are not closed, or are longer than anybody writes. Comments count for nothing. */
export function argumentsIn(
  text: string,
  open: number,
  literals: readonly Literal[],
  syntax: Syntax,
): readonly Argument[] {
  const result: Argument[] = [];
  let next = literals.findIndex(({ range }) => range.start > open);
  let inside: Literal[] = [];
  let range: Range | undefined;
  let depth = 0;
  const has = (start: number, end: number): void => {
    range = { start: range?.start ?? start, end };
  };
  const push = (): void => {
    const [only] = inside;
    const isWhole = inside.length === 1 && only?.range.start === range?.start && only?.range.end === range?.end;
    if (range) result.push({ range, literal: isWhole ? only : undefined, isFirst: result.length === 0 });
    inside = [];
    range = undefined;
  };
  for (let i = open; i < text.length && i < open + 200_000; i++) {
    const literal = next === -1 ? undefined : literals[next];
    if (literal?.range.start === i) {
      inside.push(literal);
      next++;
      has(i, literal.range.end);
      i = literal.range.end - 1;
      continue;
    }
    const comment = commentEnd(text, i, syntax);
    if (comment !== undefined) {
      i = comment - 1;
      continue;
    }
    const character = text.charAt(i);
    if (character === '(' || character === '[' || character === '{') depth++;
    else if (character === ')' || character === ']' || character === '}') depth--;
    if (depth === 0 || (character === ',' && depth === 1)) push();
    else if (i > open && !/\s/.test(character)) has(i, i + 1);
    if (depth === 0) return result;
  }
  return [];
}
