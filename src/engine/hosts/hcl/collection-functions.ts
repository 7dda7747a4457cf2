/** Functions of lists, sets and mappings. */
import type { HclFunction } from './functions';
import { elementsOf, sortedEntries, step } from './select';
import {
  isKnown,
  isNull,
  list,
  madeText,
  mapping,
  numberOf,
  scalar,
  textOf,
  truthOf,
  type HclValue,
  type List,
} from './value';

/** Values by what they say; those that are not known are all different. */
function distinct(items: readonly HclValue[]): readonly HclValue[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = textOf(item);
    if (text === undefined) return true;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** True where two values are the same whatever is still to be known of them; undefined where that is not certain. */
function isSame(a: HclValue, b: HclValue, depth = 0): boolean | undefined {
  if (a === b) return true;
  const [first, second] = [textOf(a), textOf(b)];
  if (first !== undefined && second !== undefined) return first === second;
  if (isNull(a) || isNull(b)) return isNull(a) && isNull(b) ? true : isKnown(a) && isKnown(b) ? false : undefined;
  if (depth > MAX_DEPTH) return undefined;
  const parts = partsOf(a);
  const others = partsOf(b);
  if (!parts || !others || a.kind !== b.kind) return undefined;
  if (parts.length !== others.length) return false;
  const each = parts.map(([key, part], index) => {
    const [otherKey, other] = others[index] ?? [];
    return other !== undefined && key === otherKey ? isSame(part, other, depth + 1) : false;
  });
  return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
}

const MAX_DEPTH = 8;
/** Longer lists than this are not followed to their end. */
const MAX_ITEMS = 5000;

/** Elements by their keys, in order, where all of them are known to be there. */
function partsOf(value: HclValue): readonly (readonly [string, HclValue])[] | undefined {
  if (value.kind !== 'list' && value.kind !== 'mapping') return undefined;
  if (!value.complete) return undefined;
  if (value.kind === 'list') return value.items.map((item, index) => [String(index), item] as const);
  return [...value.entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A list of what several lists have; what is not known is missing from it. */
const concat: HclFunction = ({ args, site }) => {
  const items: HclValue[] = [];
  let complete = true;
  for (const arg of args) {
    if (arg.kind === 'list') {
      items.push(...arg.items.slice(0, MAX_ITEMS - items.length));
      complete &&= arg.complete && items.length < MAX_ITEMS;
    } else if (!isNull(arg)) {
      // It stays as it is: whoever reads the list may still tell what it could be.
      if (arg.kind === 'choice') items.push(arg);
      else complete = false;
    }
  }
  return list(items, site, complete);
};

const flatten: HclFunction = ({ args: [first], site }) => {
  if (first?.kind !== 'list') return undefined;
  let { complete } = first;
  const items: HclValue[] = [];
  const add = (value: HclValue, depth: number): void => {
    if (value.kind === 'list' && depth < 20) {
      complete &&= value.complete;
      for (const item of value.items) add(item, depth + 1);
    } else if (value.kind === 'unknown') complete = false;
    else items.push(value);
  };
  for (const item of first.items) add(item, 0);
  return list(items, site, complete);
};

const merge: HclFunction = ({ args, site }) => {
  const entries = new Map<string, HclValue>();
  let complete = true;
  for (const arg of args) {
    if (arg.kind === 'mapping') {
      for (const [key, value] of arg.entries) entries.set(key, value);
      complete &&= arg.complete;
    } else if (!isNull(arg)) {
      // What comes later may put something else in the place of what is known.
      entries.clear();
      complete = false;
    }
  }
  return mapping(entries, site, complete);
};

const lookup: HclFunction = ({ args: [from, key, otherwise], site }) => {
  const name = textOf(key);
  if (!from || name === undefined || from.kind !== 'mapping') return undefined;
  const found = from.entries.get(name);
  if (found) return found;
  return from.complete ? otherwise : step(from, name, site);
};

const element: HclFunction = ({ args: [from, index] }) => {
  const at = numberOf(index);
  if (from?.kind !== 'list' || at === undefined || !from.complete || from.items.length === 0) return undefined;
  return from.items[((at % from.items.length) + from.items.length) % from.items.length];
};

const toset: HclFunction = ({ args: [first], site }) => {
  if (first?.kind !== 'list') return first;
  return list(distinct(first.items), site, first.complete);
};

/** Sorted, where everything is known, as sets of texts are. */
function sorted(items: readonly HclValue[]): readonly HclValue[] | undefined {
  const texts = items.map((item) => [textOf(item), item] as const);
  if (!texts.every((pair): pair is [string, HclValue] => pair[0] !== undefined)) return undefined;
  return texts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

/** What is known of each of several sets by its text. */
const sets =
  (
    combine: (first: ReadonlySet<string>, others: readonly ReadonlySet<string>[]) => (text: string) => boolean,
  ): HclFunction =>
  ({ args, site }) => {
    if (!args.every((arg): arg is List => arg.kind === 'list' && isKnown(arg))) return undefined;
    const texts = args.map((arg) => new Set(arg.items.flatMap((item) => textOf(item) ?? [])));
    const [first, ...others] = texts;
    const keep = combine(first ?? new Set(), others);
    return list(
      distinct(args.flatMap(({ items }) => items)).filter((item) => keep(textOf(item) ?? '')),
      site,
    );
  };

const all =
  (wanted: boolean): HclFunction =>
  ({ args: [first], site }) => {
    if (first?.kind !== 'list' || !first.complete) return undefined;
    const truths = first.items.map(truthOf);
    if (truths.includes(!wanted)) return scalar(!wanted, site);
    return truths.includes(undefined) ? undefined : scalar(wanted, site);
  };

export const COLLECTION_FUNCTIONS: Readonly<Record<string, HclFunction>> = {
  concat,
  flatten,
  merge,
  lookup,
  element,
  toset,
  tolist: ({ args: [first] }) => first,
  tomap: ({ args: [first] }) => first,
  list: ({ args, site }) => list(args, site),
  // What is hidden from the output is no less known.
  sensitive: ({ args: [first] }) => first,
  nonsensitive: ({ args: [first] }) => first,
  ephemeralasnull: ({ args: [first] }) => first,
  length: ({ args: [first], site }) => {
    if (first?.kind === 'text')
      return first.known === undefined ? undefined : scalar(Array.from(first.known).length, site);
    if (first?.kind === 'list') return first.complete ? scalar(first.items.length, site) : undefined;
    return first?.kind === 'mapping' && first.complete ? scalar(first.entries.size, site) : undefined;
  },
  keys: ({ args: [first], site }) => {
    const entries = first?.kind === 'mapping' ? sortedEntries(first) : undefined;
    return (
      entries &&
      list(
        entries.entries.map(([key]) => key),
        site,
        entries.complete,
      )
    );
  },
  values: ({ args: [first], site }) => {
    const entries = first?.kind === 'mapping' ? sortedEntries(first) : undefined;
    return (
      entries &&
      list(
        entries.entries.map(([, value]) => value),
        site,
        entries.complete,
      )
    );
  },
  coalescelist: ({ args }) => {
    for (const arg of args) {
      if (arg.kind !== 'list' || !arg.complete) return isNull(arg) ? undefined : arg.kind === 'list' ? arg : undefined;
      if (arg.items.length > 0) return arg;
    }
    return undefined;
  },
  compact: ({ args: [first], site }) =>
    first?.kind === 'list'
      ? list(
          first.items.filter((item) => !isNull(item) && textOf(item) !== ''),
          site,
          first.complete,
        )
      : undefined,
  distinct: ({ args: [first], site }) =>
    first?.kind === 'list' ? list(distinct(first.items), site, first.complete) : undefined,
  contains: ({ args: [from, wanted], site }) => {
    const text = textOf(wanted);
    if (from?.kind !== 'list' || text === undefined) return undefined;
    const texts = from.items.map(textOf);
    if (texts.includes(text)) return scalar(true, site);
    return from.complete && !texts.includes(undefined) ? scalar(false, site) : undefined;
  },
  index: ({ args: [from, wanted], site }) => {
    if (from?.kind !== 'list' || !wanted) return undefined;
    for (const [at, item] of from.items.entries()) {
      const found = isSame(item, wanted);
      if (found !== false) return found && scalar(at, site);
    }
    return undefined;
  },
  reverse: ({ args: [first], site }) =>
    first?.kind === 'list' ? list([...first.items].reverse(), site, first.complete) : undefined,
  sort: ({ args: [first], site }) => {
    const items = first?.kind === 'list' ? sorted(first.items) : undefined;
    return items && list(items, site, first?.kind === 'list' && first.complete);
  },
  slice: ({ args: [first, from, to], site }) => {
    const start = numberOf(from);
    const end = numberOf(to);
    if (first?.kind !== 'list' || !first.complete || start === undefined || end === undefined) return undefined;
    return list(first.items.slice(start, end), site);
  },
  zipmap: ({ args: [keys, values], site }) => {
    if (keys?.kind !== 'list' || values?.kind !== 'list') return undefined;
    const entries = new Map<string, HclValue>();
    keys.items.forEach((key, index) => {
      const name = textOf(key);
      const value = values.items[index];
      if (name !== undefined && value) entries.set(name, value);
    });
    return mapping(entries, site, keys.complete && entries.size === keys.items.length);
  },
  chunklist: ({ args: [first, size], site }) => {
    const count = numberOf(size);
    if (first?.kind !== 'list' || count === undefined || count < 1) return undefined;
    const chunks: HclValue[] = [];
    for (let at = 0; at < first.items.length; at += count) chunks.push(list(first.items.slice(at, at + count), site));
    return list(chunks, site, first.complete);
  },
  setproduct: ({ args, site }) => {
    let rows: readonly (readonly HclValue[])[] = [[]];
    let complete = true;
    for (const arg of args) {
      const elements = elementsOf(arg);
      if (arg.kind !== 'list' || !elements) return undefined;
      complete &&= arg.complete;
      rows = rows.flatMap((row) => elements.items.map((item) => [...row, item]));
      if (rows.length > 256) return undefined;
    }
    return list(
      rows.map((row) => list(row, site)),
      site,
      complete,
    );
  },
  setunion: sets(() => () => true),
  setintersection: sets((first, others) => (text) => first.has(text) && others.every((other) => other.has(text))),
  setsubtract: sets((first, others) => (text) => first.has(text) && !others.some((other) => other.has(text))),
  alltrue: all(true),
  anytrue: all(false),
  one: ({ args: [first], site }) => {
    if (first?.kind !== 'list' || !first.complete || first.items.length > 1) return undefined;
    return first.items[0] ?? scalar(null, site);
  },
  range: ({ args, site }) => {
    const numbers = args.map(numberOf);
    if (!numbers.every((number) => number !== undefined)) return undefined;
    const [from = 0, to = 0, by = 1] = numbers.length === 1 ? [0, numbers[0]] : numbers;
    if (by === 0 || Math.abs((to - from) / by) > 256) return undefined;
    const items: HclValue[] = [];
    for (let at = from; by > 0 ? at < to : at > to; at += by) items.push(scalar(at, site));
    return list(items, site);
  },
  transpose: ({ args: [first], site }) => {
    if (first?.kind !== 'mapping' || !isKnown(first)) return undefined;
    const entries = new Map<string, HclValue>();
    for (const [key, values] of first.entries) {
      for (const name of values.kind === 'list' ? values.items.flatMap((item) => textOf(item) ?? []) : []) {
        const before = entries.get(name);
        entries.set(name, list([...(before?.kind === 'list' ? before.items : []), madeText(key, site)], site));
      }
    }
    return mapping(entries, site);
  },
};
