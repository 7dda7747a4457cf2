import { describe, expect, it } from 'vitest';
import { unknown } from '../../testing/data';
import { judge, messages } from '../../testing/judging';
import { permission, securityGroup, type PermissionOptions } from '../../testing/resources';
import { widePortRange } from './rule';

const OFFICE = '203.0.113.0/24';

describe('wide-port-range', () => {
  it.each<[string, PermissionOptions, string]>([
    [
      'from an office',
      { from: 1024, to: 65535, ipv4: OFFICE },
      'TCP 1024-65535 is a wide range to open to 203.0.113.0/24.',
    ],
    [
      'over UDP',
      { protocol: 'udp', from: 10000, to: 20000, ipv4: OFFICE },
      'UDP 10000-20000 is a wide range to open to 203.0.113.0/24.',
    ],
    [
      'just over the limit',
      { from: 1, to: 1001, ipv4: OFFICE },
      'TCP 1-1001 is a wide range to open to 203.0.113.0/24.',
    ],
    ['over IPv6', { from: 1, to: 2000, ipv6: '2001:db8::/32' }, 'TCP 1-2000 is a wide range to open to 2001:db8::/32.'],
    [
      'of private and other sources',
      { from: 1, to: 2000, ipv4: ['10.0.0.0/8', OFFICE] },
      'TCP 1-2000 is a wide range to open to 203.0.113.0/24.',
    ],
    [
      'from half of the internet',
      { from: 1, to: 2000, ipv4: '0.0.0.0/1' },
      'TCP 1-2000 is a wide range to open to 0.0.0.0/1.',
    ],
  ])('%s', (_, options, message) => {
    expect(messages(widePortRange, [securityGroup('web', [permission(options)])])).toEqual([message]);
  });

  it.each<[string, PermissionOptions]>([
    ['a range at the limit', { from: 1, to: 1000, ipv4: OFFICE }],
    ['private networks', { from: 0, to: 65000, ipv4: '10.0.0.0/8' }],
    ['every port from an office', { from: 0, to: 65535, ipv4: OFFICE }],
    ['every protocol from an office', { protocol: '-1', ipv4: OFFICE }],
    ['the internet, which is open-port', { from: 1024, to: 65535, ipv4: '0.0.0.0/0' }],
    ['a group', { from: 1024, to: 65535, group: 'sg-0123456789abcdef0' }],
    ['an unknown source', { from: 1024, to: 65535, ipv4: unknown() }],
    ['an unknown end', { from: 1024, to: unknown(), ipv4: OFFICE }],
    ['ICMP', { protocol: 'icmp', from: 0, to: 65000, ipv4: OFFICE }],
  ])('not %s', (_, options) => {
    expect(judge(widePortRange, [securityGroup('web', [permission(options)])])).toEqual([]);
  });

  it('how wide is wide is a setting', () => {
    const group = securityGroup('web', [permission({ from: 8000, to: 8100, ipv4: OFFICE })]);
    expect(judge(widePortRange, [group], { network: { widePortRange: 100 } })).toEqual(['web at 203.0.113.0/24']);
    expect(judge(widePortRange, [group], { network: { widePortRange: 101 } })).toEqual([]);
  });
});
