import type { NetworkInterfaceRecord, SecurityGroupRecord } from '../../../aws';
import { abilitiesOf } from '../../enforce/groups/abilities';
import { l10n } from '../../l10n';
import type { Inventory } from '../../model/inventory';
import type { Child, Kind } from '../kind';
import { present } from '../words';
import { briefly, rulesInWords, type KnownGroups } from './rules-in-words';

export const SECURITY_GROUPS: Kind<SecurityGroupRecord> = {
  id: 'security-group',
  title: () => l10n.t('Security groups'),
  none: (region) => l10n.t('No security groups in {0}', region),
  icon: 'shield',
  usedBy: ['network-interface'],
  view: (record, inventory) => {
    const known = knownGroups(inventory);
    const rules = record.ingress.flatMap((permission) => rulesInWords(permission, 'ingress', known));
    return {
      label: record.name,
      details: present([briefly(rules), useInWords(record, inventory), record.id]),
      icon: { id: 'shield' },
      abilities: abilitiesOf(record, inventory),
      facts: [
        [l10n.t('Description'), record.description],
        [l10n.t('Name tag'), record.nameTag],
        [l10n.t('VPC'), record.vpc],
        [l10n.t('Owner'), record.owner],
        [l10n.t('In'), rules.map(({ text }) => text).join('; ') || l10n.t('nothing')],
        [
          l10n.t('Out'),
          record.egress
            .flatMap((permission) => rulesInWords(permission, 'egress', known))
            .map(({ text }) => text)
            .join('; ') || l10n.t('nothing'),
        ],
      ],
    };
  },
  words: (record) => [
    record.nameTag,
    record.description,
    record.vpc,
    ...[...record.ingress, ...record.egress].flatMap(({ ipv4, ipv6 }) => [...ipv4, ...ipv6].map(({ cidr }) => cidr)),
  ],
  children: async (record, inventory) => {
    const users = await inventory.related('network-interface', { name: 'group-id', values: [record.id] }, (user) =>
      hasGroup(user, record.id),
    );
    const known = knownGroups(inventory);
    const rules = [...ruleChildren(record, 'ingress', known), ...ruleChildren(record, 'egress', known)];
    return [...rules, ...userChildren(users)];
  },
};

function knownGroups(inventory: Inventory): KnownGroups {
  return {
    account: inventory.session.account,
    nameOf: (id) => inventory.record('security-group', id)?.name,
  };
}

function hasGroup({ securityGroups }: NetworkInterfaceRecord, group: string): boolean {
  return securityGroups.some(({ id }) => id === group);
}

const counts = new WeakMap<readonly NetworkInterfaceRecord[], ReadonlyMap<string, number>>();

/** How many have each group: counted once for a list that is complete, however often each of its groups is drawn. */
function countsIn(users: readonly NetworkInterfaceRecord[]): ReadonlyMap<string, number> {
  const known = counts.get(users);
  if (known !== undefined) return known;
  const made = new Map<string, number>();
  for (const { securityGroups } of users) {
    for (const { id } of securityGroups) made.set(id, (made.get(id) ?? 0) + 1);
  }
  counts.set(users, made);
  return made;
}

function useInWords({ id }: SecurityGroupRecord, inventory: Inventory): string | undefined {
  const users = inventory.shown('network-interface');
  if (users?.status !== 'complete') return undefined;
  const count = countsIn(users.records).get(id) ?? 0;
  if (count === 0) return l10n.t('nothing uses it');
  return count === 1 ? l10n.t('1 network interface uses it') : l10n.t('{0} network interfaces use it', count);
}

function ruleChildren(record: SecurityGroupRecord, direction: 'ingress' | 'egress', known: KnownGroups): Child[] {
  return record[direction]
    .flatMap((permission) => rulesInWords(permission, direction, known))
    .map(({ text, description }, index) => ({
      is: 'property',
      key: `${direction} ${index}`,
      label: text,
      description: description ?? '',
      icon: { id: direction === 'ingress' ? 'arrow-down' : 'arrow-up' },
      value: text,
    }));
}

function userChildren(users: readonly NetworkInterfaceRecord[]): Child[] {
  if (users.length > 0) return users.map((record) => ({ is: 'record', record, role: l10n.t('uses it') }));
  return [
    {
      is: 'property',
      key: 'unused',
      label: l10n.t('Nothing uses this group'),
      description: '',
      icon: { id: 'circle-slash' },
    },
  ];
}
