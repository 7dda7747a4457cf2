/** `Fn::Sub`, `Fn::Join`, `Fn::Select` and `Fn::Split` over values that are known. */
import { isPossible, possibilities, text, type Datum } from '../../ec2/datum';
import type { Range } from '../../text/range';
import { get, itemsOf, textOf, type Tree } from '../tree/tree';
import { evaluate, known, splitAttribute, unknown, valueOf, type Scope } from './evaluate';

/** `${!Text}` stands for `${Text}`; `${Name}` for what has that name. */
export const VARIABLE = /\$\{!([^}]{0,500})\}|\$\{[ \t]{0,9}([A-Za-z0-9_:.&]+)[ \t]{0,9}\}/g;

const MAX_COMBINATIONS = 32;

/** The text of `Fn::Sub`, and the values that it has of its own. */
export function substitutionOf(argument: Tree): {
  readonly template: Tree | undefined;
  readonly own: Tree | undefined;
} {
  if (argument.kind !== 'list') return { template: argument, own: undefined };
  const [template, own] = argument.items;
  return { template, own };
}

/** What `${name}` is. */
export function variable(name: string, own: Tree | undefined, range: Range, scope: Scope): Datum | undefined {
  const local = get(own, name);
  if (local) return evaluate(local, scope);
  const [target, attribute] = splitAttribute(name);
  if (attribute === undefined || scope.loop.has(name)) return valueOf(name, range, scope);
  return { kind: 'reference', target, attribute, range };
}

export function substituted(argument: Tree, range: Range, scope: Scope): Datum | undefined {
  const { template, own } = substitutionOf(argument);
  const written = textOf(template);
  if (!template || written === undefined) return unknown(range, 'it is put together from what is not known');
  const parts: (string | Datum | undefined)[] = [];
  let at = 0;
  for (const match of written.matchAll(VARIABLE)) {
    const [whole, literal, name] = match;
    parts.push(
      written.slice(at, match.index),
      name === undefined ? `\${${literal ?? ''}}` : variable(name, own, template.range, scope),
    );
    at = match.index + whole.length;
  }
  parts.push(written.slice(at));
  const some = parts.filter((part) => part !== '');
  const [only] = some;
  if (some.length === 1 && typeof only === 'object') return { ...only, range: template.range };
  return combined(some, template.range, '');
}

export function joined(argument: Tree, range: Range, scope: Scope): Datum | undefined {
  const [delimiter, list] = itemsOf(argument);
  const between = textOf(delimiter);
  const values = list && evaluate(list, scope);
  if (between === undefined || values?.kind !== 'list' || !values.complete)
    return unknown(range, 'it is put together from what is not known');
  const [only] = values.items;
  if (values.items.length === 1 && only?.kind === 'reference') return { ...only, range };
  return combined(values.items, range, between);
}

/** Every text that the parts can make together. */
function combined(parts: readonly (string | Datum | undefined)[], range: Range, delimiter: string): Datum {
  let texts: readonly { readonly parts: readonly string[]; readonly when: readonly string[] }[] = [
    { parts: [], when: [] },
  ];
  for (const part of parts) {
    if (typeof part === 'string') {
      texts = texts.map((each) => ({ ...each, parts: [...each.parts, part] }));
      continue;
    }
    const values = possibilities(part);
    if (values.some(({ datum }) => datum !== undefined && text(datum) === undefined))
      return unknown(range, 'it is put together from what is not known');
    texts = texts.flatMap((each) =>
      values.flatMap(({ datum, when }) => {
        const conditions = [...each.when, ...when];
        if (!isPossible(conditions)) return [];
        return [{ parts: datum ? [...each.parts, text(datum) ?? ''] : each.parts, when: conditions }];
      }),
    );
    if (texts.length > MAX_COMBINATIONS) return unknown(range, 'it may be too many things');
  }
  const options = texts.map(({ parts: words, when }) => ({
    datum: known(words.join(delimiter), range),
    when: [...new Set(when)].join(' and ') || undefined,
  }));
  const [only] = options;
  return options.length === 1 && only ? only.datum : { kind: 'choice', range, options };
}

export function selected(argument: Tree, range: Range, scope: Scope): Datum | undefined {
  const [index, list] = itemsOf(argument);
  const written = index && text(evaluate(index, scope));
  const values = list && evaluate(list, scope);
  if (written === undefined || !/^\d{1,4}$/.test(written) || values?.kind !== 'list' || !values.complete)
    return unknown(range, 'it is one of a list that is not known');
  return values.items[Number(written)] ?? unknown(range, 'the list has no such item');
}

export function split(argument: Tree, range: Range, scope: Scope): Datum | undefined {
  const [delimiter, whole] = itemsOf(argument);
  const between = textOf(delimiter);
  const value = whole && evaluate(whole, scope);
  if (between === undefined || between === '' || value?.kind !== 'scalar')
    return unknown(range, 'it is split from what is not known');
  const items = String(value.value)
    .split(between)
    .map((item) => known(item, range));
  return { kind: 'list', range, complete: true, items };
}
