/** What an expression of PowerShell may be: texts, and the objects that requests are made with. */
import type { Range } from '../../text/range';
import {
  join as joinTexts,
  knownValue,
  UNKNOWN,
  UNKNOWN_TEXT,
  type Hole,
  type Text,
  type Value,
} from '../../program/value';
import type { Node } from '../syntax/parse';

/** One possibility. Objects are named by numbers; what they hold is in the state, which branches copy. */
export type Alternative =
  /** `origin`: the string over several lines that all of it is written as. */
  | { readonly kind: 'text'; readonly text: Text; readonly origin?: Node }
  | { readonly kind: 'null' }
  | { readonly kind: 'object'; readonly id: number }
  /** The headers of an object. */
  | { readonly kind: 'headers'; readonly id: number }
  | { readonly kind: 'list'; readonly items: readonly Datum[] }
  /** The answer to a request, or something that is read from it. `raw`: an object that the text has to be read from first. */
  | { readonly kind: 'answer'; readonly text: Text; readonly raw?: 'content' | 'stream' }
  | { readonly kind: 'block'; readonly node: Node };

/** All that something may be; never empty. */
export type Datum = readonly Alternative[];

const MAX_ALTERNATIVES = 12;

export const NULL: Datum = [{ kind: 'null' }];
export const UNKNOWN_DATUM: Datum = [{ kind: 'text', text: UNKNOWN_TEXT }];

export function textDatum(value: Value): Datum {
  return value.map((text) => ({ kind: 'text', text }));
}

export function unknownNamed(name: string): Datum {
  return [{ kind: 'text', text: [{ hole: 'unknown', name }] }];
}

export function holeDatum(hole: Hole): Datum {
  return [{ kind: 'text', text: [hole] }];
}

/** As text: what a string has in the place of it. */
export function valueOf(datum: Datum): Value {
  return joinTexts(
    datum.map((alternative): Text => {
      switch (alternative.kind) {
        case 'text':
        case 'answer':
          return alternative.text;
        case 'null':
          return [];
        default:
          return UNKNOWN_TEXT;
      }
    }),
  );
}

export function knownDatum(datum: Datum): string | undefined {
  return knownValue(valueOf(datum));
}

export function isUnknown(alternative: Alternative): boolean {
  return alternative.kind === 'text' && alternative.text.length === 1 && 'hole' in (alternative.text[0] ?? {});
}

export function either(...data: readonly Datum[]): Datum {
  const [first, second] = data;
  if (first && (data.length === 1 || (data.length === 2 && first === second))) return first;
  const texts: Value[] = [];
  const others: Alternative[] = [];
  const seen = new Set<string>();
  for (const alternative of data.flat()) {
    if (alternative.kind === 'text' && !alternative.origin) {
      texts.push([alternative.text]);
      continue;
    }
    const key = keyOf(alternative);
    if (key !== undefined && seen.has(key)) continue;
    if (key !== undefined) seen.add(key);
    others.push(alternative);
  }
  const joined = texts.length > 0 ? textDatum(joinTexts(...texts)) : [];
  const all = [...joined, ...others];
  return all.length <= MAX_ALTERNATIVES ? all : [...all.slice(0, MAX_ALTERNATIVES - 1), ...UNKNOWN_DATUM];
}

function keyOf(alternative: Alternative): string | undefined {
  if (alternative.kind === 'null') return 'null';
  if (alternative.kind === 'text') return `text${String(alternative.origin?.start)}`;
  if (alternative.kind === 'object' || alternative.kind === 'headers')
    return `${alternative.kind}${String(alternative.id)}`;
  return undefined;
}

/** An entry of a table or a header. */
export interface Entry {
  readonly name: Value;
  readonly value: Datum;
  /** False where it may be absent. */
  readonly sure: boolean;
  /** Where name and value are written. */
  readonly nameRange: Range;
  readonly valueRange: Range;
}

/** What an object is: a hash table, or one of .NET's HTTP clients and requests. */
export type ObjectKind = 'table' | 'WebClient' | 'HttpClient' | 'WebRequest' | 'HttpRequestMessage' | 'session';

export interface ObjectState {
  readonly kind: ObjectKind;
  /** By lower-case name where it is known, else by where it is written. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** True where it may have entries that cannot be seen. */
  readonly open: boolean;
  /** The expression that makes it. */
  readonly made: Node;
  readonly method: Datum;
  readonly url: Datum;
}

export function newObject(kind: ObjectKind, made: Node, entries: ReadonlyMap<string, Entry> = new Map()): ObjectState {
  return { kind, entries, open: false, made, method: NULL, url: NULL };
}

/** An entry as it is added by a method: name and value, or both in one text. */
export function keyed(
  name: Value,
  value: Datum | undefined,
  where: { readonly name: Range; readonly value: Range },
): Entry {
  const whole = value ?? [];
  const ranges = { nameRange: where.name, valueRange: where.value };
  if (value) return { name, value: whole, sure: true, ...ranges };
  const [text = []] = name;
  const first = text[0];
  const colon = first && 'text' in first ? first.text.indexOf(':') : -1;
  if (!first || !('text' in first) || colon === -1)
    return { name: UNKNOWN, value: UNKNOWN_DATUM, sure: true, ...ranges };
  const rest = [{ ...first, text: first.text.slice(colon + 1).trimStart() }, ...text.slice(1)].filter(
    (part) => !('text' in part) || part.text !== '',
  );
  return {
    name: [[{ ...first, text: first.text.slice(0, colon) }]],
    value: [{ kind: 'text', text: rest }],
    sure: true,
    ...ranges,
  };
}

export function withEntry(object: ObjectState, entry: Entry): ObjectState {
  const name = knownValue(entry.name)?.toLowerCase() ?? `\u0000${String(entry.nameRange.start)}`;
  return { ...object, entries: new Map(object.entries).set(name, entry) };
}

export function eitherObject(a: ObjectState, b: ObjectState): ObjectState {
  if (a === b) return a;
  const entries = new Map<string, Entry>();
  for (const name of new Set([...a.entries.keys(), ...b.entries.keys()])) {
    const left = a.entries.get(name);
    const right = b.entries.get(name);
    const entry = left ?? right;
    if (!entry) continue;
    entries.set(
      name,
      left && right
        ? { ...left, value: either(left.value, right.value), sure: left.sure && right.sure }
        : { ...entry, sure: false },
    );
  }
  const rest = { method: either(a.method, b.method), url: either(a.url, b.url) };
  return { ...a, ...rest, entries, open: a.open || b.open };
}
