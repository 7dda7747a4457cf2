import { describe, expect, it } from 'vitest';
import type { Permission } from '../../ec2/model';
import { either, fromDefault, openList, reference, unknown, type Plain } from '../../testing/data';
import { findings, judge, messages, offers, type JudgeOptions } from '../../testing/judging';
import {
  permission,
  readOnly,
  securityGroup,
  securityGroupRule,
  type PermissionOptions,
} from '../../testing/resources';
import { openManagementPort } from './rule';

const WORLD = '0.0.0.0/0';

function judged(options: PermissionOptions, more?: JudgeOptions): readonly string[] {
  return judge(openManagementPort, [securityGroup('web', [permission(options)])], more);
}

describe('open-management-port: ports', () => {
  it.each<[string, PermissionOptions, string]>([
    ['SSH', { port: 22 }, 'TCP 22 (SSH)'],
    ['a port written as text', { port: '22' }, 'TCP 22 (SSH)'],
    ['RDP', { port: 3389 }, 'TCP 3389 (RDP)'],
    ['RDP over UDP', { protocol: 'udp', port: 3389 }, 'UDP 3389 (RDP)'],
    ['WinRM', { port: 5985 }, 'TCP 5985 (WinRM)'],
    ['WinRM over TLS', { port: 5986 }, 'TCP 5986 (WinRM over TLS)'],
    ['Docker', { port: 2375 }, 'TCP 2375 (Docker)'],
    ['Docker over TLS', { port: 2376 }, 'TCP 2376 (Docker over TLS)'],
    ['Telnet', { port: 23 }, 'TCP 23 (Telnet)'],
    ['a range that holds it', { from: 20, to: 25 }, 'TCP 20-25 (SSH, Telnet)'],
    ['a range that ends with it', { from: 0, to: 22 }, 'TCP 0-22 (SSH)'],
    ['a range that begins with it', { from: 3389, to: 9000 }, 'TCP 3389-9000 (RDP, WinRM, WinRM over TLS)'],
    ['the protocol by its number', { protocol: '6', port: 22 }, 'TCP 22 (SSH)'],
    ['the protocol as a number', { protocol: 6, port: 22 }, 'TCP 22 (SSH)'],
    ['the protocol in capitals', { protocol: 'TCP', port: 22 }, 'TCP 22 (SSH)'],
    ['a port without its end', { from: 22, to: undefined }, 'TCP 22 (SSH)'],
    [
      'an end of -1',
      { from: 22, to: -1 },
      'TCP 22-65535 (SSH, Telnet, Docker, Docker over TLS, RDP, WinRM, WinRM over TLS)',
    ],
  ])('%s', (_, options, opening) => {
    const group = securityGroup('web', [permission({ ipv4: WORLD, ...options })]);
    expect(judge(openManagementPort, [group])).toEqual(['web at 0.0.0.0/0']);
    expect(messages(openManagementPort, [group])).toEqual([`${opening} is open to the whole internet (0.0.0.0/0).`]);
  });

  it.each<[string, PermissionOptions]>([
    ['HTTPS', { port: 443 }],
    ['a port beside it', { port: 2222 }],
    ['a range that ends before it', { from: 0, to: 21 }],
    ['a range that begins behind it', { from: 3390, to: 5984 }],
    ['SSH over UDP', { protocol: 'udp', port: 22 }],
    ['ICMP, whose ports are types', { protocol: 'icmp', from: 22, to: 22 }],
    ['ICMP by its number', { protocol: '1', from: 3, to: 22 }],
    ['ICMPv6', { protocol: 'icmpv6', from: -1, to: -1 }],
    ['ESP', { protocol: '50' }],
    ['a port given by name', { port: 'ssh' }],
    ['ports that make no range', { from: 22, to: 21 }],
    ['a protocol that is none', { protocol: 'ssh', port: 22 }],
    ['no protocol', { protocol: undefined, port: 22 }],
    ['every port, which is open-all-ports', { protocol: '-1' }],
    ['every TCP port', { from: 0, to: 65535 }],
  ])('not %s', (_, options) => {
    expect(judged({ ipv4: WORLD, ...options })).toEqual([]);
  });

  it('are a setting', () => {
    const network = { managementPorts: [8443] };
    expect(judged({ port: 22, ipv4: WORLD }, { network })).toEqual([]);
    expect(judged({ port: 8443, ipv4: WORLD }, { network })).toEqual(['web at 0.0.0.0/0']);
  });
});

