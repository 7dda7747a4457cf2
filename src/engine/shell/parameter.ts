/** Parameter expansion: POSIX XCU 2.6.2 and Bash's additions. */
import {
  isLiteral,
  blurValue,
  concat,
  EMPTY,
  evidenceOf,
  join,
  knownText,
  knownValue,
  literal,
  replaceAll,
  transform,
  UNKNOWN,
  type Hole,
  type Value,
} from '../program/value';
import type { Evidence } from './evidence';
import type { Machine } from './machine';
import type { ParameterExpansionPart, Word } from './syntax';
import { assign } from './assign';

type ValueOfWord = (word: Word, machine: Machine) => Value;

/** The value of `$name`; what the script never set is unknown, since the environment may have it. */
export function lookup(name: string, machine: Machine): Value {
  const { state } = machine;
  if (/^[0-9]$/.test(name) || /^[1-9][0-9]+$/.test(name)) {
    if (name === '0') return UNKNOWN;
    if (!state.positional) return [[{ hole: 'unknown', name }]];
    return state.positional[Number(name) - 1] ?? EMPTY;
  }
  switch (name) {
    case '@':
    case '*':
      return state.positional ? spaced(state.positional) : [[{ hole: 'unknown', name }]];
    case '?':
      return state.status ? [[holeOfStatus(state.status)]] : UNKNOWN;
    case '#':
      return state.positional ? literal(String(state.positional.length)) : UNKNOWN;
    case '$':
    case '!':
    case '-':
    case '_':
      return UNKNOWN;
    case 'HOME':
      return state.variables.get('HOME')?.value ?? literal('~');
    default: {
      const variable = state.variables.get(name);
      if (variable) return variable.elements?.get('0') ?? variable.value;
      return [[{ hole: 'unknown', name }]];
    }
  }
}

function holeOfStatus({ says, path }: Evidence): Hole {
  return { hole: 'unknown', evidence: says === 'had' ? 'status' : 'about', ...(path === undefined ? {} : { path }) };
}

/** The elements of `${name[@]}` or `$@`, or undefined where they are not known. */
export function elementsOf(name: string, machine: Machine): readonly Value[] | undefined {
  if (name === '@' || name === '*') return machine.state.positional;
  const variable = machine.state.variables.get(name);
  if (!variable) return undefined;
  return variable.elements ? [...variable.elements.values()] : [variable.value];
}

/** The keys of `${!name[@]}`, or undefined where they are not known. */
export function keysOf(name: string, machine: Machine): readonly Value[] | undefined {
  const elements = machine.state.variables.get(name)?.elements;
  // `?`: an element whose key is not known.
  return elements && [...elements.keys()].map((key) => (key.startsWith('?') ? UNKNOWN : literal(key)));
}

type Slice = Extract<NonNullable<ParameterExpansionPart['operation']>, { readonly type: 'Slice' }>;

/** The numbers of `${name:offset:length}`; undefined where one is not known. */
function boundsOf({ offset, length }: Slice, machine: Machine, valueOf: ValueOfWord): readonly number[] | undefined {
  const bounds = [offset, ...(length ? [length] : [])].map((word) => Number(knownValue(valueOf(word, machine)) ?? NaN));
  return bounds.every(Number.isInteger) ? bounds : undefined;
}

/** The elements of `${A[@]:1}` and `${@:2}`: Bash Reference Manual, "Shell Parameter Expansion". `$0` stands in front of `$1`. */
export function sliceOf(
  name: string,
  slice: Slice,
  machine: Machine,
  valueOf: ValueOfWord,
): readonly Value[] | undefined {
  const elements = elementsOf(name, machine);
  const [offset, length] = boundsOf(slice, machine, valueOf) ?? [];
  if (!elements || offset === undefined) return undefined;
  const all = name === '@' || name === '*' ? [UNKNOWN, ...elements] : elements;
  const rest = all.slice(offset);
  return length === undefined ? rest : length < 0 ? undefined : rest.slice(0, length);
}

/** Removes what a pattern without wildcards, or with one at an end, matches; undefined for other patterns. */
function remove(text: string, operator: string, glob: string): string | undefined {
  const star = glob.indexOf('*');
  if (/[?[\]\\]/.test(glob) || star !== glob.lastIndexOf('*')) return undefined;
  const front = operator.startsWith('#');
  if (star === -1) {
    if (front) return text.startsWith(glob) ? text.slice(glob.length) : text;
    return glob !== '' && text.endsWith(glob) ? text.slice(0, -glob.length) : text;
  }
  const longest = operator.length === 2;
  if (front && star === 0) {
    const tail = glob.slice(1);
    const at = longest ? text.lastIndexOf(tail) : text.indexOf(tail);
    return at === -1 ? text : text.slice(at + tail.length);
  }
  if (!front && star === glob.length - 1) {
    const head = glob.slice(0, -1);
    const at = longest ? text.indexOf(head) : text.lastIndexOf(head);
    return at === -1 ? text : text.slice(0, at);
  }
  return undefined;
}

