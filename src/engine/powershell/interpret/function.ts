/** Functions and script blocks of the program ("about_Functions", "about_Script_Blocks", "about_Scopes"). */
import type { Place } from '../../program/source';
import { child, named, walk, type Node } from '../syntax/parse';
import { bind, type CommandArgument, type Parameters } from './arguments';
import { either, NULL, UNKNOWN_DATUM, unknownNamed, type Datum } from './datum';
import { evaluate } from './evaluate';
import { runAll, type Output } from './execute';
import { markDatum, setVariable, textAt, variableName, type FunctionDefinition, type Machine } from './machine';
import { copyState, eitherState } from './state';

const MAX_DEPTH = 10;

/** Every function in the trees, by its name in lower case. Who comes to a call has passed the definition, wherever it stands. */
export function functionsIn(roots: readonly Node[], text: string): ReadonlyMap<string, readonly FunctionDefinition[]> {
  const functions = new Map<string, FunctionDefinition[]>();
  for (const root of roots) {
    walk(root, (node) => {
      if (node.type !== 'function_statement') return true;
      const name = child(node, 'function_name');
      if (!name) return true;
      const key = text
        .slice(name.start, name.end)
        .toLowerCase()
        .replace(/^(?:global|script|local|private):/, '');
      functions.set(key, [...(functions.get(key) ?? []), { name: key, node }]);
      return true;
    });
  }
  return functions;
}

interface Parameter {
  readonly name: string;
  readonly node: Node;
  readonly isSwitch: boolean;
  readonly value: Node | undefined;
}

/** The parameters of a function, a script block or a method. */
function parametersOf(node: Node, machine: Machine): readonly Parameter[] {
  const lists: Node[] = [];
  for (const each of [node, ...node.children, ...(child(node, 'script_block')?.children ?? [])]) {
    const list = each.type === 'class_method_parameter_list' ? each : child(each, 'parameter_list');
    if (list && !lists.includes(list)) lists.push(list);
  }
  return lists.flatMap(named).flatMap((parameter) => {
    const name = child(parameter, 'variable');
    if (!name) return [];
    const types = child(parameter, 'attribute_list');
    const given = child(parameter, 'script_parameter_default');
    return [
      {
        name: variableName(textAt(machine, name).slice(1)),
        node: name,
        isSwitch:
          types !== undefined &&
          /\[\s*(?:System\.Management\.Automation\.)?switch(?:Parameter)?\s*\]/i.test(textAt(machine, types)),
        value: given && named(given)[0],
      },
    ];
  });
}

function bodyOf(node: Node): readonly Node[] {
  // Its parameters were given their values already.
  return node.children
    .filter(({ type }) => type === 'script_block')
    .flatMap((block) => block.children.filter(({ type }) => type !== 'param_block'));
}

/** Gives the parameters of a program what they have where they are not given. */
export function setParameters(node: Node, machine: Machine): void {
  for (const { name, node: at, value } of parametersOf(node, machine))
    setVariable(machine, name, value ? either(evaluate(value, machine), unknownNamed(name)) : unknownNamed(name), at);
}

/** Runs a body with its parameters, and puts the variables that are its own back. */
function runBody(node: Node, given: ReadonlyMap<string, Datum>, machine: Machine, hasFrame: boolean): Output {
  const former = { frame: machine.frame, ended: machine.state.ended };
  const frame = { shadowed: new Map<string, Datum | undefined>(), returned: undefined as Datum | undefined };
  if (hasFrame) machine.frame = frame;
  for (const { name, node: at, value, isSwitch } of parametersOf(node, machine)) {
    const known =
      given.get(name) ??
      (value ? either(evaluate(value, machine), ...(given.size === 0 ? [UNKNOWN_DATUM] : [])) : undefined);
    setVariable(machine, name, known ?? (isSwitch ? UNKNOWN_DATUM : unknownNamed(name)), at);
  }
  let output = runAll(bodyOf(node), machine);
  if (machine.state.ended === 'function') machine.state.ended = former.ended;
  if (!hasFrame) return output;
  if (frame.returned) output = output ? either(frame.returned, output) : frame.returned;
  for (const [name, datum] of frame.shadowed) {
    if (datum) machine.state.variables.set(name, datum);
    else machine.state.variables.delete(name);
  }
  machine.frame = former.frame;
  return output;
}

