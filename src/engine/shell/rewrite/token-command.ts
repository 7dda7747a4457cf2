/** The command that fetches a token, in the manner of the request that needs it. EC2 User Guide, "How IMDSv2 works". */
import { TOKEN_HEADER, TOKEN_PATH, TTL_HEADER } from '../../imds/endpoint';
import { knownText } from '../../program/value';
import type { ShellRequest } from '../http/client';
import type { ParsedOption } from '../options';

/** Options of curl that decide whether and how the service is reached, by how many words they are. */
const CARRIED = new Set([
  'noproxy', 'interface', 'max-time', 'connect-timeout', 'retry', 'retry-delay', 'retry-max-time', 'retry-connrefused', 'retry-all-errors', 'ipv4',
  'ipv6', 'local-port', 'proxy', 'connect-to', 'resolve',
]); // prettier-ignore

/** Options of curl that a fetch may have or not: they change neither what is sent nor what is printed. */
const HARMLESS = new Set([
  ...CARRIED,
  'silent',
  'show-error',
  'fail',
  'location',
  'no-progress-meter',
  'no-buffer',
  'insecure',
  'disable',
  'globoff',
  'compressed',
]);

export interface TokenCommand {
  /** The command line, without the substitution around it. */
  readonly text: string;
}

/** Quotes a text for the shell where it needs it. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

/** An option as it can be written anywhere: as it stands where that is plain, else by what is known of its value. */
function optionText({ name, value, fields }: ParsedOption, request: ShellRequest): string | undefined {
  const { node, source } = request.invocation;
  const own = fields.every(
    ({ word }) => word.pos >= node.pos && word.end <= node.end && source.text.slice(word.pos, word.end) === word.text,
  );
  const single = fields.every(
    ({ word }) =>
      !/^-[A-Za-z0-9]{2}/.test(word.text) || /^-[A-Za-z]?[0-9.]+$/.test(word.text.slice(1)) || /^-m\d/.test(word.text),
  );
  if (own && single && fields.every(({ word }) => word.parts === undefined))
    return fields.map(({ word }) => word.text).join(' ');
  if (!value) return `--${name}`;
  const known = knownText(value);
  if (known !== undefined) return `--${name} ${quote(known)}`;
  return own && single ? fields.map(({ word }) => word.text).join(' ') : undefined;
}

function carriedOptions(request: ShellRequest): string {
  const texts: string[] = [];
  for (const option of request.parsed?.options ?? []) {
    if (!CARRIED.has(option.name)) continue;
    const text = optionText(option, request);
    if (text !== undefined && !texts.includes(text)) texts.push(text);
  }
  return texts.length > 0 ? ` ${texts.join(' ')}` : '';
}

/** wget's time-outs in curl's words. */
function fromWget(request: ShellRequest): string {
  const texts: string[] = [];
  for (const { name, value } of request.parsed?.options ?? []) {
    const known = value && knownText(value);
    if (name === 'no-proxy') texts.push("--noproxy '*'");
    if (
      (name === 'timeout' || name === 'connect-timeout') &&
      known !== undefined &&
      /^\d+$/.test(known) &&
      known !== '0'
    ) {
      texts.push(name === 'timeout' ? `-m ${known}` : `--connect-timeout ${known}`);
    }
  }
  return texts.length > 0 ? ` ${texts.join(' ')}` : '';
}

/** True where the command's word is an expansion that can be written again, and holds nothing but curl and options that do no harm. */
function commandWord(request: ShellRequest): string {
  const { command, node } = request.invocation;
  const { word } = command;
  const name = knownText(command.text);
  if (!word.parts) return name !== undefined && /^[\w./-]+$/.test(name) ? name : 'curl';
  const from = (request.parsed?.options ?? []).filter(({ fields }) => fields.some((field) => field.word === word));
  // A word that holds the address as well is no command to call again. One that is only said to be curl by its name, `$CURL`, may hold its options too.
  const own =
    word.pos >= node.pos &&
    word.end <= node.end &&
    (name !== undefined || /^"?\$(?:\w+|\{\w+\})"?$/.test(word.text)) &&
    request.urls.every((url) => url.word !== word);
  return own && from.every((option) => HARMLESS.has(option.name)) ? word.text : (name ?? 'curl');
}

/** The command line that fetches a token for `request`. */
export function tokenCommand(request: ShellRequest, origin: string, ttlSeconds: number, useWget: boolean): string {
  const url = `"${origin}${TOKEN_PATH}"`;
  const ttl = `${TTL_HEADER}: ${String(ttlSeconds)}`;
  if (request.client === 'curl') {
    const command = commandWord(request);
    const own = (request.parsed?.options ?? []).filter(
      ({ fields }) => !command.includes('$') || fields.every((field) => field.word !== request.invocation.command.word),
    );
    const carried = carriedOptions(
      request.parsed ? { ...request, parsed: { ...request.parsed, options: own } } : request,
    );
    return `${inFrontOf(request)}${command} -sSf${carried} -X PUT ${url} -H "${ttl}"`;
  }
  if (useWget) {
    const carried = (request.parsed?.options ?? [])
      .filter(({ name }) => ['timeout', 'connect-timeout', 'tries', 'no-proxy', 'bind-address'].includes(name))
      .map((option) => optionText(option, request))
      .filter((text) => text !== undefined);
    const name = knownText(request.invocation.command.text) ?? 'wget';
    return [name, '-qO-', ...carried, '--method=PUT', `--header="${ttl}"`, url].join(' ');
  }
  return `curl -sSf${fromWget(request)} -X PUT ${url} -H "${ttl}"`;
}

/** `timeout 5 curl ...` bounds the fetch as well, and `http_proxy= curl ...` keeps it away from a proxy. */
function inFrontOf({ invocation }: ShellRequest): string {
  const { wrappers, node, source, command } = invocation;
  const matters = node.prefix.length > 0 || wrappers.includes('timeout') || wrappers.includes('env');
  const text = source.text.slice(node.pos, command.word.pos);
  return matters && wrappers.every((wrapper) => IN_FRONT.has(wrapper)) && !/[\n<>]/.test(text) ? text : '';
}

const IN_FRONT = new Set(['timeout', 'env', 'sudo', 'command']);

/** The option that sends a token, as the client wants it. */
export function headerOption(client: ShellRequest['client'], name: string): string {
  const header = `${TOKEN_HEADER}: $${name}`;
  return client === 'wget' ? `--header="${header}"` : `-H "${header}"`;
}
