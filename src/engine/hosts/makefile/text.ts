/** Texts that make expands before a shell sees them: "Reference", "Using Variables in Recipes", "The shell Function". */
import type { Placeholders } from '../../program/placeholders';
import { literal, UNKNOWN } from '../../program/value';
import { scriptBuilder, type Codec } from '../../text/source-map';
import { knownValue, type Value } from '../../program/value';
import type { Piece } from '../piece';

/** Behind the bracket that closes the one at `open`; undefined where none does. */
export function closing(text: string, open: number, limit: number): number | undefined {
  const opening = text.charAt(open);
  const close = opening === '(' ? ')' : '}';
  let depth = 0;
  for (let i = open; i < limit; i++) {
    const character = text.charAt(i);
    if (character === opening) depth++;
    else if (character === close && --depth === 0) return i + 1;
  }
  return undefined;
}

export type Lookup = (name: string) => string | undefined;

export interface MakeText {
  readonly start: number;
  readonly end: number;
  /** What begins each further line of a recipe; undefined in variables, where lines are joined by a blank. */
  readonly prefix: string | undefined;
  /** In a function a comment or a bracket without its like would end it. */
  readonly inFunction: boolean;
  /** True where a new line can be written. */
  readonly hasRoom: boolean;
}

function codecFor({ prefix, inFunction, hasRoom }: MakeText): Codec {
  return {
    encode: (text) => {
      if (text.includes('\n') && !hasRoom) return undefined;
      if (inFunction && (text.includes('#') || !isBalanced(text))) return undefined;
      return text.replace(/\$/g, '$$$$').replace(/\n/g, `\n${prefix ?? ''}`);
    },
  };
}

function isBalanced(text: string): boolean {
  let round = 0;
  let curly = 0;
  for (const character of text) {
    if (character === '(') round++;
    else if (character === ')') round--;
    else if (character === '{') curly++;
    else if (character === '}') curly--;
    if (round < 0 || curly < 0) return false;
  }
  return round === 0 && curly === 0;
}

/** The text as the shell gets it; what is not known of it are placeholders. */
export function expanded(text: string, of: MakeText, lookup: Lookup, placeholders: Placeholders): Piece {
  const { start, end, prefix } = of;
  const builder = scriptBuilder(text, codecFor(of));
  let at = start;
  const flush = (until: number, behind: number): void => {
    builder.copy(at, until);
    at = behind;
  };
  for (let i = start; i < end; i++) {
    const character = text.charAt(i);
    if (character === '\n') {
      // What begins a further line of a recipe is not part of it.
      const isPrefixed = prefix !== undefined && text.startsWith(prefix, i + 1) && i + 1 < end;
      flush(i, i);
      builder.copy(i, i + 1);
      at = i + 1 + (isPrefixed ? 1 : 0);
      if (isPrefixed) builder.softGap();
      i = at - 1;
    } else if (character === '\\' && prefix === undefined && /^\r?\n/.test(text.slice(i + 1, i + 3))) {
      let behind = text.indexOf('\n', i) + 1;
      while (/[ \t]/.test(text.charAt(behind)) && behind < end) behind++;
      flush(i, behind);
      builder.unit(' ', i, behind);
      i = behind - 1;
    } else if (character === '$' && i + 1 < end) {
      const next = text.charAt(i + 1);
      const behind = next === '(' || next === '{' ? closing(text, i + 1, end) : i + 2;
      if (behind === undefined) continue;
      flush(i, behind);
      if (next === '$') builder.unit('$', i, behind);
      else {
        const value = valueOf(text.slice(i + 1, behind), lookup);
        builder.opaque(knownValue(value) ?? placeholders.add(value), i, behind);
      }
      i = behind - 1;
    }
  }
  flush(end, end);
  return builder.build();
}

function valueOf(reference: string, lookup: Lookup): Value {
  const name = /^[({]([\w.-]+)[)}]$/.exec(reference)?.[1] ?? (/^\w$/.test(reference) ? reference : undefined);
  const known = name === undefined ? undefined : lookup(name);
  return known === undefined ? UNKNOWN : literal(known);
}
