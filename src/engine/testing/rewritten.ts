/** The words of a rewrite, as they are expected to the letter. */
import { expect, it } from 'vitest';
import { fixed } from './script';

const URL = 'http://169.254.169.254/latest/api/token';
const TTL = 'X-aws-ec2-metadata-token-ttl-seconds';

/** The address of the examples, without a path. */
export const META = 'http://169.254.169.254/latest/meta-data';

/** The command that asks for a token. */
export function put(options = '', ttl = 300): string {
  return `curl -sSf${options && ` ${options}`} -X PUT "${URL}" -H "${TTL}: ${String(ttl)}"`;
}

/** The line that fetches a token. */
export const FETCH = `TOKEN=$(${put()})`;

/** The option that sends it. */
export const SEND = '-H "X-aws-ec2-metadata-token: $TOKEN"';

/** A line that fetches a token and stands in the script already. */
export const OWN_FETCH = `T=$(curl -sX PUT -H "${TTL}: 60" ${URL})`;

type Rewrite = readonly [name: string, script: string, expected: string];

/** Every safe fix applied at once gives the text to the letter, and has nothing left to fix. */
export function rewrites(cases: readonly Rewrite[]): void {
  it.each(cases)('%s', (_, script, expected) => {
    expect(fixed(script)).toBe(expected);
    expect(fixed(expected)).toBe(expected);
  });
}

/** No safe fix changes the script. */
export function leavesAlone(cases: readonly (readonly [name: string, script: string])[]): void {
  it.each(cases)('%s', (_, script) => {
    expect(fixed(script)).toBe(script);
  });
}