describe('open-management-port: sources', () => {
  it.each<[string, PermissionOptions, string]>([
    ['IPv4', { ipv4: '0.0.0.0/0' }, '0.0.0.0/0'],
    ['another spelling of it', { ipv4: '192.168.1.0/0' }, '192.168.1.0/0'],
    ['IPv6', { ipv6: '::/0' }, '::/0'],
    ['another spelling of IPv6', { ipv6: '0::0/0' }, '0::0/0'],
    [
      'IPv6 in full',
      { ipv6: '0000:0000:0000:0000:0000:0000:0000:0000/0' },
      '0000:0000:0000:0000:0000:0000:0000:0000/0',
    ],
    ['one of a list', { ipv4: ['10.0.0.0/8', '0.0.0.0/0'] }, '0.0.0.0/0'],
    ['one of a list that may have more', { ipv4: openList('10.0.0.0/8', '0.0.0.0/0') }, '0.0.0.0/0'],
    ['beside a group', { ipv4: '0.0.0.0/0', group: reference('bastion') }, '0.0.0.0/0'],
  ])('the internet in %s', (_, options, at) => {
    expect(judged({ port: 22, ...options })).toEqual([`web at ${at}`]);
  });

  it.each<[string, PermissionOptions]>([
    ['a private block', { ipv4: '10.0.0.0/8' }],
    ['one address', { ipv4: '203.0.113.4/32' }],
    ['an eighth of the internet', { ipv4: '0.0.0.0/8' }],
    ['half of it', { ipv4: '0.0.0.0/1' }],
    ['the same half twice', { ipv4: ['0.0.0.0/1', '0.0.0.0/1'] }],
    ['halves of different families', { ipv4: '0.0.0.0/1', ipv6: '8000::/1' }],
    ['a prefix list', { prefixList: 'pl-0123456789abcdef0' }],
    ['a group', { group: 'sg-0123456789abcdef0' }],
    ['what is no address', { ipv4: 'anywhere' }],
    ['no source', {}],
    ['an empty list', { ipv4: [] }],
  ])('not %s', (_, options) => {
    expect(judged({ port: 22, ...options })).toEqual([]);
  });

  it('the internet in two halves, of one rule or of two', () => {
    expect(judged({ port: 22, ipv4: ['0.0.0.0/1', '128.0.0.0/1'] })).toEqual(['web at 0.0.0.0/1']);
    const halves = [permission({ port: 22, ipv4: '0.0.0.0/1' }), permission({ port: 22, ipv4: '128.0.0.0/1' })];
    expect(judge(openManagementPort, [securityGroup('web', halves)])).toEqual([
      'web at 0.0.0.0/1',
      'web at 128.0.0.0/1',
    ]);
  });

  it('not two halves for different ports, of different groups, or under conditions that exclude each other', () => {
    const first = permission({ port: 22, ipv4: '0.0.0.0/1' });
    expect(
      judge(openManagementPort, [securityGroup('web', [first, permission({ port: 3389, ipv4: '128.0.0.0/1' })])]),
    ).toEqual([]);
    const second = permission({ port: 22, ipv4: '128.0.0.0/1' });
    expect(judge(openManagementPort, [securityGroup('a', [first]), securityGroup('b', [second])])).toEqual([]);
    const exclusive = [
      permission({ port: 22, ipv4: '0.0.0.0/1', when: ['UseVpn'] }),
      permission({ port: 22, ipv4: '128.0.0.0/1', when: ['not UseVpn'] }),
    ];
    expect(judge(openManagementPort, [securityGroup('web', exclusive)])).toEqual([]);
  });

  it('blocks that are trusted by a setting are not open', () => {
    const network = { trustedCidrs: ['0.0.0.0/0'] };
    expect(judged({ port: 22, ipv4: WORLD }, { network })).toEqual([]);
    expect(judged({ port: 22, ipv6: '::/0' }, { network })).toEqual(['web at ::/0']);
  });

  it('the place where the value is written is told', () => {
    const source = fromDefault(WORLD, 'the default of SSHLocation');
    const [finding] = findings(openManagementPort, [securityGroup('web', [permission({ port: 22, ipv4: source })])]);
    expect(finding?.related?.map(({ message }) => message)).toEqual(['0.0.0.0/0 is the default of SSHLocation.']);
    const both = permission({ port: 22, ipv4: source, ipv6: '::/0' });
    const [other] = findings(openManagementPort, [securityGroup('web', [both])]);
    expect(other?.message).toContain('(0.0.0.0/0, ::/0)');
    expect(other?.related).toEqual(finding?.related);
  });
});

