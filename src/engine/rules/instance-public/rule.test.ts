import { describe, expect, it } from 'vitest';
import type { Resource } from '../../ec2/model';
import { either, reference, unknown } from '../../testing/data';
import { findings, judge, messages, offers } from '../../testing/judging';
import {
  elasticIp,
  instance,
  launchTemplate,
  permission,
  securityGroup,
  securityGroupRule,
  subnet,
  type LaunchOptions,
} from '../../testing/resources';
import { instancePublic } from './rule';

const open = securityGroup('ssh', [permission({ port: 22, ipv4: '0.0.0.0/0' })], { name: 'ssh-name' });
const web = (options: LaunchOptions): Resource =>
  instance('web', { securityGroups: [reference('ssh', 'id')], ...options });

describe('instance-public', () => {
  it.each<[string, readonly Resource[], string, string]>([
    ['an address of its own', [web({ publicAddress: true })], 'web at true', 'It gets a public address'],
    ['an address, as text', [web({ publicAddress: 'true' })], 'web at true', 'It gets a public address'],
    [
      'an address by condition',
      [web({ publicAddress: either({ A: true, 'not A': false }) })],
      'web at true',
      'It gets a public address',
    ],
    [
      'an Elastic IP',
      [web({}), elasticIp('eip', { instance: reference('web', 'id') })],
      'web at head of web',
      'It gets the Elastic IP of eip',
    ],
    [
      'an Elastic IP although it asks for no address',
      [web({ publicAddress: false }), elasticIp('eip', { instance: reference('web') })],
      'web at head of web',
      'It gets the Elastic IP of eip',
    ],
    [
      'an address by its subnet',
      [web({ subnet: reference('public', 'id') }), subnet('public', true)],
      'web at reference to public',
      'Its subnet public gives it a public address',
    ],
    [
      'what its launch template says',
      [
        instance('web', { launchTemplate: reference('base') }),
        launchTemplate('base', { publicAddress: true, securityGroups: [reference('ssh')] }),
      ],
      'web at true',
      'It gets a public address',
    ],
  ])('%s', (_, resources, expected, how) => {
    expect(judge(instancePublic, [open, ...resources])).toEqual([expected]);
    expect(messages(instancePublic, [open, ...resources])).toEqual([
      `${how}, and TCP 22 (SSH) of it is open to the internet.`,
    ]);
  });

  it.each([
    ['the group by its name', { securityGroups: ['ssh-name'] }],
    ['the group alone', { securityGroups: reference('ssh') }],
    ['one of several groups', { securityGroups: ['sg-0123456789abcdef0', reference('ssh')] }],
  ])('%s', (_, options) => {
    expect(judge(instancePublic, [open, instance('web', { publicAddress: true, ...options })])).toHaveLength(1);
  });

  it('offers to give it no address, but where an Elastic IP would still be one', () => {
    const asks = web({ publicAddress: true });
    expect(offers(instancePublic, [open, asks])).toHaveLength(1);
    expect(offers(instancePublic, [open, asks, elasticIp('eip', { instance: reference('web') })])).toEqual([]);
  });

  it('a group that is opened by a rule apart, or on all ports', () => {
    const group = securityGroup('ssh', []);
    const rule = securityGroupRule('in', reference('ssh'), [permission({ protocol: '-1', ipv4: '0.0.0.0/0' })]);
    expect(messages(instancePublic, [group, rule, web({ publicAddress: true })])).toEqual([
      'It gets a public address, and all traffic of it is open to the internet.',
    ]);
    const ports = securityGroupRule('in', reference('ssh'), [permission({ from: 0, to: 65535, ipv4: '0.0.0.0/0' })]);
    expect(messages(instancePublic, [group, ports, web({ publicAddress: true })])).toEqual([
      'It gets a public address, and all TCP ports of it are open to the internet.',
    ]);
  });

  it('shows where it is opened', () => {
    const [finding] = findings(instancePublic, [open, web({ publicAddress: true })]);
    expect(finding?.related?.map(({ message }) => message)).toEqual(['It is opened here.']);
  });

  it.each<[string, readonly Resource[]]>([
    ['no public address', [web({ publicAddress: false })]],
    ['an address that is not known', [web({ publicAddress: unknown() })]],
    [
      'an address that is not known, in a public subnet',
      [web({ publicAddress: unknown(), subnet: reference('public') }), subnet('public', true)],
    ],
    [
      'an address that is refused in a public subnet',
      [web({ publicAddress: false, subnet: reference('public') }), subnet('public', true)],
    ],
    ['nothing said', [web({})]],
    ['a private subnet', [web({ subnet: reference('private') }), subnet('private', false)]],
    ['a subnet of which it is not known', [web({ subnet: reference('s') }), subnet('s', unknown())]],
    ['a subnet that stands elsewhere', [web({ subnet: 'subnet-0123456789abcdef0' })]],
    ['an Elastic IP of another instance', [web({}), instance('db'), elasticIp('eip', { instance: reference('db') })]],
    ['groups that are not known', [instance('web', { publicAddress: true, securityGroups: unknown() })]],
    [
      'another group',
      [instance('web', { publicAddress: true, securityGroups: [reference('other')] }), securityGroup('other', [])],
    ],
  ])('not with %s', (_, resources) => {
    expect(judge(instancePublic, [open, ...resources])).toEqual([]);
  });

  it('not where only web ports are open', () => {
    const group = securityGroup('ssh', [
      permission({ port: 443, ipv4: '0.0.0.0/0' }),
      permission({ port: 5432, ipv4: '0.0.0.0/0' }),
    ]);
    expect(judge(instancePublic, [group, web({ publicAddress: true })])).toEqual([]);
  });
});
