/** Commands that change the shell itself: POSIX XCU 2.14 and Bash's own. */
import { defineAlias, setVariable } from './state';
import { assign } from './assign';
import { testEvidence } from './test-evidence';
import { fieldsOf, valueOf, type Field } from './expand';
import { holdInput, holdWord, saysItself } from './held-texts';
import type { Invocation } from './invocation';
import type { Machine } from './machine';
import { NOTHING, UNKNOWN_OUTPUT, type Outcome } from './outcome';
import { dropPrefix } from './options';
import type { Assignment, Command, Word } from './syntax';
import {
  concat,
  EMPTY,
  join,
  knownPrefix,
  knownText,
  knownValue,
  literal,
  mark,
  pattern,
  UNKNOWN,
  type Value,
} from '../program/value';

type Builtin = (invocation: Invocation, machine: Machine) => Outcome;

const NAME = /^[A-Za-z_]\w*$/;

/** Gives an assignment's variable its value, scalar or array. */
export function runAssignment(assignment: Assignment, machine: Machine): void {
  const { name, value, append, index } = assignment;
  const set = { source: machine.source, range: { start: assignment.pos, end: assignment.end } };
  if (value.type === 'ArrayValue') {
    const former = machine.state.variables.get(name);
    const elements = new Map<string, Value>(append ? (former?.elements ?? (former ? [['0', former.value]] : [])) : []);
    for (const word of value.elements) {
      // `[key]=value` is parsed as a word.
      const keyed = /^\[([^\]]*)\]=/.exec(word.text);
      const several = keyed ? undefined : listedIn(word, machine);
      if (several) {
        for (const each of several) elements.set(String(elements.size), mark(each, { set }));
        continue;
      }
      const expanded = mark(valueOf(word, machine), { set });
      if (keyed?.[1] !== undefined && !keyed[1].includes('$')) {
        const key = keyed[1].replace(/["']/g, '');
        elements.set(key, stripPrefix(expanded, `[${key}]=`));
      } else elements.set(String(elements.size), expanded);
    }
    const [first = EMPTY] = elements.values();
    setVariable(machine.state, name, { value: first, elements, exported: former?.exported ?? false, set });
    return;
  }
  const expanded = valueOf(value, machine);
  if (saysItself(expanded)) holdWord(value, machine);
  if (index) {
    const key = knownValue(valueOf(index, machine));
    const former = machine.state.variables.get(name);
    const elements = new Map<string, Value>(former?.elements ?? []);
    if (key === undefined) elements.set(`?${String(elements.size)}`, mark(expanded, { set }));
    else elements.set(key, mark(append ? concat(elements.get(key) ?? EMPTY, expanded) : expanded, { set }));
    setVariable(machine.state, name, {
      value: former?.value ?? expanded,
      elements,
      exported: former?.exported ?? false,
      set,
    });
    return;
  }
  assign(machine, name, expanded, set, append ?? false);
}

/** The elements that `"${B[@]}"` and `"$@"` put into an array, where it is known how many they are. */
function listedIn(word: Word, machine: Machine): readonly Value[] | undefined {
  if (!/\$(?:@|\{@|\{\w{1,100}\[@)/.test(word.text)) return undefined;
  const lists = fieldsOf(word, machine);
  const [first] = lists;
  if (!first || lists.some((fields) => fields.length !== first.length || fields.some(({ loose }) => loose)))
    return undefined;
  return first.map((_, index) => join(...lists.map((fields) => [fields[index]?.text ?? []])));
}

function stripPrefix(value: Value, prefix: string): Value {
  return value.map((text) => {
    const [first, ...rest] = text;
    return first && 'text' in first && first.text.startsWith(prefix)
      ? first.text.length === prefix.length
        ? rest
        : [{ ...first, text: first.text.slice(prefix.length) }, ...rest]
      : text;
  });
}

/** Keeps what a variable is outside the function that makes it local. */
function declareLocal(machine: Machine, name: string): void {
  const { locals } = machine;
  if (locals && !locals.has(name)) locals.set(name, machine.state.variables.get(name));
}

/** `declare "$name=value"`: the name that it has once it is expanded, where that is known. */
function expandedAssignment(arg: Word, { pos, end }: Command, machine: Machine, local: boolean): string | undefined {
  const [[field] = []] = fieldsOf(arg, machine);
  const [prefix = '', name, append] = /^([A-Za-z_]\w*)(\+?)=/.exec(field ? knownPrefix(field.text) : '') ?? [];
  if (!field || name === undefined) return undefined;
  if (local) declareLocal(machine, name);
  const place = { source: machine.source, range: { start: pos, end } };
  assign(machine, name, [dropPrefix(field.text, prefix.length)], place, append === '+');
  return name;
}

/** `export`, `local`, `declare`, `readonly`, `typeset`. */
function declaration(
  node: Command,
  machine: Machine,
  options: { readonly exports: boolean; readonly local: boolean },
): Outcome {
  const names: string[] = [];
  let exported = options.exports;
  let remove = false;
  for (const arg of node.args) {
    if (arg.type === 'Word' && /^[-+]/.test(arg.value)) {
      if (/^-[A-Za-z]*x/.test(arg.value)) exported = true;
      if (options.exports && /^-[A-Za-z]*n/.test(arg.value)) remove = true;
      continue;
    }
    if (arg.type === 'Word' && arg.parts) {
      const name = expandedAssignment(arg, node, machine, options.local);
      if (name !== undefined) names.push(name);
      continue;
    }
    const name = arg.type === 'Assignment' ? arg.name : arg.value;
    if (!NAME.test(name)) continue;
    if (options.local) declareLocal(machine, name);
    if (arg.type === 'Assignment') runAssignment(arg, machine);
    else if (options.local) setVariable(machine.state, name, { value: EMPTY, exported: false });
    names.push(name);
  }
  for (const name of names) {
    const variable = machine.state.variables.get(name);
    if (variable && (exported || remove)) setVariable(machine.state, name, { ...variable, exported: !remove });
    else if (exported && !remove)
      setVariable(machine.state, name, { value: [[{ hole: 'unknown', name }]], exported: true });
  }
  return NOTHING;
}

const declares =
  (options: { readonly exports: boolean; readonly local: boolean }): Builtin =>
  ({ node }, machine) =>
    declaration(node, machine, options);

function read({ args }: Invocation, machine: Machine): Outcome {
  holdInput(machine);
  for (const { text } of args) {
    const name = knownText(text);
    if (name !== undefined && NAME.test(name)) setVariable(machine.state, name, { value: UNKNOWN, exported: false });
  }
  return NOTHING;
}

function set({ args }: Invocation, machine: Machine): Outcome {
  const first = args[0] && knownText(args[0].text);
  if (first === '--') machine.state.positional = positionals(args.slice(1));
  else if (first !== undefined && args.length > 0 && !/^[-+]/.test(first)) machine.state.positional = positionals(args);
  return NOTHING;
}

/** `set -- "$@" "$@"` doubles them each time. */
const MAX_POSITIONALS = 500;

/** Fields as positional parameters; unknown where there may be more of them than are seen. */
export function positionals(fields: readonly Field[]): readonly Value[] | undefined {
  return fields.length > MAX_POSITIONALS || fields.some(({ loose }) => loose)
    ? undefined
    : fields.map(({ text, alternatives }) => alternatives ?? [text]);
}

function cd({ args }: Invocation, machine: Machine): Outcome {
  const target = args.find(({ text }) => !/^-./.test(pattern(text)));
  const value: Value = target ? [target.text] : literal('~');
  const absolute = value.every((text) => /^[/~]/.test(pattern(text)));
  const changed = absolute ? value : concat(concat(machine.state.directory, literal('/')), value);
  machine.state.directory = args.length > 0 && !target ? UNKNOWN : changed;
  return NOTHING;
}

function ends(how: 'return' | 'exit'): Builtin {
  return (_invocation, machine) => {
    machine.state.ended ??= how;
    return NOTHING;
  };
}

const test: Builtin = ({ name, args }) => ({
  ...NOTHING,
  evidence: testEvidence(
    (name === '[' ? args.slice(0, -1) : args).map(({ text, alternatives }): Value => alternatives ?? [text]),
  ),
});

const sourceFile: Builtin = ({ args }, machine) => {
  if (args[0]) machine.observer.runs([args[0].text]);
  return UNKNOWN_OUTPUT;
};

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['export', declares({ exports: true, local: false })],
  ['local', declares({ exports: false, local: true })],
  [
    'declare',
    (invocation, machine) =>
      declaration(invocation.node, machine, {
        exports: false,
        local: machine.context.calls.length > 0 || machine.context.uncalled !== undefined,
      }),
  ],
  [
    'typeset',
    (invocation, machine) =>
      declaration(invocation.node, machine, {
        exports: false,
        local: machine.context.calls.length > 0 || machine.context.uncalled !== undefined,
      }),
  ],
  ['readonly', declares({ exports: false, local: false })],
  ['read', read],
  ['mapfile', read],
  ['readarray', read],
  ['getopts', read],
  ['set', set],
  ['cd', cd],
  ['pushd', cd],
  ['exit', ends('exit')],
  ['return', ends('return')],
  ['test', test],
  ['[', test],
  ['true', () => NOTHING],
  [':', () => NOTHING],
  ['false', () => NOTHING],
  [
    'popd',
    (_invocation, machine) => {
      machine.state.directory = UNKNOWN;
      return NOTHING;
    },
  ],
  [
    'shift',
    ({ args }, machine) => {
      const by = args[0] ? Number(knownText(args[0].text) ?? NaN) : 1;
      const { positional } = machine.state;
      machine.state.positional = positional && Number.isInteger(by) ? positional.slice(by) : undefined;
      return NOTHING;
    },
  ],
  [
    'unset',
    ({ args }, machine) => {
      for (const { text } of args) {
        const name = knownText(text);
        if (name !== undefined && NAME.test(name)) setVariable(machine.state, name, { value: EMPTY, exported: false });
      }
      return NOTHING;
    },
  ],
  [
    'alias',
    ({ args }, machine) => {
      for (const { text } of args) {
        const known = knownText(text);
        const at = known?.indexOf('=') ?? -1;
        if (known !== undefined && at > 0) defineAlias(machine.state, known.slice(0, at), literal(known.slice(at + 1)));
      }
      return NOTHING;
    },
  ],
  [
    'umask',
    ({ args, node, source }, machine) => {
      const [field] = args;
      const written = field && knownText(field.text);
      machine.state.umask =
        field && written !== undefined && /^[0-7]{1,4}$/.test(written)
          ? {
              mode: parseInt(written, 8),
              written,
              place: { source, range: { start: node.pos, end: node.end } },
              word: { start: field.word.pos, end: field.word.end },
            }
          : undefined;
      return NOTHING;
    },
  ],
  ['source', sourceFile],
  ['.', sourceFile],
]);
