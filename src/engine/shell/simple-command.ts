/** Simple commands: POSIX XCU 2.9.1. Expands the words, finds out what is run, and runs it. */
import { BUILTINS, runAssignment } from './builtins';
import { callFunction } from './call';
import { fieldsOf, type Field } from './expand';
import { CLIENT_NAMES, external, isGrep } from './external';
import type { Invocation } from './invocation';
import { inSubshell, type Machine } from './machine';
import { either, NOTHING, UNKNOWN_OUTPUT, type Outcome } from './outcome';
import { redirections } from './redirection';
import { runText } from './run-text';
import { copyState, joinStates } from './state';
import type { Command } from './syntax';
import { join, knownValue, pattern, UNKNOWN_TEXT, type Value } from '../program/value';
import { WATCHED } from './observer';
import { baseName, commandName, isWrapper, unwrap, type Unwrapped } from './wrappers';

const MAX_ALTERNATIVES = 6;

/** What may make a command matter that is no function, builtin, wrapper or client: something in it that runs. */
const MAY_RUN = /curl|wget|169\.254|#!|\$[(@*]|`|[<>]\(|\$\{\w+:?=|\b(?:ba|da|a|k|z)?sh\s+-\w*c\b/;

/** Commands whose output, input or effect is followed. */
const FOLLOWED: ReadonlySet<string> = new Set([
  ...CLIENT_NAMES,
  ...BUILTINS.keys(),
  'cat',
  'tee',
  'dd',
  'crontab',
  'eval',
  'trap',
]);

/** A quick answer for the many commands that install, copy and start things: nothing of theirs can matter, so their words are not expanded. */
function isInert(node: Command, machine: Machine): boolean {
  const { name } = node;
  if (!name || name.parts || node.prefix.length > 0) return false;
  const { value } = name;
  const base = baseName(value);
  if (base !== value) machine.observer.runs([[{ text: value }]]);
  if (base === 'echo' || base === 'printf') {
    if (machine.captures || machine.outputTo !== undefined || node.redirects.length > 0) return false;
    if (node.args[0]?.text === '-v') return false;
  } else if (FOLLOWED.has(base) || isWrapper(base) || (machine.watches && WATCHED.has(base))) return false;
  if (machine.input && (machine.captures || isGrep(base))) return false;
  if (machine.state.functions.has(base) || machine.state.aliases.has(base)) return false;
  if (machine.source.placeholders.size > 0 && /[\ue000-\uf8ff]/.test(value)) return false;
  for (const redirect of node.redirects) if (redirect.type === 'HereDoc') return false;
  return !MAY_RUN.test(machine.source.text.slice(node.pos, node.end));
}

/** Every command line that the words allow, as far as it is worth following. */
function commandLines(node: Command, machine: Machine): readonly (readonly Field[])[] {
  const names = node.name ? fieldsOf(node.name, machine) : [[]];
  const [only] = names;
  // Declarations read their assignments themselves.
  if (names.length === 1 && only && DECLARATIONS.has(commandName(only[0]) ?? '')) return names;
  let lines: Field[][] = names.map((fields) => [...fields]);
  for (const arg of node.args) {
    const alternatives = arg.type === 'Word' ? fieldsOf(arg, machine) : [[assignmentField(arg, machine)]];
    const [fields] = alternatives;
    if (alternatives.length === 1 && fields) for (const line of lines) line.push(...fields);
    else {
      lines = lines.flatMap((line) => alternatives.map((more) => [...line, ...more])).slice(0, MAX_ALTERNATIVES);
    }
  }
  return lines;
}

const TESTS = new Set(['[', 'test']);

