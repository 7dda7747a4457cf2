/** Runs commands: functions of the program, cmdlets that matter, programs that make requests. */
import { child, named, type Node } from '../syntax/parse';
import { bind, commandArguments, type CommandArgument } from './arguments';
import { cmdlet, CMDLET_ALIASES } from './cmdlets';
import { either, knownDatum, textDatum, UNKNOWN_DATUM, type Datum } from './datum';
import { evaluate } from './evaluate';
import type { Output } from './execute';
import { expand } from './expand';
import { callFunction, runBlock } from './function';
import { textAt, type Machine } from './machine';
import { isNativeCall, nativeRequests } from './native';
import { copyState, eitherState } from './state';
import { webRequest, WEB_PARAMETERS } from './web-request';

/** A command that runs, with what it is given. */
export interface Invocation {
  readonly node: Node;
  /** As it is called, without a folder. */
  readonly name: string;
  readonly nameNode: Node;
  readonly args: readonly CommandArgument[];
}

const WEB_ALIASES: Readonly<Record<string, string>> = {
  irm: 'invoke-restmethod',
  iwr: 'invoke-webrequest',
  curl: 'invoke-webrequest',
  wget: 'invoke-webrequest',
};

export function invoke(node: Node, machine: Machine): Output {
  const nameNode = child(node, 'command_name') ?? child(node, 'command_name_expr');
  if (!nameNode) return undefined;
  const datum = nameNode.type === 'command_name_expr' ? commandNamed(nameNode, machine) : undefined;
  const args = commandArguments(node, machine);
  const blocks = datum?.flatMap((alternative) => (alternative.kind === 'block' ? [alternative.node] : [])) ?? [];
  if (blocks.length > 0) {
    const given = args.flatMap((arg) => (arg.kind === 'value' ? [arg.datum] : []));
    const outputs = blocks.map((block) => runBlock(block, given, machine, textAt(machine, node).startsWith('&')));
    return outputs.reduce((a, b) => (a && b ? either(a, b) : (a ?? b)));
  }
  const written = datum ? knownDatum(datum) : textAt(machine, nameNode);
  if (written === undefined) return runArguments(args, machine);
  const name = written.replace(/`/g, '').replace(/^.*[\\/]/, '');
  return invokeNamed({ node, name, nameNode, args }, machine);
}

/** What stands behind `&` or `.`: an expression or a word. */
function commandNamed(nameNode: Node, machine: Machine): Datum {
  const [inner] = named(nameNode);
  if (!inner) return UNKNOWN_DATUM;
  const [only, ...more] = named(inner);
  const isWord = inner.type === 'command_name' || (inner.type === 'path_command_name' && only?.type !== 'variable');
  if (isWord || more.length > 0) return textDatum(expand(machine, inner, 'word'));
  return evaluate(inner.type === 'path_command_name' ? (only ?? inner) : inner, machine);
}

function invokeNamed(invocation: Invocation, machine: Machine): Output {
  const { args, node } = invocation;
  const called = invocation.name.toLowerCase();
  const name = machine.state.aliases.get(called) ?? called;
  const definitions = machine.functions.get(name);
  if (definitions) return callFunction(definitions, args, node, machine);
  const isWindowsAlias = name === 'curl' || name === 'wget';
  const program =
    /^(curl|wget)\.exe$/.exec(name)?.[1] ?? (isWindowsAlias && isNativeCall(args, machine) ? name : undefined);
  if (program !== undefined) return nativeRequests(program, invocation, machine);
  const full = WEB_ALIASES[name] ?? name;
  if (full === 'invoke-restmethod' || full === 'invoke-webrequest')
    return webRequest(full, invocation, bind(args, WEB_PARAMETERS), machine);
  const known = cmdlet(CMDLET_ALIASES[name] ?? name, invocation, machine);
  return known === 'unknown' ? runArguments(args, machine) : known;
}

/** A command that nothing is known of may run the blocks that it is given, or not. */
function runArguments(args: readonly CommandArgument[], machine: Machine): Output {
  for (const arg of args) {
    if (arg.kind !== 'value') continue;
    for (const alternative of arg.datum) {
      if (alternative.kind !== 'block') continue;
      const before = machine.state;
      machine.state = copyState(before);
      runBlock(alternative.node, [], machine, true);
      machine.state = eitherState(before, machine.state);
    }
  }
  return UNKNOWN_DATUM;
}
