import { describe, expect, it } from 'vitest';
import { judge } from '../../testing/judging';
import { permission, securityGroup } from '../../testing/resources';
import { securityGroupUnused } from './rule';

const group = (networkInterfaces: number | undefined, isDefault = false): ReturnType<typeof securityGroup> =>
  securityGroup('sg-1', [permission({ port: 443, ipv4: '10.0.0.0/8' })], {
    isDefault,
    use: { networkInterfaces, instances: [] },
  });

describe('security-group-unused', () => {
  it('is said of a group that no network interface has', () => {
    expect(judge(securityGroupUnused, [group(0)])).toEqual(['sg-1 at head of sg-1']);
  });

  it.each([
    ['one that is in use', group(1)],
    ['one of which not all that may have it is known', group(undefined)],
    ['the group that every VPC has', group(0, true)],
    ['one in a file', securityGroup('web', [])],
  ])('not of %s', (_, resource) => {
    expect(judge(securityGroupUnused, [resource])).toEqual([]);
  });
});
