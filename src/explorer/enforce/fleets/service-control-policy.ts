/**
 * A service control policy that keeps IMDSv1 out (EC2 User Guide, "Example policies for working with instance metadata"; Service Authorization Reference, EC2;
 * IAM User Guide, `ec2:RoleDelivery`).
 */
import { l10n } from '../../l10n';
import { toText, type FleetDocument } from './document';

export interface ServiceControlChoice {
  /** No launch without required tokens. */
  readonly launches: boolean;
  /** No instance goes back to IMDSv1. */
  readonly goingBack: boolean;
  /** No call with credentials of a role that were got without a token. */
  readonly roleDelivery: boolean;
  /** Patterns of ARNs that the policy leaves alone: `arn:aws:iam::*:role/break-glass`. */
  readonly except: readonly string[];
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}

/** Of IAM principals and assumed roles; `*` and `?` stand for any text and any character. */
export function wrongPrincipal(text: string): string | undefined {
  return /^arn:[\w*?-]+:(iam|sts)::(\d{12}|\*):[\w+=,.@/*?-]+$/.test(text)
    ? undefined
    : l10n.t('The ARN of a role or user: {0}', 'arn:aws:iam::*:role/break-glass');
}

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Deny';
  readonly Action: string;
  readonly Resource: string;
  readonly Condition: Condition;
}

/** @throws Error where nothing is chosen, or for a pattern that is none */
export function serviceControlPolicy(choice: ServiceControlChoice): {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
} {
  const { launches, goingBack, roleDelivery, except, partition } = choice;
  const [wrong] = except.map(wrongPrincipal).filter((each) => each !== undefined);
  if (wrong !== undefined) throw new Error(wrong);
  const exception: Condition = except.length === 0 ? {} : { ArnNotLike: { 'aws:PrincipalArn': [...except] } };
  const instances = `arn:${partition}:ec2:*:*:instance/*`;
  const statements: Statement[] = [];
  if (launches) {
    statements.push({
      ...{ Sid: 'RequireImdsV2AtLaunch', Effect: 'Deny', Action: 'ec2:RunInstances', Resource: instances },
      Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' }, ...exception },
    });
  }
  if (goingBack) {
    statements.push({
      ...{
        Sid: 'DenyGoingBackToImdsV1',
        Effect: 'Deny',
        Action: 'ec2:ModifyInstanceMetadataOptions',
        Resource: instances,
      },
      // Of requests that say something of tokens: others change something else.
      Condition: {
        StringNotEquals: { 'ec2:Attribute/HttpTokens': 'required' },
        Null: { 'ec2:Attribute/HttpTokens': 'false' },
        ...exception,
      },
    });
  }
  if (roleDelivery) {
    statements.push({
      ...{ Sid: 'DenyCredentialsOfImdsV1', Effect: 'Deny', Action: '*', Resource: '*' },
      // Absent from requests that are not signed by a role of an instance, which are let through.
      Condition: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' }, ...exception },
    });
  }
  if (statements.length === 0) throw new Error(l10n.t('Choose at least one of them.'));
  return { Version: '2012-10-17', Statement: statements };
}

export function serviceControlDocument(choice: ServiceControlChoice): FleetDocument {
  return {
    fileName: 'service-control-policy.json',
    text: toText(serviceControlPolicy(choice)),
    meaning: meaningOf(choice),
    commands: [
      'aws organizations create-policy --type SERVICE_CONTROL_POLICY --name require-imdsv2 --description "No IMDSv1" --content "file://FILE"',
      'aws organizations attach-policy --policy-id POLICY_ID --target-id ROOT_OU_OR_ACCOUNT_ID',
    ],
  };
}

function meaningOf({ launches, goingBack, roleDelivery, except }: ServiceControlChoice): string {
  const lines = [
    `# ${l10n.t('Denies what lets IMDSv1 in, by a service control policy')}`,
    '',
    l10n.t(
      'Nothing has been sent. Attached to the root, an organizational unit or an account, it holds for everybody in those accounts, but not in the management account and not for service-linked roles.',
    ),
    '',
    ...(launches
      ? [
          `- ${l10n.t('**RequireImdsV2AtLaunch:** a launch FAILS (UnauthorizedOperation) unless it, or its launch template, asks for required tokens. Whether the default of an account counts is not documented. Auto Scaling starts instances by a service-linked role, which no such policy stops; but who makes or updates a group is held to it by the group’s template.')}`,
        ]
      : []),
    ...(goingBack
      ? [
          `- ${l10n.t('**DenyGoingBackToImdsV1:** nobody can make tokens optional on an instance again, so that undoing fails, too. Other metadata options can still be changed.')}`,
        ]
      : []),
    ...(roleDelivery
      ? [
          `- ${l10n.t('**DenyCredentialsOfImdsV1:** credentials of an instance’s role that were got without a token are good for NOTHING any more, in any service. Software that still does so stops working, on instances that are there as well.')}`,
        ]
      : []),
    `- ${except.length === 0 ? l10n.t('**Nobody is excepted.** Consider a role for emergencies.') : l10n.t('**Excepted:** {0}', except.map((each) => `\`${each}\``).join(', '))}`,
    '',
    `## ${l10n.t('Before you attach it')}`,
    '',
    `- ${l10n.t('First require tokens where instances are made, then on those that are there, and watch MetadataNoToken: when it is 0 everywhere, this policy changes nothing for anybody who does right.')}`,
    `- ${l10n.t('Try it on one account that can bear it, then on an organizational unit, then on the root.')}`,
    `- ${l10n.t('It is created and attached by the management account, or by a delegated administrator.')}`,
  ];
  return `${lines.join('\n')}\n`;
}
