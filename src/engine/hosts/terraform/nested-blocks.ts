/** Blocks within blocks: written as blocks, as lists of objects, or by `dynamic`. */
import { bind, evaluate, type Scope } from '../hcl/evaluate';
import { sortedEntries } from '../hcl/select';
import type { Attribute, Block, Body, Expression, Site } from '../hcl/syntax';
import { isKnown, mapping, optionsOf, textOf, unknown, type HclValue } from '../hcl/value';

export interface NestedBlock {
  readonly body: Body;
  /** With the iterator of a dynamic block. */
  readonly scope: Scope;
  readonly range: Body['range'];
  readonly head: Body['range'];
  readonly isNative: boolean;
  /** True for one that stands for several of which not all is known. */
  readonly isUncertain: boolean;
}

/** More than this many of one dynamic block are read as one of which nothing is known. */
const MAX_REPEATS = 100;

export function nestedBlocks(body: Body, type: string, scope: Scope): readonly NestedBlock[] {
  const found: NestedBlock[] = [];
  for (const block of body.blocks) {
    if (block.type === type) {
      const { range, head, isNative } = block;
      found.push({ body: block.body, scope, range, head, isNative, isUncertain: false });
    } else if (block.type === 'dynamic' && block.labels[0] === type) found.push(...repeated(block, type, scope));
  }
  const attribute = body.attributes.get(type);
  if (attribute) found.push(...asBlocks(attribute, attribute.expression, scope));
  return found;
}

function repeated(block: Block, type: string, scope: Scope): readonly NestedBlock[] {
  const content = block.body.blocks.find((inner) => inner.type === 'content');
  const over = block.body.attributes.get('for_each');
  if (!content || !over) return [];
  const { range, head } = block;
  const iteratorName = block.body.attributes.get('iterator')?.expression;
  const iterator = iteratorName?.kind === 'variable' ? iteratorName.name : type;
  const one = (key: HclValue, value: HclValue, isUncertain: boolean): NestedBlock => ({
    body: content.body,
    scope: bind(scope, [
      iterator,
      mapping(
        new Map([
          ['key', key],
          ['value', value],
        ]),
        value.site,
      ),
    ]),
    range,
    head,
    isNative: true,
    isUncertain,
  });
  return optionsOf(evaluate(over.expression, scope)).flatMap((collection) => {
    const site: Site = { source: block.source, range: over.range };
    const entries = sortedEntries(collection);
    if (!entries || entries.entries.length > MAX_REPEATS)
      return [
        one(
          unknown(site, 'it is one of several that are known later'),
          unknown(site, 'it is one of several that are known later'),
          true,
        ),
      ];
    const isSet = collection.kind === 'list';
    return entries.entries.map(([key, value]) => one(isSet ? value : key, value, !isKnown(value)));
  });
}

/** `ingress = [{ ... }]`, and all of JSON. */
function asBlocks(attribute: Attribute, expression: Expression, scope: Scope): readonly NestedBlock[] {
  if (expression.kind === 'tuple') return expression.items.flatMap((item) => asBlocks(attribute, item, scope));
  if (expression.kind !== 'object') return [];
  const attributes = new Map<string, Attribute>();
  const { source, range } = expression;
  for (const item of expression.items) {
    const name = item.key.kind === 'variable' ? item.key.name : (textOf(evaluate(item.key, scope)) ?? '');
    const nameRange = item.key.range;
    attributes.set(name, { name, nameRange, range: item.range, expression: item.value, source });
  }
  const body: Body = { source, range, attributes, blocks: [] };
  return [{ body, scope, range, head: range, isNative: false, isUncertain: false }];
}