/** True where a call may do what the calls before it did not: it is given an address, a table, a block. */
function tells(arg: CommandArgument, machine: Machine): boolean {
  if (arg.kind === 'splat') return true;
  return (
    arg.kind === 'value' &&
    (arg.datum.some(({ kind }) => kind !== 'text') || /https?:|169\.254/i.test(textAt(machine, arg.node)))
  );
}

function isSame(before: ReadonlyMap<string, Datum>, after: ReadonlyMap<string, Datum>): boolean {
  if (before.size !== after.size) return false;
  for (const [name, datum] of after) if (before.get(name) !== datum) return false;
  return true;
}

/** Calls the functions that a name may mean. */
export function callFunction(
  definitions: readonly FunctionDefinition[],
  args: readonly CommandArgument[],
  call: Node,
  machine: Machine,
): Output {
  const start = machine.state;
  const { context } = machine;
  const place: Place = { source: machine.source, range: call };
  let output: Output;
  let end = undefined as Machine['state'] | undefined;
  for (const { node } of definitions) {
    machine.called.add(node);
    if (machine.quiet.has(node) && !args.some((arg) => tells(arg, machine))) continue;
    if (context.calls.includes(node) || context.calls.length >= MAX_DEPTH) return UNKNOWN_DATUM;
    const { length } = machine.seen;
    const variables = new Map(start.variables);
    if (definitions.length > 1) machine.state = copyState(start);
    machine.context = { ...context, calls: [...context.calls, node], places: [...context.places, place] };
    const result = runBody(node, boundTo(node, args, place, machine), machine, true);
    output = end && output ? either(output, result ?? NULL) : result;
    end = end ? eitherState(end, machine.state) : machine.state;
    if (machine.seen.length === length && !result && isSame(variables, machine.state.variables))
      machine.quiet.add(node);
  }
  machine.context = context;
  machine.state = end ?? start;
  return output;
}

function boundTo(
  node: Node,
  args: readonly CommandArgument[],
  via: Place,
  machine: Machine,
): ReadonlyMap<string, Datum> {
  const parameters = parametersOf(node, machine);
  const names = parameters.map(({ name }) => name);
  const switches = new Set(parameters.filter(({ isSwitch }) => isSwitch).map(({ name }) => name));
  const spec: Parameters = { names, switches, aliases: {}, positional: names.filter((name) => !switches.has(name)) };
  const { values, open } = bind(args, spec);
  const given = new Map<string, Datum>();
  for (const [name, { datum }] of values) given.set(name, markDatum(datum, { via }));
  for (const { name, isSwitch, value } of parameters) {
    if (given.has(name)) continue;
    if (open) given.set(name, UNKNOWN_DATUM);
    else if (!isSwitch && !value && machine.input) given.set(name, machine.input);
    else if (value) given.set(name, evaluate(value, machine));
    else if (!isSwitch) given.set(name, NULL);
  }
  if (machine.input) given.set('_', machine.input);
  return given;
}

/** Runs a script block where it stands. `args`: what its parameters get, in their order. */
export function runBlock(node: Node, args: readonly Datum[], machine: Machine, hasFrame = false): Output {
  if (machine.context.calls.length >= MAX_DEPTH) return UNKNOWN_DATUM;
  machine.called.add(node);
  const { context } = machine;
  machine.context = { ...context, calls: [...context.calls, node] };
  const given = new Map(parametersOf(node, machine).map(({ name }, index) => [name, args[index] ?? UNKNOWN_DATUM]));
  const output = runBody(node, given, machine, hasFrame);
  machine.context = context;
  return output;
}

/** Runs what somebody else calls: with unknown arguments. */
export function runUncalled(node: Node, machine: Machine): void {
  machine.called.add(node);
  machine.context = { ...machine.context, calls: [node], places: [] };
  runBody(node, new Map(), machine, true);
}
