/** Whether a request for a token is one that the service answers. EC2 User Guide, "How Instance Metadata Service Version 2 works". */
import type { TokenRequestProblem } from '../program/program';
import type { HttpRequest } from '../program/request';
import { pattern } from '../program/value';
import { isDatedTokenPath, TTL_HEADER, TTL_SECONDS, type Endpoint } from './endpoint';

export function tokenRequestProblem(request: HttpRequest, endpoint: Endpoint): TokenRequestProblem | undefined {
  if (isDatedTokenPath(endpoint)) return 'dated-path';
  if (request.method !== undefined && request.method !== 'PUT') return 'not-put';
  if (request.mayHideHeaders || request.method === undefined) return undefined;
  for (const { text } of request.headers) {
    const written = pattern(text);
    const colon = written.indexOf(':');
    const name = written.slice(0, colon === -1 ? undefined : colon).trim();
    // A header that is not known may be the one.
    if (name.includes('\u0000')) return undefined;
    if (name.toLowerCase() !== TTL_HEADER.toLowerCase()) continue;
    const value = written.slice(colon + 1).trim();
    if (value.includes('\u0000')) return undefined;
    const seconds = /^\d+$/.test(value) ? Number(value) : NaN;
    return seconds >= TTL_SECONDS.min && seconds <= TTL_SECONDS.max ? undefined : 'ttl-range';
  }
  return 'no-ttl';
}
