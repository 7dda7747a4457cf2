/** curl(1): which requests a command line makes. Options as of curl 8.10. */
import type { Field } from '../expand';
import type { Invocation } from '../invocation';
import {
  hasOption,
  lastOption,
  parseOptions,
  type OptionTable,
  type ParsedArguments,
  type ParsedOption,
} from '../options';
import { isLiteral, knownText, knownValue, pattern, type Text } from '../../program/value';
import type { ShellHeader, ShellRequest } from './client';

const WITH_ARGUMENT = `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie
cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr
dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save expect100-timeout form form-string ftp-account ftp-alternative-to-user
ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface ip-tos
ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize
max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir
proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass
proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote
random-file range rate referer request request-target resolve retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a socks5
socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword
tlsuser trace trace-ascii trace-config unix-socket upload-file url url-query user user-agent variable vlan-priority write-out`;

const FLAGS = `head fail fail-with-body silent show-error location insecure include get verbose compressed retry-connrefused retry-all-errors
remote-name remote-name-all next disable ipv4 ipv6 progress-bar globoff http1.0 http1.1 http2 http0.9 no-buffer parallel help version`;

const CURL: OptionTable = {
  short: {
    A: 'user-agent=',
    b: 'cookie=',
    c: 'cookie-jar=',
    C: 'continue-at=',
    d: 'data=',
    D: 'dump-header=',
    e: 'referer=',
    E: 'cert=',
    F: 'form=',
    H: 'header=',
    K: 'config=',
    m: 'max-time=',
    o: 'output=',
    P: 'ftp-port=',
    Q: 'quote=',
    r: 'range=',
    t: 'telnet-option=',
    T: 'upload-file=',
    u: 'user=',
    U: 'proxy-user=',
    w: 'write-out=',
    x: 'proxy=',
    X: 'request=',
    y: 'speed-time=',
    Y: 'speed-limit=',
    z: 'time-cond=',
    I: 'head',
    f: 'fail',
    s: 'silent',
    S: 'show-error',
    L: 'location',
    G: 'get',
    O: 'remote-name',
    q: 'disable',
    ':': 'next',
    '4': 'ipv4',
    '6': 'ipv6',
    k: 'insecure',
    i: 'include',
    v: 'verbose',
  },
  withArgument: new Set(WITH_ARGUMENT.split(/\s+/).flatMap((name) => [name, `expand-${name}`])),
  flags: new Set(FLAGS.split(/\s+/)),
};

/** Long options of curl may be negated: `--no-silent`. */
const DATA_OPTIONS = ['data', 'data-ascii', 'data-binary', 'data-raw', 'data-urlencode', 'json', 'form', 'form-string'];

/** The parts of a command line between `--next`, each with the field that an option of it may follow. */
function parts(invocation: Invocation): { anchor: Field; args: readonly Field[] }[] {
  const result: { anchor: Field; args: Field[] }[] = [{ anchor: invocation.command, args: [] }];
  for (const field of invocation.args) {
    const text = knownText(field.text);
    if (text === '--next' || text === '-:') result.push({ anchor: field, args: [] });
    else result[result.length - 1]?.args.push(field);
  }
  return result;
}

function methodOf(parsed: ParsedArguments): string | undefined {
  const explicit = lastOption(parsed, 'request')?.value;
  if (explicit) return knownText(explicit)?.toUpperCase();
  if (hasOption(parsed, 'head')) return 'HEAD';
  if (hasOption(parsed, 'upload-file')) return 'PUT';
  if (hasOption(parsed, ...DATA_OPTIONS) && !hasOption(parsed, 'get')) return 'POST';
  return 'GET';
}

function printed(parsed: ParsedArguments): ShellRequest['prints'] {
  const elsewhere = parsed.options.some(
    ({ name, value }) =>
      (name === 'output' && value !== undefined && knownText(value) !== '-') || name === 'remote-name',
  );
  const writeOut = lastOption(parsed, 'write-out')?.value;
  if (writeOut && /%\{(?:http_code|response_code)\}/.test(pattern(writeOut))) return 'http-code';
  return elsewhere ? 'nothing' : 'body';
}

