/** Which security group is on which network interface, and whether it can be taken off. */
import type { GroupName, InstanceRecord, LiveFinding, NetworkInterfaceRecord, Session } from '../../../aws';
import { l10n } from '../../l10n';
import { present } from '../../kinds/words';
import type { Choice } from '../choose-options';
import { groupInWords, groupsInWords, holderInWords } from './words';

export interface Attachment {
  readonly networkInterface: NetworkInterfaceRecord;
  readonly group: GroupName;
  /** Why it cannot be detached; undefined where it can. */
  readonly why: string | undefined;
}

function obstacle(
  { account }: Session,
  networkInterface: NetworkInterfaceRecord,
  group: GroupName,
): string | undefined {
  const { id, arn, requesterManaged, securityGroups } = networkInterface;
  const owner = arn.split(':')[4] ?? account;
  if (owner !== account) return l10n.t('{0} belongs to account {1}.', id, owner);
  if (requesterManaged) {
    return l10n.t('A service of AWS manages {0}: its groups are changed where it was made.', id);
  }
  if (securityGroups.length > 1) return undefined;
  return l10n.t(
    'Cannot be detached: EC2 wants at least one security group on a network interface, and {0} has {1} alone. Attach another one first.',
    networkInterface.instance === undefined ? id : `${id} · ${networkInterface.instance}`,
    groupInWords(group),
  );
}

/** @param only the group that it is about; left out, any */
export function attachmentsOf(
  session: Session,
  interfaces: readonly NetworkInterfaceRecord[],
  only: string | undefined,
): readonly Attachment[] {
  return interfaces.flatMap((networkInterface) =>
    networkInterface.securityGroups
      .filter(({ id }) => only === undefined || id === only)
      .map((group) => ({ networkInterface, group, why: obstacle(session, networkInterface, group) })),
  );
}

/** What is wrong with a group being there, in words. */
function reasonsOf({ name }: GroupName, findings: readonly LiveFinding[]): readonly string[] {
  const rules = new Set(findings.map(({ ruleId }) => ruleId));
  return [
    ...(rules.has('security-group-shared') ? [l10n.t('shared by unlike instances')] : []),
    ...(rules.has('default-security-group-open')
      ? [l10n.t('the default group, which lets traffic in')]
      : name === 'default'
        ? [l10n.t('the default group')]
        : []),
  ];
}

/** Those first that something is wrong with; those last that cannot be detached. */
export function choicesOf(
  attachments: readonly Attachment[],
  instances: ReadonlyMap<string, InstanceRecord>,
  findingsOf: (group: string) => readonly LiveFinding[],
): readonly (Choice & { readonly attachment: Attachment })[] {
  const ranked = attachments.map((attachment) => {
    const { networkInterface, group, why } = attachment;
    const reasons = reasonsOf(group, findingsOf(group.id));
    const stays = networkInterface.securityGroups.filter(({ id }) => id !== group.id);
    const choice = {
      attachment,
      label: groupInWords(group),
      description: [...new Set([holderInWords(networkInterface, instances), networkInterface.id])].join(' · '),
      detail: why ?? present([...reasons, l10n.t('stays: {0}', groupsInWords(stays))]).join(' · '),
    };
    return { choice, rank: why !== undefined ? 2 : reasons.length > 0 ? 0 : 1 };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ choice }) => choice);
}
