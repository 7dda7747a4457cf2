/** What is known while a program runs. */
import type { Range } from '../../text/range';
import { either, eitherObject, UNKNOWN_DATUM, type Datum, type ObjectState } from './datum';

/** Why the statements behind the present one are not reached. */
export type Ended = 'function' | 'loop' | 'program';

export interface State {
  readonly variables: Map<string, Datum>;
  /** Where each got its value. */
  readonly sets: Map<string, Range>;
  readonly objects: Map<number, ObjectState>;
  /** Commands that are other names of commands. */
  readonly aliases: Map<string, string>;
  ended: Ended | undefined;
}

export function initialState(): State {
  return { variables: new Map(), sets: new Map(), objects: new Map(), aliases: new Map(), ended: undefined };
}

export function copyState({ variables, sets, objects, aliases, ended }: State): State {
  return {
    variables: new Map(variables),
    sets: new Map(sets),
    objects: new Map(objects),
    aliases: new Map(aliases),
    ended,
  };
}

/** What is known where one of two ways was taken. A way that ended does not come back. */
export function eitherState(a: State, b: State): State {
  if (a.ended && !b.ended) return b;
  if (b.ended && !a.ended) return a;
  const variables = new Map<string, Datum>();
  for (const name of new Set([...a.variables.keys(), ...b.variables.keys()])) {
    const left = a.variables.get(name);
    const right = b.variables.get(name);
    // A variable that only one of them sets is what it was before, which nobody knows.
    if (left === right && left) variables.set(name, left);
    else variables.set(name, either(left ?? UNKNOWN_DATUM, right ?? UNKNOWN_DATUM));
  }
  const objects = new Map(a.objects);
  for (const [id, object] of b.objects) {
    const other = a.objects.get(id);
    objects.set(id, other ? eitherObject(other, object) : object);
  }
  const aliases = new Map([...a.aliases, ...b.aliases]);
  const sets = new Map([...a.sets, ...b.sets]);
  return { variables, sets, objects, aliases, ended: a.ended === b.ended ? a.ended : undefined };
}
