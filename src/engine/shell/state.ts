import { sameEvidence, type Evidence } from './evidence';
import type { Range } from '../text/range';
import type { FunctionDefinition } from './syntax';
import type { Place, Source } from '../program/source';
import { join, UNKNOWN, type Value } from '../program/value';
import { noVariables, type Variable, type Variables } from './variables';

export type { Variable } from './variables';

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
  variables: Variables;
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
    variables: noVariables(),
    functions: new Map(),
    aliases: new Map(),
    positional: undefined,
    directory: UNKNOWN,
    umask: undefined,
    status: undefined,
    ended: undefined,
  };
}

/** A state that starts out the same and changes apart. */
export function copyState(state: State): State {
  return { ...state, variables: state.variables.copy() };
}

export function setVariable(state: State, name: string, variable: Variable): void {
  state.variables.set(name, variable);
}

export function defineFunction(state: State, known: KnownFunction): void {
  state.functions = new Map(state.functions).set(known.name, known);
}

export function defineAlias(state: State, name: string, value: Value): void {
  state.aliases = new Map(state.aliases).set(name, value);
}

/** What is certain whichever of the two paths was taken. A path that ended does not count. */
export function joinStates(a: State, b: State): State {
  if (b.ended) return a.ended === 'exit' ? b : a;
  if (a.ended) return b;
  const variables = a.variables.join(b.variables);
  if (variables === a.variables && sameEvidence(a.status, b.status) && a.functions === b.functions) return a;
  return {
    variables,
    functions: a.functions === b.functions ? a.functions : new Map([...a.functions, ...b.functions]),
    aliases: a.aliases === b.aliases ? a.aliases : new Map([...a.aliases, ...b.aliases]),
    positional: a.positional === b.positional ? a.positional : undefined,
    directory: a.directory === b.directory ? a.directory : join(a.directory, b.directory),
    umask: a.umask === b.umask ? a.umask : undefined,
    status: sameEvidence(a.status, b.status) ? a.status : undefined,
    ended: undefined,
  };
}
