/** curl.exe and wget.exe: what they are given is read as in a shell. */
import type { Field } from '../../shell/expand';
import { curlRequests } from '../../shell/http/curl';
import { wgetRequests } from '../../shell/http/wget';
import { NO_FALLBACK } from '../../shell/evidence';
import type { Command, Word } from '../../shell/syntax';
import { concat, literal, UNKNOWN, type Value } from '../../program/value';
import type { Range } from '../../text/range';
import { parameterNamed, type CommandArgument } from './arguments';
import type { Invocation } from './command';
import { valueOf, type Datum } from './datum';
import { itemsOf } from './execute';
import { expand } from './expand';
import { textAt, type Machine } from './machine';
import type { PowerShellRequest } from './request';
import { WEB_PARAMETERS } from './web-request';

/** More ways to read a command than this are not told apart. */
const MAX_READINGS = 8;

/** True where what `curl` or `wget` is given means nothing to Invoke-WebRequest, whose alias it is in Windows PowerShell. */
export function isNativeCall(args: readonly CommandArgument[], machine: Machine): boolean {
  if (/^#!.*\bpwsh\b|#requires\s+-(?:Version\s+[67]|PSEdition\s+Core)/im.test(machine.syntax.text)) return true;
  return args.some((arg, index) => {
    if (arg.kind !== 'parameter') return false;
    if (arg.name.startsWith('-')) return true;
    // One letter is an option of the program; nobody abbreviates a parameter so far, except `-H`.
    if (/^[^h]$/i.test(arg.name)) return true;
    const name = parameterNamed(arg.name, WEB_PARAMETERS);
    if (name === undefined) return true;
    const next = args[index + 1];
    return (
      name === 'headers' &&
      arg.name.length === 1 &&
      next?.kind === 'value' &&
      next.datum.some(({ kind }) => kind === 'text') &&
      /^["']/.test(textAt(machine, next.node))
    );
  });
}

function wordAt(range: Range, machine: Machine): Word {
  const text = textAt(machine, range);
  return { type: 'Word', text, value: text, pos: range.start, end: range.end };
}

interface Given {
  readonly value: Value;
  readonly range: Range;
  readonly loose: boolean;
}

function givenBy(args: readonly CommandArgument[], machine: Machine): readonly Given[] {
  const result: Given[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (!arg) break;
    if (arg.kind === 'splat') {
      result.push({ value: UNKNOWN, range: arg.node, loose: true });
      continue;
    }
    if (arg.kind === 'value') {
      for (const item of itemsOf(arg.datum)) result.push({ value: valueOf(item), range: arg.node, loose: false });
      continue;
    }
    const written = expand(machine, arg.node, 'word');
    const next = args[at + 1];
    if (arg.colon && next?.kind === 'value') {
      const value = concat(concat(written, literal(':')), valueOf(next.datum));
      result.push({ value, range: { start: arg.node.start, end: next.node.end }, loose: false });
      at++;
    } else result.push({ value: written, range: arg.node, loose: false });
  }
  return result;
}

/** Every way to take one text of each. */
function choices(given: readonly Given[]): readonly (readonly Given[])[] {
  let ways: Given[][] = [[]];
  for (const each of given) {
    const next: Given[][] = [];
    for (const way of ways)
      for (const text of each.value) if (next.length < MAX_READINGS) next.push([...way, { ...each, value: [text] }]);
    ways = next;
  }
  return ways;
}

export function nativeRequests(program: string, invocation: Invocation, machine: Machine): Datum {
  const { node, nameNode, args, name } = invocation;
  const word = wordAt(nameNode, machine);
  const field = (value: Value, range: Range, loose: boolean): Field => ({
    text: value[0] ?? [],
    word: wordAt(range, machine),
    loose,
  });
  const command: Command = {
    type: 'Command',
    pos: node.start,
    end: node.end,
    name: word,
    prefix: [],
    suffix: [],
    args: [],
    redirects: [],
  };
  const readings = choices(givenBy(args, machine)).flatMap((given, alternative) => {
    const requests = (program === 'wget' ? wgetRequests : curlRequests)({
      name: program,
      command: { text: [{ text: program }], word, loose: false },
      args: given.map(({ value, range, loose }) => field(value, range, loose)),
      node: command,
      source: machine.source,
      context: { fallback: NO_FALLBACK, calls: [], dead: false, uncalled: undefined },
      environment: new Map(),
      input: undefined,
      wrappers: [],
      alternative,
      readFile: () => undefined,
      outputRedirected: false,
    });
    return requests.map((request): PowerShellRequest => ({
      client: name,
      node,
      method: request.method,
      url: request.url,
      headers: request.headers,
      mayHideHeaders: request.mayHideHeaders,
      form: { kind: 'native', nameEnd: nameNode.end, request },
    }));
  });
  return machine.request(readings, machine);
}
