import { setVariable } from './state';
import type { Machine } from './machine';
import type { Place } from '../program/source';
import { concat, mark, type Value } from '../program/value';

/** Gives a variable a value, keeping whether it is exported. */
export function assign(machine: Machine, name: string, value: Value, set: Place, append = false): void {
  const { variables } = machine.state;
  const former = variables.get(name);
  const marked = mark(value, { set });
  const next =
    append && former ? concat(former.value, marked) : append ? concat([[{ hole: 'unknown', name }]], marked) : marked;
  setVariable(machine.state, name, { value: next, exported: former?.exported ?? false, set });
}
