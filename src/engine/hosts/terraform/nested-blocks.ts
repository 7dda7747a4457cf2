/** Blocks within blocks: written as blocks, as lists of objects, by `dynamic`, or as a value that is put together. */
import { bind, evaluate, type Scope } from '../hcl/evaluate';
import { sortedEntries } from '../hcl/select';
import type { Attribute, Block, Body, Expression, Site } from '../hcl/syntax';
import type { Range } from '../../text/range';
import { isNull, mapping, textOf, unknown, type HclValue } from '../hcl/value';

export interface NestedBlock {
  /** With the iterator of a dynamic block. */
  readonly scope: Scope;
  /** Empty where it is a value. */
  readonly body: Body;
  /** Its attributes where it is a value that was put together; `undefined` for one of which nothing is known. */
  readonly values?: HclValue;
  readonly site: Site;
  readonly head: Range;
  /** How it can be edited: a block, an object of a list, or not by itself. */
  readonly form: 'block' | 'object' | 'none';
  /** True for one that may not be there, or that stands for several of which not all is known. */
  readonly isUncertain: boolean;
  /** When it is there, where that is decided later. */
  readonly when?: string;
}

/** More than this many of one dynamic block are read as one of which nothing is known. */
const MAX_REPEATS = 100;

export function nestedBlocks(body: Body, type: string, scope: Scope): readonly NestedBlock[] {
  const found: NestedBlock[] = [];
  for (const block of body.blocks) {
    if (block.type === type) {
      const { range, head, source } = block;
      found.push({ body: block.body, scope, site: { source, range }, head, form: 'block', isUncertain: false });
    } else if (block.type === 'dynamic' && block.labels[0] === type) found.push(...repeated(block, type, scope));
  }
  const attribute = body.attributes.get(type);
  if (attribute) found.push(...inExpression(attribute.expression, scope, false));
  return found;
}

/** What an attribute of the block is worth; undefined where it is left out or null. */
export function valueIn({ body, scope, values }: NestedBlock, name: string): HclValue | undefined {
  if (values) {
    if (values.kind !== 'mapping') return unknown(values.site, 'it is known later');
    const found = values.entries.get(name);
    if (!found)
      return values.complete ? undefined : unknown(values.site, 'it may be set by something that is known later');
    return isNull(found) ? undefined : found;
  }
  const attribute = body.attributes.get(name);
  const value = attribute && evaluate(attribute.expression, scope);
  return isNull(value) ? undefined : value;
}

/** Blocks in a block that may itself be a value. */
export function blocksIn(nested: NestedBlock, type: string): readonly NestedBlock[] {
  if (!nested.values) return nestedBlocks(nested.body, type, nested.scope);
  const value = valueIn(nested, type);
  return value ? inValue(value, nested.scope, nested.isUncertain) : [];
}

function repeated(block: Block, type: string, scope: Scope): readonly NestedBlock[] {
  const content = block.body.blocks.find((inner) => inner.type === 'content');
  const over = block.body.attributes.get('for_each');
  if (!content || !over) return [];
  const { range, head, source } = block;
  const iteratorName = block.body.attributes.get('iterator')?.expression;
  const iterator = iteratorName?.kind === 'variable' ? iteratorName.name : type;
  const one = (
    key: HclValue,
    value: HclValue,
    isUncertain: boolean,
    isOnly: boolean,
    when: string | undefined,
  ): NestedBlock => ({
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
    site: { source, range },
    head,
    form: isOnly ? 'block' : 'none',
    isUncertain,
    ...(when === undefined ? {} : { when }),
  });
  const collections = evaluate(over.expression, scope);
  const options =
    collections.kind === 'choice'
      ? collections.options
      : [{ value: collections, when: undefined as string | undefined }];
  return options.flatMap(({ value: collection, when }) => {
    if (isNull(collection)) return [];
    const entries = sortedEntries(collection);
    if (!entries || entries.entries.length > MAX_REPEATS) {
      const later = unknown({ source, range: over.range }, 'it is one of several that are known later');
      return [one(later, later, true, false, when)];
    }
    const isSet = collection.kind === 'list';
    const isOnly = entries.entries.length === 1 && options.length === 1;
    return entries.entries.map(([key, value]) => one(isSet ? value : key, value, options.length > 1, isOnly, when));
  });
}

/** `ingress = [{ ... }]`, all of JSON, and lists that are put together. */
function inExpression(expression: Expression, scope: Scope, isUncertain: boolean): readonly NestedBlock[] {
  if (expression.kind === 'tuple') return expression.items.flatMap((item) => inExpression(item, scope, isUncertain));
  if (expression.kind !== 'object') return inValue(evaluate(expression, scope), scope, isUncertain);
  const attributes = new Map<string, Attribute>();
  const { source, range } = expression;
  for (const item of expression.items) {
    const name = item.key.kind === 'variable' ? item.key.name : (textOf(evaluate(item.key, scope)) ?? '');
    attributes.set(name, { name, nameRange: item.key.range, range: item.range, expression: item.value, source });
  }
  const body: Body = { source, range, attributes, blocks: [] };
  return [{ body, scope, site: { source, range }, head: range, form: 'object', isUncertain }];
}

function inValue(value: HclValue, scope: Scope, isUncertain: boolean): readonly NestedBlock[] {
  if (isNull(value)) return [];
  const { site } = value;
  const body: Body = { source: site.source, range: site.range, attributes: new Map(), blocks: [] };
  const one = (values: HclValue): NestedBlock => ({
    body,
    scope,
    values,
    site: values.site,
    head: values.site.range,
    form: 'none',
    isUncertain: isUncertain || values.kind === 'unknown',
  });
  if (value.kind === 'choice') return value.options.flatMap((option) => inValue(option.value, scope, true));
  if (value.kind === 'mapping' || value.kind === 'unknown') return [one(value)];
  if (value.kind === 'text' || value.kind === 'scalar') return [];
  if (value.kind !== 'list') return [one(unknown(site, 'it is known later'))];
  const blocks = value.items.flatMap((item) => inValue(item, scope, isUncertain));
  return value.complete ? blocks : [...blocks, one(unknown(site, 'there may be more'))];
}
