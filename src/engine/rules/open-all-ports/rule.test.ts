import { describe, expect, it } from 'vitest';
import { either, unknown } from '../../testing/data';
import { judge, messages, offers } from '../../testing/judging';
import { permission, securityGroup, type PermissionOptions } from '../../testing/resources';
import { openAllPorts } from './rule';

const WORLD = '0.0.0.0/0';
const judged = (options: PermissionOptions): readonly string[] =>
  judge(openAllPorts, [securityGroup('web', [permission(options)])]);

describe('open-all-ports', () => {
  it.each<[string, PermissionOptions, string]>([
    ['every protocol', { protocol: '-1', ipv4: WORLD }, 'all traffic'],
    ['every protocol as a number', { protocol: -1, ipv4: WORLD }, 'all traffic'],
    ['every protocol by name', { protocol: 'all', ipv4: WORLD }, 'all traffic'],
    ['every protocol, whose ports mean nothing', { protocol: '-1', port: 443, ipv4: WORLD }, 'all traffic'],
    ['every TCP port', { from: 0, to: 65535, ipv4: WORLD }, 'to all TCP ports'],
    ['every TCP port but 0', { from: 1, to: 65535, ipv4: WORLD }, 'to all TCP ports'],
    ['TCP without ports', { ipv4: WORLD }, 'to all TCP ports'],
    ['ports of -1', { from: -1, to: -1, ipv4: WORLD }, 'to all TCP ports'],
    ['every UDP port', { protocol: 'udp', from: 0, to: 65535, ipv4: WORLD }, 'to all UDP ports'],
    ['IPv6', { protocol: '-1', ipv6: '::/0' }, 'all traffic'],
    ['two halves', { protocol: '-1', ipv4: ['0.0.0.0/1', '128.0.0.0/1'] }, 'all traffic'],
  ])('%s', (_, options, opening) => {
    expect(messages(openAllPorts, [securityGroup('web', [permission(options)])])).toEqual([
      expect.stringMatching(new RegExp(`^The whole internet \\(.*\\) may send ${opening}\\.$`)),
    ]);
  });

  it.each<[string, PermissionOptions]>([
    ['one port', { port: 22, ipv4: WORLD }],
    ['nearly every port', { from: 0, to: 65534, ipv4: WORLD }],
    ['every kind of ICMP', { protocol: 'icmp', from: -1, to: -1, ipv4: WORLD }],
    ['a private source', { protocol: '-1', ipv4: '10.0.0.0/8' }],
    ['a group', { protocol: '-1', group: 'sg-0123456789abcdef0' }],
    ['a prefix list', { protocol: '-1', prefixList: 'pl-0123456789abcdef0' }],
    ['an unknown source', { protocol: '-1', ipv4: unknown() }],
    ['an unknown protocol', { protocol: unknown(), ipv4: WORLD }],
    ['unknown ports', { from: unknown(), to: unknown(), ipv4: WORLD }],
  ])('not %s', (_, options) => {
    expect(judged(options)).toEqual([]);
  });

  it('egress to everywhere is what every group has', () => {
    const group = securityGroup('web', [], { egress: [permission({ protocol: '-1', ipv4: WORLD })] });
    expect(judge(openAllPorts, [group])).toEqual([]);
  });

  it('a protocol by condition tells when, and the worst counts', () => {
    const protocol = either({ Debug: '-1', 'not Debug': 'tcp' });
    const group = securityGroup('web', [permission({ protocol, port: 22, ipv4: WORLD })]);
    expect(messages(openAllPorts, [group])).toEqual([
      'The whole internet (0.0.0.0/0) may send all traffic where Debug.',
    ]);
  });

  it('offers the same as for a single port', () => {
    const group = securityGroup('web', [permission({ protocol: '-1', ipv4: WORLD })]);
    expect(offers(openAllPorts, [group], {}, '198.51.100.7/32')).toEqual([
      'suggestion: Let only one address block connect… -> replace 0.0.0.0/0 by 198.51.100.7/32',
      expect.stringMatching(/^suggestion: Remove the rule and connect through Session Manager -> remove rule/),
    ]);
  });
});
