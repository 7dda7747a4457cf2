/** A resource of a template as its properties are asked for. */
import { entry, items, type Datum, type List, type Mapping } from '../../../ec2/datum';
import type { Resource, ResourceEditor } from '../../../ec2/model';
import type { Range } from '../../../text/range';
import { get, textOf, type Tree, type TreeMap } from '../../tree/tree';
import { assuming, NO_FACTS } from '../conditions';
import { evaluate, unknown, type Scope } from '../evaluate';
import type { Template, TemplateResource } from '../template';
import { resourceEditor, type Places } from './editor';
import type { Silencers } from './silencers';

export interface Reading {
  readonly template: Template;
  readonly resource: TemplateResource;
  readonly scope: Scope;
  readonly silencers: Silencers;
  /** `Properties`; an empty map where there are none. */
  readonly properties: TreeMap;
}

export function readingOf(template: Template, resource: TemplateResource, silencers: Silencers): Reading {
  const properties = get(resource.tree, 'Properties');
  const { range } = resource.tree;
  const condition = textOf(get(resource.tree, 'Condition'));
  const facts = condition === undefined ? NO_FACTS : assuming(condition, true, NO_FACTS, template);
  return {
    template,
    resource,
    silencers,
    scope: { template, loop: resource.loop, depth: 0, facts },
    properties: properties?.kind === 'map' ? properties : { kind: 'map', range, tag: undefined, entries: [] },
  };
}

/** The value of a property, or what is below it; undefined where it is left out. */
export function property(reading: Reading, key: string, ...path: readonly string[]): Datum | undefined {
  return below(reading, reading.properties, key, ...path);
}

export function below({ scope }: Reading, tree: Tree, key: string, ...path: readonly string[]): Datum | undefined {
  const value = get(tree, key);
  if (value) return entry(evaluate(value, scope), ...path);
  // What a macro or a loop puts there is not known.
  const mayBeMore = tree.kind === 'map' && tree.entries.some((each) => each.key.startsWith('Fn::'));
  return mayBeMore ? unknown(tree.range, 'something else may set it') : undefined;
}

type Base = Pick<Resource, 'address' | 'range' | 'head' | 'when' | 'silenced' | 'edit'>;

/** What all resources have in common. `places` says where the editor writes what. */
export function baseOf(reading: Reading, places: Places = {}, also: Partial<Pick<Base, 'range' | 'head'>> = {}): Base {
  const { resource, template, silencers } = reading;
  const condition = textOf(get(resource.tree, 'Condition'));
  const edit: ResourceEditor = resourceEditor(template, resource, places);
  return {
    address: resource.id,
    range: { start: resource.keyRange.start, end: resource.tree.range.end },
    head: resource.keyRange,
    ...(condition === undefined ? {} : { when: condition }),
    silenced: silencers.ofResource(resource),
    edit,
    ...also,
  };
}

/** The first line of something: what to underline for it as a whole. */
export function firstLine({ template }: Reading, { start, end }: Range): Range {
  const newline = template.carrier.text.indexOf('\n', start);
  return { start, end: newline === -1 || newline > end ? end : Math.max(start + 1, newline) };
}

/** The maps in a list, or the map that stands in its place, each with the conditions under which it is there. */
export function mappings(datum: Datum | undefined): {
  readonly all: readonly { readonly mapping: Mapping; readonly when: readonly string[] }[];
  readonly complete: boolean;
} {
  const { items: found, complete } = items(datum);
  const all = found.flatMap(({ datum: each, when }) => (each?.kind === 'mapping' ? [{ mapping: each, when }] : []));
  return { all, complete: complete && all.length === found.length };
}

/** Several lists as one; undefined where all are left out. */
export function together(...data: readonly (Datum | undefined)[]): Datum | undefined {
  const given = data.filter((datum) => datum !== undefined);
  const [first] = given;
  if (!first || given.length === 1) return first;
  const list: List = { kind: 'list', items: given, range: first.range, complete: true };
  return list;
}