/** Several readings of the arguments of one function, or of one test, are one call, with arguments that may be this or that. */
function oneCall(lines: readonly (readonly Field[])[], machine: Machine): readonly (readonly Field[])[] {
  const [first] = lines;
  const name = commandName(first?.[0]);
  if (lines.length < 2 || !first || name === undefined) return lines;
  if (!machine.state.functions.has(name) && !TESTS.has(name)) return lines;
  if (lines.some((fields) => commandName(fields[0]) !== name)) return lines;
  const longest = lines.reduce((best, fields) => (fields.length > best.length ? fields : best), first);
  return [
    longest.map((field, index) => {
      const texts = lines.map((fields) => fields[index]?.text ?? UNKNOWN_TEXT);
      const loose = lines.every((fields) => fields[index]?.loose ?? false);
      return { ...field, loose, alternatives: join(texts) };
    }),
  ];
}

const DECLARATIONS = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);

/** `name=value` among the arguments of a command that is no declaration is an argument like any other. */
function assignmentField(arg: Command['args'][number], machine: Machine): Field {
  const word = { type: 'Word' as const, text: arg.text, value: arg.text, pos: arg.pos, end: arg.end };
  if (arg.type !== 'Assignment' || arg.value.type !== 'Word') return { text: [{ text: arg.text }], word, loose: false };
  const [first = []] = fieldsOf(arg.value, machine);
  return { text: [{ text: `${arg.name}${arg.append ? '+' : ''}=` }, ...(first[0]?.text ?? [])], word, loose: false };
}

/** The status of `X=$(command)` is the command's (POSIX XCU 2.9.1). */
function runAssignments(node: Command, machine: Machine): Outcome['evidence'] {
  machine.state.status = undefined;
  for (const prefix of node.prefix) if (prefix.type === 'Assignment') runAssignment(prefix, machine);
  return machine.state.status;
}

export function simpleCommand(node: Command, machine: Machine): Outcome {
  if (!node.name) {
    const status = runAssignments(node, machine);
    const { input } = redirections(node.redirects, machine);
    // `$(< file)` prints the file.
    const assigns = node.prefix.some(({ type }) => type === 'Assignment');
    if (!assigns && input) return { ...NOTHING, output: input, evidence: status };
    return status ? { ...NOTHING, evidence: status } : NOTHING;
  }
  if (isInert(node, machine)) return UNKNOWN_OUTPUT;
  const lines = oneCall(commandLines(node, machine), machine);
  const environment = prefixEnvironment(node, machine);
  const { input, inputPrinted, elsewhere, toFile, sink } = redirections(node.redirects, machine);
  const former = { input: machine.input, inputPrinted: machine.inputPrinted, captures: machine.captures };
  machine.captures ||= toFile;
  if (input) Object.assign(machine, { input, inputPrinted });
  let outcome: Outcome | undefined;
  const before = lines.length > 1 ? copyState(machine.state) : undefined;
  let after = machine.state;
  lines.forEach((fields, alternative) => {
    if (before) machine.state = copyState(before);
    const result = runLine({ node, fields, environment, alternative, elsewhere }, machine);
    outcome = outcome ? either(outcome, result) : result;
    after = alternative === 0 ? machine.state : joinStates(after, machine.state);
  });
  machine.state = after;
  const result = sink(outcome ?? NOTHING);
  Object.assign(machine, former);
  machine.outputTo = undefined;
  return result;
}

/** `http_proxy= curl ...`: variables for this command alone. */
function prefixEnvironment(node: Command, machine: Machine): ReadonlyMap<string, Value> {
  const assignments = node.prefix.filter((prefix) => prefix.type === 'Assignment');
  if (assignments.length === 0) return NO_ENVIRONMENT;
  return inSubshell(machine, () => {
    const environment = new Map<string, Value>();
    for (const assignment of assignments) {
      runAssignment(assignment, machine);
      const variable = machine.state.variables.get(assignment.name);
      if (variable) environment.set(assignment.name, variable.value);
    }
    return environment;
  });
}

const NO_ENVIRONMENT: ReadonlyMap<string, Value> = new Map<string, Value>();

