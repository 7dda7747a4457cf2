/** A program in another language that a command runs: on its command line, in a heredoc, or in a file that the script wrote. */
import type { Field } from '../expand';
import type { Invocation } from '../invocation';
import { knownText, pattern, type Text } from '../../program/value';

export interface GivenProgram {
  readonly field: Field;
  /** `\u0000` stands in it for what is not known. Lines that are comments are blank. */
  readonly text: string;
  /** True where part of it is not known. */
  readonly isPartial: boolean;
}

const COMMENTS = /^[ \t]{0,80}(?:#|\/\/).*$/gm;

/** `option`: the one that the program stands behind. */
export function givenProgram(option: RegExp, { args, input, command, readFile }: Invocation): GivenProgram | undefined {
  const of = (field: Field, given: Text | undefined): GivenProgram | undefined => {
    if (!given) return undefined;
    const text = pattern(given);
    return { field, text: text.replace(COMMENTS, ''), isPartial: text.includes('\u0000') };
  };
  const at = args.findIndex(({ text }) => option.test(knownText(text) ?? ''));
  const field = args[at + 1];
  if (at !== -1) return field && of(field, field.text);
  const file = args.find((arg) => !knownText(arg.text)?.startsWith('-'));
  return file ? of(file, readFile(knownText(file.text) ?? '')?.[0]) : of(command, input?.[0]);
}
