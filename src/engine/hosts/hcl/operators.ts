/** Operators: HCL Native Syntax Specification, "Operations". */
import type { BinaryOperator, Site } from './syntax';
import { isKnown, isNull, numberOf, scalar, textOf, truthOf, unknown, type HclValue } from './value';

const ARITHMETIC: Readonly<Partial<Record<BinaryOperator, (a: number, b: number) => number | boolean>>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

export function binary(operator: BinaryOperator, left: HclValue, right: HclValue, site: Site): HclValue {
  if (operator === '&&' || operator === '||') {
    const a = truthOf(left);
    const b = truthOf(right);
    const decides = operator === '||';
    if (a === decides || b === decides) return scalar(decides, site);
    return a === undefined || b === undefined ? unknown(site, 'a condition is known later') : scalar(!decides, site);
  }
  if (operator === '==' || operator === '!=') {
    const equal = same(left, right);
    return equal === undefined
      ? unknown(site, 'a condition is known later')
      : scalar(equal === (operator === '=='), site);
  }
  const a = numberOf(left);
  const b = numberOf(right);
  const result = a === undefined || b === undefined ? undefined : ARITHMETIC[operator]?.(a, b);
  return result === undefined || Number.isNaN(result) ? unknown(site, 'a number is known later') : scalar(result, site);
}

export function unary(operator: '!' | '-', operand: HclValue, site: Site): HclValue {
  if (operator === '!') {
    const truth = truthOf(operand);
    return truth === undefined ? unknown(site, 'a condition is known later') : scalar(!truth, site);
  }
  const number = numberOf(operand);
  return number === undefined ? unknown(site, 'a number is known later') : scalar(-number, site);
}

/** Whether two values are equal, where that can be told. */
function same(left: HclValue, right: HclValue): boolean | undefined {
  // What exists is not null, whatever it is worth.
  if (isNull(left) !== isNull(right)) {
    const other = isNull(left) ? right : left;
    return other.kind === 'unknown' || other.kind === 'choice' || other.kind === 'reference' ? undefined : false;
  }
  if (!isKnown(left) || !isKnown(right)) return undefined;
  const a = textOf(left);
  const b = textOf(right);
  // A number is never equal to its digits.
  if (a !== undefined && b !== undefined) return a === b && left.kind === right.kind;
  if (isNull(left) && isNull(right)) return true;
  if ((left.kind === 'list' || left.kind === 'mapping') && left.kind === right.kind) {
    const size = (value: typeof left): number => (value.kind === 'list' ? value.items.length : value.entries.size);
    if (size(left) === 0 || size(right) === 0) return size(left) === size(right);
  }
  return undefined;
}
