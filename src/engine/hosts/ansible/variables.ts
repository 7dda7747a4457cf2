/** What is known of the variables that a playbook's expressions name: `vars` and `set_fact` with plain values. */
import { literal, UNKNOWN, type Value } from '../../program/value';
import type { Resolve } from '../embedding/carrier';
import { entriesOf, walk, type Tree } from '../tree/tree';

/** Keys below which variables are set. */
export const SETS_VARIABLES: ReadonlySet<string> = new Set(['vars', 'set_fact', 'ansible.builtin.set_fact']);

/** Variables that have one value in the whole file. */
export function variablesIn(tree: Tree): Resolve {
  const values = new Map<string, string | undefined>();
  walk(tree, (node) => {
    for (const { key, value } of entriesOf(node)) {
      if (!SETS_VARIABLES.has(key)) continue;
      for (const entry of entriesOf(value)) {
        const text = entry.value.kind === 'scalar' ? entry.value.value : null;
        // An expression is covered by marks, which are no text of a variable.
        const known = typeof text === 'string' && !/[\uE000-\uF8FF]/.test(text) ? text : undefined;
        const isSame = !values.has(entry.key) || values.get(entry.key) === known;
        values.set(entry.key, isSame ? known : undefined);
      }
    }
    return true;
  });
  return (expression): Value => {
    const known = /^\w+$/.test(expression) ? values.get(expression) : undefined;
    return known === undefined ? UNKNOWN : literal(known);
  };
}
