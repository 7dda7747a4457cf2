/** Cmdlets that hand values on, run blocks or make objects. Of any other nothing is known. */
import { literal } from '../../program/value';
import { child } from '../syntax/parse';
import { bind, type CommandArgument, type Parameters } from './arguments';
import type { Invocation } from './command';
import { either, knownDatum, NULL, textDatum, UNKNOWN_DATUM, unknownNamed, valueOf, type Datum } from './datum';
import { joined, plus } from './evaluate';
import { itemsOf, type Output } from './execute';
import { runBlock } from './function';
import { setVariable, textAt, type Machine } from './machine';
import { argumentsOf } from './member';
import { newObjectOf } from './net';
import { copyState, eitherState, type State } from './state';

export const CMDLET_ALIASES: Readonly<Record<string, string>> = {
  '%': 'foreach-object',
  foreach: 'foreach-object',
  '?': 'where-object',
  where: 'where-object',
  select: 'select-object',
  echo: 'write-output',
  write: 'write-output',
  tee: 'tee-object',
  sv: 'set-variable',
  nv: 'new-variable',
  sal: 'set-alias',
  nal: 'new-alias',
  icm: 'invoke-command',
  sajb: 'start-job',
  powershell: 'powershell.exe',
  pwsh: 'powershell.exe',
  'pwsh.exe': 'powershell.exe',
  sc: 'set-content',
  ac: 'add-content',
};

function parameters(
  positional: readonly string[],
  others: readonly string[] = [],
  switches: readonly string[] = [],
): Parameters {
  return { names: [...positional, ...others, ...switches], switches: new Set(switches), aliases: {}, positional };
}

const NEW_OBJECT = parameters(['typename', 'argumentlist'], ['property', 'comobject'], ['strict']);
const VARIABLE = parameters(['name', 'value'], ['scope', 'option', 'visibility', 'description'], ['force', 'passthru']);
const ALIAS = parameters(['name', 'value'], ['scope', 'option', 'description'], ['force', 'passthru']);
const SELECT = parameters(
  ['property'],
  ['expandproperty', 'first', 'last', 'skip', 'index', 'excludeproperty'],
  ['unique', 'wait'],
);
const WRITE = parameters(['path', 'value'], ['filepath', 'literalpath', 'encoding', 'inputobject', 'width'], ['force', 'append', 'nonewline', 'noclobber', 'passthru']); // prettier-ignore
const JOIN = parameters(['path', 'childpath'], [], ['resolve']);
const TEE = parameters(['filepath'], ['variable', 'literalpath'], ['append']);
const RUNS = parameters(['scriptblock'], ['argumentlist', 'computername', 'session', 'name', 'credential', 'initializationscript', 'filepath', 'hostname', 'parallel', 'throttlelimit'], ['asjob', 'runas32', 'nonewscope']); // prettier-ignore

/** Cmdlets that give what they get. */
const SAME = /^(?:write-output|out-string|sort-object|get-unique|convertto-json)$/;
/** Cmdlets that give nothing that is asked for. */
const SILENT =
  /^(?:write-(?:host|verbose|debug|warning|error|information)|out-(?:null|host|default)|start-sleep|export-\w+|clear-\w+|import-module|set-location|cd)$/;

function valuesOf(args: readonly CommandArgument[]): readonly Datum[] {
  return args.flatMap((arg) => (arg.kind === 'value' ? [arg.datum] : []));
}

function blocksIn(data: readonly Datum[]): readonly Extract<Datum[number], { kind: 'block' }>[] {
  return data.flatMap((datum) => itemsOf(datum).flat()).flatMap((each) => (each.kind === 'block' ? [each] : []));
}