/** The lines of a config file, as options (curl(1), `--config`). */
function configOptions(option: ParsedOption, { readFile, input }: Invocation): readonly ParsedOption[] | undefined {
  const path = option.value && knownText(option.value);
  const content = path === undefined ? undefined : path === '-' ? input : readFile(path);
  const known = content && knownValue(content);
  if (known === undefined) return undefined;
  return known.split('\n').flatMap((line) => {
    const match = /^\s*(?:--?)?([A-Za-z][\w.-]*)(?![^\s=:])[ \t]*[=:]?([^]*)/.exec(line);
    const [, written = '', argument = ''] = match ?? [];
    if (!match) return [];
    const short = written.length === 1 ? CURL.short[written]?.replace(/=$/, '') : undefined;
    const text = argument.trim().replace(/^"((?:[^"\\]|\\.)*)".*$/, '$1');
    return [
      {
        name: short ?? written,
        value: text === '' ? undefined : [{ text }],
        field: option.field,
        fields: option.fields,
        apart: false,
      },
    ];
  });
}

/** The options with those of config files in their place; undefined where such a file is not known. */
function withConfig(parsed: ParsedArguments, invocation: Invocation): ParsedArguments | undefined {
  if (!hasOption(parsed, 'config')) return parsed;
  const options: ParsedOption[] = [];
  for (const option of parsed.options) {
    const inner = option.name === 'config' ? configOptions(option, invocation) : [option];
    if (!inner) return undefined;
    options.push(...inner);
  }
  return { ...parsed, options };
}

/** `--expand-header "X: {{name}}"` is `--header` with curl's own variables in it (curl(1), since 8.3.0). */
function expanded(parsed: ParsedArguments): ParsedArguments {
  return {
    ...parsed,
    options: parsed.options.map((option) => ({ ...option, name: option.name.replace(/^expand-/, '') })),
  };
}

/** A header as curl sends it; `-H @file` reads headers from a file. */
function headersOf(parsed: ParsedArguments): { headers: readonly ShellHeader[]; hidden: boolean } {
  const headers: ShellHeader[] = [];
  let hidden = hasOption(parsed, 'config');
  for (const option of parsed.options) {
    if (option.name !== 'header' || !option.value) continue;
    const first = option.value[0];
    if (first && isLiteral(first) && first.text.startsWith('@')) hidden = true;
    headers.push({ text: option.value, option });
  }
  return { headers, hidden };
}

export function curlRequests(invocation: Invocation): readonly ShellRequest[] {
  const requests: ShellRequest[] = [];
  for (const [part, { anchor, args }] of parts(invocation).entries()) {
    const written = expanded(parseOptions(args, CURL));
    const parsed = withConfig(written, invocation) ?? written;
    const configured = parsed !== written;
    if (hasOption(parsed, 'help', 'version')) continue;
    const { headers, hidden } = headersOf(parsed);
    const urls: Field[] = [];
    for (const option of parsed.options) if (option.name === 'url') urls.push(urlOf(option.field, option.value));
    urls.push(...parsed.operands);
    const method = methodOf(parsed);
    for (const urlField of urls) {
      requests.push({
        client: 'curl',
        invocation,
        method,
        url: urlField.text,
        urlField,
        urls,
        headers,
        mayHideHeaders: hidden || configured || parsed.loose.some((field) => field !== urlField || urls.length > 1),
        parsed,
        part,
        anchor,
        prints: printed(parsed),
        failsOnError: hasOption(parsed, 'fail', 'fail-with-body'),
        methodOption: lastOption(parsed, 'request') ?? lastOption(parsed, 'upload-file') ?? lastOption(parsed, 'head'),
      });
    }
  }
  return requests;
}

function urlOf(field: Field, text: Text | undefined): Field {
  return text ? { ...field, text } : field;
}