describe('open-management-port: what is known', () => {
  it.each<[string, PermissionOptions]>([
    ['source', { port: 22, ipv4: unknown() }],
    ['source in a list', { port: 22, ipv4: [unknown()] }],
    ['source that another resource gives', { port: 22, ipv4: reference('vpc', 'cidr_block') }],
    ['protocol', { protocol: unknown(), port: 22, ipv4: WORLD }],
    ['ports', { port: unknown(), ipv4: WORLD }],
    ['first port', { from: unknown(), to: 22, ipv4: WORLD }],
    ['last port', { from: 22, to: unknown(), ipv4: WORLD }],
  ])('an unknown %s gives no finding', (_, options) => {
    expect(judged(options)).toEqual([]);
  });

  it.each<[string, PermissionOptions, string]>([
    [
      'a source',
      { port: 22, ipv4: either({ IsProduction: '10.0.0.0/8', 'not IsProduction': WORLD }) },
      ' where not IsProduction',
    ],
    ['a port', { port: either({ IsWindows: 3389, 'not IsWindows': 443 }), ipv4: WORLD }, ' where IsWindows'],
    [
      'a source, of which the other is unknown',
      { port: 22, ipv4: either({ A: unknown(), 'not A': WORLD }) },
      ' where not A',
    ],
    ['the rule', { port: 22, ipv4: WORLD, when: ['CreateSsh'] }, ' where CreateSsh'],
    [
      'the rule and the source',
      { port: 22, when: ['CreateSsh'], ipv4: either({ Open: WORLD, 'not Open': '10.0.0.0/8' }) },
      ' where CreateSsh and Open',
    ],
  ])('a choice of %s tells when', (_, options, when) => {
    const [message] = messages(openManagementPort, [securityGroup('web', [permission(options)])]);
    expect(message).toMatch(new RegExp(`\\(0\\.0\\.0\\.0/0\\)${when}\\.$`));
  });

  it.each<[string, PermissionOptions]>([
    [
      'port and source',
      {
        port: either({ IsProduction: 22, 'not IsProduction': 443 }),
        ipv4: either({ IsProduction: '10.0.0.0/8', 'not IsProduction': WORLD }),
      },
    ],
    [
      'rule and source',
      { port: 22, when: ['IsProduction'], ipv4: either({ IsProduction: '10.0.0.0/8', 'not IsProduction': WORLD }) },
    ],
  ])('a %s that are never there together are not open', (_, options) => {
    expect(judged(options)).toEqual([]);
  });
});

