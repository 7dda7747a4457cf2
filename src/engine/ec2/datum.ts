/** Values of a template or an account before anybody asks what they mean: what is written, where, and how surely it is known. */
import type { Range } from '../text/range';

export type Datum = Scalar | List | Mapping | Choice | Reference | Unknown;

export interface Scalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean;
  /** Where it is used. */
  readonly range: Range;
  /** Where it is written, where that is elsewhere: a parameter's default, a local. */
  readonly origin?: Origin;
}

/** A place that a value comes from. */
export interface Origin {
  readonly range: Range;
  /** For people: "the default of SSHLocation". */
  readonly what: string;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Datum[];
  readonly range: Range;
  /** False where there may be more items than are seen. */
  readonly complete: boolean;
}

export interface Mapping {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, Datum>;
  readonly range: Range;
  /** False where there may be more entries than are seen. */
  readonly complete: boolean;
}

/** One of several, by a condition that is decided later. */
export interface Choice {
  readonly kind: 'choice';
  readonly options: readonly { readonly datum: Datum | undefined; readonly when: string | undefined }[];
  readonly range: Range;
}

/** Another resource of the same configuration, or an attribute of it. */
export interface Reference {
  readonly kind: 'reference';
  /** Logical id or Terraform address. */
  readonly target: string;
  readonly attribute: string | undefined;
  readonly range: Range;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly why: string;
  readonly range: Range;
}

/** One value that a datum may have, with the conditions under which it has it. `undefined` is "left out". */
export interface Possibility {
  readonly datum: Exclude<Datum, Choice> | undefined;
  readonly when: readonly string[];
}

const MAX_POSSIBILITIES = 32;

/** False where two of the conditions rule each other out: `A` and `not A`, `B is x` and `B is y`. */
export function isPossible(when: readonly string[]): boolean {
  if (when.length < 2) return true;
  const all = new Set(when.flatMap((condition) => condition.split(' and ')));
  const values = new Map<string, string>();
  for (const condition of all) {
    if (all.has(`not ${condition}`)) return false;
    const [subject, value] = condition.split(' is ');
    if (subject === undefined || value === undefined) continue;
    if (values.has(subject) && values.get(subject) !== value) return false;
    values.set(subject, value);
  }
  return true;
}

/** All that a datum may be. A choice between choices is a choice of all of them. */
export function possibilities(datum: Datum | undefined): readonly Possibility[] {
  const result: Possibility[] = [];
  const add = (at: Datum | undefined, when: readonly string[]): void => {
    if (result.length >= MAX_POSSIBILITIES || !isPossible(when)) return;
    if (at?.kind !== 'choice') {
      result.push({ datum: at, when });
      return;
    }
    for (const option of at.options) add(option.datum, option.when === undefined ? when : [...when, option.when]);
  };
  add(datum, []);
  return result;
}

/** The entry of a mapping; for a choice of mappings the choice of their entries. `undefined` where it is left out. */
export function entry(datum: Datum | undefined, ...path: readonly string[]): Datum | undefined {
  let at = datum;
  for (const key of path) at = step(at, key);
  return at;
}

function step(datum: Datum | undefined, key: string): Datum | undefined {
  if (!datum) return undefined;
  switch (datum.kind) {
    case 'mapping': {
      const found = datum.entries.get(key);
      if (found || datum.complete) return found;
      return { kind: 'unknown', why: 'it may be set by something that is not known', range: datum.range };
    }
    case 'choice':
      return {
        kind: 'choice',
        range: datum.range,
        options: datum.options.map(({ datum: option, when }) => ({ datum: step(option, key), when })),
      };
    case 'unknown':
      return datum;
    case 'reference':
      return { kind: 'unknown', why: `it depends on ${datum.target}`, range: datum.range };
    case 'list':
      // A block that may be repeated is a list of one, as a rule.
      return datum.items.length === 1 ? step(datum.items[0], key) : undefined;
    case 'scalar':
      return undefined;
  }
}

/** The items of a list with the conditions under which they are there; a single value is a list of itself. */
export function items(datum: Datum | undefined): {
  readonly items: readonly Possibility[];
  readonly complete: boolean;
} {
  let complete = true;
  const found: Possibility[] = [];
  for (const { datum: at, when } of possibilities(datum)) {
    if (!at) continue;
    if (at.kind === 'unknown' || at.kind === 'reference') {
      complete = false;
      continue;
    }
    if (at.kind !== 'list') {
      found.push({ datum: at, when });
      continue;
    }
    if (!at.complete) complete = false;
    for (const item of at.items) {
      for (const inner of possibilities(item)) {
        if (inner.datum?.kind === 'list') {
          const nested = items(inner.datum);
          found.push(...nested.items.map((each) => ({ ...each, when: [...when, ...inner.when, ...each.when] })));
          if (!nested.complete) complete = false;
        } else if (inner.datum) found.push({ datum: inner.datum, when: [...when, ...inner.when] });
      }
    }
  }
  return { items: found, complete };
}

/** Text of a scalar, numbers and booleans as they are written. */
export function text(datum: Datum | undefined): string | undefined {
  return datum?.kind === 'scalar' ? String(datum.value) : undefined;
}

/** A whole number, also where it is written as text. */
export function integer(datum: Datum | undefined): number | undefined {
  const written = text(datum);
  return written !== undefined && /^-?\d{1,9}$/.test(written.trim()) ? Number(written) : undefined;
}

/** True or false, also where it is written as text. */
export function truth(datum: Datum | undefined): boolean | undefined {
  const written = text(datum)?.toLowerCase();
  return written === 'true' ? true : written === 'false' ? false : undefined;
}

/** True where some possibility is not known. */
export function mayBeUnknown(datum: Datum | undefined): boolean {
  return possibilities(datum).some(({ datum: at }) => at?.kind === 'unknown' || at?.kind === 'reference');
}
