/** Terraform's functions of address blocks, on what `ec2/cidr` reads. */
import { parseCidr } from '../../ec2/cidr';

/** Block number `number` of those that are `bits` longer. */
export function subnetOf(
  prefix: string | undefined,
  bits: number | undefined,
  number: number | undefined,
): string | undefined {
  const block = prefix === undefined ? undefined : parseCidr(prefix);
  if (!block || bits === undefined || number === undefined || bits < 0 || number < 0) return undefined;
  const size = block.family === 4 ? 32 : 128;
  const length = block.prefix + bits;
  if (length > size || number >= 2 ** bits || !Number.isInteger(number)) return undefined;
  return `${spell(block.first + (BigInt(number) << BigInt(size - length)), block.family)}/${String(length)}`;
}

export function hostOfBlock(prefix: string | undefined, number: number | undefined): string | undefined {
  const block = prefix === undefined ? undefined : parseCidr(prefix);
  if (!block || number === undefined || !Number.isInteger(number)) return undefined;
  const host = BigInt((block.family === 4 ? 32 : 128) - block.prefix);
  const offset = number < 0 ? (1n << host) + BigInt(number) : BigInt(number);
  return offset < 0n || offset >= 1n << host ? undefined : spell(block.first + offset, block.family);
}

function spell(address: bigint, family: 4 | 6): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  return groups.join(':');
}
