/** What is known of the variables that a playbook's expressions name: `vars` and `set_fact` with plain values. */
import { literal, UNKNOWN, type Value } from '../../program/value';
import type { Resolve } from '../embedding/carrier';
import { entriesOf, walk, type Tree, type TreeEntry } from '../tree/tree';

const SETS = new Set(['vars', 'set_fact', 'ansible.builtin.set_fact']);

/** Every place that sets a variable, in order. */
export function assignmentsIn(tree: Tree): readonly TreeEntry[] {
  const found: TreeEntry[] = [];
  walk(tree, (node) => {
    for (const { key, value } of entriesOf(node)) if (SETS.has(key)) found.push(...entriesOf(value));
    return true;
  });
  return found;
}

/** Variables that have one value in the whole file. */
export function variablesIn(tree: Tree): Resolve {
  const values = new Map<string, string | undefined>();
  for (const { key, value } of assignmentsIn(tree)) {
    const text = value.kind === 'scalar' ? value.value : null;
    // An expression is covered by marks, which are no text of a variable.
    const known = typeof text === 'string' && !/[\uE000-\uF8FF]/.test(text) ? text : undefined;
    const isSame = !values.has(key) || values.get(key) === known;
    values.set(key, isSame ? known : undefined);
  }
  return (expression): Value => {
    const known = /^\w+$/.test(expression) ? values.get(expression) : undefined;
    return known === undefined ? UNKNOWN : literal(known);
  };
}