/** The texts a value may have apart from the empty one, and whether it may be empty or not known. */
function split(value: Value): { filled: Value | undefined; mayBeEmpty: boolean; mayBeAnything: boolean } {
  const filled = value.filter((text) => text.length > 0);
  return {
    filled: filled.length > 0 ? filled : undefined,
    mayBeEmpty: filled.length < value.length,
    // A token request that failed leaves an empty variable, so a token may be empty too.
    mayBeAnything: filled.some((text) => text.every((part) => !isLiteral(part))),
  };
}

/** `${#TOKEN}` tells whether there is one. */
function lengthOf(value: Value): Value {
  const hole = evidenceOf(value);
  return hole?.evidence === 'token' ? [[{ ...hole, hole: 'unknown', evidence: 'length' }]] : UNKNOWN;
}

export function expandParameter(part: ParameterExpansionPart, machine: Machine, valueOf: ValueOfWord): Value {
  const { parameter, operation, prefix, index } = part;
  if (prefix === '#') return /^[A-Za-z_]/.test(parameter) && !index ? lengthOf(lookup(parameter, machine)) : UNKNOWN;
  let value: Value;
  if (prefix === '!') {
    const names = lookup(parameter, machine);
    value = join(
      ...names.map((text) => {
        const name = knownText(text);
        return name !== undefined && /^[A-Za-z_]\w*$/.test(name) ? lookup(name, machine) : UNKNOWN;
      }),
    );
  } else if (index) {
    const elements = machine.state.variables.get(parameter)?.elements;
    const key = knownValue(valueOf(index, machine));
    if ((key === '@' || key === '*') && operation?.type === 'Slice')
      return joined(sliceOf(parameter, operation, machine, valueOf));
    if (key === '@' || key === '*') value = elements ? spaced([...elements.values()]) : lookup(parameter, machine);
    else if (key !== undefined) value = elements?.get(key) ?? (elements ? UNKNOWN : lookup(parameter, machine));
    else value = elements ? join(...elements.values(), UNKNOWN) : UNKNOWN;
  } else if ((parameter === '@' || parameter === '*') && operation?.type === 'Slice') {
    return joined(sliceOf(parameter, operation, machine, valueOf));
  } else {
    value = lookup(parameter, machine);
  }
  if (!operation) return value;
  switch (operation.type) {
    case 'Default': {
      const { filled, mayBeEmpty, mayBeAnything } = split(value);
      const operator = operation.operator.replace(':', '');
      if (operator === '+') {
        const operand = valueOf(operation.operand, machine);
        return filled && !mayBeEmpty && !mayBeAnything ? operand : join(operand, EMPTY);
      }
      if (operator === '?') return filled ?? UNKNOWN;
      if (filled && !mayBeEmpty && !mayBeAnything) return filled;
      const operand = valueOf(operation.operand, machine);
      const result = filled ? join(filled, operand) : operand;
      if (operator === '=')
        assign(machine, parameter, result, { source: machine.source, range: { start: part.pos, end: part.end } });
      return result;
    }
    case 'Remove': {
      const glob = knownValue(valueOf(operation.operand, machine));
      return glob === undefined ? blurValue(value) : transform(value, (text) => remove(text, operation.operator, glob));
    }
    case 'Replace': {
      const from = knownValue(valueOf(operation.pattern, machine));
      const to = knownValue(valueOf(operation.replacement, machine));
      if (from === undefined || to === undefined || from === '' || /[*?[\]\\]/.test(from)) return blurValue(value);
      return transform(value, (text) => {
        if (operation.operator === '//') return replaceAll(text, from, to);
        if (operation.operator === '/#') return text.startsWith(from) ? to + text.slice(from.length) : text;
        if (operation.operator === '/%') return text.endsWith(from) ? text.slice(0, -from.length) + to : text;
        const at = text.indexOf(from);
        return at === -1 ? text : text.slice(0, at) + to + text.slice(at + from.length);
      });
    }
    case 'CaseModification':
      return transform(value, (text) => {
        if (operation.operand) return undefined;
        const upper = operation.operator.startsWith('^');
        const change = (piece: string): string => (upper ? piece.toUpperCase() : piece.toLowerCase());
        return operation.operator.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1);
      });
    case 'Slice': {
      const [offset, length] = boundsOf(operation, machine, valueOf) ?? [];
      if (offset === undefined) return blurValue(value);
      return transform(value, (text) => {
        const rest = text.slice(offset);
        return length === undefined ? rest : rest.slice(0, length < 0 ? rest.length + length : length);
      });
    }
    case 'Transform':
    case 'Names':
    case 'Unknown':
      return blurValue(value);
  }
}

/** `"$*"`: all elements as one text, unknown where they are not known. */
export function joined(elements: readonly Value[] | undefined): Value {
  return elements ? spaced(elements) : UNKNOWN;
}

function spaced(values: readonly Value[]): Value {
  return values.reduce<Value>((all, next, index) => concat(index ? concat(all, literal(' ')) : all, next), EMPTY);
}
