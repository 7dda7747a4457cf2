/** A denied action: which permission is missing, why, and the policy that grants it. */
import type { Asked } from './explain-failure';

export interface Denial {
  readonly message: string;
  readonly advice: string;
  readonly permission: string | undefined;
  /** Absent where no policy of the caller's own would help. */
  readonly policy: string | undefined;
}

/** What a denial comes from, by AWS's wording (IAM User Guide, "Troubleshoot access denied error messages"). */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /explicit deny in a(?:n?) (?:service|resource) control policy|no (?:service|resource) control policy allows/i,
    'a policy of the organization forbids it',
  ],
  [
    /explicit deny in an? permissions? boundary|no permissions? boundary allows/i,
    'the permissions boundary does not allow it',
  ],
  [/explicit deny in a session policy|no session policy allows/i, 'the policy of the session does not allow it'],
  [
    /explicit deny in a VPC endpoint policy|no VPC endpoint policy allows/i,
    'the policy of the VPC endpoint does not allow it',
  ],
  [/explicit deny/i, 'a policy denies it expressly'],
];

/** Actions that EC2 knows no resources for, and all that only read: `*`. */
function policyFor(permission: string): string {
  const statement = { Sid: 'Ec2Warden', Effect: 'Allow', Action: permission, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2);
}

export function denialOf(message: string, { profile, account, region, operation }: Asked): Denial {
  const named = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1];
  const permission = named ?? operation;
  const reason = REASONS.find(([pattern]) => pattern.test(message))?.[1];
  const where = [account === undefined ? '' : ` in account ${account}`, region === undefined ? '' : `, ${region}`].join(
    '',
  );
  const lacks = permission ?? 'a permission';
  if (reason !== undefined) {
    return {
      message: `${profile} may not use ${lacks}${where}: ${reason}.`,
      advice: 'Ask whoever manages that policy.',
      permission,
      policy: undefined,
    };
  }
  return {
    message: `${profile} lacks the permission ${lacks}${where}.`,
    advice: 'Ask an administrator to attach a policy that allows it; the statement can be copied.',
    permission,
    policy: permission === undefined ? undefined : policyFor(permission),
  };
}
