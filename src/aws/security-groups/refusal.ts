/** Why AWS does not delete a security group, or does not change the groups of a network interface, in words. */
import { explainFailure, said } from '../clients/explain-failure';
import { AwsFailure } from '../clients/failure';
import type { Session } from '../identity/session';
import type { NetworkInterfaceRecord, SecurityGroupRecord } from '../inventory/records';
import { groupInWords } from './change';
import type { blockersOf } from './uses';

export const DELETE = 'ec2:DeleteSecurityGroup';
export const MODIFY = 'ec2:ModifyNetworkInterfaceAttribute';

/** Of a list in a sentence. */
const NAMED = 5;

function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${String(more)} more` : names.join(', ');
}

/** What has a group, and what names it: sentences. */
function blockersInSentences({ networkInterfaces, groups }: ReturnType<typeof blockersOf>): readonly string[] {
  const interfaceInWords = ({ id, instance, description }: NetworkInterfaceRecord): string => {
    const of = instance ?? description;
    return of === undefined ? id : `${id} (${of})`;
  };
  return [
    ...(networkInterfaces.length === 0
      ? []
      : [`These network interfaces have it: ${named(networkInterfaces.map(interfaceInWords))}.`]),
    ...(groups.length === 0 ? [] : [`Rules of these groups name it: ${named(groups.map(groupInWords))}.`]),
  ];
}

function refusal(error: unknown, operation: string, message: string, advice: string): AwsFailure {
  const code = error instanceof Error ? error.name : undefined;
  const facts = { kind: 'invalid-request', action: 'retry', advice, operation } as const;
  return new AwsFailure(message, { ...facts, ...(code === undefined ? {} : { code }) }, { cause: error });
}

/** `DependencyViolation` and its name of old (EC2 API Reference, "Error codes"). */
const IN_USE = new Set(['DependencyViolation', 'InvalidGroup.InUse']);

/** @param look at what keeps it, once AWS has said that something does */
export async function explainDeletion(
  error: unknown,
  session: Session,
  group: SecurityGroupRecord,
  look: () => Promise<ReturnType<typeof blockersOf>>,
): Promise<AwsFailure> {
  const name = error instanceof Error && !(error instanceof AwsFailure) ? error.name : '';
  if (name === 'CannotDelete') {
    const message = `AWS deletes ${groupInWords(group)} for nobody: it is the default group of its VPC.`;
    return refusal(error, DELETE, message, 'It goes with its VPC. Take the rules that let traffic in out of it.');
  }
  if (!IN_USE.has(name)) return explainFailure(error, { ...session, operation: DELETE });
  const found = await look().then(blockersInSentences, () => []);
  const message = `AWS did not delete ${groupInWords(group)}: something still uses it (${name}).`;
  const unseen =
    'What does could not be seen: it may be a network interface or a rule that this profile may not read, or an association of the group with another VPC.';
  const way = 'Detach it there, or take those rules away, and try again.';
  return refusal(error, DELETE, message, found.length === 0 ? unseen : [...found, way].join(' '));
}

export function explainInterfaceChange(error: unknown, session: Session, networkInterface: string): AwsFailure {
  const failure = (): AwsFailure => explainFailure(error, { ...session, operation: MODIFY });
  if (!(error instanceof Error) || error instanceof AwsFailure) return failure();
  switch (error.name) {
    case 'SecurityGroupsPerInterfaceLimitExceeded':
      return refusal(
        error,
        MODIFY,
        `${networkInterface} would have more security groups than AWS allows it: 5, unless the quota is raised.`,
        'Detach another one first.',
      );
    // Of an interface that a service of AWS manages; the same code as for keys that AWS does not know.
    case 'AuthFailure':
      if (!/permission to access the specified resource/i.test(error.message)) return failure();
      return managed(error, networkInterface);
    case 'OperationNotPermitted':
      return managed(error, networkInterface);
    case 'DependencyViolation':
      return refusal(
        error,
        MODIFY,
        `AWS refused to change ${networkInterface}: ${said(error.message)}.`,
        'Look again.',
      );
    default:
      return failure();
  }
}

function managed(error: Error, networkInterface: string): AwsFailure {
  return refusal(
    error,
    MODIFY,
    `AWS lets the groups of ${networkInterface} be changed only by whoever manages it: ${said(error.message)}.`,
    'Change them where it was made: at its load balancer, function or endpoint.',
  );
}
