/** Why AWS does not change metadata options, in words. */
import { explainFailure } from '../clients/explain-failure';
import { AwsFailure } from '../clients/failure';
import type { Session } from '../identity/session';

export const OPERATION = 'ec2:ModifyInstanceMetadataOptions';

/**
 * What the account or its organization has set against it. AWS says so in the message alone; the code is `UnsupportedOperation` (EC2 User Guide, "Modify instance
 * metadata options for existing instances", Troubleshooting, and "Declarative policies").
 */
const RULES: readonly {
  readonly says: RegExp;
  readonly message: (session: Session) => string;
  readonly advice: string;
}[] = [
  {
    says: /httpTokensEnforced/i,
    message: ({ account, region }) =>
      `Account ${account} enforces IMDSv2 in ${region} (HttpTokensEnforced), so AWS lets no instance there go back to IMDSv1.`,
    advice:
      'Whoever manages the account can switch the enforcement off (ModifyInstanceMetadataDefaults), unless a policy of the organization sets it.',
  },
  {
    says: /declarative[ -_]?polic/i,
    message: ({ account, region }) =>
      `A declarative policy of the organization sets the metadata options of account ${account} in ${region}, so they cannot be changed here.`,
    advice: 'Ask whoever manages the policies of the organization.',
  },
];

/** Makes an AwsFailure of what came instead of an answer. */
export function explainRefusal(error: unknown, session: Session): AwsFailure {
  const said = error instanceof Error ? error.message : '';
  const rule = error instanceof AwsFailure ? undefined : RULES.find(({ says }) => says.test(said));
  const failure = explainFailure(error, { ...session, operation: OPERATION });
  if (rule === undefined) return failure;
  const { code, requestId } = failure.facts;
  return new AwsFailure(
    rule.message(session),
    {
      kind: 'invalid-request',
      action: 'none',
      advice: rule.advice,
      operation: OPERATION,
      ...(code === undefined ? {} : { code }),
      ...(requestId === undefined ? {} : { requestId }),
    },
    { cause: error },
  );
}
