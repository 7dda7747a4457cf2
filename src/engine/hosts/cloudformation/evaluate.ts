/** What the values of a template are, as far as the template says: AWS CloudFormation User Guide, "Intrinsic function reference". */
import type { Choice, Datum, Scalar } from '../../ec2/datum';
import type { Range } from '../../text/range';
import { itemsOf, textOf, type Tree, type TreeList, type TreeMap, type TreeScalar } from '../tree/tree';
import { assuming, holds, type Facts } from './conditions';
import { findInMap } from './find-in-map';
import { expandLoops, type Loop } from './for-each';
import { callOf, type Call } from './functions';
import { parameterValue } from './parameter';
import type { Template } from './template';
import { joined, selected, split, substituted } from './text-functions';

/** Where an expression is evaluated. */
export interface Scope {
  readonly template: Template;
  readonly loop: Loop;
  readonly depth: number;
  /** What the conditions say under which the expression is used. */
  readonly facts: Facts;
}

/** Nobody nests deeper and means it. */
const MAX_DEPTH = 60;

export function unknown(range: Range, why: string): Datum {
  return { kind: 'unknown', why, range };
}

/** The value of an expression; undefined where it is left out (`AWS::NoValue`). */
export function evaluate(tree: Tree, scope: Scope): Datum | undefined {
  if (scope.depth > MAX_DEPTH) return unknown(tree.range, 'it is nested too deep');
  const inner = { ...scope, depth: scope.depth + 1 };
  const call = callOf(tree);
  if (call) return evaluateCall(call, tree.range, inner);
  switch (tree.kind) {
    case 'scalar':
      return scalar(tree, scope);
    case 'list':
      return list(tree, inner);
    case 'map':
      return map(tree, inner);
  }
}

function evaluateCall({ name, argument }: Call, range: Range, scope: Scope): Datum | undefined {
  switch (name) {
    case 'Ref':
      return valueOf(textOf(argument) ?? '', range, scope);
    case 'Fn::GetAtt':
      return attribute(argument, range);
    case 'Fn::If':
      return choice(argument, range, scope);
    case 'Fn::FindInMap':
      return findInMap(argument, range, scope);
    case 'Fn::Sub':
      return substituted(argument, range, scope);
    case 'Fn::Join':
      return joined(argument, range, scope);
    case 'Fn::Select':
      return selected(argument, range, scope);
    case 'Fn::Split':
      return split(argument, range, scope);
    default:
      return unknown(range, `it is what ${name} gives`);
  }
}

/** YAML 1.1, which CloudFormation reads, has more words for true and false. */
const TRUTH: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

function scalar({ value, range }: TreeScalar, { template }: Scope): Datum | undefined {
  if (value === null) return undefined;
  if (typeof value !== 'string') return { kind: 'scalar', value, range };
  if (/[\uF8FC-\uF8FF]/.test(value)) return unknown(range, 'a template puts it in');
  if (value.includes('{{resolve:')) return unknown(range, 'it is read when the stack is deployed');
  const word = value.length <= 3 ? TRUTH[value.toLowerCase()] : undefined;
  const isPlain = word !== undefined && /^\w/.test(template.carrier.text.charAt(range.start));
  return { kind: 'scalar', value: isPlain ? word : value, range };
}

function list({ items, range }: TreeList, scope: Scope): Datum {
  return { kind: 'list', range, complete: true, items: items.flatMap((item) => evaluate(item, scope) ?? []) };
}

function map({ entries, range }: TreeMap, scope: Scope): Datum {
  const result = new Map<string, Datum>();
  let complete = true;
  for (const { key, value, loop } of expandLoops(entries, scope.loop, scope.template)) {
    if (key === 'Fn::Transform') complete = false;
    const datum = evaluate(value, { ...scope, loop });
    if (datum) result.set(key, datum);
  }
  return { kind: 'mapping', range, complete, entries: result };
}

/** What `Ref` gives, and `${Name}` in `Fn::Sub`. */
export function valueOf(name: string, range: Range, { template, loop, facts }: Scope): Datum | undefined {
  const looped = loop.get(name);
  if (looped) return { ...looped, range };
  if (name === 'AWS::NoValue') return undefined;
  // In every region but those of China and of governments.
  if (name === 'AWS::Partition') return { kind: 'scalar', value: 'aws', range };
  if (name === 'AWS::URLSuffix') return { kind: 'scalar', value: 'amazonaws.com', range };
  if (name.startsWith('AWS::')) return unknown(range, `${name} is known when the stack is deployed`);
  const parameter = template.parameters.get(name);
  if (parameter) return parameterValue(name, parameter, range, facts.parameters.get(name));
  return { kind: 'reference', target: name, attribute: undefined, range };
}

function attribute(argument: Tree, range: Range): Datum {
  const parts = argument.kind === 'list' ? argument.items.map(textOf) : splitAttribute(textOf(argument) ?? '');
  const [target, name] = parts;
  if (target === undefined) return unknown(range, 'it is no attribute');
  return { kind: 'reference', target, attribute: name, range };
}

/** `Name.Attribute`, of which only the attribute may hold further dots. */
export function splitAttribute(text: string): readonly [string, string | undefined] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}

/** `Fn::If`: both branches, each with its condition named, or the one that is used where that is known. */
function choice(argument: Tree, range: Range, scope: Scope): Datum | undefined {
  const [condition, yes, no] = itemsOf(argument);
  const name = textOf(condition) ?? (condition ? textOf(callOf(condition)?.argument) : undefined);
  if (name === undefined || !yes || !no) return unknown(range, 'it is no condition');
  const { template, facts } = scope;
  const decided = holds(name, facts, template);
  if (decided !== undefined) return evaluate(decided ? yes : no, scope);
  const under = (isTrue: boolean): Scope => ({ ...scope, facts: assuming(name, isTrue, facts, template) });
  const options: Choice['options'] = [
    { datum: evaluate(yes, under(true)), when: name },
    { datum: evaluate(no, under(false)), when: `not ${name}` },
  ];
  if (options.every(({ datum }) => datum === undefined)) return undefined;
  return { kind: 'choice', range, options };
}

/** A text that is known, used at `range`. */
export function known(value: Scalar['value'], range: Range, origin?: Scalar['origin']): Scalar {
  return { kind: 'scalar', value, range, ...(origin ? { origin } : {}) };
}