interface Line {
  readonly node: Command;
  readonly fields: readonly Field[];
  readonly environment: ReadonlyMap<string, Value>;
  readonly alternative: number;
  readonly elsewhere: boolean;
}

function runLine(line: Line, machine: Machine): Outcome {
  const { node } = line;
  const fields = expandAlias(line.fields, machine);
  const direct = machine.state.functions.get(commandName(fields[0]) ?? '');
  const unwrapped: Unwrapped = direct ? { fields, wrappers: [], environment: NO_ENVIRONMENT } : unwrap(fields);
  const [command] = unwrapped.fields;
  if (!command) return NOTHING;
  const outcome = runUnwrapped(line, unwrapped, command, machine);
  // `"$@"` may be another command each time.
  if (command.word.parts && machine.requester !== node) machine.observer.otherwise(node);
  return outcome;
}

function runUnwrapped(line: Line, unwrapped: Unwrapped, command: Field, machine: Machine): Outcome {
  const { node, alternative, elsewhere } = line;
  const environment = unwrapped.environment.size
    ? new Map([...line.environment, ...unwrapped.environment])
    : line.environment;
  machine.requester = undefined;
  const process = { ...unwrapped, environment };
  if (unwrapped.script) return runText({ kind: 'argument', ...unwrapped.script }, node, process, machine);
  if (unwrapped.readsInput) return runText({ kind: 'input' }, node, process, machine);
  const name = commandName(command) ?? guessedName(command);
  if (name === undefined) return UNKNOWN_OUTPUT;
  const invocation: Invocation = {
    name,
    command,
    args: unwrapped.fields.slice(1),
    node,
    source: machine.source,
    context: machine.context,
    environment,
    input: machine.input,
    wrappers: unwrapped.wrappers,
    alternative,
    readFile: (path) => machine.contents.get(path),
    outputRedirected: elsewhere,
  };
  const known = machine.state.functions.get(name);
  if (known && unwrapped.wrappers.length === 0) return callFunction(known, invocation, machine);
  if (name === 'eval') return runText({ kind: 'eval', fields: invocation.args }, node, unwrapped, machine);
  if (name === 'trap') return trap(invocation, machine);
  const builtin = BUILTINS.get(name);
  if (builtin) return builtin(invocation, machine);
  return external(invocation, machine);
}

/** `trap 'commands' EXIT` runs them later, with what is known then; here is the next best time. */
function trap(invocation: Invocation, machine: Machine): Outcome {
  const [action] = invocation.args;
  if (action && invocation.args.length > 1 && pattern(action.text) !== '-') {
    inSubshell(machine, () =>
      runText(
        { kind: 'eval', fields: [action] },
        invocation.node,
        { fields: [], wrappers: [], environment: NO_ENVIRONMENT },
        machine,
      ),
    );
  }
  return NOTHING;
}

/** `$CURL ...` and `$AWS ec2 ...` where the script does not say what that is. */
function guessedName(field: Field): string | undefined {
  const [only] = field.text;
  if (field.text.length !== 1 || !only || !('hole' in only) || only.name === undefined) return undefined;
  const match = /(?:^|_)(curl|wget|aws)(?:_?(?:cli|cmd|bin|command|exe|path|opts?|options|args|flags))?$/i.exec(
    only.name,
  );
  return match?.[1]?.toLowerCase();
}

function expandAlias(fields: readonly Field[], machine: Machine): readonly Field[] {
  const [first, ...rest] = fields;
  const name = first && commandName(first);
  const alias = name === undefined ? undefined : machine.state.aliases.get(name);
  const known = alias && knownValue(alias);
  if (!first || known === undefined || known.trim() === '') return fields;
  const words = known.trim().split(/\s+/);
  return [
    ...words.map((text): Field => ({ text: [{ text: text.replace(/["']/g, '') }], word: first.word, loose: false })),
    ...rest,
  ];
}
