/** Commands that are given as lists of arguments: which of them are a shell's, and what the others are as shell text. */
import { impliedPiece, joinPieces, readOnly, type Piece } from '../piece';
import { quote } from './setup';

/** What a shell, or another interpreter that reads a program from its arguments, is given. */
export interface ShellCall {
  readonly language: 'shellscript' | 'powershell';
  /** Index of the argument that is the program. */
  readonly index: number;
  /** What its options are as commands: `set -e`. */
  readonly options: readonly string[];
}

const SHELL = /^(?:.*\/)?(?:ba|da|a|k|z)?sh$/;
const POWERSHELL = /^(?:.*[\\/])?(?:powershell|pwsh)(?:\.exe)?$/i;

/** Finds `sh -c PROGRAM` among arguments, also behind `env`, `sudo`, `tini --` and the like. `entrypointIsShell`: `-c` may stand alone. */
export function shellCall(argv: readonly (string | undefined)[], entrypointIsShell = false): ShellCall | undefined {
  const shell = argv.findIndex((word) => word !== undefined && SHELL.test(word));
  if (shell !== -1 || entrypointIsShell) return afterShell(argv, shell);
  const powershell = argv.findIndex((word) => word !== undefined && POWERSHELL.test(word));
  if (powershell === -1) return undefined;
  const index = argv.findIndex((word, at) => at > powershell && /^[-/](?:c|command)$/i.test(word ?? '')) + 1;
  return index > 0 && index < argv.length ? { language: 'powershell', index, options: [] } : undefined;
}

function afterShell(argv: readonly (string | undefined)[], shell: number): ShellCall | undefined {
  const options: string[] = [];
  for (let at = shell + 1; at < argv.length; at++) {
    const word = argv[at];
    if (word === undefined || !/^[-+]/.test(word) || word === '-' || word === '--') return undefined;
    const isLong = word.startsWith('--');
    const flags = isLong ? '' : word.slice(1);
    if (flags.includes('e')) options.push('set -e');
    if (flags.includes('o')) {
      const name = argv[at + 1];
      if (name !== undefined && /^\w+$/.test(name)) options.push(`set -o ${name}`);
      at++;
    }
    if (flags.includes('c')) {
      return at + 1 < argv.length ? { language: 'shellscript', index: at + 1, options } : undefined;
    }
  }
  return undefined;
}

/** One argument as a word of the shell. */
function word(piece: Piece): Piece {
  if (/^[\w@%+=:,./-]+$/.test(piece.text)) return piece;
  return impliedPiece(quote(piece.text), piece.map.toHost({ start: 0, end: piece.text.length }));
}

/** The command line that has these arguments. It is for reading: what is written into an argument would be part of it. */
export function commandLine(argv: readonly Piece[]): Piece {
  return readOnly(joinPieces(argv.map(word), ' '));
}
