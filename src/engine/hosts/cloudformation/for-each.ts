/** `Fn::ForEach`: AWS CloudFormation User Guide, "Fn::ForEach". */
import { items, text, type Datum } from '../../ec2/datum';
import { itemsOf, textOf, type TreeEntry } from '../tree/tree';
import { NO_FACTS } from './conditions';
import { evaluate } from './evaluate';
import type { Template } from './template';

/** The value of each loop's variable in one round. */
export type Loop = ReadonlyMap<string, Datum>;

export interface LoopedEntry extends TreeEntry {
  readonly loop: Loop;
}

/** The quota of resources in a template; loops in loops make more rounds than that only by mistake. */
const MAX_ROUNDS = 500;

/** Entries of a section with its loops unrolled. A loop over what is not known is left out. */
export function expandLoops(entries: readonly TreeEntry[], loop: Loop, template: Template): readonly LoopedEntry[] {
  const result: LoopedEntry[] = [];
  let rounds = 0;
  const add = (from: readonly TreeEntry[], within: Loop): void => {
    for (const entry of from) {
      if (!entry.key.startsWith('Fn::ForEach::')) {
        result.push({ ...entry, key: spelled(entry.key, within), loop: within });
        continue;
      }
      const [variable, collection, output] = itemsOf(entry.value);
      const name = textOf(variable);
      if (name === undefined || !collection || output?.kind !== 'map') continue;
      const values = items(evaluate(collection, { template, loop: within, depth: 0, facts: NO_FACTS })).items;
      for (const { datum } of values) {
        if (datum?.kind !== 'scalar') continue;
        if (++rounds > MAX_ROUNDS) return;
        add(output.entries, new Map([...within, [name, datum]]));
      }
    }
  };
  add(entries, loop);
  return result;
}

/** A key with `${Name}`, or `&{Name}` for the value without what no logical id may have, as the round has it. */
function spelled(key: string, loop: Loop): string {
  if (loop.size === 0) return key;
  return key.replace(/[$&]\{(&?)(\w+)\}/g, (whole, ampersand: string, name: string) => {
    const value = text(loop.get(name));
    if (value === undefined) return whole;
    return ampersand === '&' || whole.startsWith('&') ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  });
}
