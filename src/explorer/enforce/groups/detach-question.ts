/** What is asked before a security group is detached: from what, what stays, and what is not let in any more. */
import type { GroupName, InstanceRecord, NetworkInterfaceRecord, SecurityGroupRecord, Session } from '../../../aws';
import { l10n } from '../../l10n';
import { nameOf, sessionInWords, type Question } from '../question';
import { collect, type GroupTools } from './tools';
import { changeInWords, firstOf, groupInWords, listInWords, ruleLines } from './words';

/** What is read for the question. Undefined: it could not be. */
export interface Surroundings {
  /** The groups of the interface, with their rules. */
  readonly records: readonly SecurityGroupRecord[] | undefined;
  /** Groups whose rules let in what has the group. */
  readonly naming: readonly SecurityGroupRecord[] | undefined;
}

export async function readSurroundings(
  { aws }: GroupTools,
  session: Session,
  { securityGroups }: NetworkInterfaceRecord,
  group: GroupName,
  signal: AbortSignal,
): Promise<Surroundings> {
  const read = (name: string, values: readonly string[]): Promise<readonly SecurityGroupRecord[] | undefined> =>
    collect(aws.securityGroups(session, { filters: [{ name, values }], signal })).catch(() => {
      signal.throwIfAborted();
      return undefined;
    });
  const [records, naming] = await Promise.all([
    read(
      'group-id',
      securityGroups.map(({ id }) => id),
    ),
    read('ip-permission.group-id', [group.id]),
  ]);
  return { records, naming };
}

export interface Detaching {
  readonly session: Session;
  readonly alias: string | undefined;
  readonly networkInterface: NetworkInterfaceRecord;
  readonly group: GroupName;
  /** What stays. */
  readonly groups: readonly GroupName[];
  readonly instance: InstanceRecord | undefined;
  /** Interfaces that were looked at, too. */
  readonly others: readonly NetworkInterfaceRecord[];
  readonly surroundings: Surroundings;
}

/** What goes with the group, by its rules and by those that name it. */
function consequencesOf({ group, networkInterface, others, groups, surroundings }: Detaching): readonly string[] {
  const { records, naming } = surroundings;
  const rulesOf = (id: string): readonly string[] => {
    const record = records?.find((each) => each.id === id);
    return record === undefined ? [] : ruleLines(record, record.ingress, 'ingress');
  };
  const kept = new Set(groups.flatMap(({ id }) => rulesOf(id)));
  const lost = rulesOf(group.id).filter((rule) => !kept.has(rule));
  const name = groupInWords(group);
  const isRead = records?.some(({ id }) => id === group.id) === true;
  const also = others.filter(
    ({ id, instance, securityGroups }) =>
      id !== networkInterface.id &&
      instance !== undefined &&
      instance === networkInterface.instance &&
      securityGroups.some((each) => each.id === group.id),
  );
  return [
    ...(isRead ? [] : [l10n.t('What {0} lets in could not be read.', name)]),
    ...(isRead && lost.length === 0 ? [l10n.t('It lets in nothing that the others do not.')] : []),
    ...(lost.length === 0 ? [] : [l10n.t('Not let in any more:'), ...firstOf(lost).map((line) => `  ${line}`)]),
    ...(naming === undefined || naming.length === 0
      ? []
      : [
          l10n.t(
            'Rules of these groups let in what has {0}, and so not this interface any more: {1}.',
            name,
            listInWords(naming.map(groupInWords)),
          ),
        ]),
    ...(also.length === 0
      ? []
      : [
          l10n.t(
            'The instance has it on other network interfaces, too, where it stays: {0}.',
            also.map(({ id }) => id).join(', '),
          ),
        ]),
  ];
}

export function detachQuestion(detaching: Detaching): Question {
  const { session, alias, networkInterface, group, groups, instance } = detaching;
  const { id, securityGroups, deviceIndex } = networkInterface;
  const from = instance === undefined ? id : nameOf(instance);
  const detail = [
    ...(instance === undefined ? [] : [l10n.t('Instance: {0}, {1}', nameOf(instance), instance.state)]),
    deviceIndex === undefined
      ? l10n.t('Network interface: {0}', id)
      : l10n.t('Network interface: {0}, device {1}', id, deviceIndex),
    ...sessionInWords(session, alias),
    '',
    ...changeInWords(securityGroups, groups),
    '',
    ...consequencesOf(detaching).map((line) => (line.startsWith('  ') ? line : `• ${line}`)),
    `• ${l10n.t('It can be undone for as long as nobody else changes the groups of {0}.', id)}`,
  ];
  return {
    message: l10n.t('Detach {0} from {1}?', groupInWords(group), from),
    detail: detail.join('\n'),
    action: l10n.t('Detach'),
  };
}
