/** Requests in programs of other languages given on a command line or in a heredoc, where they are plain: a literal URL in one call. */
import { isLiteral, knownText, type Text } from '../../program/value';
import type { Field } from '../expand';
import type { Invocation } from '../invocation';
import type { ClientName, ShellRequest } from './client';

interface Interpreter {
  readonly client: ClientName;
  /** The option that its program stands behind. */
  readonly option: RegExp;
  /** Calls that ask for the URL in the first group. */
  readonly calls: RegExp;
}

const URL = String.raw`["'](https?:\/\/[^"'\s]{1,500})["']`;
const calls = (functions: string): RegExp => new RegExp(String.raw`\b(?:${functions})\s{0,9}\(?\s{0,9}${URL}`, 'g');

/** LWP::Simple and LWP::UserAgent. */
export const PERL: Interpreter = {
  client: 'perl',
  option: /^-[a-zA-LN-Z0-9]*[eE]$/,
  calls: calls('get|getprint|getstore|head|mirror'),
};
/** open-uri and Net::HTTP. */
export const RUBY: Interpreter = {
  client: 'ruby',
  option: /^-[a-qs-z]*e$/,
  calls: calls(String.raw`open|URI|URI\.parse|URI\.open`),
};
export const PHP: Interpreter = {
  client: 'php',
  option: /^(?:-r|--run)$/,
  calls: calls('file_get_contents|readfile|fopen|file|curl_init'),
};
export const NODE: Interpreter = {
  client: 'node',
  option: /^(?:-e|-p|-pe|--eval|--print)$/,
  calls: calls('get|fetch|axios'),
};

/** What sends headers in these languages, of which it cannot be seen what they are. */
const HEADERS = /header|x-aws-ec2|stream_context|\bRequest\b|setopt/i;

export function programRequests(
  { client, option, calls: pattern }: Interpreter,
  invocation: Invocation,
): readonly ShellRequest[] {
  const program = programOf(option, invocation);
  if (!program) return [];
  const { field, text } = program;
  const known = text.map((part) => (isLiteral(part) ? part.text : '\u0000')).join('');
  const mayHideHeaders = HEADERS.test(known) || known.includes('\u0000');
  return [...known.matchAll(pattern)].map(([, url = ''], part) => ({
    client,
    invocation,
    method: 'GET',
    url: [{ text: url }],
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

function programOf(
  option: RegExp,
  { args, input, command }: Invocation,
): { readonly field: Field; readonly text: Text } | undefined {
  const at = args.findIndex(({ text }) => option.test(knownText(text) ?? ''));
  const field = args[at + 1];
  if (at !== -1) return field && { field, text: field.text };
  const [text] = input ?? [];
  return text && args.every((arg) => knownText(arg.text)?.startsWith('-')) ? { field: command, text } : undefined;
}
