import { describe, expect, it } from 'vitest';
import type { GroupMember, Permission } from '../../ec2/model';
import { messages } from '../../testing/judging';
import { permission, securityGroup } from '../../testing/resources';
import { securityGroupShared } from './rule';

const member = (name: string, { image, role, of }: { image?: string; role?: string; of?: string }): GroupMember => ({
  name,
  image,
  instanceProfile: role,
  autoScalingGroup: of,
});

const OPEN = permission({ port: 443, ipv4: '0.0.0.0/0' });
const WEB = member('web', { image: 'ami-1', role: 'web' });
const DATABASE = member('database', { image: 'ami-2', role: 'database' });

const judged = (instances: readonly GroupMember[], ingress: readonly Permission[] = [OPEN]): readonly string[] =>
  messages(securityGroupShared, [
    securityGroup('sg-1', ingress, { use: { networkInterfaces: instances.length, instances } }),
  ]);

describe('security-group-shared', () => {
  it('is said of an open group on instances that have nothing else in common', () => {
    expect(judged([WEB, DATABASE])).toEqual([
      'web and database have this security group, and neither image nor role in common: what it opens to the internet for one, it opens for the others.',
    ]);
  });

  it('names one of each sort, and three at most', () => {
    const sorts = Array.from({ length: 5 }, (_, index) =>
      member(`s${String(index)}`, { image: `ami-${String(index)}` }),
    );
    const [message = ''] = judged([...sorts, ...sorts.map((each) => ({ ...each, name: `${each.name}-b` }))]);
    expect(message).toMatch(/^s0, s1, s2 and 2 more have/);
  });

  it('IPv6 is the internet, too', () => {
    expect(judged([WEB, DATABASE], [permission({ port: 443, ipv6: '::/0' })])).toHaveLength(1);
  });

  it.each([
    ['one instance', [WEB], undefined],
    ['the same image', [WEB, member('b', { image: 'ami-1', role: 'other' })], undefined],
    ['the same role', [WEB, member('b', { image: 'ami-9', role: 'web' })], undefined],
    [
      'the same Auto Scaling group',
      [member('a', { image: 'ami-1', of: 'fleet' }), member('b', { image: 'ami-2', of: 'fleet' })],
      undefined,
    ],
    ['a third that is like both', [WEB, DATABASE, member('c', { image: 'ami-1', role: 'database' })], undefined],
    ['an instance of which nothing is known', [WEB, member('b', {})], undefined],
    ['a group that lets in others than the internet', [WEB, DATABASE], [permission({ port: 22, ipv4: '10.0.0.0/8' })]],
    ['a group that lets nothing in', [WEB, DATABASE], []],
  ])('not with %s', (_, instances, ingress) => {
    expect(judged(instances, ingress)).toEqual([]);
  });

  it('not of a group in a file', () => {
    expect(messages(securityGroupShared, [securityGroup('web', [OPEN])])).toEqual([]);
  });
});
