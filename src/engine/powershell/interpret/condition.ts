/** What a condition tells of whether a token was had. */
import { negated, type Evidence } from '../../shell/evidence';
import { evidenceOf } from '../../program/value';
import { child, named, type Node } from '../syntax/parse';
import { valueOf } from './datum';
import { textAt, variable, type Machine } from './machine';

/** `$null`, `''`, `""`: what is not there. */
const NOTHING = /^(?:\$null|''|""|\$false)$/i;

function inner(node: Node): Node {
  const [only, ...more] = named(node);
  const isWrapped = node.type === 'parenthesized_expression' || node.type === 'while_condition';
  return isWrapped && only && more.length === 0 ? inner(only) : node;
}

/** What it tells that something is there: a token, or the answer to a request with one. */
function presence(node: Node, machine: Machine): Evidence | undefined {
  const at = inner(node);
  const found =
    at.type === 'variable' ? evidenceOf(valueOf(variable(machine, textAt(machine, at).slice(1)))) : undefined;
  return found && { says: 'had', path: found.hole === 'token' ? undefined : found.path };
}

export function conditionEvidence(node: Node, machine: Machine): Evidence | undefined {
  const at = inner(node);
  switch (at.type) {
    case 'variable':
      return presence(at, machine);
    case 'expression_with_unary_operator': {
      const [operand] = named(at);
      return /^(?:!|-not)/i.test(textAt(machine, at)) && operand
        ? negated(conditionEvidence(operand, machine))
        : undefined;
    }
    case 'comparison_expression':
      return comparison(at, machine);
    case 'logical_expression': {
      // `-and` holds only where both sides do.
      if (!at.children.some((part) => /^-and$/i.test(textAt(machine, part)))) return undefined;
      const sides = named(at).map((side) => conditionEvidence(side, machine));
      return sides.find((side) => side !== undefined);
    }
    case 'invokation_expression': {
      if (!/^\[(?:System\.)?string\]::IsNullOr(?:Empty|WhiteSpace)\s*\(/i.test(textAt(machine, at))) return undefined;
      const argument = child(at, 'argument_list');
      const [value] = argument ? named(argument) : [];
      const [only] = value?.type === 'argument_expression_list' ? named(value) : [value];
      return only && negated(presence(only, machine));
    }
    default:
      return undefined;
  }
}

function comparison(node: Node, machine: Machine): Evidence | undefined {
  const [left, operator, right] = node.children;
  if (!left || !operator || !right) return undefined;
  const word = textAt(machine, operator).toLowerCase();
  const isEqual = /^-[ci]?eq$/.test(word);
  if (!isEqual && !/^-[ci]?ne$/.test(word)) return undefined;
  const nothing = [left, right].find((side) => NOTHING.test(textAt(machine, side)));
  if (!nothing) return undefined;
  const evidence = presence(nothing === left ? right : left, machine);
  return isEqual ? negated(evidence) : evidence;
}