/** What a cmdlet gives; `unknown` where it is none of those that are known. */
export function cmdlet(name: string, invocation: Invocation, machine: Machine): Output | 'unknown' {
  const { args, node } = invocation;
  if (SILENT.test(name)) return undefined;
  if (SAME.test(name)) return machine.input ?? valuesOf(args)[0] ?? NULL;
  switch (name) {
    case 'out-file':
    case 'set-content':
    case 'add-content':
      return write(invocation, machine);
    case 'join-path': {
      const { values } = bind(args, JOIN);
      const [path, inner] = [values.get('path'), values.get('childpath')];
      return path && inner ? joined([path.datum, inner.datum], textDatum(literal('\\'))) : UNKNOWN_DATUM;
    }
    case 'new-object':
      return newObject(invocation, machine);
    case 'set-variable':
    case 'new-variable': {
      const { values } = bind(args, VARIABLE);
      const variable = values.get('name');
      const known = variable && knownDatum(variable.datum);
      if (known !== undefined) setVariable(machine, known, values.get('value')?.datum ?? machine.input ?? NULL, node);
      return undefined;
    }
    case 'set-alias':
    case 'new-alias': {
      const { values } = bind(args, ALIAS);
      const [alias, command] = [values.get('name'), values.get('value')].map((each) => each && knownDatum(each.datum));
      if (alias !== undefined && command !== undefined)
        machine.state.aliases.set(alias.toLowerCase(), command.toLowerCase());
      return undefined;
    }
    case 'select-object': {
      const expanded = bind(args, SELECT).values.get('expandproperty');
      const property = expanded && knownDatum(expanded.datum);
      const input = machine.input ?? UNKNOWN_DATUM;
      return property === undefined || /^Content$/i.test(property) ? input : textDatum(valueOf(UNKNOWN_DATUM));
    }
    case 'tee-object': {
      const known = bind(args, TEE).values.get('variable');
      const variable = known && knownDatum(known.datum);
      if (variable !== undefined) setVariable(machine, variable, machine.input ?? UNKNOWN_DATUM, node);
      return machine.input;
    }
    case 'where-object':
      forEach(invocation, machine);
      return machine.input ?? NULL;
    case 'foreach-object':
      return bind(args, RUNS).values.has('parallel')
        ? elsewhere(name, invocation, machine)
        : forEach(invocation, machine);
    case 'measure-command':
      for (const block of blocksIn(valuesOf(args))) runBlock(block.node, [], machine);
      return UNKNOWN_DATUM;
    case 'invoke-command':
    case 'start-job':
    case 'start-threadjob':
    case 'powershell.exe':
      return elsewhere(name, invocation, machine);
    default:
      return 'unknown';
  }
}

function write({ args }: Invocation, machine: Machine): Output {
  const { values } = bind(args, WRITE);
  const path = values.get('filepath') ?? values.get('literalpath') ?? values.get('path');
  const content = values.get('value') ?? values.get('inputobject');
  machine.writes(path?.datum ?? UNKNOWN_DATUM, content?.datum ?? machine.input ?? UNKNOWN_DATUM, machine);
  return undefined;
}

function newObject({ args, node }: Invocation, machine: Machine): Datum {
  // `New-Object Class(arguments)`: the arguments follow the name without a blank.
  const list = child(child(node, 'command_elements') ?? node, 'argument_list');
  const plain = args.filter((arg) => !(arg.kind === 'value' && arg.node.type === 'argument_list'));
  const { values } = bind(plain, NEW_OBJECT);
  const type = values.get('typename');
  const given = values.get('argumentlist');
  const items = given ? (given.datum[0]?.kind === 'list' ? given.datum[0].items : [given.datum]) : [];
  const made = list ? argumentsOf(list, machine) : items.map((datum) => ({ node: given?.node ?? node, datum }));
  return type ? newObjectOf(knownDatum(type.datum) ?? textAt(machine, type.range), made, node, machine) : UNKNOWN_DATUM;
}

function forEach({ args, node }: Invocation, machine: Machine): Output {
  const blocks = blocksIn(valuesOf(args));
  const items = machine.input ? itemsOf(machine.input) : [];
  const [first, ...more] = items;
  let output: Output;
  for (const block of blocks) {
    const before = copyState(machine.state);
    setVariable(machine, '_', first ? either(first, ...more) : unknownNamed('_'), node);
    const given = runBlock(block.node, [], machine);
    output = output && given ? plus(output, given, node, machine) : (given ?? output);
    machine.state = eitherState(before, machine.state);
  }
  return blocks.length > 0 ? output : UNKNOWN_DATUM;
}

/** A block that runs in a process or on a host of its own sees none of the variables, except by `$using:`. */
function elsewhere(name: string, { args }: Invocation, machine: Machine): Output {
  const { values } = bind(args, RUNS);
  const isHere =
    name === 'invoke-command' && !values.has('computername') && !values.has('session') && !values.has('hostname');
  const given = values.get('argumentlist');
  const items = given ? (given.datum[0]?.kind === 'list' ? given.datum[0].items : [given.datum]) : [];
  const blocks = blocksIn(valuesOf(args));
  if (blocks.length === 0) return UNKNOWN_DATUM;
  let output: Output;
  for (const block of blocks) {
    if (isHere) {
      output = runBlock(block.node, items, machine, true);
      continue;
    }
    const before: State = machine.state;
    machine.state = copyState(before);
    const using = new Set(
      [...textAt(machine, block.node).matchAll(/\$using:(\w+)/gi)].map(([, used = '']) => used.toLowerCase()),
    );
    for (const variable of before.variables.keys()) if (!using.has(variable)) machine.state.variables.delete(variable);
    output = runBlock(block.node, items, machine, true);
    machine.state = before;
  }
  return output;
}
