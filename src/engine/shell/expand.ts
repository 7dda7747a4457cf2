/** Word expansion: POSIX XCU 2.6, with Bash's arrays. What is split into fields and what is not decides which command runs. */
import { inSubshell, within, type Machine } from './machine';
import { backtickSource } from './nested';
import { elementsOf, expandParameter, joined, keysOf, lookup, sliceOf } from './parameter';
import type { Source } from '../program/source';
import {
  forEachChild,
  type ParameterExpansionPart,
  type CommandExpansionPart,
  type DoubleQuotedChild,
  type SyntaxNode,
  type Word,
  type WordPart,
} from './syntax';
import { concat, EMPTY, isLiteral, literal, UNKNOWN, type Part, type Text, type Value } from '../program/value';

/** One argument that a command gets. */
export interface Field {
  readonly text: Text;
  /** The word that it came from. */
  readonly word: Word;
  /** True where it came from an unquoted expansion of something unknown, and may be any number of fields. */
  readonly loose: boolean;
  /** All that it may be, where that is more than one text and the command is a function or a test. */
  readonly alternatives?: Value;
}

const MAX_LISTS = 12;

/** Known text in which placeholders of the source are unknown. */
function sourceText(text: string, source: Source): Value {
  if (text === '') return EMPTY;
  if (source.placeholders.size === 0) return [[{ text }]];
  let value: Value = EMPTY;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const placeholder = source.placeholders.get(text.charAt(i));
    if (!placeholder) continue;
    value = concat(concat(value, literal(text.slice(from, i))), placeholder);
    from = i + 1;
  }
  return concat(value, literal(text.slice(from)));
}

/** Runs a command substitution in a subshell and gives what it prints. */
export function substitute(part: CommandExpansionPart, machine: Machine, quoted: boolean): Value {
  const { script } = part;
  if (!script) return UNKNOWN;
  const source = part.text.startsWith('`') ? backtickSource(machine, part, script, quoted) : machine.source;
  const { output, evidence } = inSubshell(machine, () =>
    within(machine, { source, input: undefined, inputPrinted: [], captures: true }, () => machine.run(script)),
  );
  machine.state.status = evidence;
  // Trailing newlines are removed (POSIX XCU 2.6.3).
  return output.map((text) => {
    const last = text[text.length - 1];
    return last && isLiteral(last) && last.text.endsWith('\n')
      ? [...text.slice(0, -1), { ...last, text: withoutTrailingNewlines(last.text) }].filter(notEmpty)
      : text;
  });
}

function withoutTrailingNewlines(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return text.slice(0, end);
}

/** Runs the substitutions below a node whose value does not matter. */
export function runInside(node: SyntaxNode, machine: Machine): void {
  forEachChild(node, (child) => {
    if (child.type === 'CommandExpansion') substitute(child, machine, false);
    else if (child.type === 'ArithmeticCommandExpansion') {
      const { script } = child;
      if (script)
        inSubshell(machine, () => within(machine, { input: undefined, captures: true }, () => machine.run(script)));
    } else runInside(child, machine);
  });
}

function notEmpty(part: Part): boolean {
  return !isLiteral(part) || part.text !== '';
}

/** `$name` and `$1` as they stand. */
function simpleName(text: string): string {
  return text.slice(1);
}

function quotedPart(part: DoubleQuotedChild, machine: Machine): Value {
  switch (part.type) {
    case 'Literal':
      return sourceText(part.value, machine.source);
    case 'SimpleExpansion':
      return lookup(simpleName(part.text), machine);
    case 'ParameterExpansion':
      return expandParameter(part, machine, valueOf);
    case 'CommandExpansion':
      return substitute(part, machine, true);
    case 'ArithmeticExpansion':
      runInside(part, machine);
      return UNKNOWN;
  }
}

interface Piece {
  readonly value: Value;
  /** Subject to field splitting. */
  readonly split: boolean;
  /** Each element is a field of its own: `"$@"`, `"${A[@]}"`. */
  readonly list?: readonly Value[] | undefined;
  readonly isList?: boolean;
}

