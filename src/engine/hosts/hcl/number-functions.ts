/** Functions of numbers and of address blocks. */
import type { HclFunction } from './functions';
import { isNull, list, madeText, numberOf, scalar, textOf, truthOf, type HclValue } from './value';
import { hostOfBlock, subnetOf } from './address-blocks';

const numbers =
  (compute: (...values: readonly number[]) => number): HclFunction =>
  ({ args, site }) => {
    const values = args.flatMap((arg) => (arg.kind === 'list' ? arg.items : [arg])).map(numberOf);
    return values.length > 0 && values.every((value) => value !== undefined)
      ? scalar(compute(...values), site)
      : undefined;
  };

/** The first argument that is worth something. */
const tryFunction: HclFunction = ({ args, expression, site }) => {
  for (const [index, arg] of args.entries()) {
    if (arg.kind !== 'unknown') return arg;
    // What may be there at run time is not left out for the sake of what comes behind it.
    if (!arg.why.startsWith('there is no ') && index < expression.args.length - 1) return { ...arg, site };
  }
  return args[args.length - 1];
};

export const NUMBER_FUNCTIONS: Readonly<Record<string, HclFunction>> = {
  min: numbers(Math.min),
  max: numbers(Math.max),
  abs: numbers((value = 0) => Math.abs(value)),
  ceil: numbers((value = 0) => Math.ceil(value)),
  floor: numbers((value = 0) => Math.floor(value)),
  sum: numbers((...values) => values.reduce((total, value) => total + value, 0)),
  parseint: ({ args: [first, base], site }) => {
    const text = textOf(first);
    const radix = numberOf(base) ?? 10;
    const number = text === undefined || radix < 2 || radix > 36 ? NaN : parseInt(text, radix);
    return Number.isNaN(number) ? undefined : scalar(number, site);
  },
  tonumber: ({ args: [first], site }) => {
    if (isNull(first)) return first;
    const number = numberOf(first);
    return number === undefined ? undefined : scalar(number, first?.site ?? site);
  },
  tobool: ({ args: [first], site }) => {
    if (isNull(first)) return first;
    const truth = truthOf(first);
    return truth === undefined ? undefined : scalar(truth, first?.site ?? site);
  },
  try: tryFunction,
  can: ({ args: [first], site }) => (first && first.kind !== 'unknown' ? scalar(true, site) : undefined),
  cidrsubnet: ({ args: [prefix, bits, number], site }) => {
    const made = subnetOf(textOf(prefix), numberOf(bits), numberOf(number));
    return made === undefined ? undefined : madeText(made, site);
  },
  cidrhost: ({ args: [prefix, number], site }) => {
    const made = hostOfBlock(textOf(prefix), numberOf(number));
    return made === undefined ? undefined : madeText(made, site);
  },
  cidrsubnets: ({ args: [prefix, ...lengths], site }) => {
    // Each is behind the one before; of one length they are numbered.
    const bits = lengths.map(numberOf);
    if (!bits.every((length) => length !== undefined && length === bits[0])) return undefined;
    const made = bits.map((length, index) => subnetOf(textOf(prefix), length, index));
    if (!made.every((text) => text !== undefined)) return undefined;
    return list(
      made.map((text): HclValue => madeText(text, site)),
      site,
    );
  },
};
