import { NO_FALLBACK, type Fallback } from '../../shell/evidence';
import { rootSource, type Place, type Source } from '../../program/source';
import { join, mark, type Value } from '../../program/value';
import type { Range } from '../../text/range';
import type { Node, Syntax } from '../syntax/parse';
import { textDatum, UNKNOWN_DATUM, type Datum, type ObjectState } from './datum';
import type { PowerShellRequest } from './request';
import type { State } from './state';

/** A function of the program. */
export interface FunctionDefinition {
  readonly name: string;
  readonly node: Node;
}

/** The function that runs, with what its own variables were outside it. */
export interface Frame {
  readonly shadowed: Map<string, Datum | undefined>;
  returned: Datum | undefined;
}

export interface Context {
  /** For which requests a statement stands in that could not be made with a token. */
  readonly fallback: Fallback;
  /** Functions that are being run, outermost first. */
  readonly calls: readonly Node[];
  /** Where those of them are called that are given arguments. */
  readonly places: readonly Place[];
}

/** What a request turned out to be. */
export interface RequestSeen {
  readonly says: 'asks-for-token' | 'sends-token' | 'other';
  readonly path: string;
}

/** The abstract PowerShell while it runs. */
export interface Machine {
  readonly syntax: Syntax;
  readonly source: Source;
  state: State;
  context: Context;
  frame: Frame | undefined;
  /** What the pipeline hands to the command that runs. */
  input: Datum | undefined;
  readonly functions: ReadonlyMap<string, readonly FunctionDefinition[]>;
  readonly called: Set<Node>;
  /** True where the program may give commands parameters that are not written with them. */
  readonly presetsParameters: boolean;
  /** Functions that gave nothing, changed nothing and requested nothing when they ran. */
  readonly quiet: Set<Node>;
  /** What is left of the work that one program may cost. */
  readonly budget: { steps: number; objects: number };
  /** Requests that ask for a token or send one, in order. */
  readonly seen: RequestSeen[];
  /** All that one command may request at one time. Gives what it may answer. */
  readonly request: (readings: readonly PowerShellRequest[], machine: Machine) => Datum;
  /** Text that is written to a file. */
  readonly writes: (path: Datum, content: Datum, machine: Machine) => void;
  /** The statements between two offsets, read by themselves. */
  readonly parse: (range: Range) => readonly Node[];
}

export function sourceOf(syntax: Syntax, placeholders?: ReadonlyMap<string, Value>): Source {
  return rootSource(syntax.text, placeholders);
}

export const NO_CONTEXT: Context = { fallback: NO_FALLBACK, calls: [], places: [] };

export function textAt({ syntax: { text } }: Machine, { start, end }: Range): string {
  return text.slice(start, end);
}

/** Keeps an object; gives what names it. */
export function keep(machine: Machine, object: ObjectState): Datum {
  const id = machine.budget.objects++;
  machine.state.objects.set(id, object);
  return [{ kind: 'object', id }];
}

export function objectsOf(
  machine: Machine,
  datum: Datum,
): readonly { readonly id: number; readonly object: ObjectState }[] {
  return datum.flatMap((alternative) => {
    if (alternative.kind !== 'object' && alternative.kind !== 'headers') return [];
    const object = machine.state.objects.get(alternative.id);
    return object ? [{ id: alternative.id, object }] : [];
  });
}

const OUTER = /^(?:global|script):/i;

/** Gives a variable a value, with where it was given. */
export function setVariable(machine: Machine, written: string, datum: Datum, set: Range): void {
  const outer = OUTER.test(written);
  const name = variableName(written);
  const { frame, state } = machine;
  if (frame && !outer && !frame.shadowed.has(name)) frame.shadowed.set(name, state.variables.get(name));
  state.sets.set(name, set);
  state.variables.set(name, markDatum(datum, { set: { source: machine.source, range: set } }));
}

/** The name without its scope, in lower case. `env:` is no scope. */
export function variableName(written: string): string {
  return written.toLowerCase().replace(/^(?:global|script|local|private|using|variable):/, '');
}

/** Known texts with where they come from. */
export function markDatum(datum: Datum, marks: Parameters<typeof mark>[1]): Datum {
  return datum.map((alternative) => {
    if (alternative.kind !== 'text' || !alternative.text.some((part) => 'text' in part)) return alternative;
    const [text] = mark([alternative.text], marks);
    return text ? { ...alternative, text } : alternative;
  });
}

/** All that a variable may hold; not known where nothing sets it. */
export function variable(machine: Machine, written: string): Datum {
  const name = variableName(written);
  return machine.state.variables.get(name) ?? [{ kind: 'text', text: [{ hole: 'unknown', name }] }];
}

export function spend(machine: Machine): boolean {
  return machine.budget.steps-- > 0;
}

/** One text of several data. */
export function joinedText(...values: readonly Value[]): Datum {
  return values.length === 0 ? UNKNOWN_DATUM : textDatum(join(...values));
}
