/** A resource that is being read: its arguments as data, and where they stand in the document. */
import type { Datum } from '../../../ec2/datum';
import type { ResourceEditor } from '../../../ec2/model';
import { isHere, type Range } from '../../../text/range';
import type { Scope } from '../../hcl/evaluate';
import { evaluate } from '../../hcl/evaluate';
import type { Block, Site } from '../../hcl/syntax';
import { isNull, type HclValue } from '../../hcl/value';
import type { Module } from '../module';
import { nestedBlocks, valueIn, type NestedBlock } from '../nested-blocks';
import { toDatum } from './datum';
import { placeOf } from './place';
import type { Silencers } from './silencers';

export interface Reading {
  /** The document that is judged. */
  readonly uri: string;
  readonly block: Block;
  readonly module: Module;
  readonly scope: Scope;
  readonly address: string;
  /** The condition under which it is there. */
  readonly when: string | undefined;
  /** True for one of several that the same block describes. */
  readonly isRepeated: boolean;
  /** The call of a module, where the resource is there by that alone: what stands in another file is told of at it. */
  readonly call: Site | undefined;
  readonly silencers: Silencers;
  readonly edit: ResourceEditor | undefined;
}

export function valueOf({ block, scope }: Reading, name: string): HclValue | undefined {
  const attribute = block.body.attributes.get(name);
  const value = attribute && evaluate(attribute.expression, scope);
  return isNull(value) ? undefined : value;
}

type Home = Pick<Reading, 'uri' | 'call'>;

/** Where a part of a resource is told of. */
export function homeOf(site: Site, { uri, call }: Home): Range {
  const place = placeOf(site, uri);
  return call && !isHere(place) ? placeOf(call, uri) : place;
}

/** An argument as data; undefined where it is left out or null. */
export function argument(reading: Reading, name: string): Datum | undefined {
  const { block, scope } = reading;
  const attribute = block.body.attributes.get(name);
  if (!attribute) return undefined;
  const home = homeOf({ source: attribute.source, range: attribute.expression.range }, reading);
  return toDatum(evaluate(attribute.expression, scope), reading.uri, home);
}

export function blocks({ block, scope }: Reading, type: string): readonly NestedBlock[] {
  return nestedBlocks(block.body, type, scope);
}

/** An argument of a nested block as data. */
export function nestedArgument(nested: NestedBlock, name: string, reading: Home): Datum | undefined {
  const value = valueIn(nested, name);
  const attribute = nested.body.attributes.get(name);
  const home = attribute
    ? homeOf({ source: attribute.source, range: attribute.expression.range }, reading)
    : homeOf(nested.site, reading);
  return value && toDatum(value, reading.uri, home);
}

export interface Base {
  readonly address: string;
  readonly range: Range;
  readonly head: Range;
  readonly when?: string;
  readonly silenced: ReadonlyMap<string, string>;
  readonly edit?: ResourceEditor;
}

export function baseOf(reading: Reading): Base {
  const { block, uri, address, when, edit, silencers } = reading;
  const range = placeOf({ source: block.source, range: block.range }, uri);
  return {
    address,
    range,
    head: homeOf({ source: block.source, range: block.head }, reading),
    silenced: silencers.of(range),
    ...(when === undefined ? {} : { when }),
    ...(edit && (isHere(range) || block.source.uri !== uri) ? { edit } : {}),
  };
}
