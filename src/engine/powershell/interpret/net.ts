/** .NET's classes that make HTTP requests: WebClient, HttpClient, HttpWebRequest (Microsoft Learn, System.Net). */
import { concat, type Value } from '../../program/value';
import type { Node } from '../syntax/parse';
import {
  isUnknown,
  knownDatum,
  newObject,
  NULL,
  UNKNOWN_DATUM,
  valueOf,
  type Datum,
  type ObjectKind,
  type ObjectState,
} from './datum';
import { headersOf } from './header';
import { keep, objectsOf, type Machine } from './machine';
import type { Argument } from './member';
import type { PowerShellRequest } from './request';

const KINDS: Readonly<Record<string, ObjectKind>> = {
  webclient: 'WebClient',
  httpclient: 'HttpClient',
  httprequestmessage: 'HttpRequestMessage',
  webrequest: 'WebRequest',
  httpwebrequest: 'WebRequest',
  webrequestsession: 'session',
  hashtable: 'table',
  dictionary: 'table',
  webheadercollection: 'table',
  'dictionary`2': 'table',
};

/** Classes that hand on what they are made of: the text of an answer, an address. */
const HANDS_ON = /^(?:streamreader|uri|string|uribuilder)$/;

/** A new object of a class, by its constructor or by `[WebRequest]::Create`. */
export function construct(type: string, args: readonly Argument[], made: Node, machine: Machine): Datum {
  const kind = KINDS[type];
  const [first, second] = args;
  if (!kind) return HANDS_ON.test(type) && first ? first.datum : UNKNOWN_DATUM;
  const object = newObject(kind, made);
  if (kind === 'table' && first) {
    const [copied] = objectsOf(machine, first.datum);
    return keep(machine, copied ? { ...copied.object, made } : object);
  }
  if (kind === 'WebRequest' && first) return keep(machine, { ...object, url: first.datum });
  if (kind === 'HttpRequestMessage' && first)
    return keep(machine, { ...object, method: first.datum, url: second?.datum ?? NULL });
  return keep(machine, object);
}

/** What a method requests: its HTTP method, and which of its arguments the address is. */
interface Method {
  readonly method: string | undefined;
  /** Index of the argument; undefined where the object has the address. */
  readonly address: number | undefined;
  /** True where the second argument may be the HTTP method. */
  readonly mayNameMethod?: boolean;
}

function methodOf({ kind }: ObjectState, name: string): Method | undefined {
  const word = name.toLowerCase().replace(/(?:task)?async$/, '');
  switch (kind) {
    case 'WebClient':
      if (/^(?:downloadstring|downloadfile|downloaddata|openread)$/.test(word)) return { method: 'GET', address: 0 };
      return /^upload(?:string|data|file|values)$|^openwrite$/.test(word)
        ? { method: 'POST', address: 0, mayNameMethod: true }
        : undefined;
    case 'HttpClient': {
      const found = /^(get|post|put|delete|patch|head|send)(?:string|stream|bytearray)?$/.exec(word)?.[1];
      if (found === undefined) return undefined;
      return found === 'send' ? { method: undefined, address: undefined } : { method: found.toUpperCase(), address: 0 };
    }
    case 'WebRequest':
      return /^(?:get|begin|end)response$/.test(word) ? { method: undefined, address: undefined } : undefined;
    default:
      return undefined;
  }
}

export function makesRequest(object: ObjectState, name: string): boolean {
  return methodOf(object, name) !== undefined;
}

interface MethodCall {
  readonly id: number;
  readonly object: ObjectState;
  readonly name: string;
  readonly args: readonly Argument[];
  readonly node: Node;
  readonly target: Node;
}

export function requestByMethod(call: MethodCall, machine: Machine): Datum {
  const { object, id, name, args, node, target } = call;
  const how = methodOf(object, name);
  if (!how) return UNKNOWN_DATUM;
  const [first, second] = args;
  const message = how.address === undefined && first ? objectsOf(machine, first.datum)[0] : undefined;
  const holder = message?.object ?? object;
  const argument = how.address === undefined ? undefined : args[how.address];
  const own = argument ? valueOf(argument.datum) : valueOf(holder.url);
  const urls = isRelative(own) && object.kind !== 'WebRequest' ? concat(valueOf(object.url), own) : own;
  const { headers, hidden } = headersOf([object, ...(message ? [message.object] : [])]);
  const named = how.mayNameMethod && args.length > 2 && second ? knownDatum(second.datum)?.toUpperCase() : how.method;
  const method = how.address === undefined ? methodIn(holder.method) : named;
  const common = { client: `${object.kind}.${name}`, node, method, headers, mayHideHeaders: hidden };
  const readings = urls.map((url): PowerShellRequest => ({
    ...common,
    url,
    form: {
      kind: 'object',
      id: message ? message.id : id,
      made: holder.made,
      objectKind: holder.kind,
      target,
      address: argument?.node,
    },
  }));
  return machine.request(readings, machine);
}

function methodIn(datum: Datum): string | undefined {
  if (datum.every(({ kind }) => kind === 'null')) return 'GET';
  return datum.some(isUnknown) ? undefined : knownDatum(datum)?.toUpperCase();
}

function isRelative(value: Value): boolean {
  return value.every((text) => {
    const first = text[0];
    return !first || ('text' in first && !/^\w+:/.test(first.text) && !/^[\d[]/.test(first.text));
  });
}

/** `New-Object Class (arguments)`: the class's name as it is written, with what it is made of. */
export function newObjectOf(written: string, args: readonly Argument[], node: Node, machine: Machine): Datum {
  const type = written
    .replace(/^["'[]|["'\]]$/g, '')
    .replace(/[[<][^]*/, '')
    .replace(/^.*\./, '')
    .toLowerCase();
  return construct(type, args, node, machine);
}
