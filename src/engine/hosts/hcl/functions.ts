/** Functions that Terraform, OpenTofu and Packer share: Terraform Language documentation, "Functions". */
import { COLLECTION_FUNCTIONS } from './collection-functions';
import type { Scope } from './evaluate';
import { FILE_FUNCTIONS } from './file-functions';
import { NUMBER_FUNCTIONS } from './number-functions';
import type { CallExpression, Expression, Site } from './syntax';
import { ENCODING_FUNCTIONS } from './encoding-functions';
import { TEXT_FUNCTIONS } from './text-functions';
import { elementsOf } from './select';
import { unknown, type HclValue } from './value';

export interface Call {
  readonly args: readonly HclValue[];
  readonly site: Site;
  readonly scope: Scope;
  readonly expression: CallExpression;
}

/** What a function gives, or undefined where that is not known. */
export type HclFunction = (call: Call) => HclValue | undefined;

const FUNCTIONS: ReadonlyMap<string, HclFunction> = new Map([
  ...Object.entries(TEXT_FUNCTIONS),
  ...Object.entries(COLLECTION_FUNCTIONS),
  ...Object.entries(NUMBER_FUNCTIONS),
  ...Object.entries(ENCODING_FUNCTIONS),
  ...Object.entries(FILE_FUNCTIONS),
]);

export function callFunction(
  expression: CallExpression,
  scope: Scope,
  site: Site,
  evaluate: (expression: Expression, scope: Scope) => HclValue,
): HclValue {
  const { name } = expression;
  const later = unknown(site, `what ${name} gives is known later`);
  // `core::` names the functions that everybody has.
  const called = FUNCTIONS.get(name.replace(/^core::/, ''));
  if (!called) return later;
  const args = expression.args.map((arg) => evaluate(arg, scope));
  if (expression.expands) {
    const last = args.pop();
    const elements = last && elementsOf(last);
    if (!elements?.complete) return later;
    args.push(...elements.items);
  }
  const value = called({ args, site, scope, expression });
  return value ? madeOf(args, value, site) : later;
}

/** The call that gave the value to a module, or a part of it. */
function giverOf(value: HclValue): Site | undefined {
  return value.given ?? (value.kind === 'list' ? value.items.find((item) => item.given)?.given : undefined);
}

/** What a function made of what a module is given is given, too. */
function madeOf(args: readonly HclValue[], value: HclValue, site: Site): HclValue {
  const sources = args.filter((arg) => giverOf(arg));
  const [first] = sources;
  const given = first && giverOf(first);
  if (!given || value.given) return value;
  if (value.kind === 'text' || value.kind === 'scalar') return { ...value, given };
  if (value.kind !== 'list') return value;
  // Elements of other lists are as they were.
  const isMade = (item: HclValue): boolean => item.site === site || sources.some((source) => source.site === item.site);
  return { ...value, items: value.items.map((item) => (item.given || !isMade(item) ? item : { ...item, given })) };
}
