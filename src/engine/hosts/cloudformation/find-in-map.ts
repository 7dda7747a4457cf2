/** `Fn::FindInMap`: AWS CloudFormation User Guide, "Fn::FindInMap". */
import { text, type Choice, type Datum } from '../../ec2/datum';
import type { Range } from '../../text/range';
import { entriesOf, get, itemsOf, textOf, type Tree } from '../tree/tree';
import { evaluate, unknown, type Scope } from './evaluate';
import { callOf } from './functions';

/** The value that a mapping has for keys that are known; where they are not, one of those that it has, each with its key named. */
export function findInMap(argument: Tree, range: Range, scope: Scope): Datum | undefined {
  const [mapName, first, second, otherwise] = itemsOf(argument);
  const name = mapName && text(evaluate(mapName, scope));
  const mapping = name === undefined ? undefined : scope.template.mappings.get(name);
  if (name === undefined || !mapping || !first || !second) return unknown(range, 'its mapping is not known');
  const options: { datum: Datum | undefined; when: string | undefined }[] = [];
  for (const outer of keysOf(first, mapping, scope)) {
    const inner = get(mapping, outer.key);
    for (const { key, when } of inner ? keysOf(second, inner, scope) : []) {
      const value = get(inner, key);
      const datum = value && evaluate(value, scope);
      if (!value || !datum) continue;
      const origin = { range: value.range, what: `${key} of ${outer.key} in ${name}` };
      const conditions = [outer.when, when].filter((each) => each !== undefined);
      options.push({ datum: at(datum, range, origin), when: conditions.join(' and ') || undefined });
    }
  }
  if (options.length === 0) {
    const fallback = get(otherwise, 'DefaultValue');
    return fallback ? evaluate(fallback, scope) : unknown(range, `${name} has no such key`);
  }
  return oneOf(options, range);
}

interface Key {
  readonly key: string;
  readonly when: string | undefined;
}

function keysOf(tree: Tree, mapping: Tree, scope: Scope): readonly Key[] {
  const datum = evaluate(tree, scope);
  if (datum?.kind === 'scalar') return [{ key: String(datum.value), when: undefined }];
  if (datum?.kind === 'choice') {
    return datum.options.flatMap((option): readonly Key[] => {
      const key = text(option.datum);
      return key === undefined ? [] : [{ key, when: option.when }];
    });
  }
  const call = callOf(tree);
  const subject = call?.name === 'Ref' ? (textOf(call.argument) ?? 'its key') : 'its key';
  return entriesOf(mapping).map(({ key }) => ({ key, when: `${subject} is ${key}` }));
}

/** A value where it is used, which is not where it is written. */
function at(datum: Datum, range: Range, origin: { readonly range: Range; readonly what: string }): Datum {
  if (datum.kind === 'scalar') return { ...datum, range, origin };
  if (datum.kind === 'list') return { ...datum, range, items: datum.items.map((item) => at(item, range, origin)) };
  return { ...datum, range };
}

function oneOf(options: Choice['options'], range: Range): Datum | undefined {
  const [first] = options;
  const value = text(first?.datum);
  if (options.length === 1 && first?.when === undefined) return first?.datum;
  if (value !== undefined && options.every(({ datum }) => text(datum) === value)) return first?.datum;
  return { kind: 'choice', range, options };
}
