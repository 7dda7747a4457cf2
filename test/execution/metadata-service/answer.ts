import type { ServiceState, TokenVerdict } from './protocol';
import { timeToLive, type TokenStore } from './tokens';
import { lookUp } from './tree';

/** Documents that the answers come from, all of the EC2 User Guide. */
const HOW_V2_WORKS = 'instance-metadata-v2-how-it-works';
const RETRIEVE = 'instancedata-data-retrieval';
/** No document says; chosen here. */
const OURS = 'ours';

export interface ServiceRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  header(name: string): string | undefined;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly token: TokenVerdict;
  /** The AWS document that the answer is taken from. */
  readonly source: string;
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
};

function refusal(status: number, token: TokenVerdict, source: string): ServiceAnswer {
  const reason = `${status} - ${REASONS[status] ?? ''}`;
  // A page rather than plain text, as the service sends: it is what lands in a variable when `-f` is missing.
  const body = `<?xml version="1.0" encoding="iso-8859-1"?>\n<html>\n <head><title>${reason}</title></head>\n <body><h1>${reason}</h1></body>\n</html>\n`;
  return { status, body, headers: { 'content-type': 'text/html' }, token, source };
}

function success(
  body: string,
  token: TokenVerdict,
  source: string,
  headers: Readonly<Record<string, string>> = {},
): ServiceAnswer {
  return { status: 200, body, headers: { 'content-type': 'text/plain', ...headers }, token, source };
}

/** Path without the query, with runs of slashes as one: AWS's own JavaScript client sends `//latest/...`. */
export function normalisePath(target: string): string {
  return (target.split('?', 1)[0] ?? '').replaceAll(/\/{2,}/g, '/');
}

function answerPut(request: ServiceRequest, path: string, state: ServiceState, tokens: TokenStore): ServiceAnswer {
  // "PUT requests are rejected if they contain an X-Forwarded-For header."
  if (request.header('x-forwarded-for') !== undefined) return refusal(403, 'none', HOW_V2_WORKS);
  // "Issuing PUT requests to any version-specific path ... will result in ... 403 Forbidden errors."
  if (path !== '/latest/api/token') return refusal(403, 'none', RETRIEVE);
  // "403 - Forbidden: The request is not allowed", for scripts with a fallback.
  if (state.tokenRequests === 'refused') return refusal(403, 'none', RETRIEVE);
  const seconds = timeToLive(request.header('x-aws-ec2-metadata-token-ttl-seconds'));
  // "400 - Missing or Invalid Parameters: The PUT request is not valid."
  if (seconds === undefined) return refusal(400, 'none', RETRIEVE);
  const ttl = { 'x-aws-ec2-metadata-token-ttl-seconds': String(seconds) };
  return success(tokens.issue(seconds), 'none', HOW_V2_WORKS, ttl);
}

function answerGet(
  request: ServiceRequest,
  path: string,
  state: ServiceState,
  tokens: TokenStore,
  interrupted: boolean,
): ServiceAnswer {
  const token = tokens.judge(request.header('x-aws-ec2-metadata-token'));
  // A request with the header is an IMDSv2 request whatever the instance requires, so a bad token is 401 in both states:
  // "401 - Unauthorized: The GET request uses an invalid token."
  if (token === 'invalid' || token === 'expired') return refusal(401, token, RETRIEVE);
  // "When token usage is set to required, requests without a valid token or with an expired token receive a 401."
  if (token === 'none' && state.tokens === 'required') return refusal(401, token, HOW_V2_WORKS);
  // The token path only takes PUT; which status a GET gets is not documented.
  if (/^\/[^/]+\/api(\/|$)/.test(path)) return refusal(405, token, OURS);
  const value = lookUp(path, interrupted);
  // "... or a 404 - Not Found HTTP error code if the resource is not available."
  return value === undefined ? refusal(404, token, RETRIEVE) : success(value, token, RETRIEVE);
}

/** How the metadata service answers one request. */
export function answer(
  request: ServiceRequest,
  state: ServiceState,
  tokens: TokenStore,
  interrupted: boolean,
): ServiceAnswer {
  const path = normalisePath(request.target);
  if (request.method === 'PUT') return answerPut(request, path, state, tokens);
  // "HTTP GET and HEAD methods are allowed in IMDSv2 instance metadata requests." What others get is not documented.
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'none', OURS);
  return answerGet(request, path, state, tokens, interrupted);
}
