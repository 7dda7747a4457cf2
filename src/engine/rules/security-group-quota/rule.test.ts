import { describe, expect, it } from 'vitest';
import { either, reference, unknown, type Plain } from '../../testing/data';
import { judge, messages } from '../../testing/judging';
import {
  instance,
  launchTemplate,
  networkInterface,
  permission,
  securityGroup,
  securityGroupRule,
} from '../../testing/resources';
import { securityGroupQuota } from './rule';

const blocks = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `10.0.${String(index)}.0/24`);
const groups = (count: number): readonly Plain[] =>
  Array.from({ length: count }, (_, index) => reference(`sg${String(index)}`));
const rules = (count: number, when: readonly string[] = []): ReturnType<typeof permission>[] =>
  Array.from({ length: count }, (_, index) => permission({ port: index + 1, ipv4: '10.0.0.0/8', when }));

describe('security-group-quota: rules', () => {
  it.each([
    ['61 rules', rules(61), 61],
    ['one rule with 61 sources', [permission({ port: 443, ipv4: blocks(61) })], 61],
    [
      'groups, which count for both families',
      [permission({ port: 443, ipv4: blocks(60), group: reference('lb') })],
      61,
    ],
    [
      'a prefix list, which counts for one at least',
      [...rules(60), permission({ port: 443, prefixList: 'pl-0123456789abcdef0' })],
      61,
    ],
    ['61 under one condition', rules(61, ['IsProduction']), 61],
  ])('%s', (_, ingress, count) => {
    expect(messages(securityGroupQuota, [securityGroup('web', ingress)])).toEqual([
      `${String(count)} inbound rules: AWS allows 60 for a security group unless the quota is raised.`,
    ]);
  });

  it('outbound rules count apart', () => {
    expect(messages(securityGroupQuota, [securityGroup('web', rules(60), { egress: rules(61) })])).toEqual([
      '61 outbound rules: AWS allows 60 for a security group unless the quota is raised.',
    ]);
  });

  it('rules that stand apart count for their group', () => {
    const apart = securityGroupRule('more', reference('web'), [permission({ port: 443, ipv4: '10.0.0.0/8' })]);
    expect(judge(securityGroupQuota, [securityGroup('web', rules(60)), apart])).toEqual(['web at head of web']);
  });

  it.each([
    ['60 rules', rules(60)],
    [
      '60 rules of each family',
      [permission({ port: 443, ipv4: blocks(60), ipv6: blocks(60).map((_, i) => `2001:db8:${String(i)}::/48`) })],
    ],
    ['61 of which 31 replace 30', [...rules(31, ['A']), ...rules(30, ['not A'])]],
    ['a list that is one of two', [permission({ port: 443, ipv4: either({ A: blocks(40), 'not A': blocks(41) }) })]],
    ['sources that are not known', [...rules(60), permission({ port: 443, ipv4: unknown() })]],
  ])('not %s', (_, ingress) => {
    expect(judge(securityGroupQuota, [securityGroup('web', ingress)])).toEqual([]);
  });
});

describe('security-group-quota: groups', () => {
  it.each([
    ['an instance', instance('web', { securityGroups: groups(6) }), 'web at list'],
    ['a launch template', launchTemplate('lt', { securityGroups: groups(6) }), 'lt at list'],
    ['a network interface', networkInterface('eni', groups(6)), 'eni at list'],
    ['the second interface of', instance('web', { securityGroups: [groups(1), groups(6)] }), 'web at list'],
    ['ids', instance('web', { securityGroups: ['sg-1', 'sg-2', 'sg-3', 'sg-4', 'sg-5', 'sg-6'] }), 'web at list'],
  ])('6 on %s', (_, resource, expected) => {
    expect(judge(securityGroupQuota, [resource])).toEqual([expected]);
    expect(messages(securityGroupQuota, [resource])).toEqual([
      '6 security groups: AWS allows 5 on a network interface unless the quota is raised.',
    ]);
  });

  it.each([
    ['5', groups(5)],
    ['5, of which one is unknown', [...groups(4), unknown()]],
    ['5 and one that is not known', [...groups(5), unknown()]],
    ['an unknown list', unknown()],
    ['a list that another resource gives', reference('module.groups', 'ids')],
    ['one of two lists', either({ A: groups(3), 'not A': groups(4) })],
    ['5 on each of two interfaces', [groups(5), groups(5)]],
    ['an interface of which nothing is known beside others', [groups(5), unknown(), groups(1)]],
  ])('not %s', (_, securityGroups) => {
    expect(judge(securityGroupQuota, [instance('web', { securityGroups })])).toEqual([]);
  });
});
