/** Runs a program in the abstract: every path, each command once, loops by what any round may leave behind. */
import { assign } from './assign';
import { simpleCommand } from './simple-command';
import { fallbackBehind, negated, NEVER, type Evidence } from './evidence';
import { fieldsOf, runInside, valueOf } from './expand';
import { inSubshell, within, type Context, type Machine } from './machine';
import { either, NOTHING, sequence, UNKNOWN_OUTPUT, type Outcome } from './outcome';
import { redirections } from './redirection';
import { defineFunction, copyState, joinStates, type State } from './state';
import type {
  AndOr,
  Case,
  CommandNode,
  CompoundList,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Statement,
  Word,
} from './syntax';
import { caseEvidence, conditionEvidence } from './test-evidence';
import { widen, widenBehind } from './widen';
import { join, knownValue, UNKNOWN, type Value } from '../program/value';

export function runScript(script: ParsedScript, machine: Machine): Outcome {
  return statements(script.commands, machine);
}

function statements(list: readonly Statement[], machine: Machine): Outcome {
  let outcome = NOTHING;
  for (const statement of list) {
    const { context } = machine;
    const result = statement.background
      ? inSubshell(machine, () => node(statement.command, machine))
      : node(statement.command, machine);
    machine.state.status = result.evidence;
    outcome = machine.captures ? sequence(outcome, result) : result;
    // `if [ -n "$TOKEN" ]; then ...; exit; fi` leaves the rest to those that had no token.
    if (machine.context !== context) {
      const rest = list.slice(list.indexOf(statement) + 1);
      const after = statements(rest, machine);
      machine.context = context;
      return sequence(outcome, after);
    }
  }
  return outcome;
}

function list(body: CompoundList, machine: Machine): Outcome {
  return statements(body.commands, machine);
}

/** Compound commands that need not be followed where nothing in them matters. */
const SKIPPABLE: ReadonlySet<string> = new Set([
  'If',
  'For',
  'Select',
  'ArithmeticFor',
  'While',
  'Case',
  'Subshell',
  'BraceGroup',
  'Redirected',
]);

function isIrrelevant({ pos, end, type }: PipelineNode | AndOr, machine: Machine): boolean {
  const { source } = machine;
  if (machine.relevance(source)?.matters(pos, end) !== false) return false;
  // The bodies of heredocs may lie behind the command.
  return type !== 'Redirected' || !source.text.slice(pos, end).includes('<<');
}

function node(command: PipelineNode | AndOr, machine: Machine): Outcome {
  if (machine.budget.steps-- <= 0) return UNKNOWN_OUTPUT;
  if (SKIPPABLE.has(command.type) && isIrrelevant(command, machine)) {
    // What it may have assigned is not known any more.
    widenBehind(machine, command);
    return UNKNOWN_OUTPUT;
  }
  switch (command.type) {
    case 'AndOr':
      return andOr(command, machine);
    case 'Pipeline':
      return pipeline(command, machine);
    default:
      return commandNode(command, machine);
  }
}

/** Runs `body` knowing that it is reached only where the command before succeeded, or failed. */
function afterwards<T>(machine: Machine, evidence: Evidence | undefined, body: () => T): T {
  if (evidence?.says !== 'lacking' && evidence?.says !== 'never') return body();
  return within(machine, { context: contextBehind(machine, evidence) }, body);
}

function contextBehind({ context }: Machine, evidence: Evidence | undefined): Context {
  if (evidence?.says === 'never') return context.dead ? context : { ...context, dead: true };
  const fallback = fallbackBehind(context.fallback, evidence);
  return fallback === context.fallback ? context : { ...context, fallback };
}

function andOr(command: AndOr, machine: Machine): Outcome {
  const [first, ...rest] = command.commands;
  if (!first) return NOTHING;
  let outcome = node(first, machine);
  rest.forEach((next, index) => {
    const and = command.operators[index] === '&&';
    const skipped = copyState(machine.state);
    const reached = and ? outcome.evidence : negated(outcome.evidence);
    machine.state.status = outcome.evidence;
    const result = afterwards(machine, reached, () => node(next, machine));
    const { ended } = machine.state;
    machine.state = joinStates(machine.state, skipped);
    if (ended && and && reached?.says === 'had') machine.context = contextBehind(machine, negated(reached));
    const evidence = and ? both(outcome.evidence, result.evidence) : eitherOf(outcome.evidence, result.evidence);
    outcome = { ...(and ? sequence(outcome, result) : either(outcome, sequence(outcome, result))), evidence };
  });
  return outcome;
}

/** What `A && B` tells: what either tells, where it is not known to fail. */
function both(first: Evidence | undefined, second: Evidence | undefined): Evidence | undefined {
  return first?.says === 'always' ? second : (first ?? (second?.says === 'never' ? undefined : second));
}

/** What `A || B` tells: that A failed tells nothing of both. */
function eitherOf(first: Evidence | undefined, second: Evidence | undefined): Evidence | undefined {
  if (first?.says === 'never') return second;
  return first?.says === 'lacking' ? undefined : first;
}

function pipeline(command: Pipeline, machine: Machine): Outcome {
  const negate = command.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1;
  let outcome = NOTHING;
  if (command.commands.length === 1 && command.commands[0]) {
    outcome = commandNode(command.commands[0], machine);
  } else {
    command.commands.forEach((part, index) => {
      const captures = machine.captures || index < command.commands.length - 1;
      const change = index === 0 ? { captures } : { input: outcome.output, inputPrinted: outcome.printed, captures };
      const before = outcome;
      outcome = inSubshell(machine, () => within(machine, change, () => commandNode(part, machine)));
      // `curl ... | grep -q x`: the exit status is the last command's, which tells what the first one got.
      if (!outcome.evidence && before.evidence) outcome = { ...outcome, evidence: before.evidence };
    });
  }
  return negate ? { ...outcome, evidence: negated(outcome.evidence) } : outcome;
}

