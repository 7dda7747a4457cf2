/** Functions that encode and decode. */
import { decodeBase64 } from '../embedding/base64';
import type { HclFunction } from './functions';
import type { Site } from './syntax';
import { isNull, list, madeText, mapping, optionsOf, scalar, textOf, type HclValue } from './value';

const encoded: HclFunction = ({ args: [value], site }) => value && { kind: 'encoded', value, site };

const MAX_DEPTH = 30;

/** JSON as `jsonencode` writes it; undefined where something in it is not known. */
function toJson(value: HclValue, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (value.kind === 'scalar') return JSON.stringify(value.value);
  if (value.kind === 'text') return value.known === undefined ? undefined : JSON.stringify(value.known);
  if (value.kind === 'list' && value.complete) {
    const items = value.items.map((item) => toJson(item, depth + 1));
    return items.every((item) => item !== undefined) ? `[${items.join(',')}]` : undefined;
  }
  if (value.kind !== 'mapping' || !value.complete) return undefined;
  const entries = [...value.entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [JSON.stringify(key), toJson(item, depth + 1)] as const);
  return entries.every(([, item]) => item !== undefined)
    ? `{${entries.map(([key, item]) => `${key}:${item ?? ''}`).join(',')}}`
    : undefined;
}

/** A value of JSON as one of HCL. */
export function fromJson(value: unknown, site: Site): HclValue {
  if (typeof value === 'string') return madeText(value, site);
  if (typeof value === 'number' || typeof value === 'boolean') return scalar(value, site);
  if (Array.isArray(value))
    return list(
      value.map((item: unknown) => fromJson(item, site)),
      site,
    );
  if (typeof value === 'object' && value !== null)
    return mapping(new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item, site)])), site);
  return scalar(null, site);
}

const jsondecode: HclFunction = ({ args: [first], site }) => {
  if (first?.kind === 'encoded') return undefined;
  const text = textOf(first);
  if (text === undefined) return undefined;
  try {
    return fromJson(JSON.parse(text), first?.site ?? site);
  } catch {
    return undefined;
  }
};

export const ENCODING_FUNCTIONS: Readonly<Record<string, HclFunction>> = {
  base64encode: encoded,
  base64gzip: encoded,
  textencodebase64: encoded,
  base64decode: ({ args: [value], site }) => {
    if (!value) return undefined;
    const [only, ...more] = optionsOf(value);
    if (only?.kind === 'encoded' && more.length === 0) return only.value;
    const text = textOf(value);
    const decoded = text === undefined ? undefined : decodeBase64(text);
    return decoded === undefined ? undefined : madeText(decoded, site);
  },
  jsonencode: ({ args: [value], site }) => {
    if (!value || isNull(value)) return undefined;
    const json = toJson(value, 0);
    // What is in it stays to be seen, also where some of it is not known.
    return json === undefined ? { kind: 'structure', value, site } : { ...madeText(json, site), structure: value };
  },
  yamlencode: ({ args: [value], site }) => value && { kind: 'structure', value, site },
  jsondecode,
};
