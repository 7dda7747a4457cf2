import { expect, test } from 'vitest';
import type { PermissionRecord } from '../../../aws';
import { briefly, rulesInWords } from './rules-in-words';

const KNOWN = { account: '111122223333', nameOf: (id: string) => (id === 'sg-1' ? 'load-balancer' : undefined) };
const NOTHING: PermissionRecord = {
  protocol: 'tcp',
  fromPort: 22,
  toPort: 22,
  ipv4: [],
  ipv6: [],
  prefixLists: [],
  groups: [],
};
const ANYWHERE = { ipv4: [{ cidr: '0.0.0.0/0', description: undefined }] };
const group = (id: string | undefined, account: string | undefined) => [{ id, account, description: undefined }];

test.each<[string, Partial<PermissionRecord>]>([
  ['TCP 22 from anywhere (IPv4)', ANYWHERE],
  ['TCP 22 from anywhere (IPv6)', { ipv6: [{ cidr: '::/0', description: undefined }] }],
  ['TCP 22 from 10.0.0.0/8', { ipv4: [{ cidr: '10.0.0.0/8', description: undefined }] }],
  ['TCP 8000-9000 from anywhere (IPv4)', { ...ANYWHERE, fromPort: 8000, toPort: 9000 }],
  ['UDP, all ports from anywhere (IPv4)', { ...ANYWHERE, protocol: 'udp', fromPort: 0, toPort: 65_535 }],
  ['all traffic from anywhere (IPv4)', { ...ANYWHERE, protocol: '-1', fromPort: undefined, toPort: undefined }],
  ['ICMP from anywhere (IPv4)', { ...ANYWHERE, protocol: 'icmp', fromPort: -1, toPort: -1 }],
  ['ICMP type 8 from anywhere (IPv4)', { ...ANYWHERE, protocol: 'icmp', fromPort: 8, toPort: -1 }],
  ['ICMP type 3 code 4 from anywhere (IPv4)', { ...ANYWHERE, protocol: 'icmp', fromPort: 3, toPort: 4 }],
  ['protocol 50 from anywhere (IPv4)', { ...ANYWHERE, protocol: '50', fromPort: undefined, toPort: undefined }],
  ['TCP 22 from prefix list pl-1', { prefixLists: [{ id: 'pl-1', description: undefined }] }],
  ['TCP 22 from load-balancer (sg-1)', { groups: group('sg-1', '111122223333') }],
  ['TCP 22 from sg-9', { groups: group('sg-9', undefined) }],
  ['TCP 22 from sg-1 of account 999988887777', { groups: group('sg-1', '999988887777') }],
  ['TCP 22 from a group', { groups: group(undefined, undefined) }],
])('%s', (expected, permission) => {
  expect(rulesInWords({ ...NOTHING, ...permission }, 'ingress', KNOWN).map(({ text }) => text)).toEqual([expected]);
});

test('what goes out goes to somebody, and each source is a rule with its description', () => {
  const ipv4 = [
    { cidr: '10.0.0.0/8', description: 'office' },
    { cidr: '0.0.0.0/0', description: undefined },
  ];
  expect(rulesInWords({ ...NOTHING, ipv4 }, 'egress', KNOWN)).toEqual([
    { text: 'TCP 22 to 10.0.0.0/8', description: 'office' },
    { text: 'TCP 22 to anywhere (IPv4)', description: undefined },
  ]);
});

test('a row has the first rules only, and says how many more there are', () => {
  const rules = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ text: `rule ${at}`, description: undefined }));
  expect(briefly(rules(2))).toBe('rule 0; rule 1');
  expect(briefly(rules(60))).toBe('rule 0; rule 1; rule 2; rule 3; rule 4; and 55 more');
});
