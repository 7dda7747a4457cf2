/** What a shell is given before it reads its script. */
import { impliedPiece, type Piece } from '../piece';
import type { Range } from '../../text/range';
import { entriesOf, textOf, type Tree } from '../tree/tree';

/** A line that stands nowhere in the file. */
export function setupLine(line: string): Piece {
  return impliedPiece(line, { start: 0, end: 0 });
}

/** A variable of the environment; nothing where it is none that a shell can have. */
export function variableLine(name: string, value: string, range: Range): readonly Piece[] {
  if (!/^[A-Za-z_]\w*$/.test(name) || value.includes('\n')) return [];
  return [impliedPiece(`export ${name}=${quote(value)}`, range)];
}

/** A text as one word of the shell. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

/** The entries of a map of environment variables that a script names. */
export function usedVariables(environment: Tree | undefined, script: string): readonly Piece[] {
  return entriesOf(environment).flatMap(({ key, value }) => {
    const text = textOf(value);
    return text !== undefined && isUsed(key, script) ? variableLine(key, text, value.range) : [];
  });
}

/** True where a script reads the variable. */
export function isUsed(name: string, script: string): boolean {
  return script.includes(`$${name}`) || script.includes(`\${${name}`);
}
