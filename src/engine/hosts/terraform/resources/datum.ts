/** Values of HCL as rules see them. */
import type { Datum, Origin } from '../../../ec2/datum';
import { isHere, isSame, type Range } from '../../../text/range';
import type { HclValue } from '../../hcl/value';
import { placeOf } from './place';

const MAX_DEPTH = 12;

/**
 * A value as data. What stands in another file counts as standing at `home`, where the document speaks of it. Undefined for `null`, which is "left out".
 */
export function toDatum(value: HclValue, uri: string, home: Range, depth = 0): Datum | undefined {
  const written = value.origin && placeOf(value.origin.site, uri);
  const used = placeOf(value.site, uri);
  const given = value.given && placeOf(value.given, uri);
  const range = [used, written, given, home].find((place) => place && isHere(place)) ?? used;
  const origin: { readonly origin?: Origin } =
    value.origin && written && !isSame(written, range) ? { origin: { range: written, what: value.origin.what } } : {};
  const unknown = (why: string): Datum => ({ kind: 'unknown', why, range });
  if (depth > MAX_DEPTH) return unknown('it is nested too deeply');
  const { origin: whole } = value;
  const inner = (item: HclValue): Datum => {
    const known = item.origin || !whole ? item : { ...item, origin: { site: item.site, what: whole.what } };
    return toDatum(known, uri, range, depth + 1) ?? unknown('it is null');
  };
  switch (value.kind) {
    case 'text':
      return value.known === undefined
        ? unknown('part of it is known later')
        : { kind: 'scalar', value: value.known, range, ...origin };
    case 'scalar':
      return value.value === null ? undefined : { kind: 'scalar', value: value.value, range, ...origin };
    case 'list':
      return { kind: 'list', items: value.items.map(inner), range, complete: value.complete };
    case 'mapping': {
      const entries = new Map([...value.entries].map(([key, item]) => [key, inner(item)]));
      return { kind: 'mapping', entries, range, complete: value.complete };
    }
    case 'choice': {
      const options = value.options.map((option) => ({
        datum: toDatum(option.value, uri, range, depth + 1),
        when: option.when,
      }));
      return { kind: 'choice', options, range };
    }
    case 'reference':
      return { kind: 'reference', target: value.target, attribute: value.attribute, range };
    case 'unknown':
      return unknown(value.why);
    default:
      return unknown('it is put together later');
  }
}
