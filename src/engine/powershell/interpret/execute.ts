/** Runs statements ("about_Language_Keywords"). Where a way forks both are taken, and what is known afterwards is what either leaves. */
import { fallbackBehind, negated } from '../../shell/evidence';
import { child, field, named, type Node } from '../syntax/parse';
import { invoke } from './command';
import { conditionEvidence } from './condition';
import { either, NULL, UNKNOWN_DATUM, type Datum } from './datum';
import { assign, evaluate } from './evaluate';
import { setParameters } from './function';
import { setVariable, spend, textAt, type Machine } from './machine';
import { copyState, eitherState, type State } from './state';

/** What statements give; undefined where nothing. */
export type Output = Datum | undefined;

const STATEMENTS = new Set([
  'program',
  'statement_list',
  'statement_block',
  'script_block',
  'script_block_body',
  'named_block_list',
  'named_block',
]);

function both(first: Output, second: Output): Output {
  if (!first || !second) return first ?? second;
  return [{ kind: 'list', items: [first, second] }];
}

/** One after the other, as far as they are reached. */
export function runAll(nodes: readonly Node[], machine: Machine): Output {
  let output: Output;
  for (const node of nodes) {
    if (machine.state.ended) break;
    output = both(output, run(node, machine));
  }
  return output;
}

/** Runs with a state and a context of its own, and gives the state that it leaves. */
function branch(
  machine: Machine,
  start: State,
  context: Machine['context'],
  way: () => Output,
): { output: Output; state: State } {
  const former = { state: machine.state, context: machine.context };
  machine.state = copyState(start);
  machine.context = context;
  const output = way();
  const { state } = machine;
  machine.state = former.state;
  machine.context = former.context;
  return { output, state };
}

/** What either way gives; a way that gives nothing gives null where the other gives something. */
function eitherOutput(a: Output, b: Output): Output {
  return a || b ? either(a ?? NULL, b ?? NULL) : undefined;
}

export function run(node: Node, machine: Machine): Output {
  if (node.broken || !spend(machine)) return undefined;
  if (STATEMENTS.has(node.type)) return runAll(named(node), machine);
  switch (node.type) {
    case 'pipeline':
    case 'pipeline_chain':
      return runPipeline(node, machine);
    case 'if_statement':
      return runIf(node, machine);
    case 'while_statement':
    case 'for_statement':
    case 'do_statement':
      return runLoop(node, machine);
    case 'foreach_statement':
      return runForeach(node, machine);
    case 'switch_statement':
      return runSwitch(node, machine);
    case 'try_statement':
      return runTry(node, machine);
    case 'flow_control_statement':
      return runFlow(node, machine);
    case 'assignment_expression':
      assign(node, machine);
      return undefined;
    case 'function_statement':
    case 'class_statement':
    case 'enum_statement':
      return undefined;
    case 'param_block':
      setParameters(node, machine);
      return undefined;
    case 'command':
      return invoke(node, machine);
    case 'labeled_statement':
    case 'data_statement':
    case 'inlinescript_statement':
    case 'parallel_statement':
    case 'sequence_statement':
      return runAll(named(node), machine);
    case 'trap_statement':
      return undefined;
    default:
      return given(evaluate(node, machine), isSilent(node, machine));
  }
}

/** What a statement gives that is an expression: null is as good as nothing. */
function given(datum: Datum, isSilent: boolean): Output {
  return isSilent || datum.every(({ kind }) => kind === 'null') ? undefined : datum;
}

/** `[void]...`, `$i++`. */
function isSilent(node: Node, machine: Machine): boolean {
  if (/^(?:pre|post)_/.test(node.type)) return true;
  return node.type === 'cast_expression' && /^\[\s*void\s*\]/i.test(textAt(machine, node).slice(0, 10));
}

function runPipeline(node: Node, machine: Machine): Output {
  let output: Output;
  let isFirst = true;
  for (const part of named(node)) {
    if (part.type === 'pipeline_chain_tail') continue;
    const former = machine.input;
    machine.input = isFirst || node.type === 'pipeline' ? former : (output ?? NULL);
    output = run(part, machine);
    machine.input = former;
    isFirst = false;
  }
  return output;
}

function isEmpty(body: Node | undefined): body is undefined {
  return !body?.children.some((list) => list.named && list.children.some(matters));
}

/** True where a statement was read, or ends something. */
function matters(node: Node): boolean {
  return node.children.length > 0 || node.type === 'flow_control_statement';
}

function runIf(node: Node, machine: Machine): Output {
  const clauses: { readonly condition: Node | undefined; readonly body: Node | undefined }[] = [
    { condition: field(node, 'condition'), body: child(node, 'statement_block') },
  ];
  for (const clause of child(node, 'elseif_clauses')?.children ?? [])
    clauses.push({ condition: field(clause, 'condition'), body: child(clause, 'statement_block') });
  const other = child(node, 'else_clause');
  if (other) clauses.push({ condition: undefined, body: child(other, 'statement_block') });
  let output: Output;
  let end: State | undefined;
  let { context } = machine;
  let isSure = false;
  const meet = (way: { output: Output; state: State }): void => {
    output = end ? eitherOutput(output, way.output) : way.output;
    end = end ? eitherState(end, way.state) : way.state;
  };
  for (const { condition, body } of clauses) {
    const evidence = condition && conditionEvidence(condition, machine);
    if (condition) evaluate(condition, machine);
    else isSure = true;
    const inside = { ...context, fallback: fallbackBehind(context.fallback, evidence) };
    // Where nothing happens nothing has to be copied.
    if (isEmpty(body)) meet({ output: undefined, state: machine.state });
    else meet(branch(machine, machine.state, inside, () => run(body, machine)));
    context = { ...context, fallback: fallbackBehind(context.fallback, negated(evidence)) };
  }
  if (!isSure) meet({ output: undefined, state: machine.state });
  if (end) machine.state = end;
  return output;
}

