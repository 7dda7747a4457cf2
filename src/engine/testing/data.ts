/** Values of resources as tests write them: each has a place of its own, which is told by what stands there. */
import type { Datum, Mapping, Reference, Unknown } from '../ec2/datum';
import type { Range } from '../text/range';

const labels = new Map<number, string>();

/** A place that nothing else has. */
export function place(label: string): Range {
  const start = labels.size * 10;
  labels.set(start, label);
  return { start, end: start + 5 };
}

/** What stands at a place. */
export function labelOf({ start }: Range): string {
  return labels.get(start) ?? `offset ${String(start)}`;
}

/** A value written plainly, or a datum. */
export type Plain = string | number | boolean | Datum | readonly Plain[];

export function datum(plain: Plain): Datum {
  if (isList(plain)) {
    return { kind: 'list', items: plain.map(datum), range: place('list'), complete: true };
  }
  return typeof plain === 'object' ? plain : { kind: 'scalar', value: plain, range: place(String(plain)) };
}

function isList(plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain);
}

/** `undefined` is "left out". */
export function optional(plain: Plain | undefined): Datum | undefined {
  return plain === undefined ? undefined : datum(plain);
}

/** A value that is written elsewhere: the default of a parameter. */
export function fromDefault(value: string | number | boolean, what: string): Datum {
  return { kind: 'scalar', value, range: place(`use of ${what}`), origin: { range: place(what), what } };
}

/** A list that may have more items than are seen. */
export function openList(...plain: readonly Plain[]): Datum {
  return { kind: 'list', items: plain.map(datum), range: place('list'), complete: false };
}

/** One value or another, by conditions: `{ IsProduction: 'required', 'not IsProduction': undefined }`. */
export function either(options: Readonly<Record<string, Plain | undefined>>): Datum {
  return {
    kind: 'choice',
    range: place('choice'),
    options: Object.entries(options).map(([when, plain]) => ({ datum: optional(plain), when })),
  };
}

export function unknown(): Unknown {
  return { kind: 'unknown', why: 'it is a parameter without a default', range: place('unknown') };
}

export function reference(target: string, attribute?: string): Reference {
  return { kind: 'reference', target, attribute, range: place(`reference to ${target}`) };
}

export function mapping(entries: Readonly<Record<string, Plain>>): Mapping {
  return {
    kind: 'mapping',
    entries: new Map(Object.entries(entries).map(([key, plain]) => [key, datum(plain)])),
    range: place('mapping'),
    complete: true,
  };
}
