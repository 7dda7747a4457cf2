/**
 * Words that are right in PowerShell and that the grammar of tree-sitter misreads, so badly that the next line is lost: `$folder\file`,
 * `$base/path`, `--option=value`. They are covered by words of the same length that it reads as what they are, so every offset stays what it is;
 * who reads the tree looks at the words themselves.
 */

/** A word that stands for another one in the text that is parsed. */
export interface Cover {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const VARIABLE_AND_MORE = /^\$(?:\{[^}]*\}|[\w:?^]+)(?=[/\\$])/;
const ASSIGNMENT = /^\$(?:\{[^}]*\}|[\w:?^]+)\/=/;
const NESTED_AND_MORE = /^\$\([^]*\)[\w/\\$-]+$/;
const OPTION = /^--?[A-Za-z][\w-]*(?:=|\d)/;
const SIZE = /^\d+[kmgtp]b$/i;

/** What a word is to be read as, or undefined where the grammar reads it right. `before` is the character in front of it. */
export function coverOf(word: string, before: string, start: number): Cover | undefined {
  const covered = (text: string): Cover => ({ start, end: start + word.length, text });
  const first = word.charAt(0);
  if (first === '?' && word === '??') return covered('-f');
  if (SIZE.test(word)) return covered(`${word.slice(0, -2)}00`);
  if (before !== '' && !/[\s,:]/.test(before)) return undefined;
  if (first === '$') {
    if (word.startsWith('$(')) return NESTED_AND_MORE.test(word) ? covered(variable(word)) : undefined;
    return VARIABLE_AND_MORE.test(word) && !ASSIGNMENT.test(word) ? covered(variable(word)) : undefined;
  }
  if (first === '-') {
    if (OPTION.test(word)) return covered(`-${'x'.repeat(word.length - 1)}`);
    const colon = word.indexOf(':$');
    const inner = colon === -1 ? undefined : coverOf(word.slice(colon + 1), ':', start + colon + 1);
    return inner;
  }
  return word.includes('${') || word.includes('$(') ? covered('x'.repeat(word.length)) : undefined;
}

/** A variable's name is read right where an argument stands and where an expression does. */
function variable(word: string): string {
  return `$${'x'.repeat(word.length - 1)}`;
}
