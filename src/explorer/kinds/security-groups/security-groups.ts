import type { NetworkInterfaceRecord, SecurityGroupRecord } from '../../../aws';
import { l10n } from '../../l10n';
import type { Inventory } from '../../model/inventory';
import type { Child, Kind } from '../kind';
import { present } from '../words';
import { rulesInWords } from './rules-in-words';

export const SECURITY_GROUPS: Kind<SecurityGroupRecord> = {
  id: 'security-group',
  title: () => l10n.t('Security groups'),
  none: (region) => l10n.t('No security groups in {0}', region),
  icon: 'shield',
  usedBy: ['network-interface'],
  view: (record, inventory) => {
    const rules = record.ingress.flatMap((permission) => rulesInWords(permission, 'ingress'));
    return {
      label: record.name,
      details: present([rules.map(({ text }) => text).join('; '), useInWords(record, inventory), record.id]),
      icon: { id: 'shield' },
      abilities: [],
      facts: [
        [l10n.t('Description'), record.description],
        [l10n.t('Name tag'), record.nameTag],
        [l10n.t('VPC'), record.vpc],
        [l10n.t('Owner'), record.owner],
        [l10n.t('In'), rules.map(({ text }) => text).join('; ') || l10n.t('nothing')],
        [
          l10n.t('Out'),
          record.egress
            .flatMap((permission) => rulesInWords(permission, 'egress'))
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
    return [...ruleChildren(record, 'ingress'), ...ruleChildren(record, 'egress'), ...userChildren(users)];
  },
};

function hasGroup({ securityGroups }: NetworkInterfaceRecord, group: string): boolean {
  return securityGroups.some(({ id }) => id === group);
}

function useInWords({ id }: SecurityGroupRecord, inventory: Inventory): string | undefined {
  const users = inventory.shown('network-interface');
  if (users?.status !== 'complete') return undefined;
  const count = users.records.filter((user) => hasGroup(user, id)).length;
  if (count === 0) return l10n.t('nothing uses it');
  return count === 1 ? l10n.t('1 network interface uses it') : l10n.t('{0} network interfaces use it', count);
}

function ruleChildren(record: SecurityGroupRecord, direction: 'ingress' | 'egress'): Child[] {
  return record[direction]
    .flatMap((permission) => rulesInWords(permission, direction))
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
