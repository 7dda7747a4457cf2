import {
  AddRoleToInstanceProfileCommand,
  CreateAccountAliasCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** What each role may do; one that is not here may write logs. @type {Record<string, { Action: string | string[], Resource: string }>} */
const RIGHTS = {
  'ci-admin': { Action: '*', Resource: '*' },
  web: { Action: ['s3:GetObject', 's3:ListBucket'], Resource: 'arn:aws:s3:::tidewater-site-*' },
  tiles: { Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 's3:PutObject'], Resource: '*' },
  etl: { Action: ['s3:*', 'iam:PassRole'], Resource: '*' },
};

/**
 * The account's alias, and a role with an instance profile of the same name for each that its hosts have.
 * @param {import('@aws-sdk/client-iam').IAMClient} iam
 * @param {import('../company.mjs').Account} account
 */
export async function makeRoles(iam, account) {
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: account.alias }));
  const roles = new Set(account.regions.flatMap(({ instances }) => instances.map(({ role }) => role)));
  for (const role of roles) {
    if (role === undefined) continue;
    await iam.send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: JSON.stringify(TRUST) }));
    const rights = RIGHTS[role] ?? { Action: 'logs:PutLogEvents', Resource: '*' };
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rights }] };
    await iam.send(
      new PutRolePolicyCommand({ RoleName: role, PolicyName: role, PolicyDocument: JSON.stringify(policy) }),
    );
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: role }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: role, RoleName: role }));
  }
}
