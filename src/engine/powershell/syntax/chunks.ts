/** A program's statements, cut apart without being parsed, so that only those have to be parsed that can matter. */
import type { Range } from '../../text/range';
import { coverOf, type Cover } from './cover';
import { scan } from './scan';

/** One or more whole statements at the top of a program. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly covers: readonly Cover[];
}

/** Ends of lines behind which a statement goes on. */
const GOES_ON = /(?:[|,=+\-*/&%({[<>]|(?:^|\s)-[A-Za-z]+|\b(?:else|try|finally|do|begin|process|end|param|in))$/i;
/** Beginnings of lines that go on with the statement before. */
const CONTINUES =
  /^(?:[{()}\]|.,+*/%]|&&|-[A-Za-z]|(?:else|elseif|catch|finally|until|while|param|begin|process|end|clean)\b)/i;
/** Longer looks than this at the end of a line tell nothing more. */
const LOOK_BACK = 24;

/** A single statement, or the head or the end of one that has a block: `if (...) {`, `$a = 1`, `}`. */
export interface Unit extends Range {
  /** What the brace at its end does to a block, where it is one of a block. */
  readonly block: 'opens' | 'closes' | undefined;
}

/** A program cut apart. */
export interface Cut {
  readonly chunks: readonly Chunk[];
  /** At any depth. */
  readonly units: readonly Unit[];
}

export function cut(text: string): Cut {
  const chunks: Chunk[] = [];
  const units: Unit[] = [];
  /** Which of the open brackets are blocks of statements. */
  const blocks: boolean[] = [];
  let unitStart = 0;
  const endUnit = (at: number, block?: 'opens' | 'closes'): void => {
    if (at > unitStart && last > unitStart) units.push({ start: unitStart, end: at, block });
    unitStart = at;
  };
  let covers: Cover[] = [];
  let start = 0;
  /** The end of the last thing that was no comment. */
  let last = 0;
  /** Where the line ended that may have ended a statement. */
  let ended: number | undefined;
  const meet = (at: number, end: number): void => {
    if (ended !== undefined) {
      const tail = text.slice(Math.max(start, last - LOOK_BACK), last);
      if (last > start && !GOES_ON.test(tail) && !CONTINUES.test(text.slice(at, at + LOOK_BACK))) {
        chunks.push({ start, end: ended, covers });
        covers = [];
        start = ended;
      }
      ended = undefined;
    }
    last = end;
  };
  scan(text, {
    word: (at, end) => {
      meet(at, end);
      let until = end;
      const word = text.slice(at, end);
      // `--header="..."` is one word, quotes and all.
      if (/^--?[A-Za-z][\w-]*=$/.test(word)) until = endOfQuoted(text, end);
      const cover = coverOf(text.slice(at, until), text.charAt(at - 1), at);
      if (cover) covers.push(cover);
      last = until;
    },
    string: (at, end) => {
      meet(at, end);
    },
    mark: (at) => {
      meet(at, at + 1);
      const character = text.charAt(at);
      const isInBlock = blocks[blocks.length - 1] ?? true;
      if ('({['.includes(character)) {
        const isBlock = character === '{' && text.charAt(at - 1) !== '@';
        blocks.push(isBlock);
        if (isBlock) endUnit(at + 1, 'opens');
      } else if (')}]'.includes(character)) {
        if (blocks.pop() === true) endUnit(at + 1, 'closes');
      } else if (character === ';' && isInBlock) endUnit(at + 1);
      // `*>` redirects every stream, `2>` one: to the tree it is the same.
      if (character === '>' && /\s\*/.test(text.slice(Math.max(0, at - 2), at)))
        covers.push({ start: at - 1, end: at, text: '2' });
    },
    line: (at, depth) => {
      const tail = text.slice(Math.max(unitStart, last - LOOK_BACK), last);
      if ((blocks[blocks.length - 1] ?? true) && text.charAt(at - 1) !== '`' && !GOES_ON.test(tail)) endUnit(at + 1);
      if (depth === 0) ended ??= at + 1;
    },
  });
  endUnit(text.length);
  if (last > start) chunks.push({ start, end: text.length, covers });
  return { chunks, units };
}

/** The end of a string that begins at `at`, on its line; `at` where none does. */
function endOfQuoted(text: string, at: number): number {
  const match = /^(?:"(?:[^"`\n]|`.|"")*"|'[^'\n]*')/.exec(text.slice(at, at + 400));
  return at + (match?.[0].length ?? 0);
}

const UNCLOSED = /\$\{(?![^{}\n]{0,200}\})/g;

/** The text of a chunk as it is parsed. */
export function coveredText(text: string, { start, end, covers }: Chunk): string {
  let result = '';
  let at = start;
  for (const cover of covers) {
    if (cover.start < at || cover.end > end) continue;
    result += text.slice(at, cover.start) + cover.text;
    at = cover.end;
  }
  // The grammar takes the square of the time for braces that are never closed, and knows no blanks that do not break.
  return (result + text.slice(at, end)).replace(UNCLOSED, 'x{').replace(/\u00a0/g, ' ');
}
