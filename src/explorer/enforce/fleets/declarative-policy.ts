/**
 * A declarative policy for EC2, which sets the account default of every account below it (Organizations User Guide, "Declarative policy syntax and examples",
 * instance metadata defaults; `http_tokens_enforced` since 2026-02).
 */
import { l10n } from '../../l10n';
import { toText, type FleetDocument } from './document';

export interface DeclarativeChoice {
  readonly tokens: 'required' | 'optional' | 'no_preference';
  /** 1 to 64; undefined: no preference. */
  readonly hopLimit: number | undefined;
  readonly enforced: boolean;
  /** What whoever tries otherwise is told; undefined: AWS's own words. */
  readonly message: string | undefined;
}

const assign = <T>(value: T) => ({ '@@assign': value });

/** Values that the choice leaves open are not written: a policy below may set them. @throws Error for a hop limit out of range */
export function declarativePolicy({ tokens, hopLimit, enforced, message }: DeclarativeChoice) {
  if (hopLimit !== undefined && !(Number.isInteger(hopLimit) && hopLimit >= 1 && hopLimit <= 64)) {
    throw new Error(l10n.t('A whole number from 1 to 64'));
  }
  return {
    ec2_attributes: {
      instance_metadata_defaults: {
        http_tokens: assign(tokens),
        ...(hopLimit === undefined ? {} : { http_put_response_hop_limit: assign(String(hopLimit)) }),
        ...(enforced ? { http_tokens_enforced: assign('enabled') } : {}),
      },
      ...(message === undefined || message === '' ? {} : { exception_message: assign(message) }),
    },
  };
}

export function declarativeDocument(choice: DeclarativeChoice): FleetDocument {
  return {
    fileName: 'declarative-policy-ec2.json',
    text: toText(declarativePolicy(choice)),
    meaning: meaningOf(choice),
    commands: [
      'aws organizations create-policy --type DECLARATIVE_POLICY_EC2 --name require-imdsv2 --description "IMDSv2 for new instances" --content "file://FILE"',
      'aws organizations attach-policy --policy-id POLICY_ID --target-id ROOT_OU_OR_ACCOUNT_ID',
    ],
  };
}

function meaningOf({ tokens, hopLimit, enforced, message }: DeclarativeChoice): string {
  const lines = [
    `# ${l10n.t('Sets the default for new instances in every account below, by a declarative policy for EC2')}`,
    '',
    l10n.t(
      'Nothing has been sent. Attached to the root, an organizational unit or an account, it holds in all their regions, and no account can change it.',
    ),
    '',
    `- ${tokensInWords(tokens)}`,
    `- ${hopLimit === undefined ? l10n.t('**Hop limit:** left to the launch, the image or AWS.') : l10n.t('**Hop limit:** {0} where the launch does not say. AWS recommends 2 or more with tokens required, for containers.', hopLimit)}`,
    `- ${enforced ? l10n.t('**Enforced:** a launch that would leave tokens optional FAILS, by whatever it is made, and no instance can go back to IMDSv1.') : l10n.t('**Not enforced:** it is a default only. A launch or a launch template that asks for optional tokens still gets them.')}`,
    ...(message === undefined || message === ''
      ? []
      : [`- ${l10n.t('**Whoever tries otherwise is told:** {0}', message)}`]),
    `- ${l10n.t('Instances that are there stay as they are.')}`,
    '',
    `## ${l10n.t('Before you attach it')}`,
    '',
    `- ${l10n.t('Launch templates and tools that say `optional` are not stopped by a default, and fail by enforcement: “Require IMDSv2 for New Instances…” lists those of a region.')}`,
    `- ${l10n.t('`aws ec2 start-declarative-policies-report --target-id ID --s3-bucket BUCKET` writes how all accounts are set now.')}`,
    `- ${l10n.t('It is created and attached by the management account, or by a delegated administrator; the policy type must be enabled in the organization.')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function tokensInWords(tokens: DeclarativeChoice['tokens']): string {
  switch (tokens) {
    case 'required':
      return l10n.t(
        '**Tokens:** required on new instances, where neither the launch nor its launch template says otherwise.',
      );
    case 'optional':
      return l10n.t('**Tokens:** optional on new instances, also from images that ask for them.');
    case 'no_preference':
      return l10n.t('**Tokens:** left to the launch, the image or AWS.');
  }
}
