/** The instances that `count` and `for_each` make of a block. */
import { bind, evaluate, type Scope } from '../../hcl/evaluate';
import { sortedEntries } from '../../hcl/select';
import type { Block, Site } from '../../hcl/syntax';
import { isNull, mapping, numberOf, scalar, textOf, truthOf, unknown, type HclValue } from '../../hcl/value';
import type { Module } from '../module';
import { editorOf } from './editor';
import { editorOfGiven } from './given';
import type { Reading } from './reading';
import type { Silencers } from './silencers';

/** No more of one block are looked at by themselves. */
const MAX_REPEATS = 50;

/** One reading of each instance that `count` or `for_each` makes of a block; one where they are all alike. */
export function readingsOf(
  block: Block,
  address: string,
  module: Module,
  uri: string,
  silencers: Silencers,
  call?: Site,
): readonly Reading[] {
  const one = (scope: Scope, key: string, isRepeated: boolean, when: string | undefined): Reading => {
    const reading = {
      uri,
      block,
      module,
      scope,
      address: module.prefix + address + key,
      when,
      isRepeated,
      silencers,
      call,
    };
    if (block.source.uri !== uri) return { ...reading, edit: editorOfGiven(module, uri) };
    return { ...reading, edit: block.isNative ? editorOf(block, scope, isRepeated, module) : undefined };
  };
  const site: Site = { source: block.source, range: block.head };
  const { attributes } = block.body;
  const count = attributes.get('count');
  if (count) {
    return eachOption(evaluate(count.expression, module.scope)).flatMap(({ value, when }): readonly Reading[] => {
      const number = numberOf(value) ?? (truthOf(value) === false ? 0 : undefined);
      if (number === 0) return [];
      const isUsed = mentions(block, 'count.index');
      const scopeAt = (index: HclValue): Scope =>
        bind(module.scope, ['count', mapping(new Map([['index', index]]), site)]);
      if (number === undefined || !isUsed || number > MAX_REPEATS)
        return [one(scopeAt(number === 1 ? scalar(0, site) : unknown(site, 'it is one of several')), '', false, when)];
      return Array.from({ length: number }, (_, index) =>
        one(scopeAt(scalar(index, site)), `[${String(index)}]`, number > 1, when),
      );
    });
  }
  const over = attributes.get('for_each');
  if (!over) return [one(module.scope, '', false, undefined)];
  return eachOption(evaluate(over.expression, module.scope)).flatMap(({ value, when }): readonly Reading[] => {
    const entries = sortedEntries(value);
    const scopeAt = (key: HclValue, item: HclValue): Scope =>
      bind(module.scope, [
        'each',
        mapping(
          new Map([
            ['key', key],
            ['value', item],
          ]),
          site,
        ),
      ]);
    const later = unknown(site, 'it is one of several that are known later');
    if (!entries || entries.entries.length > MAX_REPEATS) return [one(scopeAt(later, later), '', true, when)];
    const isSet = value.kind === 'list';
    if (!mentions(block, 'each.') && entries.entries.length > 0) return [one(scopeAt(later, later), '', false, when)];
    return entries.entries.map(([key, item]) => {
      const name = textOf(isSet ? item : key);
      const at = name === undefined ? '' : `["${name}"]`;
      return one(scopeAt(isSet ? item : key, item), at, entries.entries.length > 1, when);
    });
  });
}

function eachOption(value: HclValue): readonly { readonly value: HclValue; readonly when: string | undefined }[] {
  if (isNull(value)) return [];
  return value.kind === 'choice' ? value.options : [{ value, when: undefined }];
}

function mentions({ source, range }: Block, text: string): boolean {
  const at = source.text.indexOf(text, range.start);
  return at !== -1 && at < range.end;
}
