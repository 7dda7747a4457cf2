/** What a command prints, by the syntax that says so: the way back into a script that a script writes. */
import { partValue, type Field } from './expand';
import type { Machine } from './machine';
import { addHereDoc, addWord, nestedSource, nestedText, type Escapes, type NestedText } from './nested';
import type { HereDoc, Word } from './syntax';
import type { Source, SourceRole } from '../program/source';
import { knownText, UNKNOWN, type Value } from '../program/value';

export type Printed =
  | { readonly kind: 'heredoc'; readonly heredoc: HereDoc; readonly source: Source }
  | {
      readonly kind: 'words';
      readonly words: readonly Word[];
      readonly source: Source;
      /** Which escapes the command itself reads in its arguments. */
      readonly escapes: Escapes;
      /** What stands between words. */
      readonly separator: string;
      /** True where a newline follows. */
      readonly newline: boolean;
    }
  | { readonly kind: 'unknown' };

/** Something printed with what its expansions were at that time. */
export interface Frozen {
  readonly printed: Printed;
  readonly values: ReadonlyMap<object, Value>;
}

/** Keeps what the expansions are now. */
export function freeze(printed: Printed, machine: Machine): Frozen {
  const values = new Map<object, Value>();
  const keep = (word: Pick<Word, 'parts'>): void => {
    for (const part of word.parts ?? []) {
      if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') {
        for (const child of part.parts) if (child.type !== 'Literal') values.set(child, partValue(child, machine));
      } else if (part.type !== 'Literal' && part.type !== 'SingleQuoted') values.set(part, partValue(part, machine));
    }
  };
  if (printed.kind === 'words') printed.words.forEach(keep);
  else if (printed.kind === 'heredoc') keep({ parts: printed.heredoc.body.parts });
  return { printed, values };
}

/** The text that several printed pieces make together, or undefined where part of it is unknown or from another source. */
export function textOf(pieces: readonly Frozen[], role: SourceRole): Source | undefined {
  const known = pieces.filter(({ printed }) => printed.kind !== 'unknown');
  const [first] = known;
  if (!first || first.printed.kind === 'unknown') return undefined;
  const { source } = first.printed;
  const text = nestedText(source);
  for (const piece of known) {
    if (piece.printed.kind === 'unknown' || piece.printed.source !== source) return undefined;
    add(text, piece);
  }
  return nestedSource(source, text, role);
}

function add(text: NestedText, { printed, values }: Frozen): void {
  const valueOf = (part: object): Value => values.get(part) ?? UNKNOWN;
  if (printed.kind === 'heredoc') addHereDoc(text, printed.heredoc, printed.source, valueOf);
  if (printed.kind !== 'words') return;
  let end = 0;
  printed.words.forEach((word, index) => {
    if (index > 0) text.builder.unit(printed.separator, end, word.pos);
    addWord(text, word, printed.source, valueOf, printed.escapes);
    end = word.end;
  });
  if (printed.newline) text.builder.unit('\n', end, end);
}

/** The words of `echo` behind its options, and what it makes of them (POSIX leaves `-n` and escapes open; Bash reads `-n`, `-e` and `-E`). */
export function echoArguments(args: readonly Field[]): {
  readonly args: readonly Field[];
  readonly newline: boolean;
  readonly escapes: Escapes;
} {
  let index = 0;
  let newline = true;
  let escapes: Escapes = 'none';
  for (; index < args.length; index++) {
    const field = args[index];
    const option = field && knownText(field.text);
    if (option === undefined || !/^-[neE]+$/.test(option)) break;
    if (option.includes('n')) newline = false;
    if (option.includes('e')) escapes = 'echo';
    if (option.includes('E')) escapes = 'none';
  }
  return { args: args.slice(index), newline, escapes };
}
