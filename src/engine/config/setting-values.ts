/** What the values of settings have to be, wherever they are written. Each tells what is wrong with one, or undefined where it will do. */
import { parseCidr } from '../ec2/cidr';

type Check = (value: unknown) => string | undefined;

function wholeNumber(from: number, to: number): Check {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
      ? undefined
      : `must be a whole number from ${String(from)} to ${String(to)}`;
}

const SEVERITIES: ReadonlySet<unknown> = new Set(['error', 'warning', 'information', 'hint', 'off']);

export const SETTING_PROBLEMS = {
  severity: (value: unknown) =>
    SEVERITIES.has(value) ? undefined : 'must be error, warning, information, hint or off',
  /** EC2 User Guide, "How Instance Metadata Service Version 2 works": a token lives six hours at most. */
  tokenTtlSeconds: wholeNumber(1, 21_600),
  port: wholeNumber(0, 65_535),
  widePortRange: wholeNumber(1, 65_536),
  cidr: (value: unknown) => {
    const block = typeof value === 'string' && value.includes('/') ? parseCidr(value) : undefined;
    if (!block) return 'must be an address block such as 203.0.113.0/24 or 2001:db8::/48';
    return block.prefix === 0 ? 'is the whole internet, from which nothing would be told any more' : undefined;
  },
} as const satisfies Readonly<Record<string, Check>>;
