import { describe, expect, it } from 'vitest';
import { coversAllPorts, describePorts, portsWithin, protocolOf } from './ports';

describe('protocolOf', () => {
  it.each([
    ['tcp', 22, 22, { is: 'tcp', from: 22, to: 22 }],
    ['TCP', 22, 22, { is: 'tcp', from: 22, to: 22 }],
    ['6', 22, 22, { is: 'tcp', from: 22, to: 22 }],
    ['17', 53, 53, { is: 'udp', from: 53, to: 53 }],
    ['udp', 0, 65535, { is: 'udp', from: 0, to: 65535 }],
    ['tcp', undefined, undefined, { is: 'tcp', from: 0, to: 65535 }],
    ['tcp', -1, -1, { is: 'tcp', from: 0, to: 65535 }],
    ['tcp', 22, undefined, { is: 'tcp', from: 22, to: 22 }],
    ['tcp', 22, -1, { is: 'tcp', from: 22, to: 65535 }],
    ['tcp', undefined, 1024, { is: 'tcp', from: 0, to: 1024 }],
    ['-1', 443, 443, { is: 'all' }],
    ['-1', undefined, undefined, { is: 'all' }],
    ['all', 0, 0, { is: 'all' }],
    ['ALL', 22, 22, { is: 'all' }],
    ['icmp', 8, -1, { is: 'other', number: 1 }],
    ['icmp', -1, -1, { is: 'other', number: 1 }],
    ['icmpv6', -1, -1, { is: 'other', number: 58 }],
    ['1', 3, 4, { is: 'other', number: 1 }],
    ['50', undefined, undefined, { is: 'other', number: 50 }],
    ['esp', undefined, undefined, { is: 'other', number: 50 }],
    ['tcp', 80, 22, undefined],
    ['tcp', 0, 70000, undefined],
    ['tcp', -2, 22, undefined],
    ['http', 80, 80, undefined],
    ['', 80, 80, undefined],
  ])('%s %s-%s', (name, from, to, expected) => {
    expect(protocolOf(name, from, to)).toEqual(expected);
  });
});

it.each([
  [{ is: 'all' }, true],
  [{ is: 'tcp', from: 0, to: 65535 }, true],
  [{ is: 'tcp', from: 1, to: 65535 }, true],
  [{ is: 'udp', from: 0, to: 65535 }, true],
  [{ is: 'tcp', from: 2, to: 65535 }, false],
  [{ is: 'tcp', from: 0, to: 65534 }, false],
  [{ is: 'other', number: 1 }, false],
] as const)('%j covers all ports: %s', (protocol, expected) => {
  expect(coversAllPorts(protocol)).toBe(expected);
});

it.each([
  [{ is: 'all' }, [22, 3389]],
  [{ is: 'tcp', from: 20, to: 25 }, [22]],
  [{ is: 'tcp', from: 22, to: 22 }, [22]],
  [{ is: 'tcp', from: 23, to: 3388 }, []],
  [{ is: 'tcp', from: 3389, to: 4000 }, [3389]],
  [{ is: 'other', number: 1 }, []],
] as const)('of 22 and 3389 %j lets through %j', (protocol, expected) => {
  expect(portsWithin(protocol, [22, 3389])).toEqual(expected);
});

it.each([
  [{ is: 'all' }, 'all traffic'],
  [{ is: 'tcp', from: 22, to: 22 }, 'TCP 22'],
  [{ is: 'udp', from: 8000, to: 9000 }, 'UDP 8000-9000'],
  [{ is: 'tcp', from: 0, to: 65535 }, 'all TCP ports'],
  [{ is: 'other', number: 50 }, 'protocol 50'],
] as const)('%j is told as %s', (protocol, expected) => {
  expect(describePorts(protocol)).toBe(expected);
});
