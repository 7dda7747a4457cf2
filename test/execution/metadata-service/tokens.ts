import { randomBytes } from 'node:crypto';
import type { TokenVerdict } from './protocol';

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** The session tokens that one service has given out. */
export interface TokenStore {
  issue(ttlSeconds: number): string;
  /** `undefined` is a request without the header. */
  judge(token: string | undefined): TokenVerdict;
}

/** A token lives for its time to live and is good for any number of requests (EC2 User Guide, "How IMDSv2 works"). */
export function tokenStore(now: Clock): TokenStore {
  const expiry = new Map<string, number>();
  return {
    issue(ttlSeconds) {
      // Begins like the service's, so that no token is taken for an option.
      const token = `AQAE${randomBytes(36).toString('base64url')}==`;
      expiry.set(token, now() + ttlSeconds * 1000);
      return token;
    },
    judge(token) {
      if (token === undefined) return 'none';
      const end = expiry.get(token);
      if (end === undefined) return 'invalid';
      return now() < end ? 'valid' : 'expired';
    },
  };
}

/**
 * The lifetime that a token request asks for, or undefined where the header is missing or out of range: 1 to 21,600 seconds
 * (EC2 User Guide, "How IMDSv2 works").
 */
export function timeToLive(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,5}$/.test(header.trim())) return undefined;
  const seconds = Number(header);
  return seconds >= 1 && seconds <= 21_600 ? seconds : undefined;
}
