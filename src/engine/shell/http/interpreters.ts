/** Requests in programs of other languages, where they are plain: one call with an address that is written out or put together of constants. */
import { knownPrefix } from '../../program/value';
import type { Invocation } from '../invocation';
import type { ClientName, ShellRequest } from './client';
import { callReader, type Dialect } from './expressions';
import { givenProgram } from './given-program';

interface Interpreter extends Dialect {
  readonly client: ClientName;
  /** The option that its program stands behind. */
  readonly option: RegExp;
  /** Calls that ask for the address that they are given first. */
  readonly calls: RegExp;
}

const calls = (functions: string): RegExp => new RegExp(String.raw`\b(?:${functions})(?:\s{0,9}\(|[ \t]{1,9})`, 'g');

const SIGIL = /\{?\$\{?(\w{1,60})\}{0,2}/;

/** LWP::Simple and LWP::UserAgent. */
export const PERL: Interpreter = {
  client: 'perl',
  option: /^-[a-zA-LN-Z0-9]*[eE]$/,
  calls: calls('get|getprint|getstore|head|mirror'),
  concatenation: '.',
  interpolates: '"',
  hole: SIGIL,
};
/** open-uri and Net::HTTP. */
export const RUBY: Interpreter = {
  client: 'ruby',
  option: /^-[a-qs-z]*e$/,
  calls: calls(String.raw`open|URI|URI\.parse|URI\.open`),
  concatenation: '+',
  interpolates: '"',
  hole: /#\{([^{}]*)\}/,
};
export const PHP: Interpreter = {
  client: 'php',
  option: /^(?:-r|--run)$/,
  calls: calls('file_get_contents|readfile|fopen|file|curl_init'),
  concatenation: '.',
  interpolates: '"',
  hole: SIGIL,
};
export const NODE: Interpreter = {
  client: 'node',
  option: /^(?:-e|-p|-pe|--eval|--print)$/,
  calls: calls('get|fetch|axios'),
  concatenation: '+',
  interpolates: '`',
  hole: /\$\{([^{}]*)\}/,
};

/** What sends headers in these languages, of which it cannot be seen what they are. */
const HEADERS = /header|x-aws-ec2|stream_context|\bRequest\b|setopt/i;

export function programRequests(interpreter: Interpreter, invocation: Invocation): readonly ShellRequest[] {
  const program = givenProgram(interpreter.option, invocation);
  if (!program) return [];
  const { field, text } = program;
  const mayHideHeaders = program.isPartial || HEADERS.test(text);
  const addresses = callReader(
    text,
    interpreter,
  )(interpreter.calls)
    .map(({ given: [first] }) => first?.text ?? [])
    .filter((url) => /^https?:\/\//.test(knownPrefix(url)));
  return addresses.map((url, part) => ({
    client: interpreter.client,
    invocation,
    method: 'GET',
    url,
    urlField: field,
    urls: [field],
    headers: [],
    mayHideHeaders,
    parsed: undefined,
    part,
    anchor: field,
    prints: 'body',
    failsOnError: false,
    methodOption: undefined,
  }));
}
