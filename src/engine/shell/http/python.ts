/** Requests in Python programs given on a command line or in a heredoc, where they are plain: a literal URL in one call. */
import type { Field } from '../expand';
import type { Invocation } from '../invocation';
import { isLiteral, knownText, UNKNOWN_TEXT, type Text } from '../../program/value';
import type { ShellHeader, ShellRequest } from './client';

/** `requests.get("...")`, `urlopen("...")`, `http.request("GET", "...")` with a string for the URL. */
const CALL =
  /\b(?:(?:requests|session|httpx|http|s)\s*\.\s*(get|put|head|request)|(?:(?:urllib2?|urllib\.request|request)\s*\.\s*)?(urlopen|urlretrieve))\s*\(\s*(?:["'](GET|PUT|HEAD)["']\s*,\s*)?[rbuf]?["']([^"']+)["']([^\n]*)/g;

export function pythonRequests(invocation: Invocation): readonly ShellRequest[] {
  const program = programOf(invocation);
  if (!program) return [];
  const { field, text } = program;
  const known = text.map((part) => (isLiteral(part) ? part.text : '\u0000')).join('');
  const requests: ShellRequest[] = [];
  for (const match of known.matchAll(CALL)) {
    const [, verb, , named, url = '', rest = ''] = match;
    // Headers that a variable holds cannot be seen; a Request object neither.
    const headers: ShellHeader[] = [...rest.matchAll(/["']([\w-]+)["']\s*:\s*([^,}]+)/g)].map(
      ([, name = '', value = '']) => ({
        text: [{ text: `${name}: ` }, ...valueOf(value.trim())],
        option: undefined,
      }),
    );
    requests.push({
      client: 'python',
      invocation,
      method: named ?? (verb === 'put' ? 'PUT' : verb === 'head' ? 'HEAD' : 'GET'),
      url: [{ text: url.replace(/\u0000/g, '') }],
      urlField: field,
      urls: [field],
      headers,
      mayHideHeaders: /\bheaders\s*=\s*(?!\{)/.test(rest) || known.includes('\u0000'),
      parsed: undefined,
      part: requests.length,
      anchor: field,
      prints: 'body',
      failsOnError: verb === undefined,
      methodOption: undefined,
    });
  }
  return requests;
}

/** What a header's value is where it is written out; what Python computes is not known. */
function valueOf(written: string): Text {
  const [, double, single, number] = /^(?:[bru]?"([^"\u0000]*)"|[bru]?'([^'\u0000]*)'|(\d+))$/.exec(written) ?? [];
  const known = double ?? single ?? number;
  return known === undefined ? UNKNOWN_TEXT : [{ text: known }];
}

function programOf({ args, input, command }: Invocation): { field: Field; text: Text } | undefined {
  for (const [index, field] of args.entries()) {
    const option = knownText(field.text);
    const next = args[index + 1];
    if (option === '-c' && next) return { field: next, text: next.text };
    if (!option?.startsWith('-')) return undefined;
    if (option === '-') break;
  }
  const [text] = input ?? [];
  return text ? { field: command, text } : undefined;
}
