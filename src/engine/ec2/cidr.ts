/** Address blocks: RFC 4632 for IPv4, RFC 4291 for IPv6. */

export interface Block {
  readonly family: 4 | 6;
  /** First address, with the bits behind the prefix cleared as EC2 does. */
  readonly first: bigint;
  /** 0 to 32, or 0 to 128. */
  readonly prefix: number;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Reads `10.0.0.0/8` or `2001:db8::/32`; a single address is a block of one. Undefined where the text is neither. */
export function parseCidr(text: string): Block | undefined {
  const [address = '', length, ...more] = text.trim().split('/');
  if (more.length > 0) return undefined;
  const family = address.includes(':') ? 6 : 4;
  const value = family === 6 ? ipv6(address) : ipv4(address);
  if (value === undefined) return undefined;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = length === undefined ? BITS[family] : Number(length);
  if (prefix > BITS[family]) return undefined;
  const host = BigInt(BITS[family] - prefix);
  return { family, first: (value >> host) << host, prefix };
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const missing = 8 - front.length - back.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...front, ...Array<string>(missing).fill('0'), ...back];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** True where `outer` holds all of `inner`. */
export function covers(outer: Block, inner: Block): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false;
  const host = BigInt(BITS[outer.family] - outer.prefix);
  return inner.first >> host === outer.first >> host;
}

/**
 * True for a block that is the whole internet, however it is written: `0.0.0.0/0`, `192.168.1.0/0`, `::/0`.
 */
export function isEverything({ prefix }: Block): boolean {
  return prefix === 0;
}

/**
 * Groups of blocks that together are a whole address family: the internet in two halves is as open as in one. Gives the indexes of the blocks that
 * take part, for each family that is covered, without those that are everything by themselves.
 */
export function jointlyEverything(blocks: readonly (Block | undefined)[]): readonly number[] {
  const result: number[] = [];
  for (const family of [4, 6] as const) {
    // Blocks of a few addresses never add up; those of at least a 256th of everything might.
    const large = blocks.flatMap((block, index) =>
      block?.family === family && block.prefix > 0 && block.prefix <= 8 ? [{ block, index }] : [],
    );
    const spans = large
      .map(({ block: { first, prefix } }) => ({ start: first, end: first + (1n << BigInt(BITS[family] - prefix)) }))
      .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    let reached = 0n;
    for (const { start, end } of spans) {
      if (start > reached) break;
      if (end > reached) reached = end;
    }
    if (reached >= 1n << BigInt(BITS[family])) result.push(...large.map(({ index }) => index));
  }
  return result;
}

/** Blocks that nobody on the internet can send from: RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291. */
const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
]
  .map(parseCidr)
  .filter((block) => block !== undefined);

export function isPrivate(block: Block): boolean {
  return PRIVATE.some((outer) => covers(outer, block));
}
