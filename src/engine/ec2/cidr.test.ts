import fc from '../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { covers, isEverything, isPrivate, jointlyEverything, parseCidr, type Block } from './cidr';

function block(text: string): Block {
  const parsed = parseCidr(text);
  if (!parsed) throw new Error(`${text} is no block`);
  return parsed;
}

describe('parseCidr', () => {
  it.each([
    ['10.0.0.0/8', 4, 8],
    [' 10.0.0.0/8 ', 4, 8],
    ['203.0.113.4', 4, 32],
    ['0.0.0.0/0', 4, 0],
    ['192.168.1.1/0', 4, 0],
    ['::/0', 6, 0],
    ['0::0/0', 6, 0],
    ['0:0:0:0:0:0:0:0/0', 6, 0],
    ['2001:db8::/32', 6, 32],
    ['2001:DB8::1', 6, 128],
    ['::1/128', 6, 128],
    ['fe80::', 6, 128],
  ])('%s', (text, family, prefix) => {
    expect(parseCidr(text)).toMatchObject({ family, prefix });
  });

  it('clears the bits behind the prefix, as EC2 does', () => {
    expect(block('10.1.2.3/8')).toEqual(block('10.0.0.0/8'));
    expect(block('2001:db8:1::5/32')).toEqual(block('2001:db8::/32'));
  });

  it.each([
    '',
    'anywhere',
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.0.0/8',
    '256.0.0.0/8',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '0.0.0.0/0.0.0.0',
    '::/129',
    '1::2::3/64',
    '1:2:3:4:5:6:7/64',
    '1:2:3:4:5:6:7:8:9/64',
    '12345::/16',
    'sg-0123456789abcdef0',
    'pl-0123456789abcdef0',
  ])('%j is none', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '9', '.', ':', '/', 'f', ' ', '-') }), (text) => {
        parseCidr(text);
      }),
    );
  });
});

describe('the whole internet', () => {
  it.each(['0.0.0.0/0', '10.0.0.0/0', '255.255.255.255/0', '::/0', '0::0/0', 'fd00::/0'])('is %s', (text) => {
    expect(isEverything(block(text))).toBe(true);
  });

  it.each(['0.0.0.0/1', '0.0.0.0/8', '0.0.0.0', '::/1', '::'])('is not %s', (text) => {
    expect(isEverything(block(text))).toBe(false);
  });

  it.each([
    [
      ['0.0.0.0/1', '128.0.0.0/1'],
      [0, 1],
    ],
    [
      ['128.0.0.0/1', '10.0.0.0/24', '0.0.0.0/1'],
      [0, 2],
    ],
    [
      ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/1'],
      [0, 1, 2],
    ],
    [
      ['::/1', '8000::/1'],
      [0, 1],
    ],
    [['0.0.0.0/1', '8000::/1'], []],
    [['0.0.0.0/1', '0.0.0.0/1'], []],
    [['0.0.0.0/1', '192.0.0.0/2'], []],
    [['128.0.0.0/1', '64.0.0.0/2'], []],
    [['0.0.0.0/0'], []],
    [[], []],
  ])('of %j together are %j', (texts, expected) => {
    expect([...jointlyEverything(texts.map(parseCidr))].sort((a, b) => a - b)).toEqual(expected);
  });

  it('is all blocks of one length together, and is not when one of them is missing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(63), (prefix, missing) => {
        const count = 2 ** prefix;
        const all = Array.from({ length: count }, (_, index): Block => ({
          family: 4,
          first: BigInt(index) << BigInt(32 - prefix),
          prefix,
        }));
        expect(jointlyEverything(all)).toHaveLength(count);
        expect(jointlyEverything(all.filter((_, index) => index !== missing % count))).toEqual([]);
      }),
    );
  });
});

describe('covers', () => {
  it.each([
    ['10.0.0.0/8', '10.1.0.0/16', true],
    ['10.0.0.0/8', '10.0.0.0/8', true],
    ['10.0.0.0/8', '11.0.0.0/16', false],
    ['10.1.0.0/16', '10.0.0.0/8', false],
    ['0.0.0.0/0', '203.0.113.4', true],
    ['0.0.0.0/0', '::/0', false],
    ['::/0', '2001:db8::/32', true],
  ])('%s holds %s: %s', (outer, inner, expected) => {
    expect(covers(block(outer), block(inner))).toBe(expected);
  });
});

describe('private addresses', () => {
  it.each([
    '10.2.0.0/16',
    '172.31.0.0/16',
    '192.168.0.0/24',
    '100.64.1.0/24',
    '127.0.0.1',
    'fd12::/16',
    'fe80::1',
    '::1',
  ])('%s', (text) => {
    expect(isPrivate(block(text))).toBe(true);
  });

  it.each(['172.32.0.0/16', '192.0.0.0/8', '8.8.8.8', '0.0.0.0/0', '10.0.0.0/7', '2001:db8::/32'])('not %s', (text) => {
    expect(isPrivate(block(text))).toBe(false);
  });
});
