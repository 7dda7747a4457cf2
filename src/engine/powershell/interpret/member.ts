/** Members of objects: entries of tables, headers and properties of .NET's HTTP classes, and what is read from an answer. */
import { blur, literal, replaceAll, transform, type Value } from '../../program/value';
import { child, named, type Node } from '../syntax/parse';
import {
  either, isUnknown, keyed, knownDatum, NULL, textDatum, UNKNOWN_DATUM, valueOf, withEntry, type Alternative, type Datum, type ObjectState,
} from './datum'; // prettier-ignore
import { evaluate, formatted, joined } from './evaluate';
import { runBlock } from './function';
import { keep, textAt, type Machine } from './machine';
import { construct, makesRequest, requestByMethod } from './net';

/** Properties and methods by which the text of an answer is read. */
const SAME =
  /^(?:Content|RawContent|Result|GetAwaiter|GetResult|GetResponseStream|ReadToEnd|ReadToEndAsync|ReadAsStringAsync|ReadAsByteArrayAsync|ReadAsStreamAsync|ToString|Trim|TrimEnd|TrimStart|Wait|ConfigureAwait|AbsoluteUri|OriginalString|Value|ToArray|GetString)$/i;
const STATUS = /^(?:StatusCode|IsSuccessStatusCode|EnsureSuccessStatusCode)$/i;

/** The parts of `target.Name` and `target::Name`. */
export interface Access {
  readonly target: Node;
  readonly name: string;
  readonly isStatic: boolean;
}

