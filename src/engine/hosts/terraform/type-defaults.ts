/** What the type of a variable gives attributes that are left out: Terraform language, "Type Constraints: Optional Object Type Attributes". */
import { evaluate, type Scope } from '../hcl/evaluate';
import type { Expression } from '../hcl/syntax';
import { isNull, scalar, type HclValue } from '../hcl/value';

/** The value completed by its type. What is null counts as left out; where more may be given than is seen, nothing is added. */
export function withTypeDefaults(value: HclValue, type: Expression, scope: Scope): HclValue {
  if (type.kind !== 'call' || scope.work.left-- <= 0) return value;
  if (value.kind === 'choice')
    return {
      ...value,
      options: value.options.map((option) => ({ ...option, value: withTypeDefaults(option.value, type, scope) })),
    };
  const [inner] = type.args;
  if (!inner) return value;
  switch (type.name) {
    case 'list':
    case 'set':
      if (value.kind !== 'list') return value;
      return { ...value, items: value.items.map((item) => withTypeDefaults(item, inner, scope)) };
    case 'map': {
      if (value.kind !== 'mapping') return value;
      const entries = [...value.entries].map(([key, item]) => [key, withTypeDefaults(item, inner, scope)] as const);
      return { ...value, entries: new Map(entries) };
    }
    case 'object':
      return value.kind === 'mapping' ? { ...value, entries: objectEntries(value, inner, scope) } : value;
    default:
      return value;
  }
}

function objectEntries(
  { entries, complete, site }: Extract<HclValue, { kind: 'mapping' }>,
  attributes: Expression,
  scope: Scope,
): ReadonlyMap<string, HclValue> {
  const result = new Map(entries);
  for (const { key, value: type } of attributes.kind === 'object' ? attributes.items : []) {
    if (key.kind !== 'variable') continue;
    const optional = type.kind === 'call' && type.name === 'optional' ? type.args : undefined;
    const inner = optional ? optional[0] : type;
    let value = result.get(key.name);
    if (optional && (value ? isNull(value) : complete))
      value = optional[1] ? evaluate(optional[1], scope) : scalar(null, site);
    if (value && inner) result.set(key.name, withTypeDefaults(value, inner, scope));
  }
  return result;
}
