import { describe, expect, it } from 'vitest';
import { either, unknown } from '../../testing/data';
import { judge, messages } from '../../testing/judging';
import { permission, securityGroup, type PermissionOptions } from '../../testing/resources';
import { openPort } from './rule';

const WORLD = '0.0.0.0/0';

describe('open-port', () => {
  it.each<[string, PermissionOptions, string]>([
    ['PostgreSQL', { port: 5432, ipv4: WORLD }, 'TCP 5432'],
    ['Redis over IPv6', { port: 6379, ipv6: '::/0' }, 'TCP 6379'],
    ['DNS over UDP', { protocol: 'udp', port: 53, ipv4: WORLD }, 'UDP 53'],
    ['a range', { from: 8000, to: 8100, ipv4: WORLD }, 'TCP 8000-8100'],
    ['a range of web ports and others', { from: 80, to: 443, ipv4: WORLD }, 'TCP 80-443'],
    ['what would be SSH over TCP', { protocol: 'udp', port: 22, ipv4: WORLD }, 'UDP 22'],
    ['port 0', { port: 0, ipv4: WORLD }, 'TCP 0'],
  ])('%s', (_, options, opening) => {
    expect(messages(openPort, [securityGroup('db', [permission(options)])])).toEqual([
      expect.stringMatching(new RegExp(`^${opening} is open to the whole internet \\(.*\\)\\.$`)),
    ]);
  });

  it.each<[string, PermissionOptions]>([
    ['HTTP', { port: 80, ipv4: WORLD }],
    ['HTTPS', { port: 443, ipv4: WORLD }],
    ['HTTP/3', { protocol: 'udp', port: 443, ipv4: WORLD }],
    ['SSH, which is open-management-port', { port: 22, ipv4: WORLD }],
    ['every port, which is open-all-ports', { protocol: '-1', ipv4: WORLD }],
    ['ICMP', { protocol: 'icmp', from: 8, to: -1, ipv4: WORLD }],
    ['a private source', { port: 5432, ipv4: '10.0.0.0/8' }],
    ['half of the internet', { port: 5432, ipv4: '0.0.0.0/1' }],
    ['a group', { port: 5432, group: 'sg-0123456789abcdef0' }],
    ['an unknown source', { port: 5432, ipv4: unknown() }],
    ['an unknown port', { port: unknown(), ipv4: WORLD }],
    ['an unknown protocol', { protocol: unknown(), port: 5432, ipv4: WORLD }],
  ])('not %s', (_, options) => {
    expect(judge(openPort, [securityGroup('db', [permission(options)])])).toEqual([]);
  });

  it('the ports that may be open are a setting', () => {
    const group = securityGroup('mail', [
      permission({ port: 25, ipv4: WORLD }),
      permission({ port: 443, ipv4: WORLD }),
    ]);
    expect(messages(openPort, [group], { network: { publicPorts: [25] } })).toEqual([
      'TCP 443 is open to the whole internet (0.0.0.0/0).',
    ]);
  });

  it('a choice of a web port and another one tells when', () => {
    const port = either({ UseTls: 443, 'not UseTls': 8080 });
    expect(messages(openPort, [securityGroup('web', [permission({ port, ipv4: WORLD })])])).toEqual([
      'TCP 8080 is open to the whole internet (0.0.0.0/0) where not UseTls.',
    ]);
  });
});
