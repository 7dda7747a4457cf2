/** Less common programs that make HTTP requests: HTTPie and its like, BSD fetch, nc with a request written by hand. */
import type { Invocation } from '../invocation';
import { hasOption, lastOption, parseOptions, type OptionTable } from '../options';
import { isLiteral, knownText, pattern, type Text } from '../../program/value';
import type { GetterName, ShellHeader, ShellRequest } from './client';

const HTTPIE: OptionTable = {
  short: {
    o: 'output=',
    p: 'print=',
    a: 'auth=',
    A: 'auth-type=',
    s: 'style=',
    b: 'body',
    h: 'headers',
    q: 'quiet',
    d: 'download',
    f: 'form',
    j: 'json',
  },
  withArgument: new Set([
    'output',
    'print',
    'auth',
    'auth-type',
    'style',
    'pretty',
    'timeout',
    'proxy',
    'session',
    'verify',
    'cert',
    'max-redirects',
    'raw',
  ]),
};

const METHOD = /^(?:GET|HEAD|PUT|POST|PATCH|DELETE|OPTIONS)$/i;

/** `http [METHOD] URL [Header:value | name=value ...]` (HTTPie, xh). */
export function httpieRequests(invocation: Invocation): readonly ShellRequest[] {
  const parsed = parseOptions(invocation.args, HTTPIE);
  const operands = [...parsed.operands];
  const method = operands[0] ? knownText(operands[0].text) : undefined;
  const named = method !== undefined && METHOD.test(method);
  if (named) operands.shift();
  const [urlField, ...items] = operands;
  if (!urlField) return [];
  const headers: ShellHeader[] = [];
  let data = false;
  for (const item of items) {
    const text = pattern(item.text);
    if (/^[^:=@]+:(?!=)/.test(text)) headers.push({ text: item.text, option: undefined });
    else if (/[=@]/.test(text)) data = true;
  }
  return [
    {
      client: invocation.name.startsWith('xh') ? 'xh' : 'httpie',
      invocation,
      method: named ? method.toUpperCase() : data ? 'POST' : 'GET',
      url: urlField.text,
      urlField,
      urls: [urlField],
      headers,
      mayHideHeaders: parsed.loose.length > 0 || hasOption(parsed, 'session'),
      parsed,
      part: 0,
      anchor: urlField,
      prints: hasOption(parsed, 'output', 'download') ? 'nothing' : 'body',
      failsOnError: hasOption(parsed, 'check-status'),
      methodOption: undefined,
    },
  ];
}

const FETCH: OptionTable = {
  short: {
    o: 'output=',
    T: 'timeout=',
    q: 'quiet',
    B: 'buffer=',
    S: 'size=',
    w: 'wait=',
    N: 'netrc=',
    i: 'if-modified=',
    h: 'host=',
    f: 'file=',
    c: 'directory=',
  },
  withArgument: new Set([
    'output',
    'timeout',
    'user-agent',
    'ca-cert',
    'no-proxy',
    'referer',
    'bind-address',
    'ca-path',
    'cert',
    'key',
    'crl',
  ]),
};

/** FreeBSD's fetch(1), the ftp(1) of OpenBSD and NetBSD, and `aria2c`, `lynx`, `links` and `w3m`, which send no header that a metadata token could be in but by `--header`. */
export function fetchRequests(client: GetterName, invocation: Invocation): readonly ShellRequest[] {
  const parsed = parseOptions(invocation.args, FETCH);
  const output = lastOption(parsed, 'output')?.value;
  return parsed.operands.map((urlField) => ({
    client,
    invocation,
    method: client === 'HEAD' ? 'HEAD' : 'GET',
    url: urlField.text,
    urlField,
    urls: parsed.operands,
    headers: parsed.options.flatMap((option) =>
      option.name === 'header' && option.value ? [{ text: option.value, option }] : [],
    ),
    mayHideHeaders: parsed.loose.some((field) => field !== urlField),
    parsed,
    part: 0,
    anchor: invocation.command,
    prints: output && knownText(output) === '-' ? 'body' : 'nothing',
    failsOnError: true,
    methodOption: undefined,
  }));
}

const NC: OptionTable = {
  short: {
    w: 'timeout=',
    i: 'interval=',
    p: 'port=',
    s: 'source=',
    q: 'quit=',
    X: 'proxy-protocol=',
    x: 'proxy=',
    z: 'scan',
    v: 'verbose',
    n: 'numeric',
  },
  withArgument: new Set(['wait', 'timeout', 'source', 'source-port', 'idle-timeout', 'exec', 'sh-exec']),
};

/** `printf 'GET /path HTTP/1.0\r\n\r\n' | nc HOST PORT`. */
export function ncRequests(invocation: Invocation): readonly ShellRequest[] {
  const parsed = parseOptions(invocation.args, NC);
  const [host, port] = parsed.operands;
  if (!host || hasOption(parsed, 'scan')) return [];
  return (invocation.input ?? []).flatMap((input) => {
    const request = requestFromText(input, host.text, port?.text);
    return request
      ? [
          {
            ...request,
            client: 'nc' as const,
            invocation,
            urlField: host,
            urls: [host],
            parsed: undefined,
            part: 0,
            anchor: host,
            failsOnError: false,
          },
        ]
      : [];
  });
}

type WrittenRequest = Pick<ShellRequest, 'method' | 'url' | 'headers' | 'mayHideHeaders' | 'prints' | 'methodOption'>;

/** An HTTP request written out as text (RFC 9112, section 3), for the host that it is sent to. */
export function requestFromText(input: Text, host: Text, port: Text | undefined): WrittenRequest | undefined {
  const first = input[0];
  if (!first || !isLiteral(first)) return undefined;
  // `printf` and `echo -e` turn these escapes into the line ends that HTTP wants.
  const lines = splitLines(input);
  const requestLine = lines[0];
  if (!requestLine) return undefined;
  const match = /^(GET|HEAD|PUT|POST)\s+(\S+)/.exec(pattern(requestLine, '\u0001'));
  const [, method, target] = match ?? [];
  if (method === undefined || target === undefined) return undefined;
  const known = port && knownText(port);
  const path: Text = target
    .split('\u0001')
    .flatMap((piece, index) => [
      ...(index > 0 ? [{ hole: 'unknown' as const }] : []),
      ...(piece === '' ? [] : [{ text: piece }]),
    ]);
  const authority: Text = known === undefined || known === '80' ? host : [...host, { text: `:${known}` }];
  const hostPart = authority[0];
  const marks = hostPart && isLiteral(hostPart) ? hostPart : undefined;
  const url: Text = [{ ...(marks ?? {}), text: 'http://' }, ...authority, ...path];
  return {
    method,
    url,
    headers: lines
      .slice(1)
      .filter((line) => line.length > 0)
      .map((text) => ({ text, option: undefined })),
    mayHideHeaders: false,
    prints: 'body',
    methodOption: undefined,
  };
}

function splitLines(input: Text): Text[] {
  const lines: Text[] = [[]];
  for (const part of input) {
    if (!isLiteral(part)) {
      lines[lines.length - 1] = [...(lines[lines.length - 1] ?? []), part];
      continue;
    }
    part.text.split(/(?:\\r|\r)?(?:\\n|\n)/).forEach((piece, index) => {
      if (index > 0) lines.push([]);
      if (piece !== '') lines[lines.length - 1] = [...(lines[lines.length - 1] ?? []), { ...part, text: piece }];
    });
  }
  return lines;
}
