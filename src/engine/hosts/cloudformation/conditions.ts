/** What is known where a condition holds: AWS CloudFormation User Guide, "Condition functions". */
import { itemsOf, textOf, type Tree } from '../tree/tree';
import { callOf } from './functions';
import type { Template } from './template';

/** What conditions above an expression say. */
export interface Facts {
  /** Conditions by name, and whether they hold. */
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly parameters: ReadonlyMap<string, ParameterFact>;
}

/** A parameter's value, or values that it has not. */
export type ParameterFact = { readonly is: string } | { readonly isNot: readonly string[] };

export const NO_FACTS: Facts = { conditions: new Map(), parameters: new Map() };

/** Nobody nests conditions deeper and means it; one that names itself ends here. */
const MAX_DEPTH = 20;

/** Whether a condition holds, as far as the facts decide it. */
export function holds(name: string, facts: Facts, template: Template): boolean | undefined {
  if (facts.conditions.size === 0) return undefined;
  // Conditions may name others many times over, and themselves.
  const named = new Map<string, boolean | undefined>(facts.conditions);
  const ofName = (each: string, depth: number): boolean | undefined => {
    if (named.has(each) || depth > MAX_DEPTH) return named.get(each);
    named.set(each, undefined);
    const truth = ofTree(template.conditions.get(each), depth);
    named.set(each, truth);
    return truth;
  };
  const ofTree = (tree: Tree | undefined, depth: number): boolean | undefined => {
    const call = tree && callOf(tree);
    if (!call || depth > MAX_DEPTH) return undefined;
    if (call.name === 'Condition') return ofName(textOf(call.argument) ?? '', depth + 1);
    const parts = itemsOf(call.argument);
    if (call.name === 'Fn::Equals') return ofEquation(equationOf(parts), facts);
    if (!/^Fn::(?:Not|And|Or)$/.test(call.name)) return undefined;
    const truths = parts.map((part) => ofTree(part, depth + 1));
    if (call.name === 'Fn::Not') return truths[0] === undefined ? undefined : !truths[0];
    const decisive = call.name === 'Fn::Or';
    if (truths.includes(decisive)) return decisive;
    return truths.includes(undefined) ? undefined : !decisive;
  };
  return ofName(name, 0);
}

function ofEquation(equation: Equation | undefined, facts: Facts): boolean | undefined {
  const fact = equation && facts.parameters.get(equation.parameter);
  if (!fact) return undefined;
  if ('is' in fact) return fact.is === equation.value;
  return fact.isNot.includes(equation.value) ? false : undefined;
}

/** The facts where, besides, a condition holds or does not. */
export function assuming(name: string, isHeld: boolean, facts: Facts, template: Template): Facts {
  if (facts.conditions.has(name)) return facts;
  const conditions = new Map(facts.conditions);
  const parameters = new Map(facts.parameters);
  const learnName = (each: string, isTrue: boolean, depth: number): void => {
    if (conditions.has(each)) return;
    conditions.set(each, isTrue);
    const tree = template.conditions.get(each);
    if (tree) learn(tree, isTrue, depth);
  };
  const learn = (tree: Tree | undefined, isTrue: boolean, depth: number): void => {
    const call = tree && callOf(tree);
    if (!call || depth > MAX_DEPTH) return;
    const parts = itemsOf(call.argument);
    switch (call.name) {
      case 'Condition':
        learnName(textOf(call.argument) ?? '', isTrue, depth + 1);
        return;
      case 'Fn::Not':
        learn(parts[0], !isTrue, depth + 1);
        return;
      case 'Fn::And':
        if (isTrue) for (const part of parts) learn(part, true, depth + 1);
        return;
      case 'Fn::Or':
        if (!isTrue) for (const part of parts) learn(part, false, depth + 1);
        return;
      case 'Fn::Equals': {
        const equation = equationOf(parts);
        if (!equation) return;
        const before = parameters.get(equation.parameter);
        if (isTrue) parameters.set(equation.parameter, { is: equation.value });
        else if (!before || 'isNot' in before) {
          parameters.set(equation.parameter, { isNot: [...(before?.isNot ?? []), equation.value] });
        }
        return;
      }
      default:
    }
  };
  learnName(name, isHeld, 0);
  return { conditions, parameters };
}

/** A parameter set beside a text. */
interface Equation {
  readonly parameter: string;
  readonly value: string;
}

function equationOf(parts: readonly Tree[]): Equation | undefined {
  const [first, second] = parts;
  if (!first || !second || parts.length !== 2) return undefined;
  const parameter = parameterOf(first) ?? parameterOf(second);
  const other = parameterOf(first) === undefined ? first : second;
  const value = callOf(other) ? undefined : textOf(other);
  return parameter === undefined || value === undefined ? undefined : { parameter, value };
}

function parameterOf(tree: Tree): string | undefined {
  const call = callOf(tree);
  return call?.name === 'Ref' ? textOf(call.argument) : undefined;
}
