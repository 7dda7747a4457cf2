import { parseShell, forEachChild, some, type SyntaxNode } from './syntax';
import type { Range } from '../text/range';

/**
 * True where a line of a shell program begins in the middle of a text, such as quotes over lines or the body of a heredoc, and what it is about is only
 * put into that text: no comment can be written there. A text that is a program itself has room for one.
 * @param at where the line begins
 * @param holds whether a span of the program holds what the line is about
 */
export function isWithinText(text: string, at: number, holds: (range: Range) => boolean): boolean {
  let around: SyntaxNode | undefined;
  const visit = (node: SyntaxNode): void => {
    const { type, pos, end } = node;
    const isAround = pos <= at && at < end;
    if (type === 'Word' || type === 'HereDocBody') {
      if (!isAround || (pos === at && type === 'Word')) return;
      around = node;
    } else if (type === 'Script' && isAround) around = undefined;
    forEachChild(node, visit);
  };
  visit(parseShell(text));
  return (
    around !== undefined &&
    some(around, ({ type, pos, end }) => type === 'CommandExpansion' && holds({ start: pos, end }))
  );
}
