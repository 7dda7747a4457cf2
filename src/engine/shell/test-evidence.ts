/** What the success of `test`, `[` and `[[` tells of a token. */
import { ALWAYS, negated, NEVER, sameEvidence, type Evidence } from './evidence';
import { valueOf } from './expand';
import type { Machine } from './machine';
import type { TestExpression } from './syntax';
import { evidenceOf, isLiteral, knownText, knownValue, type Hole, type Value } from '../program/value';

function evidence(says: Evidence['says'], { path }: Hole): Evidence {
  return { says, path };
}

/** What an answer says that is no token: `curl` without `-f` prints the page of a refusal. */
const COMPLAINT =
  /<|html|xml|error|\b[45]\d\d\b|not.?found|unauthori[sz]ed|forbidden|denied|invalid|bad.?request|not.?allowed|null/i;

/** What it tells that a token's text has `other` in it. */
function matched(hole: Hole, other: string | undefined): Evidence {
  return evidence(
    hole.evidence === 'token' && other !== undefined && COMPLAINT.test(other) ? 'lacking' : 'about',
    hole,
  );
}

/** True where the value has characters however the rest of it turns out, false where it has none. */
function isFilled(value: Value): boolean | undefined {
  if (value.every((text) => text.some((part) => isLiteral(part) && part.text !== ''))) return true;
  return value.every((text) => text.length === 0) ? false : undefined;
}

const NUMERIC: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

/** A comparison of what is known on both sides, whichever of it that is. */
function decided(operator: string, left: Value, right: Value): Evidence | undefined {
  const all = left.flatMap((a) => right.map((b) => decidedOf(operator, knownText(a), knownText(b))));
  return all.every((told) => told === all[0]) ? all[0] : undefined;
}

/** A comparison of two texts; patterns of `[[` are left alone. */
function decidedOf(operator: string, left: string | undefined, right: string | undefined): Evidence | undefined {
  if (left === undefined || right === undefined || /[*?[\]]/.test(right)) return undefined;
  const compare = NUMERIC[operator];
  if (compare)
    return /^-?\d+$/.test(left) && /^-?\d+$/.test(right)
      ? compare(Number(left), Number(right))
        ? ALWAYS
        : NEVER
      : undefined;
  if (operator === '=' || operator === '==') return left === right ? ALWAYS : NEVER;
  return operator === '!=' ? (left === right ? NEVER : ALWAYS) : undefined;
}

/** `T=$(curl ... || echo NONE)`: a word that is there where the token is not. */
function standsForNone(value: Value, word: string): boolean {
  return word === '' || value.some((text) => text.some((part) => isLiteral(part) && part.text.trim() === word));
}

/** What a comparison of a token's length with a number tells: no token has fewer characters than people write there, none at all has 0. */
function ofLength(operator: string, number: number): Evidence['says'] {
  const isZero = number === 0;
  switch (operator) {
    case '-gt':
      return number >= 0 ? 'had' : 'about';
    case '-ge':
      return number > 0 ? 'had' : 'about';
    case '-le':
      return number >= 0 ? 'lacking' : 'about';
    case '-lt':
      return number > 0 ? 'lacking' : 'about';
    case '-ne':
    case '!=':
      return isZero ? 'had' : 'about';
    default:
      return isZero ? 'lacking' : 'about';
  }
}

