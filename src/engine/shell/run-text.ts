/** Shell programs given as text: `bash -c`, `eval`, a program on standard input. */
import { partValue, type Field } from './expand';
import { inSubshell, within, type Machine } from './machine';
import { addWord, nestedSource, nestedText } from './nested';
import { UNKNOWN_OUTPUT, type Outcome } from './outcome';
import { positionals } from './builtins';
import { freeze, textOf } from './printed';
import { setVariable, initialState, type State } from './state';
import { parseShell, type Command, type ParsedScript, type Word } from './syntax';
import type { Source, SourceRole } from '../program/source';
import { EMPTY, isToken } from '../program/value';
import type { Unwrapped } from './wrappers';

export type Text =
  | {
      readonly kind: 'argument';
      readonly field: Field;
      readonly args: readonly Field[];
      readonly keepsEnvironment: boolean;
    }
  | { readonly kind: 'eval'; readonly fields: readonly Field[] }
  | { readonly kind: 'input' };

/** A parsed text is the same for every time that it runs. */
interface Parsed {
  readonly source: Source;
  readonly script: ParsedScript;
}

/** The program that one or several words make, or undefined where the words are none of the script's own text. */
function fromWords(words: readonly Word[], machine: Machine, role: SourceRole): Source | undefined {
  const [first] = words;
  if (!first) return undefined;
  const known = machine.sources.get(first);
  if (known) return known;
  const text = nestedText(machine.source);
  let end = first.pos;
  words.forEach((word, index) => {
    if (index > 0) text.builder.unit(' ', end, word.pos);
    addWord(text, word, machine.source, (part) => partValue(part, machine));
    end = word.end;
  });
  const source = nestedSource(machine.source, text, role);
  machine.sources.set(first, source);
  return source;
}

function sourceOf(text: Text, node: Command, machine: Machine): Source | undefined {
  switch (text.kind) {
    case 'argument':
      return node.args.includes(text.field.word) ? fromWords([text.field.word], machine, 'process') : undefined;
    case 'eval': {
      const words = [...new Set(text.fields.map(({ word }) => word))].filter((word) => node.args.includes(word));
      return fromWords(words, machine, 'evaluated');
    }
    case 'input': {
      const pieces = machine.inputPrinted;
      const [first] = pieces;
      if (!first || first.kind === 'unknown') return undefined;
      const key = first.kind === 'heredoc' ? first.heredoc : first.words[0];
      const known = key && machine.sources.get(key);
      if (known) return known;
      const source = textOf(
        pieces.map((piece) => freeze(piece, machine)),
        'process',
      );
      if (source && key) machine.sources.set(key, source);
      return source;
    }
  }
}

/** A new process sees exported variables only. */
function processState(machine: Machine, unwrapped: Unwrapped, keepsEnvironment: boolean): State {
  const state = initialState();
  if (keepsEnvironment) {
    for (const [name, variable] of machine.state.variables) {
      if (variable.exported) setVariable(state, name, variable);
      // A token that is not exported is not there: the header would be empty.
      else if (isToken(variable.value)) setVariable(state, name, { value: EMPTY, exported: false });
    }
  }
  for (const [name, value] of unwrapped.environment) setVariable(state, name, { value, exported: true });
  state.directory = machine.state.directory;
  state.umask = machine.state.umask;
  return state;
}

export function runText(text: Text, node: Command, unwrapped: Unwrapped, machine: Machine): Outcome {
  const source = sourceOf(text, node, machine);
  if (!source || machine.budget.calls-- <= 0) return UNKNOWN_OUTPUT;
  const parsed = parsedText(source);
  if (text.kind === 'eval') return within(machine, { source }, () => machine.run(parsed.script));
  const state = processState(machine, unwrapped, text.kind === 'input' || text.keepsEnvironment);
  if (text.kind === 'argument') state.positional = positionals(text.args.slice(1));
  // `sudo` keeps few variables; what it drops is unknown, not unset, so nothing is concluded from it.
  return inSubshell(machine, () => {
    machine.state = state;
    return within(machine, { source, input: undefined, inputPrinted: [] }, () => machine.run(parsed.script));
  });
}

const parsedTexts = new WeakMap<Source, Parsed>();

export function parsedText(source: Source): Parsed {
  const known = parsedTexts.get(source);
  if (known) return known;
  const parsed = { source, script: parseShell(source.text) };
  parsedTexts.set(source, parsed);
  return parsed;
}
