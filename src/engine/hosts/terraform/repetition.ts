/** `count` and `for_each`: how often a block is there, and what `count.index` and `each` stand for. */
import { bind, evaluate, type Scope } from '../hcl/evaluate';
import { sortedEntries } from '../hcl/select';
import type { Block, Site } from '../hcl/syntax';
import { mapping, unknown, type HclValue } from '../hcl/value';

/** One of so many is as good as unknown. */
const MAX_ALTERNATIVES = 12;

/** A scope in which `each` and `count` are any of what they may be. */
export function eachBinding(block: Block, scope: Scope): Scope {
  const { attributes } = block.body;
  const over = attributes.get('for_each');
  const site: Site = { source: block.source, range: block.head };
  if (attributes.has('count'))
    return bind(scope, ['count', mapping(new Map([['index', unknown(site, 'it is one of several')]]), site)]);
  if (!over) return scope;
  const collection = evaluate(over.expression, scope);
  const entries = sortedEntries(collection)?.entries ?? [];
  const isSet = collection.kind === 'list';
  const some = (values: readonly HclValue[]): HclValue =>
    values.length === 0 || values.length > MAX_ALTERNATIVES
      ? unknown(site, 'it is one of several')
      : { kind: 'choice', options: values.map((value) => ({ value, when: undefined })), site };
  const values = some(entries.map(([, value]) => value));
  const keys = isSet ? values : some(entries.map(([key]) => key));
  return bind(scope, [
    'each',
    mapping(
      new Map([
        ['key', keys],
        ['value', values],
      ]),
      site,
    ),
  ]);
}
