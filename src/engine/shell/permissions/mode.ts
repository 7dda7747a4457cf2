/** File modes: POSIX XCU `chmod`, OPERANDS. */

export interface Mode {
  /** Bits that group and others get, as in octal: 0o66 for reading and writing by both. */
  readonly group: number;
  readonly others: number;
  /** True where somebody may execute it: a folder is entered by that right, and a file of credentials has no use for it. */
  readonly executable: boolean;
  /** The same command with access for the owner only: for a file, a folder, or either. */
  readonly closed: { readonly file: string; readonly folder: string; readonly either: string };
}

const EITHER = 'u=rwX,go=';

export function parseMode(written: string): Mode | undefined {
  return /^[0-7]{1,5}$/.test(written) ? octal(written) : symbolic(written);
}

function octal(written: string): Mode {
  const value = parseInt(written, 8);
  const owner = (value >> 6) & 7;
  const zero = written.length > 3 && written.startsWith('0') ? '0' : '';
  return {
    group: (value >> 3) & 7,
    others: value & 7,
    executable: (value & 0o111) !== 0,
    // Execution makes no sense for a file of credentials; what the owner could do with it, he still can.
    closed: { file: `${zero}${String((owner & 6) | 4)}00`, folder: `${zero}${String(owner | 5)}00`, either: EITHER },
  };
}

const CLAUSE = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/;
const BITS: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1, X: 1 };

function symbolic(written: string): Mode | undefined {
  let group = 0;
  let others = 0;
  const kept: string[] = [];
  for (const clause of written.split(',')) {
    const match = CLAUSE.exec(clause);
    if (!match) return undefined;
    const [, who = '', actions = ''] = match;
    const everyone = who === '' || who.includes('a');
    if (everyone || who.includes('u')) kept.push(`u${actions}`);
    for (const action of actions.match(/[-+=][rwxXstugo]*/g) ?? []) {
      if (action.startsWith('-')) continue;
      let bits = 0;
      for (const letter of action.slice(1)) bits |= BITS[letter] ?? 0;
      if (everyone || who.includes('g')) group |= bits;
      if (everyone || who.includes('o')) others |= bits;
    }
  }
  const closed = [...kept, 'go='].join(',');
  return { group, others, executable: /[xX]/.test(written), closed: { file: closed, folder: closed, either: closed } };
}