/** `"${A[@]}"` and `"$@"` are as many fields as there are elements, `"${!A[@]}"` as there are keys. */
function listPart(part: WordPart | DoubleQuotedChild, machine: Machine): Piece | undefined {
  const listed = (list: readonly Value[] | undefined): Piece => ({ value: UNKNOWN, split: false, isList: true, list });
  if (part.type === 'SimpleExpansion') return part.text === '$@' ? listed(elementsOf('@', machine)) : undefined;
  if (part.type !== 'ParameterExpansion') return undefined;
  const { parameter, prefix, index, operation } = part;
  const isWhole = index ? index.text === '@' : parameter === '@';
  if (!isWhole) return undefined;
  if (prefix === '!') return index && listed(keysOf(parameter, machine));
  if (prefix) return undefined;
  if (operation?.type === 'Slice') return listed(sliceOf(parameter, operation, machine, valueOf));
  // `${A[@]+"${A[@]}"}` guards against `set -u`; other operations change the elements.
  return listed(operation && operation.type !== 'Default' ? undefined : elementsOf(parameter, machine));
}

function pieces(part: WordPart, machine: Machine): readonly Piece[] {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ value: sourceText(part.value, machine.source), split: false }];
    case 'DoubleQuoted':
    case 'LocaleString': {
      if (part.parts.length === 0) return [{ value: EMPTY, split: false }];
      return part.parts.map((child) => listPart(child, machine) ?? { value: quotedPart(child, machine), split: false });
    }
    case 'SimpleExpansion':
      if (part.text === '$@' || part.text === '$*') {
        const list = elementsOf('@', machine);
        return [{ value: UNKNOWN, split: false, isList: true, list }];
      }
      return [{ value: lookup(simpleName(part.text), machine), split: true }];
    case 'ParameterExpansion': {
      const list = listPart(part, machine);
      return [list ?? { value: expandParameter(part, machine, valueOf), split: true }];
    }
    case 'CommandExpansion':
      return [{ value: substitute(part, machine, false), split: true }];
    case 'ArithmeticExpansion':
      runInside(part, machine);
      return [{ value: UNKNOWN, split: false }];
    case 'ProcessSubstitution': {
      const { script } = part;
      if (script)
        inSubshell(machine, () => within(machine, { input: undefined, captures: false }, () => machine.run(script)));
      return [{ value: UNKNOWN, split: false }];
    }
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return [{ value: sourceText(part.text, machine.source), split: false }];
  }
}

/** The value of one part of a word. */
export function partValue(part: WordPart | DoubleQuotedChild, machine: Machine): Value {
  if (part.type === 'SimpleExpansion' && part.text === '$*') return lookup('*', machine);
  return pieces(part, machine).reduce<Value>((all, { isList, list, value }) => {
    const [only = EMPTY] = list ?? [];
    return concat(all, isList ? (list && list.length < 2 ? only : UNKNOWN) : value);
  }, EMPTY);
}

/** The value of a word where no field splitting happens: an assignment, a redirection, inside quotes. */
export function valueOf(word: Word, machine: Machine): Value {
  const { parts } = word;
  if (!parts) return sourceText(word.value, machine.source);
  let value: Value = EMPTY;
  for (const part of parts) {
    if (part.type === 'SimpleExpansion') {
      value = concat(value, lookup(simpleName(part.text), machine));
      continue;
    }
    for (const piece of pieces(part, machine)) {
      value = concat(value, piece.isList ? joined(piece.list) : piece.value);
    }
  }
  return value;
}

interface Partial {
  readonly done: readonly Field[];
  readonly current: Text | undefined;
  readonly loose: boolean;
}

/** The lists of fields that a word may become. */
export function fieldsOf(word: Word, machine: Machine): readonly (readonly Field[])[] {
  const { parts } = word;
  if (!parts) {
    const value = sourceText(word.value, machine.source);
    return value.map((text) => [{ text, word, loose: false }]);
  }
  let partials: readonly Partial[] = [{ done: [], current: undefined, loose: false }];
  for (const part of parts) {
    const alternate = alternateOf(part);
    partials = alternate
      ? appendAlternate(partials, alternate, word, machine)
      : appendPart(partials, part, word, machine);
  }
  return partials.map(({ done, current, loose }) => (current ? [...done, { text: current, word, loose }] : done));
}

