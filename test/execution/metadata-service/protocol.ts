/** Whether the instance requires tokens: the `HttpTokens` metadata option. */
export type TokenPolicy = 'optional' | 'required';

/** What became of the token that a request carried. */
export type TokenVerdict = 'none' | 'valid' | 'expired' | 'invalid';

/** What the service is like while one script runs. */
export interface ServiceState {
  readonly tokens: TokenPolicy;
  /** `absent`: nothing listens and a connection is refused. */
  readonly presence: 'up' | 'absent';
  /** Connections are dropped (or refused, for `milliseconds`) for so long: a service that is not ready at boot. */
  readonly down?: Down;
  /** The instance is marked for interruption once the script has called `sleep` so often; `spot/*` is 404 until then. */
  readonly interruptedAfterSleeps?: number;
  /** `refused`: token requests get 403, as from behind a forwarding proxy; what scripts with a fallback to IMDSv1 are written for. */
  readonly tokenRequests?: 'answered' | 'refused';
}

/** How long the service is down: so many connections, so many calls of `sleep`, or a time. */
export type Down = { readonly connections: number } | { readonly sleeps: number } | { readonly milliseconds: number };

/** One request as the service saw it. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** The Host header as sent. */
  readonly host: string;
  readonly token: TokenVerdict;
  readonly status: number;
  /** True where a proxy stood between: the request carried X-Forwarded-For. */
  readonly forwarded: boolean;
}

/** Status codes by which the service refuses a request. */
export const REFUSALS: readonly number[] = [400, 401, 403, 405];

/** True for a request for data (not for a token) that carried no token. */
export function isTokenless(record: RequestRecord): boolean {
  return record.token === 'none' && (record.method === 'GET' || record.method === 'HEAD');
}