/** What happens any number of times happens twice, so that what it does to itself is seen. */
function repeat(machine: Machine, atLeastOnce: boolean, body: () => Output): Output {
  let output: Output;
  for (let time = 0; time < 2; time++) {
    const start = machine.state;
    const way = branch(machine, start, machine.context, body);
    output = time === 0 ? way.output : eitherOutput(output, way.output);
    if (way.state.ended === 'loop') way.state.ended = undefined;
    machine.state = time === 0 && atLeastOnce ? way.state : eitherState(start, way.state);
    if (machine.state.ended) break;
  }
  return output;
}

function runLoop(node: Node, machine: Machine): Output {
  const initializer = field(node, 'for_initializer');
  if (initializer) runAll(named(initializer), machine);
  const condition = field(node, 'condition') ?? field(node, 'for_condition');
  const iterator = field(node, 'for_iterator');
  const body = child(node, 'statement_block');
  const isDo = node.type === 'do_statement';
  return repeat(machine, isDo, () => {
    if (condition && !isDo) runAll(named(condition), machine);
    const output = body ? run(body, machine) : undefined;
    if (iterator) runAll(named(iterator), machine);
    if (condition && isDo && !machine.state.ended) runAll(named(condition), machine);
    return output;
  });
}

function runForeach(node: Node, machine: Machine): Output {
  const body = child(node, 'statement_block');
  const [target, ...rest] = named(node).filter((each) => each !== body && each.type !== 'foreach_parameter');
  const values = rest.map((each) => evaluate(each, machine));
  if (!body || target?.type !== 'variable') return undefined;
  const items = values.flatMap(itemsOf);
  const [first] = items;
  return repeat(machine, false, () => {
    setVariable(
      machine,
      textAt(machine, target).slice(1),
      first ? either(first, ...items.slice(1)) : UNKNOWN_DATUM,
      target,
    );
    return run(body, machine);
  });
}

/** The elements of a list; one that is no list is its own element. */
export function itemsOf(datum: Datum): readonly Datum[] {
  return datum.flatMap((alternative) =>
    alternative.kind === 'list'
      ? alternative.items.flatMap(itemsOf)
      : alternative.kind === 'null'
        ? []
        : [[alternative]],
  );
}

function runSwitch(node: Node, machine: Machine): Output {
  const condition = child(node, 'switch_condition');
  const value = condition ? runAll(named(condition), machine) : undefined;
  const clauses = child(child(node, 'switch_body') ?? node, 'switch_clauses')?.children ?? [];
  const start = machine.state;
  let output: Output;
  let end: State | undefined;
  let hasDefault = false;
  for (const clause of clauses) {
    const body = child(clause, 'statement_block');
    if (!body || clause.broken) continue;
    const label = child(clause, 'switch_clause_condition');
    if (label && /^default$/i.test(textAt(machine, label).trim())) hasDefault = true;
    const way = branch(machine, start, machine.context, () => {
      setVariable(machine, '_', value ?? UNKNOWN_DATUM, clause);
      return run(body, machine);
    });
    if (way.state.ended === 'loop') way.state.ended = undefined;
    output = end ? eitherOutput(output, way.output) : way.output;
    end = end ? eitherState(end, way.state) : way.state;
  }
  if (end) machine.state = hasDefault ? end : eitherState(end, start);
  return output;
}

function runTry(node: Node, machine: Machine): Output {
  const body = child(node, 'statement_block');
  const start = copyState(machine.state);
  const from = machine.seen.length;
  let output = body ? run(body, machine) : undefined;
  const tried = machine.seen.slice(from);
  const clauses = child(node, 'catch_clauses')?.children ?? [];
  // Any of its statements may have been the last.
  const middle = eitherState(start, { ...machine.state, ended: undefined });
  let { fallback } = machine.context;
  for (const { says, path } of tried) {
    if (says === 'other') continue;
    fallback = fallbackBehind(fallback, { says: 'lacking', path: says === 'asks-for-token' ? undefined : path });
  }
  for (const clause of clauses) {
    const handler = child(clause, 'statement_block');
    if (!handler) continue;
    const way = branch(machine, middle, { ...machine.context, fallback }, () => run(handler, machine));
    output = eitherOutput(output, way.output);
    machine.state = eitherState(machine.state, way.state);
  }
  const last = child(node, 'finally_clause');
  const block = last && child(last, 'statement_block');
  if (block) {
    const { ended } = machine.state;
    machine.state.ended = undefined;
    run(block, machine);
    machine.state.ended ??= ended;
  }
  return output;
}

function runFlow(node: Node, machine: Machine): Output {
  const word = /^\w+/.exec(textAt(machine, node))?.[0].toLowerCase();
  const output = runAll(named(node), machine);
  if (word === 'return') {
    const { frame } = machine;
    if (frame) frame.returned = frame.returned ? either(frame.returned, output ?? NULL) : (output ?? NULL);
    machine.state.ended = 'function';
    return frame ? undefined : output;
  }
  machine.state.ended = word === 'break' || word === 'continue' ? 'loop' : 'program';
  return undefined;
}