/** `${X:+-H "$X"}`, whose quotes are its own. */
function alternateOf(part: WordPart): Alternate | undefined {
  if (part.type !== 'ParameterExpansion' || part.index || part.operation?.type !== 'Default') return undefined;
  const { operator, operand } = part.operation;
  const isQuoted = operand.parts?.some(({ type }) => type === 'DoubleQuoted' || type === 'SingleQuoted') ?? false;
  return operator.endsWith('+') && isQuoted && part.parameter !== '@'
    ? { part, parts: operand.parts ?? [] }
    : undefined;
}

interface Alternate {
  readonly part: ParameterExpansionPart;
  /** What stands there where the parameter is set. */
  readonly parts: readonly WordPart[];
}

/** As many fields as the quotes make, and none where the parameter may not be set. */
function appendAlternate(
  partials: readonly Partial[],
  { part, parts }: Alternate,
  word: Word,
  machine: Machine,
): readonly Partial[] {
  const mayBeUnset = expandParameter(part, machine, () => literal('set')).some((text) => text.length === 0);
  const set = parts.reduce((all, each) => appendPart(all, each, word, machine, each.type === 'Literal'), partials);
  return mayBeUnset ? [...set, ...partials].slice(0, MAX_LISTS) : set;
}

function appendPart(
  partials: readonly Partial[],
  part: WordPart,
  word: Word,
  machine: Machine,
  split = false,
): readonly Partial[] {
  return pieces(part, machine).reduce(
    (all, piece) => append(all, split ? { ...piece, split } : piece, word).slice(0, MAX_LISTS),
    partials,
  );
}

function append(partials: readonly Partial[], piece: Piece, word: Word): readonly Partial[] {
  const result: Partial[] = [];
  for (const partial of partials) {
    if (piece.isList) {
      result.push(...appendList(partial, piece.list, word));
      continue;
    }
    for (const text of piece.value) {
      if (piece.split) result.push(appendSplit(partial, text, word));
      else result.push({ ...partial, current: [...(partial.current ?? []), ...text], loose: false });
    }
  }
  return result;
}

function appendList(partial: Partial, list: readonly Value[] | undefined, word: Word): readonly Partial[] {
  if (!list)
    return [{ ...partial, current: [...(partial.current ?? []), { hole: 'unknown', name: '@' }], loose: true }];
  let partials: readonly Partial[] = [partial];
  list.forEach((value, index) => {
    partials = partials
      .flatMap(({ done, current, loose }) =>
        value.map((text): Partial => {
          const closed = index > 0 && current ? [...done, { text: current, word, loose }] : done;
          return { done: closed, current: [...(index > 0 ? [] : (current ?? [])), ...text], loose: false };
        }),
      )
      .slice(0, MAX_LISTS);
  });
  return partials;
}

/** Field splitting with the standard IFS (POSIX XCU 2.6.5). */
function appendSplit(partial: Partial, text: Text, word: Word): Partial {
  const done = [...partial.done];
  let { current, loose } = partial;
  const close = (): void => {
    if (current) done.push({ text: current, word, loose });
    current = undefined;
    loose = false;
  };
  for (const part of text) {
    if (!isLiteral(part)) {
      loose = current === undefined || loose;
      current = [...(current ?? []), part];
      continue;
    }
    const chunks = part.text.split(/[ \t\n]+/);
    chunks.forEach((chunk, index) => {
      if (index > 0) close();
      if (chunk !== '') {
        current = [...(current ?? []), { ...part, text: chunk }];
        // `$DIR/file`: what a folder is called has no blanks in it, as a rule.
        loose = false;
      }
    });
  }
  return { done, current, loose };
}

/** A value read as a command line, for `eval` and `sh -c`. */
export function evaluatedText(value: Value): string | undefined {
  const [only] = value;
  return value.length === 1 && only ? only.map((part) => (isLiteral(part) ? part.text : '\u0000')).join('') : undefined;
}
