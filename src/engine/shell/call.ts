/** Function calls: the body is run with the arguments of each call (POSIX XCU 2.9.5). */
import { positionals } from './builtins';
import type { Field } from './expand';
import type { Invocation } from './invocation';
import { within, type Context, type Machine } from './machine';
import { widenBehind } from './widen';
import { UNKNOWN_OUTPUT, type Outcome } from './outcome';
import { setVariable, type KnownFunction } from './state';
import type { Place } from '../program/source';
import { mark, pattern, type Value } from '../program/value';
import type { Variables } from './variables';

const MAX_DEPTH = 10;

/** Runs the body of `known` in `context`, with its locals put back afterwards. */
export function runBody(
  known: KnownFunction,
  positional: readonly Value[] | undefined,
  context: Context,
  machine: Machine,
): Outcome {
  const { definition, source } = known;
  const { body } = definition;
  const former = { positional: machine.state.positional, locals: machine.locals, ended: machine.state.ended };
  machine.called.add(definition);
  machine.state.positional = positional;
  machine.locals = new Map();
  const outcome = within(machine, { source, context }, () =>
    machine.run({ type: 'Script', pos: body.pos, end: body.end, shebang: undefined, commands: [statementOf(body)] }),
  );
  for (const [name, variable] of machine.locals) {
    if (variable) setVariable(machine.state, name, variable);
    else machine.state.variables.delete(name);
  }
  machine.locals = former.locals;
  machine.state.positional = former.positional;
  if (machine.state.ended === 'return') machine.state.ended = former.ended;
  return outcome;
}

function statementOf(body: KnownFunction['definition']['body']): Parameters<Machine['run']>[0]['commands'][number] {
  const command =
    body.type === 'CompoundList' ? { type: 'BraceGroup' as const, pos: body.pos, end: body.end, body } : body;
  return { type: 'Statement', pos: body.pos, end: body.end, command, background: undefined };
}

/** What an argument has to speak of for a call to do more than another call of the same function did. */
const TELLING = /curl|wget|https?|169|fd00|instance-data|token|\.aws|\.ssh|\.pem|python|\bnc\b|\bsh\b|bash/i;

/**
 * A function that requested, wrote and set nothing of interest when it ran once does not do so for other plain arguments either: every branch of
 * it was run.
 */
function isQuiet(known: KnownFunction, args: readonly Field[], machine: Machine): boolean {
  return machine.quiet.has(known.definition) && !args.some(({ text }) => TELLING.test(pattern(text)));
}

export function callFunction(known: KnownFunction, invocation: Invocation, machine: Machine): Outcome {
  const { calls } = machine.context;
  const { definition } = known;
  if (isQuiet(known, invocation.args, machine)) return machine.quiet.get(definition) ?? UNKNOWN_OUTPUT;
  if (machine.relevance(known.source)?.matters(definition.pos, definition.end) === false) {
    machine.called.add(definition);
    widenBehind(machine, definition.body);
    return UNKNOWN_OUTPUT;
  }
  const recursive = calls.some((call) => call.definition === definition);
  if (recursive || calls.length >= MAX_DEPTH || machine.budget.calls-- <= 0) return UNKNOWN_OUTPUT;
  const { node, source } = invocation;
  const place: Place = { source, range: { start: node.pos, end: node.end } };
  const positional = positionals(invocation.args)?.map((value) => mark(value, { via: place }));
  const context: Context = { ...machine.context, calls: [...calls, { name: known.name, definition, place }] };
  const { variables } = machine.state;
  const events = machine.events;
  const before = variables.copy();
  const outcome = runBody(known, positional, context, machine);
  const same =
    machine.events === events && !outcome.evidence && !machine.state.ended && !changed(before, machine.state.variables);
  if (same && !invocation.args.some(({ text }) => TELLING.test(pattern(text)))) {
    machine.quiet.set(definition, invocation.args.length === 0 ? outcome : UNKNOWN_OUTPUT);
  }
  return outcome;
}

/** True where some variable is another one than before. */
function changed(before: Variables, after: Variables): boolean {
  for (const [name, variable] of after) if (before.get(name) !== variable) return true;
  return false;
}
