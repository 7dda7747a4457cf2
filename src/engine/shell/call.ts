/** Function calls: the body is run with the arguments of each call (POSIX XCU 2.9.5). */
import { positionals } from './builtins';
import type { Invocation } from './invocation';
import { within, type Context, type Machine } from './machine';
import { UNKNOWN_OUTPUT, type Outcome } from './outcome';
import { setVariable, type KnownFunction } from './state';
import type { Place } from '../program/source';
import { mark, type Value } from '../program/value';

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

export function callFunction(known: KnownFunction, invocation: Invocation, machine: Machine): Outcome {
  const { calls } = machine.context;
  const recursive = calls.some(({ definition }) => definition === known.definition);
  if (recursive || calls.length >= MAX_DEPTH || machine.budget.calls-- <= 0) return UNKNOWN_OUTPUT;
  const { node, source } = invocation;
  const place: Place = { source, range: { start: node.pos, end: node.end } };
  const positional = positionals(invocation.args)?.map((value) => mark(value, { via: place }));
  const context: Context = {
    ...machine.context,
    calls: [...calls, { name: known.name, definition: known.definition, place }],
  };
  return runBody(known, positional, context, machine);
}
