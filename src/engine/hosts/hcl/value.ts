/** What expressions are worth, as far as a configuration tells by itself. */
import { EMPTY, join, literal, UNKNOWN, type Value } from '../../program/value';
import type { Placeholders } from '../../program/placeholders';
import type { Range } from '../../text/range';
import type { Piece } from '../piece';
import type { Site } from './syntax';

export type HclValue = Text | Scalar | List | Mapping | Choice | Reference | Encoded | Structure | Multipart | Unknown;

interface Base {
  /** Where it is used, or where it is written where that is the same. */
  readonly site: Site;
  /** Where it is written, where it was come to by a name. */
  readonly origin?: Origin;
  /** Of what a module is given: the argument in the call. */
  readonly given?: Site;
  /** Of an element of a list: puts new elements in front of it. */
  readonly insertLines?: Piece['insertLines'];
}

/** A place that a value comes from. */
export interface Origin {
  readonly site: Site;
  /** For people: "the default of var.name". */
  readonly what: string;
}

/** What a text is put together for. */
export interface Reader {
  readonly placeholders: Placeholders;
  /** The document; what stands in other files is read at `use`, where the document speaks of it. */
  readonly uri: string;
  readonly use: Range;
}

export interface Text extends Base {
  readonly kind: 'text';
  /** All of it, where all is known. */
  readonly known: string | undefined;
  /** Of how many texts it is put together, where of several. */
  readonly weight?: number;
  /** What it is JSON of, where it was made so. */
  readonly structure?: HclValue;
  /** What is known of it. */
  value(): Value;
  /** The text with the way to write in it. */
  piece(reader: Reader): Piece;
}

/** A number, a truth or nothing. */
export interface Scalar extends Base {
  readonly kind: 'scalar';
  readonly value: number | boolean | null;
}

export interface List extends Base {
  readonly kind: 'list';
  readonly items: readonly HclValue[];
  /** False where there may be more than are seen. */
  readonly complete: boolean;
}

export interface Mapping extends Base {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, HclValue>;
  readonly complete: boolean;
}

/** One of several, by a condition that is decided later. */
export interface Choice extends Base {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: HclValue; readonly when: string | undefined }[];
}

/** A resource of the configuration, or an attribute of it that is known later. */
export interface Reference extends Base {
  readonly kind: 'reference';
  readonly target: string;
  readonly attribute: string | undefined;
}

/** A text in base64, compressed or not. */
export interface Encoded extends Base {
  readonly kind: 'encoded';
  readonly value: HclValue;
}

/** JSON or YAML of something of which not all is known. */
export interface Structure extends Base {
  readonly kind: 'structure';
  readonly value: HclValue;
}

/** User data in several parts. */
export interface Multipart extends Base {
  readonly kind: 'multipart';
  readonly parts: readonly { readonly content: HclValue; readonly type: string | undefined }[];
}

export interface Unknown extends Base {
  readonly kind: 'unknown';
  readonly why: string;
}

export function unknown(site: Site, why: string): Unknown {
  return { kind: 'unknown', why, site };
}

export function scalar(value: number | boolean | null, site: Site): Scalar {
  return { kind: 'scalar', value, site };
}

export function list(items: readonly HclValue[], site: Site, complete = true): List {
  return { kind: 'list', items, complete, site };
}

export function mapping(entries: ReadonlyMap<string, HclValue>, site: Site, complete = true): Mapping {
  return { kind: 'mapping', entries, complete, site };
}

/** What functions make of a text that is longer is not known; done again and again they double it. */
const MAX_LENGTH = 1_000_000;

/** A text that functions made; it can be read and not written. */
export function madeText(made: string, site: Site): Text {
  const known = made.length <= MAX_LENGTH ? made : undefined;
  return {
    kind: 'text',
    known,
    site,
    value: () => (known === undefined ? UNKNOWN : literal(known)),
    piece: ({ placeholders, uri, use }) => {
      const range = site.source.uri === uri ? site.source.map.toHost(site.range) : use;
      return {
        text: known ?? placeholders.add(UNKNOWN),
        map: { toHost: () => range, toHostEdits: (edits) => (edits.length === 0 ? [] : undefined) },
      };
    },
  };
}

/** Text, also of numbers and truths, where it is known. */
export function textOf(value: HclValue | undefined): string | undefined {
  if (value?.kind === 'text') return value.known;
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

export function numberOf(value: HclValue | undefined): number | undefined {
  if (value?.kind === 'scalar') return typeof value.value === 'number' ? value.value : undefined;
  const text = textOf(value);
  return text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

export function truthOf(value: HclValue | undefined): boolean | undefined {
  if (value?.kind === 'scalar') return typeof value.value === 'boolean' ? value.value : undefined;
  const text = textOf(value);
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

export function isNull(value: HclValue | undefined): boolean {
  return value?.kind === 'scalar' && value.value === null;
}

/** All that is not known later: known to the last element. */
export function isKnown(value: HclValue): boolean {
  switch (value.kind) {
    case 'text':
      return value.known !== undefined;
    case 'scalar':
      return true;
    case 'list':
      return value.complete && value.items.every(isKnown);
    case 'mapping':
      return value.complete && [...value.entries.values()].every(isKnown);
    default:
      return false;
  }
}

/** A value as programs see it that it is put into. */
export function programValue(value: HclValue): Value {
  switch (value.kind) {
    case 'text':
      return value.value();
    case 'scalar':
      return value.value === null ? EMPTY : literal(String(value.value));
    case 'choice':
      return join(...value.options.map((option) => programValue(option.value)));
    default:
      return UNKNOWN;
  }
}

/** Alternatives of a value that is not decided; the value itself where it is. */
export function optionsOf(value: HclValue): readonly HclValue[] {
  return value.kind === 'choice' ? value.options.flatMap((option) => optionsOf(option.value)).slice(0, 32) : [value];
}

const MAX_DEPTH = 6;

/** A value and all that is in it, as a call gives it to a module; where one module hands on what it was given, the first call counts. */
export function givenAt(value: HclValue, given: Site, depth = 0): HclValue {
  if (value.given || depth > MAX_DEPTH) return value;
  const inner = (item: HclValue): HclValue => givenAt(item, given, depth + 1);
  switch (value.kind) {
    case 'list':
      return { ...value, given, items: value.items.map(inner) };
    case 'mapping':
      return { ...value, given, entries: new Map([...value.entries].map(([key, item]) => [key, inner(item)])) };
    case 'choice':
      return { ...value, given, options: value.options.map((each) => ({ ...each, value: inner(each.value) })) };
    default:
      return { ...value, given };
  }
}