/** A comparison of two values. */
function compared(operator: string, left: Value, right: Value): Evidence | undefined {
  const hole = evidenceOf(left) ?? evidenceOf(right);
  if (!hole) return decided(operator, left, right);
  const [value, compare] = evidenceOf(left) ? [left, right] : [right, left];
  const other = knownValue(compare);
  if (hole.evidence === 'length') return evidence(ofLength(operator, Number(other ?? NaN)), hole);
  const equal = ['=', '==', '-eq', '=~'].includes(operator);
  if (!equal && !['!=', '-ne'].includes(operator)) return evidence('about', hole);
  if (operator === '=~' && hole.evidence === 'token' && /^\^?(?:\[|AQ)/.test(other ?? '')) return evidence('had', hole);
  let says: Evidence['says'] = 'about';
  if (hole.evidence === 'token' && other !== undefined && standsForNone(value, other)) says = 'lacking';
  else if (hole.evidence === 'status' && other !== undefined) says = other === '0' ? 'had' : 'lacking';
  else if (hole.evidence === 'http-code' && other !== undefined) says = other.startsWith('2') ? 'had' : 'lacking';
  const told = says === 'about' ? matched(hole, other) : evidence(says, hole);
  return equal ? told : negated(told);
}

function unary(operator: string, operand: Value): Evidence | undefined {
  const filled = operator === '-n' || operator === '-z' ? isFilled(operand) : undefined;
  if (filled !== undefined) return filled === (operator === '-n') ? ALWAYS : NEVER;
  const hole = evidenceOf(operand);
  if (!hole) return undefined;
  if (hole.evidence !== 'token') return evidence('about', hole);
  if (operator === '-n') return evidence('had', hole);
  return evidence(operator === '-z' ? 'lacking' : 'about', hole);
}

/** What two conditions joined by `&&` or `||` tell together. */
export function combined(
  left: Evidence | undefined,
  right: Evidence | undefined,
  operator: '&&' | '||',
): Evidence | undefined {
  const [decides, leaves] = operator === '&&' ? (['never', 'always'] as const) : (['always', 'never'] as const);
  if (left?.says === decides || right?.says === decides) return operator === '&&' ? NEVER : ALWAYS;
  if (left?.says === leaves) return right;
  if (right?.says === leaves) return left;
  const either = left ?? right;
  if (!left || !right) return either && operator === '||' ? { ...either, says: 'about' } : either;
  return sameEvidence(left, right) ? left : { ...left, says: 'about' };
}

/** What it tells that `grep` finds something in what it reads. */
export function grepEvidence(args: readonly Value[], input: Value | undefined): Evidence | undefined {
  const hole = input && evidenceOf(input);
  if (hole?.evidence !== 'token') return undefined;
  const words = args.map((arg) => knownValue(arg) ?? '');
  const found = matched(hole, words.filter((word) => !word.startsWith('-')).join(' '));
  if (found.says === 'about') return undefined;
  return words.some((word) => /^-[A-Za-z]*v/.test(word)) ? negated(found) : found;
}

/** What it tells that a word matches one of the patterns of a `case`: that there is no token, where each is empty or says so. */
export function caseEvidence(word: Value, patterns: readonly Value[]): Evidence | undefined {
  const hole = evidenceOf(word);
  if (hole?.evidence !== 'token') return undefined;
  const isLack = (pattern: Value): boolean => {
    const known = knownValue(pattern);
    return known !== undefined && (known === '' || COMPLAINT.test(known));
  };
  return patterns.every(isLack) ? evidence('lacking', hole) : undefined;
}

/** The arguments of `test` and `[`, without the closing bracket (POSIX XCU `test`). */
export function testEvidence(args: readonly Value[]): Evidence | undefined {
  const words = args.map(knownValue);
  for (const operator of ['-o', '-a']) {
    const at = words.indexOf(operator);
    if (at > 0 && at < args.length - 1) {
      return combined(
        testEvidence(args.slice(0, at)),
        testEvidence(args.slice(at + 1)),
        operator === '-a' ? '&&' : '||',
      );
    }
  }
  const [first, second, third] = args;
  if (words[0] === '!') return negated(testEvidence(args.slice(1)));
  if (args.length === 1 && first) return unary('-n', first);
  if (args.length === 2 && second) return unary(words[0] ?? '', second);
  if (args.length === 3 && first && third) return compared(words[1] ?? '', first, third);
  for (const value of args) {
    const hole = evidenceOf(value);
    if (hole) return evidence('about', hole);
  }
  return undefined;
}

/** `[[ ... ]]`, whose words are expanded here. */
export function conditionEvidence(expression: TestExpression, machine: Machine): Evidence | undefined {
  switch (expression.type) {
    case 'TestUnary':
      return unary(expression.operator, valueOf(expression.operand, machine));
    case 'TestBinary':
      return compared(expression.operator, valueOf(expression.left, machine), valueOf(expression.right, machine));
    case 'TestLogical': {
      const [first, ...rest] = expression.operands.map((operand) => conditionEvidence(operand, machine));
      return rest.reduce((all, next) => combined(all, next, expression.operator), first);
    }
    case 'TestNot': {
      const inner = conditionEvidence(expression.operand, machine);
      return expression.negations.length % 2 === 1 ? negated(inner) : inner;
    }
    case 'TestGroup':
      return conditionEvidence(expression.expression, machine);
  }
}
