/** wget(1), GNU and BusyBox: which requests a command line makes. Options as of GNU Wget 1.24. */
import type { Invocation } from '../invocation';
import { hasOption, lastOption, parseOptions, type OptionTable, type ParsedArguments } from '../options';
import { knownText, pattern } from '../../program/value';
import type { ShellHeader, ShellRequest } from './client';

const WITH_ARGUMENT = `accept accept-regex append-output base bind-address bind-dns-address body-data body-file ca-certificate ca-directory certificate
certificate-type ciphers compression config connect-timeout crl-file cut-dirs default-page directory-prefix dns-servers dns-timeout domains
egd-file exclude-directories exclude-domains execute follow-tags ftp-password ftp-user header hsts-file http-password http-user ignore-tags
include-directories input-file level limit-rate load-cookies local-encoding max-redirect method output-document output-file password pinnedpubkey
post-data post-file prefer-family private-key private-key-type progress proxy-password proxy-user quota random-file read-timeout referer regex-type
reject reject-regex rejected-log remote-encoding report-speed restrict-file-names retry-on-host-error retry-on-http-error save-cookies secure-protocol
start-pos timeout tries use-askpass user user-agent wait waitretry warc-cdx warc-dedup warc-file warc-header warc-max-size warc-tempdir`;

const WGET: OptionTable = {
  short: {
    a: 'append-output=',
    A: 'accept=',
    B: 'base=',
    D: 'domains=',
    e: 'execute=',
    G: 'ignore-tags=',
    I: 'include-directories=',
    i: 'input-file=',
    l: 'level=',
    o: 'output-file=',
    O: 'output-document=',
    P: 'directory-prefix=',
    Q: 'quota=',
    R: 'reject=',
    t: 'tries=',
    T: 'timeout=',
    U: 'user-agent=',
    w: 'wait=',
    X: 'exclude-directories=',
    q: 'quiet',
    S: 'server-response',
    c: 'continue',
    N: 'timestamping',
    // -nv, -nc, -nd, -nH, -np: the letter behind n is no option of its own.
    n: 'no=',
  },
  withArgument: new Set(WITH_ARGUMENT.split(/\s+/)),
  flags: new Set([
    'spider',
    'quiet',
    'no-proxy',
    'server-response',
    'content-on-error',
    'no-verbose',
    'help',
    'version',
  ]),
};

function methodOf(parsed: ParsedArguments): string | undefined {
  const method = lastOption(parsed, 'method')?.value;
  if (method) return knownText(method)?.toUpperCase();
  if (hasOption(parsed, 'post-data', 'post-file')) return 'POST';
  return hasOption(parsed, 'spider') ? 'HEAD' : 'GET';
}

export function wgetRequests(invocation: Invocation): readonly ShellRequest[] {
  const parsed = parseOptions(invocation.args, WGET);
  if (hasOption(parsed, 'help', 'version')) return [];
  const headers: ShellHeader[] = [];
  for (const option of parsed.options) {
    if (option.name === 'header' && option.value) headers.push({ text: option.value, option });
    // `-e header=...` is the same thing as a wgetrc command.
    if (option.name === 'execute' && option.value && /^header\s*=/i.test(pattern(option.value)))
      headers.push({ text: option.value, option });
  }
  const document = lastOption(parsed, 'output-document')?.value;
  const prints = document && ['-', '/dev/stdout'].includes(knownText(document) ?? '') ? 'body' : 'nothing';
  return parsed.operands.map((urlField) => ({
    client: 'wget',
    invocation,
    method: methodOf(parsed),
    url: urlField.text,
    urlField,
    urls: parsed.operands,
    headers,
    mayHideHeaders:
      hasOption(parsed, 'config') || parsed.loose.some((field) => field !== urlField || parsed.operands.length > 1),
    parsed,
    part: 0,
    anchor: invocation.command,
    prints,
    failsOnError: !hasOption(parsed, 'content-on-error'),
    methodOption: lastOption(parsed, 'method'),
  }));
}
