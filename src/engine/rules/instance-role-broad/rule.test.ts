import { describe, expect, it } from 'vitest';
import type { Policy } from '../../ec2/model';
import { either, openList, reference, unknown } from '../../testing/data';
import { judge, messages } from '../../testing/judging';
import { inlinePolicy, instanceProfile, managedPolicy, role, statement } from '../../testing/resources';
import { instanceRoleBroad } from './rule';

describe('instance-role-broad', () => {
  it.each<[string, Policy, string, string]>([
    [
      'AdministratorAccess',
      managedPolicy('arn:aws:iam::aws:policy/AdministratorAccess'),
      'arn:aws:iam::aws:policy/AdministratorAccess',
      'has AdministratorAccess',
    ],
    [
      'AdministratorAccess of another partition',
      managedPolicy('arn:aws-us-gov:iam::aws:policy/AdministratorAccess'),
      'arn:aws-us-gov:iam::aws:policy/AdministratorAccess',
      'has AdministratorAccess',
    ],
    [
      'AdministratorAccess by name',
      managedPolicy('AdministratorAccess'),
      'AdministratorAccess',
      'has AdministratorAccess',
    ],
    [
      'IAMFullAccess',
      managedPolicy('arn:aws:iam::aws:policy/IAMFullAccess'),
      'arn:aws:iam::aws:policy/IAMFullAccess',
      'has IAMFullAccess',
    ],
    [
      'AdministratorAccess by condition',
      managedPolicy(either({ Debug: 'arn:aws:iam::aws:policy/AdministratorAccess', 'not Debug': undefined })),
      'arn:aws:iam::aws:policy/AdministratorAccess',
      'has AdministratorAccess',
    ],
    [
      'every action',
      inlinePolicy(statement({ actions: '*', resources: '*' })),
      '*',
      'allows every action on every resource',
    ],
    [
      'every action, in lists',
      inlinePolicy(statement({ actions: ['s3:*', '*'], resources: ['*'] })),
      '*',
      'allows every action on every resource',
    ],
    [
      'every action of every service',
      inlinePolicy(statement({ actions: '*:*', resources: '*' })),
      '*:*',
      'allows every action on every resource',
    ],
    [
      'an effect that is left out, which Terraform takes for Allow',
      inlinePolicy(statement({ effect: undefined, actions: '*', resources: '*' })),
      '*',
      'allows every action on every resource',
    ],
    [
      'PassRole',
      inlinePolicy(statement({ actions: ['ec2:RunInstances', 'iam:PassRole'], resources: '*' })),
      'iam:PassRole',
      'allows iam:PassRole for every role, so that any other role can be taken on',
    ],
    [
      'PassRole in capitals',
      inlinePolicy(statement({ actions: 'IAM:passrole', resources: '*' })),
      'IAM:passrole',
      'allows IAM:passrole for every role, so that any other role can be taken on',
    ],
    [
      'PassRole for every role of an account',
      inlinePolicy(statement({ actions: 'iam:PassRole', resources: 'arn:aws:iam::123456789012:role/*' })),
      'iam:PassRole',
      'allows iam:PassRole for every role, so that any other role can be taken on',
    ],
    [
      'all of IAM',
      inlinePolicy(statement({ actions: 'iam:*', resources: '*' })),
      'iam:*',
      'allows iam:* for every role, so that any other role can be taken on',
    ],
    [
      'everything but one service',
      inlinePolicy(statement({ notActions: 's3:*', resources: '*' })),
      's3:*',
      'allows iam:PassRole and all else but a few actions for every role, so that any other role can be taken on',
    ],
    [
      'everything but a few actions',
      inlinePolicy(statement({ notActions: ['ec2:RunInstances', 'iam:CreateUser'], resources: ['*'] })),
      'ec2:RunInstances',
      'allows iam:PassRole and all else but a few actions for every role, so that any other role can be taken on',
    ],
    [
      'the second of two statements',
      inlinePolicy(statement({ actions: 's3:GetObject', resources: '*' }), statement({ actions: '*', resources: '*' })),
      '*',
      'allows every action on every resource',
    ],
    [
      'a list that may have more',
      inlinePolicy(statement({ actions: openList('*'), resources: openList('*') })),
      '*',
      'allows every action on every resource',
    ],
  ])('%s', (_, policy, at, message) => {
    expect(judge(instanceRoleBroad, [role('app', [policy])])).toEqual([`app at ${at}`]);
    expect(messages(instanceRoleBroad, [role('app', [policy])])).toEqual([
      `This instance role ${message}: whoever gets the instance's credentials has the account.`,
    ]);
  });

  it.each<[string, Policy]>([
    ['a narrow managed policy', managedPolicy('arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore')],
    ['PowerUserAccess', managedPolicy('arn:aws:iam::aws:policy/PowerUserAccess')],
    [
      'a policy of one’s own with a similar name',
      managedPolicy('arn:aws:iam::123456789012:policy/NoAdministratorAccess'),
    ],
    ['an unknown managed policy', managedPolicy(unknown())],
    ['a policy of the configuration', managedPolicy(reference('policy', 'arn'))],
    ['all of S3', inlinePolicy(statement({ actions: 's3:*', resources: '*' }))],
    ['every action on one bucket', inlinePolicy(statement({ actions: '*', resources: 'arn:aws:s3:::logs' }))],
    ['every action, denied', inlinePolicy(statement({ effect: 'Deny', actions: '*', resources: '*' }))],
    ['every action under a condition', inlinePolicy(statement({ actions: '*', resources: '*', hasCondition: true }))],
    [
      'PassRole for one role',
      inlinePolicy(statement({ actions: 'iam:PassRole', resources: 'arn:aws:iam::123456789012:role/ecs-task' })),
    ],
    [
      'PassRole for the roles below a path',
      inlinePolicy(statement({ actions: 'iam:PassRole', resources: 'arn:aws:iam::123456789012:role/batch/*' })),
    ],
    ['reading of IAM', inlinePolicy(statement({ actions: 'iam:Get*', resources: '*' }))],
    ['an unknown effect', inlinePolicy(statement({ effect: unknown(), actions: '*', resources: '*' }))],
    ['unknown actions', inlinePolicy(statement({ actions: unknown(), resources: '*' }))],
    ['unknown resources', inlinePolicy(statement({ actions: '*', resources: unknown() }))],
    ['everything but IAM', inlinePolicy(statement({ notActions: ['iam:*', 's3:*'], resources: '*' }))],
    ['everything but PassRole', inlinePolicy(statement({ notActions: 'IAM:PassRole', resources: '*' }))],
    ['everything but some of IAM', inlinePolicy(statement({ notActions: 'iam:P*', resources: '*' }))],
    ['everything but everything', inlinePolicy(statement({ notActions: '*', resources: '*' }))],
    ['everything but some of any service', inlinePolicy(statement({ notActions: '*:Pass*', resources: '*' }))],
    ['everything but nothing that is known', inlinePolicy(statement({ notActions: unknown(), resources: '*' }))],
    [
      'everything but a list that may have more',
      inlinePolicy(statement({ notActions: openList('s3:*'), resources: '*' })),
    ],
    [
      'everything but one service, on one bucket',
      inlinePolicy(statement({ notActions: 'ec2:*', resources: 'arn:aws:s3:::logs' })),
    ],
    [
      'everything but one service, denied',
      inlinePolicy(statement({ effect: 'Deny', notActions: 's3:*', resources: '*' })),
    ],
    ['actions that are left out', inlinePolicy(statement({ resources: '*' }))],
  ])('not %s', (_, policy) => {
    expect(judge(instanceRoleBroad, [role('app', [policy])])).toEqual([]);
  });

  const broad = [managedPolicy('AdministratorAccess')];

  it.each([
    ['of a role that EC2 may take on', [role('app', broad, { isForEc2: true })], 1],
    [
      'of a role in an instance profile',
      [role('app', broad, { isForEc2: undefined }), instanceProfile('profile', reference('app', 'name'))],
      1,
    ],
    [
      'of a role in an instance profile, by its name',
      [role('app', broad, { isForEc2: undefined, name: 'web' }), instanceProfile('profile', 'web')],
      1,
    ],
    [
      'of a role whose profile has the same name',
      [instanceProfile('profile', 'web', 'web'), role('app', broad, { isForEc2: undefined, name: 'web' })],
      1,
    ],
    [
      'of a role in an instance profile that EC2 may not take on',
      [role('app', broad, { isForEc2: false }), instanceProfile('profile', reference('app', 'name'))],
      0,
    ],
    ['of a role of Lambda', [role('fn', broad, { isForEc2: false })], 0],
    ['of a role of which it is not known', [role('fn', broad, { isForEc2: undefined })], 0],
    ['of another role', [role('fn', broad, { isForEc2: undefined }), instanceProfile('profile', reference('app'))], 0],
  ])('%s', (_, resources, count) => {
    expect(judge(instanceRoleBroad, resources)).toHaveLength(count);
  });

  it('each policy gives one finding', () => {
    const policies = [
      ...broad,
      inlinePolicy(statement({ actions: '*', resources: '*' }), statement({ actions: 'iam:PassRole', resources: '*' })),
    ];
    expect(judge(instanceRoleBroad, [role('app', policies)])).toEqual(['app at AdministratorAccess', 'app at *']);
  });
});