describe('open-management-port: where rules stand', () => {
  const open = (): Permission => permission({ port: 22, ipv4: WORLD });
  const apart = (
    group: Plain | undefined,
    direction: 'ingress' | 'egress' | undefined = 'ingress',
  ): readonly string[] =>
    judge(openManagementPort, [
      securityGroup('web', [], { name: 'web-name' }),
      securityGroupRule('ssh', group, [open()], direction),
    ]);

  it('apart from a group of the configuration: the group is named', () => {
    expect(apart(reference('web', 'id'))).toEqual(['web at 0.0.0.0/0']);
    expect(apart('web-name')).toEqual(['web at 0.0.0.0/0']);
  });

  it('apart from a group that stands elsewhere: the rule is named', () => {
    expect(apart('sg-0123456789abcdef0')).toEqual(['ssh at 0.0.0.0/0']);
    expect(apart(unknown())).toEqual(['ssh at 0.0.0.0/0']);
    expect(apart(undefined)).toEqual(['ssh at 0.0.0.0/0']);
  });

  it('egress is never judged as ingress', () => {
    expect(apart(reference('web'), 'egress')).toEqual([]);
    expect(judge(openManagementPort, [securityGroup('web', [], { egress: [open()] })])).toEqual([]);
  });

  it('a direction that is not known is not judged', () => {
    const rule = { ...securityGroupRule('ssh', reference('web'), [open()]), direction: undefined };
    expect(judge(openManagementPort, [rule])).toEqual([]);
  });

  it('each rule gives one finding, at the rule', () => {
    const group = securityGroup('web', [
      permission({ port: 22, ipv4: WORLD, ipv6: '::/0' }),
      permission({ port: 443, ipv4: WORLD }),
      permission({ port: 3389, ipv6: '::/0' }),
    ]);
    expect(judge(openManagementPort, [group])).toEqual(['web at 0.0.0.0/0', 'web at ::/0']);
    expect(messages(openManagementPort, [group])[0]).toBe(
      'TCP 22 (SSH) is open to the whole internet (0.0.0.0/0, ::/0).',
    );
  });

  it("other scanners' comments silence it", () => {
    const silenced = new Map([['open-management-port', 'checkov:skip=CKV_AWS_24']]);
    expect(judged({ port: 22, ipv4: WORLD, silenced })).toEqual([]);
  });
});

describe('open-management-port: fixes', () => {
  it('are a block that somebody types, or no rule at all', () => {
    const group = securityGroup('web', [permission({ port: 22, ipv4: WORLD, ipv6: '::/0' })]);
    expect(offers(openManagementPort, [group], {}, '198.51.100.0/24')).toEqual([
      'suggestion: Let only one address block connect… -> replace 0.0.0.0/0 by 198.51.100.0/24, drop ::/0',
      'suggestion: Remove the rule and connect through Session Manager -> remove rule: Connect through AWS Systems Manager Session Manager: no open port is needed.',
    ]);
  });

  it.each<[string, PermissionOptions, string | undefined]>([
    ['203.0.113.0/24', { ipv4: WORLD }, undefined],
    ['2001:db8::/48', { ipv6: '::/0' }, undefined],
    ['203.0.113.0/24', { ipv4: WORLD, ipv6: '::/0' }, undefined],
    ['2001:db8::/48', { ipv4: WORLD, ipv6: '::/0' }, undefined],
    ['2001:db8::/48', { ipv4: WORLD }, 'The rule is for IPv4: a block such as 203.0.113.0/24.'],
    ['203.0.113.0/24', { ipv6: '::/0' }, 'The rule is for IPv6: a block such as 2001:db8::/48.'],
    ['203.0.113.4', { ipv4: WORLD }, 'That is no address block such as 203.0.113.0/24 or 2001:db8::/48.'],
    ['my office', { ipv4: WORLD }, 'That is no address block such as 203.0.113.0/24 or 2001:db8::/48.'],
    ['0.0.0.0/0', { ipv4: WORLD }, 'That is the whole internet.'],
    ['10.0.0.0/0', { ipv4: WORLD }, 'That is the whole internet.'],
  ])('%s for %j: %s', (typed, options, problem) => {
    const [finding] = findings(openManagementPort, [securityGroup('web', [permission({ port: 22, ...options })])]);
    expect(finding?.fixes[0]?.input?.problem(typed)).toBe(problem);
  });

  it.each<[string, PermissionOptions, string]>([
    ['IPv4', { ipv4: WORLD }, 'replace 0.0.0.0/0 by 203.0.113.0/24'],
    ['IPv6', { ipv6: '::/0' }, 'replace ::/0 by 2001:db8::/48'],
    ['both', { ipv4: WORLD, ipv6: '::/0' }, 'replace 0.0.0.0/0 by 203.0.113.0/24, drop ::/0'],
  ])('an example stands for what nobody typed yet: %s', (_, options, written) => {
    const [offered] = offers(openManagementPort, [securityGroup('web', [permission({ port: 22, ...options })])]);
    expect(offered).toBe(`suggestion: Let only one address block connect… -> ${written}`);
  });

  it('are none where the resource cannot be written to', () => {
    const group = readOnly(securityGroup('web', [permission({ port: 22, ipv4: WORLD })]));
    expect(offers(openManagementPort, [group])).toEqual([]);
  });
});
