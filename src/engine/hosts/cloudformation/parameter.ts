/** Parameters: AWS CloudFormation User Guide, "Parameters". */
import type { Datum } from '../../ec2/datum';
import type { Range } from '../../text/range';
import { get, itemsOf, textOf, type Tree } from '../tree/tree';
import type { ParameterFact } from './conditions';
import { known, unknown } from './evaluate';

const isStored = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::');
const isList = (type: string): boolean => type === 'CommaDelimitedList' || type.startsWith('List<');

/** The value of a parameter used at `range`: what conditions say that it is, else its default where it has one and conditions do not say otherwise. */
export function parameterValue(name: string, parameter: Tree, range: Range, fact?: ParameterFact): Datum {
  const type = textOf(get(parameter, 'Type')) ?? 'String';
  if (fact && 'is' in fact && !isStored(type) && !isList(type)) return known(fact.is, range);
  const fallback = get(parameter, 'Default');
  const value = textOf(fallback);
  if (isStored(type)) return unknown(range, `${name} is read from Parameter Store`);
  if (!fallback || value === undefined) return unknown(range, `${name} has no default`);
  if (/[\uF8FC-\uF8FF]|\{\{resolve:/.test(value)) return unknown(range, `${name} is known when the stack is deployed`);
  if (fact && ('is' in fact ? fact.is !== value : fact.isNot.includes(value)))
    return another(name, parameter, range, fact);
  const origin = { range: fallback.range, what: `the default of ${name}` };
  if (!isList(type)) return known(value, range, origin);
  const items = value === '' ? [] : value.split(',').map((item) => known(item.trim(), range, origin));
  return { kind: 'list', range, complete: true, items };
}

/** What a parameter is where conditions say that it has not its default. */
function another(name: string, parameter: Tree, range: Range, fact: ParameterFact): Datum {
  const not = 'is' in fact ? [] : fact.isNot;
  const left = itemsOf(get(parameter, 'AllowedValues')).flatMap((item) => textOf(item) ?? []);
  const [only, ...others] = left.filter((value) => !not.includes(value));
  return only !== undefined && others.length === 0 && not.length > 0
    ? known(only, range)
    : unknown(range, `${name} is not its default here`);
}

/** The name under which Parameter Store holds a parameter's value, where it is held there. */
export function storedName(parameter: Tree | undefined, range: Range): Datum | undefined {
  const fallback = get(parameter, 'Default');
  const value = textOf(fallback);
  if (!fallback || value === undefined || !isStored(textOf(get(parameter, 'Type')) ?? '')) return undefined;
  return known(value, range, { range: fallback.range, what: 'the default of the parameter' });
}

/** What a parameter without a default may be, where it may be nothing else. */
export function allowedValues(name: string, parameter: Tree | undefined, range: Range): Datum | undefined {
  const allowed = get(parameter, 'AllowedValues');
  if (allowed?.kind !== 'list' || get(parameter, 'Default')) return undefined;
  const options = allowed.items.flatMap((item) => {
    const value = textOf(item);
    return value === undefined ? [] : [{ datum: known(value, range), when: `${name} is ${value}` }];
  });
  return options.length > 0 && options.length === allowed.items.length ? { kind: 'choice', range, options } : undefined;
}
