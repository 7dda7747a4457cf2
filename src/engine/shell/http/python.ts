/** Requests in Python programs, where they are plain: one call with an address that is written out or put together of constants. */
import { knownPrefix, UNKNOWN_TEXT, type Text } from '../../program/value';
import type { Invocation } from '../invocation';
import type { ShellHeader, ShellRequest } from './client';
import { callReader, type Dialect } from './expressions';
import { givenProgram } from './given-program';

const PYTHON: Dialect = { concatenation: '+', interpolates: 'f', hole: /\{([^{}]*)\}/ };

/** `requests.get(...)`, `urlopen(...)`, `http.request("GET", ...)`, `urllib.request.Request(...)`. */
const CALL =
  /\b(?:(?:requests|session|httpx|http|s)\s{0,9}\.\s{0,9}(get|put|head)|\w{1,40}\.(request)|(urlopen|urlretrieve|Request))\s{0,9}\(/g;
/** `http.client`, whose requests say no more than the path. */
const CONNECTION = /\bHTTPConnection\s{0,9}\(/g;

const METHOD = /^["'](GET|PUT|POST|HEAD|DELETE|PATCH)["']$/;
/** What gives every request, or a request that was made before, more headers or another method. */
const CHANGES = /add_header|addheaders|install_opener|get_method|\.headers\s{0,9}(?:=|\[|\.update)/;

export function pythonRequests(invocation: Invocation): readonly ShellRequest[] {
  const program = givenProgram(/^-c$/, invocation);
  if (!program) return [];
  const { field, text, isPartial } = program;
  const callsOf = callReader(text, PYTHON);
  const isChanged = isPartial || CHANGES.test(text);
  const hosts = callsOf(CONNECTION).map(({ given: [first] }) => first?.text ?? UNKNOWN_TEXT);
  // Which connection it is made by is known where there is one.
  const at = (url: Text): Text =>
    hosts.length === 1 && knownPrefix(url).startsWith('/') ? [...hosts.flat(), ...url] : url;
  return callsOf(CALL).map(({ match: [, verb], given }, part) => {
    const named = (name: string): string | undefined => given.find((each) => each.name === name)?.written;
    const [first, second] = given;
    const leading = first?.name === undefined ? METHOD.exec(first?.written ?? '')?.[1] : undefined;
    const method = leading ?? METHOD.exec(named('method') ?? '')?.[1];
    const url = given.find(({ name }) => name === 'url') ?? (leading === undefined ? first : second);
    const others = given.filter((each) => each !== url).map(({ name, written }) => ({ name, written: written.trim() }));
    return {
      client: 'python',
      invocation,
      method: method ?? (verb === 'put' || verb === 'head' ? verb.toUpperCase() : 'GET'),
      url: at(url?.text ?? UNKNOWN_TEXT),
      urlField: field,
      urls: [field],
      headers: others.flatMap(({ written }) => headersIn(written)),
      // Headers that a variable holds cannot be seen.
      mayHideHeaders:
        isChanged ||
        others.some(({ name, written }) =>
          name === 'headers' ? !written.startsWith('{') : /^(?:\*\*|[A-Za-z_]\w*$)|headers/i.test(written),
        ),
      parsed: undefined,
      part,
      anchor: field,
      prints: 'body',
      failsOnError: verb === undefined,
      methodOption: undefined,
    };
  });
}

function headersIn(written: string): readonly ShellHeader[] {
  return [...written.matchAll(/["']([\w-]+)["']\s*:\s*([^,}]+)/g)].map(([, name = '', value = '']) => ({
    text: [{ text: `${name}: ` }, ...valueOf(value.trim())],
    option: undefined,
  }));
}

/** What a header's value is where it is written out; what Python computes is not known. */
function valueOf(written: string): Text {
  const [, double, single, number] = /^(?:[bru]?"([^"\u0000]*)"|[bru]?'([^'\u0000]*)'|(\d+))$/.exec(written) ?? [];
  const known = double ?? single ?? number;
  return known === undefined ? UNKNOWN_TEXT : [{ text: known }];
}
