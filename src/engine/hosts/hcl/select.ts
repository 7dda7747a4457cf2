/** Taking values out of values. */
import type { Site } from './syntax';
import { madeText, scalar, unknown, type HclValue } from './value';

/** The attribute or element that a name or number leads to. */
export function step(value: HclValue, key: string, site: Site): HclValue {
  switch (value.kind) {
    case 'mapping': {
      const found = value.entries.get(key);
      if (found) return found;
      return unknown(site, value.complete ? `there is no ${key}` : 'it may be set by something that is known later');
    }
    case 'list': {
      if (!/^-?\d+$/.test(key))
        return value.items.length === 1 && value.items[0]
          ? step(value.items[0], key, site)
          : unknown(site, 'it is a list');
      const found = value.items[Number(key)];
      return found ?? unknown(site, 'the list has no such element');
    }
    case 'choice':
      return {
        ...value,
        options: value.options.map(({ value: option, when }) => ({ value: step(option, key, site), when })),
      };
    case 'reference':
      // An element of many of the same kind is as they are.
      if (/^\d+$/.test(key) && value.attribute === undefined) return value;
      if (value.attribute === undefined) return { ...value, attribute: key, site };
      return unknown(site, `it depends on ${value.target}`);
    default:
      return unknown(site, 'it is known later');
  }
}

interface Elements {
  readonly items: readonly HclValue[];
  readonly complete: boolean;
}

/** What a list, a set or a mapping has, in order; undefined where that is not known. A single value is a list of itself. */
export function elementsOf(value: HclValue): Elements | undefined {
  switch (value.kind) {
    case 'list':
      return value;
    case 'mapping':
      return { items: [...value.entries.values()], complete: value.complete };
    case 'unknown':
    case 'choice':
      return undefined;
    default:
      return { items: [value], complete: true };
  }
}

/** Keys with their values, as loops go over them: mappings by key, lists by index. */
export function sortedEntries(
  value: HclValue,
): { readonly entries: readonly (readonly [HclValue, HclValue])[]; readonly complete: boolean } | undefined {
  if (value.kind === 'mapping') {
    const entries = [...value.entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [madeText(key, item.site), item] as const);
    return { entries, complete: value.complete };
  }
  if (value.kind !== 'list') return undefined;
  return {
    entries: value.items.map((item, index) => [scalar(index, item.site), item] as const),
    complete: value.complete,
  };
}