function commandNode(command: CommandNode, machine: Machine): Outcome {
  switch (command.type) {
    case 'Command':
      return simpleCommand(command, machine);
    case 'Redirected': {
      const { input, inputPrinted, toFile, sink } = redirections(command.redirects, machine);
      const captures = machine.captures || toFile;
      const outcome = within(machine, input ? { input, inputPrinted, captures } : { captures }, () =>
        commandNode(command.command, machine),
      );
      return sink(outcome);
    }
    case 'BraceGroup':
      return list(command.body, machine);
    case 'Subshell':
      return inSubshell(machine, () => list(command.body, machine));
    case 'If':
      return conditional([command, ...command.elif], command.else, machine);
    case 'For':
    case 'Select': {
      const values: Value[] = [];
      let certain = false;
      for (const word of command.wordlist ?? []) {
        for (const fields of fieldsOf(word, machine)) {
          for (const { text, loose } of fields) {
            values.push([text]);
            if (!loose && text.length > 0) certain = true;
          }
        }
      }
      const value = command.wordlist ? (values.length ? join(...values) : UNKNOWN) : UNKNOWN;
      const place = { source: machine.source, range: { start: command.name.pos, end: command.name.end } };
      return loop(machine, command.body, certain && command.type === 'For', () => {
        assign(machine, command.name.value, value, place);
        return list(command.body, machine);
      });
    }
    case 'ArithmeticFor':
      return loop(machine, command.body, false, () => list(command.body, machine));
    case 'While': {
      widen(machine, command);
      const condition = list(command.clause, machine);
      const before = copyState(machine.state);
      const reached = command.kind === 'while' ? condition.evidence : negated(condition.evidence);
      const body = afterwards(machine, reached, () => list(command.body, machine));
      machine.state = joinStates(machine.state, before);
      const left = command.kind === 'while' ? negated(condition.evidence) : condition.evidence;
      return { ...sequence(condition, either(NOTHING, body)), evidence: left };
    }
    case 'Case':
      return caseCommand(command, machine);
    case 'Function':
      defineFunction(machine.state, {
        name: command.name.value,
        definition: command,
        source: machine.source,
      });
      return NOTHING;
    case 'TestCommand':
      return { ...NOTHING, evidence: conditionEvidence(command.expression, machine) };
    case 'ArithmeticCommand':
      runInside(command, machine);
      return NOTHING;
    case 'Coproc':
      inSubshell(machine, () =>
        command.body.type === 'CompoundList' ? list(command.body, machine) : commandNode(command.body, machine),
      );
      return NOTHING;
  }
}

interface Branch {
  readonly clause: CompoundList;
  readonly then: CompoundList;
}

function conditional(branches: readonly Branch[], otherwise: CompoundList | undefined, machine: Machine): Outcome {
  const [first, ...rest] = branches;
  if (!first) return otherwise ? list(otherwise, machine) : NOTHING;
  const condition = list(first.clause, machine);
  const before = copyState(machine.state);
  const then = afterwards(machine, condition.evidence, () => list(first.then, machine));
  const afterThen = machine.state;
  machine.state = before;
  const other = afterwards(machine, negated(condition.evidence), () => conditional(rest, otherwise, machine));
  const afterElse = machine.state;
  machine.state = joinStates(afterThen, afterElse);
  if (afterThen.ended && !afterElse.ended) machine.context = contextBehind(machine, negated(condition.evidence));
  return sequence({ ...condition, output: condition.output }, either(then, other));
}

function loop(machine: Machine, body: CompoundList, runs: boolean, round: () => Outcome): Outcome {
  widen(machine, body);
  const before: State = copyState(machine.state);
  const outcome = round();
  if (!runs) machine.state = joinStates(machine.state, before);
  return either(NOTHING, outcome);
}

/** Whether a known word matches one of the patterns; undefined where a pattern is not plain. */
function matchesPattern(word: string, patterns: readonly Word[]): boolean | undefined {
  let certain = true;
  for (const { value, parts, text } of patterns) {
    if (text === '*' || (!parts && value === word)) return true;
    if (/[*?[\]$`]/.test(text)) certain = false;
  }
  return certain ? false : undefined;
}

function caseCommand(command: Case, machine: Machine): Outcome {
  const value = valueOf(command.word, machine);
  const word = knownValue(value);
  let matched = false;
  const before = machine.state;
  let after: State | undefined;
  let outcome: Outcome | undefined;
  let exhaustive = false;
  for (const item of command.items) {
    machine.state = copyState(before);
    const matches = word === undefined || matched ? undefined : matchesPattern(word, item.pattern);
    const reached =
      matched || matches === false
        ? NEVER
        : caseEvidence(
            value,
            item.pattern.map((pattern) => valueOf(pattern, machine)),
          );
    if (matches === true) matched = true;
    const result = afterwards(machine, reached, () => list(item.body, machine));
    outcome = outcome ? either(outcome, result) : result;
    after = after ? joinStates(after, machine.state) : machine.state;
    if (item.pattern.some((pattern) => pattern.text === '*')) exhaustive = true;
  }
  machine.state = !after ? before : exhaustive ? after : joinStates(after, before);
  return outcome ?? NOTHING;
}
