import { sameEvidence, type Evidence } from './evidence';
import type { Range } from '../text/range';
import type { FunctionDefinition } from './syntax';
import type { Place, Source } from '../program/source';
import { join, UNKNOWN, type Value } from '../program/value';

export interface Variable {
  readonly value: Value;
  /** The elements of an array by index or key; absent for a plain variable. */
  readonly elements?: ReadonlyMap<string, Value>;
  /** True where child processes see it. Undefined where that differs by path. */
  readonly exported: boolean;
  /** Its last assignment. */
  readonly set?: Place;
}

export interface KnownFunction {
  readonly name: string;
  readonly definition: FunctionDefinition;
  readonly source: Source;
}

/** A `umask` command. */
export interface Umask {
  readonly mode: number;
  readonly written: string;
  readonly place: Place;
  /** Where the mode is written. */
  readonly word: Range;
}

/** What a shell knows at one point of the program. Copied where paths part, joined where they meet. */
export interface State {
  variables: ReadonlyMap<string, Variable>;
  /** True where no other state has the same map of variables, so that it may be written to. */
  ownsVariables: boolean;
  functions: ReadonlyMap<string, KnownFunction>;
  aliases: ReadonlyMap<string, Value>;
  /** Arguments of the script or function; undefined where the caller is unknown. */
  positional: readonly Value[] | undefined;
  /** The folder that the shell is in, where it is known. */
  directory: Value;
  /** The file mode creation mask, where the script set it. */
  umask: Umask | undefined;
  /** What the exit status of the last command tells of a token. */
  status: Evidence | undefined;
  /** How this path ended, where it did; what follows is then never reached by it. */
  ended: 'return' | 'exit' | undefined;
}

export function initialState(): State {
  return {
    variables: new Map(),
    ownsVariables: true,
    functions: new Map(),
    aliases: new Map(),
    positional: undefined,
    directory: UNKNOWN,
    umask: undefined,
    status: undefined,
    ended: undefined,
  };
}

/** A state that starts out the same. What they share is copied when either is written to. */
export function copyState(state: State): State {
  state.ownsVariables = false;
  return { ...state };
}

/** A state for something whose changes are forgotten before `state` is used again. */
export function subshellState(state: State): State {
  return { ...state, ownsVariables: false };
}

function writable(state: State): Map<string, Variable> {
  // The map was made by this module, as a Map; only its type says otherwise.
  const variables = state.ownsVariables ? (state.variables as Map<string, Variable>) : new Map(state.variables);
  state.variables = variables;
  state.ownsVariables = true;
  return variables;
}

export function setVariable(state: State, name: string, variable: Variable): void {
  writable(state).set(name, variable);
}

export function removeVariable(state: State, name: string): void {
  if (state.variables.has(name)) writable(state).delete(name);
}

export function defineFunction(state: State, known: KnownFunction): void {
  state.functions = new Map(state.functions).set(known.name, known);
}

export function defineAlias(state: State, name: string, value: Value): void {
  state.aliases = new Map(state.aliases).set(name, value);
}

function joinElements(
  a: ReadonlyMap<string, Value> | undefined,
  b: ReadonlyMap<string, Value> | undefined,
): ReadonlyMap<string, Value> | undefined {
  if (!a || !b) return a ?? b;
  if (a === b) return a;
  const result = new Map(a);
  for (const [key, value] of b) {
    const other = result.get(key);
    result.set(key, other ? join(other, value) : value);
  }
  return result;
}

/** What is certain whichever of the two paths was taken. A path that ended does not count. */
export function joinStates(a: State, b: State): State {
  if (b.ended) return a.ended === 'exit' ? b : a;
  if (a.ended) return b;
  const shared = a.variables === b.variables;
  if (shared && a.status === b.status && a.functions === b.functions) return a;
  return {
    variables: shared ? a.variables : joinVariables(a.variables, b.variables),
    ownsVariables: !shared,
    functions: a.functions === b.functions ? a.functions : new Map([...a.functions, ...b.functions]),
    aliases: a.aliases === b.aliases ? a.aliases : new Map([...a.aliases, ...b.aliases]),
    positional: a.positional === b.positional ? a.positional : undefined,
    directory: a.directory === b.directory ? a.directory : join(a.directory, b.directory),
    umask: a.umask === b.umask ? a.umask : undefined,
    status: sameEvidence(a.status, b.status) ? a.status : undefined,
    ended: undefined,
  };
}

function joinVariables(
  a: ReadonlyMap<string, Variable>,
  b: ReadonlyMap<string, Variable>,
): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const [name, left] of a) {
    const right = b.get(name);
    if (right === left) {
      variables.set(name, left);
      continue;
    }
    const elements = joinElements(left.elements, right?.elements);
    const set = left.set ?? right?.set;
    variables.set(name, {
      value: join(left.value, right?.value ?? UNKNOWN),
      exported: left.exported && (right?.exported ?? false),
      ...(elements ? { elements } : {}),
      ...(set ? { set } : {}),
    });
  }
  for (const [name, right] of b) {
    if (!a.has(name)) variables.set(name, { ...right, value: join(right.value, UNKNOWN), exported: false });
  }
  return variables;
}
