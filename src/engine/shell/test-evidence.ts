/** What the success of `test`, `[` and `[[` tells of a token. */
import type { Evidence } from './evidence';
import { negated } from './evidence';
import { valueOf } from './expand';
import type { Machine } from './machine';
import type { TestExpression } from './syntax';
import { evidenceOf, knownValue, type Value } from '../program/value';

/** A comparison, or a test of one value. */
function compared(operator: string, left: Value, right: Value): Evidence | undefined {
  const evidence = evidenceOf(left) ?? evidenceOf(right);
  if (!evidence) return undefined;
  const other = knownValue(evidenceOf(left) ? right : left);
  const equal = ['=', '==', '-eq'].includes(operator);
  if (!equal && !['!=', '-ne'].includes(operator)) return 'about';
  let meaning: Evidence = 'about';
  if (evidence === 'token' && other === '') meaning = 'lacking';
  else if (evidence === 'status' && other !== undefined) meaning = other === '0' ? 'had' : 'lacking';
  else if (evidence === 'http-code' && other !== undefined) meaning = /^2/.test(other) ? 'had' : 'lacking';
  return equal ? meaning : negated(meaning);
}

function unary(operator: string, operand: Value): Evidence | undefined {
  const evidence = evidenceOf(operand);
  if (!evidence) return undefined;
  if (evidence !== 'token') return 'about';
  if (operator === '-n') return 'had';
  return operator === '-z' ? 'lacking' : 'about';
}

function combined(
  left: Evidence | undefined,
  right: Evidence | undefined,
  operator: '&&' | '||',
): Evidence | undefined {
  if (!left || !right) return operator === '&&' ? (left ?? right) : left || right ? 'about' : undefined;
  return left === right ? left : 'about';
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
  return args.some((value) => evidenceOf(value)) ? 'about' : undefined;
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
