import { TOKEN_HEADER } from '../../imds/endpoint';
import type { BrokenToken } from '../../imds/token';
import type { MetadataRequest, Program } from '../../program/program';
import type { Settings } from '../../settings';
import { rulePage, type ProgramFinding, type ProgramRule } from '../rule';

const REASONS: Readonly<Record<BrokenToken, string>> = {
  empty: 'The token header has no value: this is a request without a token (IMDSv1).',
  misspelt: 'The token header is misspelt, so the metadata service ignores it. Its name is X-aws-ec2-metadata-token.',
  unexpanded:
    'In single quotes the shell does not expand the variable: the header holds its name, and the request gets 401.',
  quoted: 'Quotes are part of the header here, so the metadata service does not recognise it.',
  'no-colon': 'The token header has no colon, so curl does not send it.',
  'ttl-header': 'This header asks for a token; to send one, the header is X-aws-ec2-metadata-token.',
  unquoted: 'Without quotes the header is empty and the token is taken for a URL: the request gets 401.',
};

interface NotSent extends ProgramFinding {
  readonly requests: readonly MetadataRequest[];
}

function isNotSent(finding: ProgramFinding): finding is NotSent {
  return 'requests' in finding;
}

function finding(
  requests: readonly MetadataRequest[],
  message: string,
  shown: MetadataRequest,
  program: Program,
  settings: Settings,
): NotSent {
  return {
    requests,
    range: shown.token.state === 'broken' ? shown.token.header : shown.range,
    message,
    fixes: [{ title: 'Send the token', rewrite: () => program.rewriter.sendToken(requests, settings.tokenTtlSeconds) }],
  };
}

/** The header that sends a token, wherever it is written: what runs there may be out of our sight, as in `eval $request`. */
const SENT = new RegExp(`${TOKEN_HEADER}(?!-ttl)`, 'i');

/** Requests that fetch a token in a program that sends none to any request. */
function fetchedInVain(program: Program, settings: Settings): readonly NotSent[] {
  const { requests, text = '' } = program;
  if (SENT.test(text)) return [];
  const fetches = requests.filter(({ endpoint, problem }) => endpoint.kind === 'token' && problem === undefined);
  const others = requests.filter(({ endpoint }) => endpoint.kind !== 'token');
  const without = others.filter(({ token, fallback }) => token.state === 'none' && !fallback);
  if (without.length === 0 || without.length < others.length) return [];
  return fetches.map((fetch) => ({
    ...finding(without, 'A token is fetched here, but no request sends it.', fetch, program, settings),
    related: without.map(({ range }) => ({ range, message: 'This request sends no token.' })),
  }));
}

export const imdsTokenNotSent: ProgramRule = {
  meta: {
    id: 'imds-token-not-sent',
    title: 'Metadata token does not arrive',
    description:
      'A metadata request that looks like IMDSv2 and is not: the token header is empty, misspelt, not expanded or not quoted, or a token is fetched and never sent.',
    severity: 'error',
    fix: 'safe',
    url: rulePage('imds-token-not-sent'),
  },
  check: (program, settings) => [
    ...program.requests.flatMap((request) =>
      request.token.state === 'broken'
        ? [finding([request], REASONS[request.token.why], request, program, settings)]
        : [],
    ),
    ...fetchedInVain(program, settings),
  ],
  together: (program, findings, settings) =>
    program.rewriter.sendToken(
      [...new Set(findings.filter(isNotSent).flatMap(({ requests }) => requests))],
      settings.tokenTtlSeconds,
    ),
};