export function accessOf(node: Node, machine: Machine): Access | undefined {
  const [target] = node.children;
  const name = child(node, 'member_name');
  if (!target || !name) return undefined;
  const isStatic = node.children.some(({ type }) => type === '::');
  return { target, name: textAt(machine, name).replace(/^["']|["']$/g, ''), isStatic };
}

/** The class that `[Namespace.Name]` names, without its namespace, in lower case. */
export function className(written: string): string {
  return written
    .replace(/^\[\s*|(?<!\s)\s*\]$/g, '')
    .replace(/[[<][^]*/, '')
    .replace(/^.*\./, '')
    .toLowerCase();
}

export function member(node: Node, machine: Machine): Datum {
  const access = accessOf(node, machine);
  if (!access) return UNKNOWN_DATUM;
  const { target, name, isStatic } = access;
  // `[Microsoft.PowerShell.Commands.WebRequestMethod]::Put` is its name.
  if (isStatic && target.type === 'type_literal') return textDatum(literal(name));
  return either(...evaluate(target, machine).map((alternative): Datum => ofAlternative(alternative, name, machine)));
}

function ofAlternative(alternative: Alternative, name: string, machine: Machine): Datum {
  switch (alternative.kind) {
    case 'object': {
      const object = machine.state.objects.get(alternative.id);
      if (!object) return UNKNOWN_DATUM;
      if (object.kind === 'table') return object.entries.get(name.toLowerCase())?.value ?? UNKNOWN_DATUM;
      if (/^(?:Default(?:Request))?Headers$/i.test(name)) return [{ kind: 'headers', id: alternative.id }];
      if (/^Method$/i.test(name)) return object.method;
      if (/^(?:RequestUri|BaseAddress|Address)$/i.test(name)) return object.url;
      return UNKNOWN_DATUM;
    }
    case 'answer':
    case 'text': {
      if (SAME.test(name)) return [asRead(alternative, name)];
      const hole = blur(alternative.text);
      const told =
        alternative.kind === 'answer' && STATUS.test(name) && hole.evidence
          ? { ...hole, evidence: 'about' as const }
          : hole;
      return textDatum([[told]]);
    }
    default:
      return UNKNOWN_DATUM;
  }
}

/** The text of an answer, once it is read. */
function asRead(alternative: Alternative, name: string): Alternative {
  if (alternative.kind !== 'answer') return alternative;
  const isText = alternative.raw === 'content' ? /^Content$/i.test(name) : /^ReadToEnd$/i.test(name);
  return isText ? { kind: 'answer', text: alternative.text } : alternative;
}

/** `target.Name = value` and `target["name"] = value`. */
export function assignMember(target: Node, value: Datum, node: Node, machine: Machine): void {
  const isElement = target.type === 'element_access';
  const access = isElement ? undefined : accessOf(target, machine);
  const [base, index] = isElement ? named(target) : [access?.target];
  if (!base) return;
  const nameNode = index ?? child(target, 'member_name') ?? target;
  const name: Value = index ? valueOf(evaluate(index, machine)) : literal(access?.name ?? '');
  const valueRange = node.children.find(({ field }) => field === 'value') ?? node;
  for (const alternative of evaluate(base, machine)) {
    if (alternative.kind !== 'object' && alternative.kind !== 'headers') continue;
    const object = machine.state.objects.get(alternative.id);
    if (!object) continue;
    const isEntry = isElement || object.kind === 'table';
    const entry = { name, value, sure: true, nameRange: nameNode, valueRange };
    machine.state.objects.set(
      alternative.id,
      isEntry ? withEntry(object, entry) : withProperty(object, access?.name ?? '', value, machine),
    );
  }
}

function withProperty(object: ObjectState, name: string, value: Datum, machine: Machine): ObjectState {
  switch (name.toLowerCase()) {
    case 'method':
      return { ...object, method: value };
    case 'baseaddress':
    case 'requesturi':
      return { ...object, url: value };
    case 'headers': {
      const tables = value.flatMap((alternative) =>
        'id' in alternative ? (machine.state.objects.get(alternative.id) ?? []) : [],
      );
      const [table] = tables;
      return table ? { ...object, entries: table.entries, open: object.open || table.open } : { ...object, open: true };
    }
    default:
      return object;
  }
}

/** The arguments of a call, each with its node. */
export interface Argument {
  readonly node: Node;
  readonly datum: Datum;
}

export function argumentsOf(list: Node | undefined, machine: Machine): readonly Argument[] {
  const inside = list
    ? named(list).flatMap((each) => (each.type === 'argument_expression_list' ? named(each) : [each]))
    : [];
  return inside.map((node) => ({ node, datum: evaluate(node, machine) }));
}

export function callMethod(node: Node, machine: Machine): Datum {
  const access = accessOf(node, machine);
  if (!access) return UNKNOWN_DATUM;
  const { target, name, isStatic } = access;
  const args = argumentsOf(child(node, 'argument_list'), machine);
  if (isStatic && target.type === 'type_literal')
    return callStatic(className(textAt(machine, target)), name, args, node, machine);
  const on = evaluate(target, machine);
  return either(...on.map((alternative) => callOn(alternative, name, args, { node, target }, machine)));
}

function callStatic(type: string, name: string, args: readonly Argument[], node: Node, machine: Machine): Datum {
  const [first, ...rest] = args;
  const word = name.toLowerCase();
  if (word === 'new' || (type.endsWith('webrequest') && word.startsWith('create')))
    return construct(type, args, node, machine);
  if (type === 'string') {
    if (word === 'format' && first)
      return formatted(
        first.datum,
        rest.map(({ datum }) => datum),
      );
    if (word === 'concat')
      return joined(
        args.map(({ datum }) => datum),
        NULL,
      );
    if (word === 'join' && first)
      return joined(
        rest.map(({ datum }) => datum),
        first.datum,
      );
  }
  return UNKNOWN_DATUM;
}

interface Call {
  readonly node: Node;
  readonly target: Node;
}

function callOn(
  alternative: Alternative,
  name: string,
  args: readonly Argument[],
  call: Call,
  machine: Machine,
): Datum {
  switch (alternative.kind) {
    case 'object': {
      const object = machine.state.objects.get(alternative.id);
      if (!object) return UNKNOWN_DATUM;
      if (object.kind === 'table') return onTable(alternative.id, object, name, args, call.node, machine);
      if (makesRequest(object, name))
        return requestByMethod({ id: alternative.id, object, name, args, ...call }, machine);
      return UNKNOWN_DATUM;
    }
    case 'headers': {
      const object = machine.state.objects.get(alternative.id);
      return object ? onTable(alternative.id, object, name, args, call.node, machine) : UNKNOWN_DATUM;
    }
    case 'block':
      return /^Invoke/i.test(name) ? (runBlock(alternative.node, [], machine) ?? NULL) : UNKNOWN_DATUM;
    case 'answer':
    case 'text':
      return onText(alternative, name, args);
    default:
      return UNKNOWN_DATUM;
  }
}

function onTable(
  id: number,
  object: ObjectState,
  name: string,
  args: readonly Argument[],
  node: Node,
  machine: Machine,
): Datum {
  const [key, value] = args;
  switch (name.toLowerCase()) {
    case 'add':
    case 'set':
    case 'set_item':
    case 'append':
    case 'tryaddwithoutvalidation': {
      if (!key) return NULL;
      // `Headers.Add("Name: value")` is one argument.
      const whole = value ? undefined : valueOf(key.datum);
      const entry = keyed(whole ?? valueOf(key.datum), value?.datum, {
        name: key.node,
        value: value?.node ?? key.node,
      });
      machine.state.objects.set(id, withEntry(object, entry));
      return NULL;
    }
    case 'remove':
    case 'clear': {
      const entries = new Map(object.entries);
      if (!key) entries.clear();
      else entries.delete(knownDatum(key.datum)?.toLowerCase() ?? '');
      machine.state.objects.set(id, { ...object, entries });
      return NULL;
    }
    case 'clone':
      return keep(machine, { ...object, made: node });
    default:
      return UNKNOWN_DATUM;
  }
}

const DIRECT: Readonly<Record<string, (text: string) => string>> = {
  trim: (text) => text.trim(),
  tolower: (text) => text.toLowerCase(),
  toupper: (text) => text.toUpperCase(),
  tolowerinvariant: (text) => text.toLowerCase(),
};

function onText(
  alternative: Extract<Alternative, { readonly text: unknown }>,
  name: string,
  args: readonly Argument[],
): Datum {
  const [first, second] = args;
  const value: Value = [alternative.text];
  const word = name.toLowerCase();
  const isHole = isUnknown(alternative) || alternative.kind === 'answer';
  // `[Text.Encoding]::UTF8.GetString($answer)` gives what the answer says.
  if (word === 'getstring' && first) return first.datum;
  if (isHole && (SAME.test(name) || STATUS.test(name))) return [asRead(alternative, name)];
  const direct = DIRECT[word];
  if (direct && args.length === 0) return textDatum(transform(value, direct));
  const from = first && valueOf(first.datum);
  const known = from?.[0]?.map((part) => ('text' in part ? part.text : undefined)).join('');
  if ((word === 'trimend' || word === 'trimstart') && known === '/') {
    return textDatum(transform(value, (text) => text.replace(word === 'trimend' ? /(?<!\/)\/+$/ : /^\/+/, '')));
  }
  if (word === 'replace' && known && second) {
    const by =
      valueOf(second.datum)[0]
        ?.map((part) => ('text' in part ? part.text : '\u0000'))
        .join('') ?? '';
    return textDatum(transform(value, (text) => (by.includes('\u0000') ? undefined : replaceAll(text, known, by))));
  }
  return word === 'tostring' ? [alternative] : textDatum([[blur(alternative.text)]]);
}
