import { describe, expect, it } from 'vitest';
import { reference } from '../../testing/data';
import { judge, offers } from '../../testing/judging';
import { permission, securityGroup, securityGroupRule } from '../../testing/resources';
import { defaultSecurityGroupOpen } from './rule';

const isDefault = { isDefault: true };

describe('default-security-group-open', () => {
  it.each([
    ['a rule for a private block', permission({ port: 443, ipv4: '10.0.0.0/8' })],
    ['a rule for the internet', permission({ port: 443, ipv4: '0.0.0.0/0' })],
    ['a rule for a group', permission({ protocol: '-1', group: 'sg-0123456789abcdef0' })],
  ])('%s', (_, rule) => {
    expect(judge(defaultSecurityGroupOpen, [securityGroup('default', [rule], isDefault)])).toEqual([
      'default at head of rule',
    ]);
  });

  it('a rule that stands apart', () => {
    const rule = securityGroupRule('in', reference('default', 'id'), [permission({ port: 443, ipv4: '10.0.0.0/8' })]);
    expect(judge(defaultSecurityGroupOpen, [securityGroup('default', [], isDefault), rule])).toEqual([
      'in at head of rule',
    ]);
  });

  it.each([
    ['a group that lets in nothing', [securityGroup('default', [], isDefault)]],
    [
      'what it lets out',
      [securityGroup('default', [], { isDefault: true, egress: [permission({ protocol: '-1', ipv4: '0.0.0.0/0' })] })],
    ],
    ['another group', [securityGroup('web', [permission({ port: 443, ipv4: '10.0.0.0/8' })])]],
    ['a rule without a source', [securityGroup('default', [permission({ port: 443 })], isDefault)]],
    [
      'rules that let out',
      [
        securityGroup('default', [], isDefault),
        securityGroupRule('out', reference('default'), [permission({ port: 443, ipv4: '0.0.0.0/0' })], 'egress'),
      ],
    ],
  ])('not %s', (_, resources) => {
    expect(judge(defaultSecurityGroupOpen, resources)).toEqual([]);
  });

  it('offers to remove the rule', () => {
    const group = securityGroup('default', [permission({ port: 443, ipv4: '10.0.0.0/8' })], isDefault);
    expect(offers(defaultSecurityGroupOpen, [group])).toEqual([
      'suggestion: Remove the rule -> remove rule: The default security group lets nothing in.',
    ]);
  });
});
