/** Security groups, their rules and network interfaces in words. */
import type {
  GroupName,
  InstanceRecord,
  InterfaceEntry,
  NetworkInterfaceRecord,
  PermissionRecord,
  SecurityGroupRecord,
} from '../../../aws';
import { rulesInWords } from '../../kinds/security-groups/rules-in-words';
import { l10n } from '../../l10n';
import { nameOf } from '../question';

/** Of a list in a question, which must fit on a screen. */
const MOST = 6;

/** The first of them, and how many more there are. */
export function firstOf(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST;
  return more > 0 ? [...lines.slice(0, MOST), l10n.t('and {0} more', more)] : lines;
}

/** The same in a sentence. */
export function listInWords(names: readonly string[]): string {
  return firstOf(names).join(', ');
}

/** `web (sg-1)` */
export function groupInWords({ id, name }: { readonly id: string; readonly name: string | undefined }): string {
  return name === undefined || name === id ? id : `${name} (${id})`;
}

export function groupsInWords(groups: readonly GroupName[]): string {
  return groups.map(groupInWords).join(', ');
}

/** What goes, what comes and what stays, a line each. */
export function changeInWords(before: readonly GroupName[], after: readonly GroupName[]): readonly string[] {
  const without = (groups: readonly GroupName[], others: readonly GroupName[]) =>
    groups.filter(({ id }) => !others.some((other) => other.id === id));
  const goes = without(before, after);
  const comes = without(after, before);
  const stays = without(before, goes);
  return [
    ...(goes.length === 0 ? [] : [l10n.t('Goes: {0}', groupsInWords(goes))]),
    ...(comes.length === 0 ? [] : [l10n.t('Comes: {0}', groupsInWords(comes))]),
    ...(stays.length === 0 ? [] : [l10n.t('Stays: {0}', groupsInWords(stays))]),
  ];
}

/** A line for each rule. @param known names of groups that are read already */
export function ruleLines(
  group: Pick<SecurityGroupRecord, 'owner' | 'id' | 'name'>,
  permissions: readonly PermissionRecord[],
  direction: 'ingress' | 'egress',
): readonly string[] {
  const known = { account: group.owner ?? '', nameOf: (id: string) => (id === group.id ? group.name : undefined) };
  return permissions.flatMap((permission) => rulesInWords(permission, direction, known).map(({ text }) => text));
}

/** All rules of a group, those that let in first. */
export function allRules(group: SecurityGroupRecord): readonly string[] {
  return [...ruleLines(group, group.ingress, 'ingress'), ...ruleLines(group, group.egress, 'egress')];
}

/** `2 rules in, 1 out` */
export function ruleCounts(group: SecurityGroupRecord): string {
  const count = (direction: 'ingress' | 'egress'): number => ruleLines(group, group[direction], direction).length;
  return l10n.t('Rules: {0} in, {1} out', count('ingress'), count('egress'));
}

/** What an interface is of: its instance, what it was made for, or nothing but itself. */
export function holderInWords(
  { id, instance, description }: Pick<NetworkInterfaceRecord, 'id' | 'instance' | 'description'>,
  instances: ReadonlyMap<string, Pick<InstanceRecord, 'id' | 'name'>>,
): string {
  if (instance !== undefined) return nameOf(instances.get(instance) ?? { id: instance, name: undefined });
  return description ?? id;
}

/** `web-1 (i-1) · eni-1`, or the interface alone where no instance had it. */
export function interfaceInWords({
  networkInterface,
  attachedTo,
}: Pick<InterfaceEntry, 'networkInterface' | 'attachedTo'>): string {
  return attachedTo === undefined ? networkInterface : `${nameOf(attachedTo)} · ${networkInterface}`;
}
