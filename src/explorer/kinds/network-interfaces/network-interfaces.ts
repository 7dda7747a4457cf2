import type { NetworkInterfaceRecord } from '../../../aws';
import { abilitiesOf } from '../../enforce/groups/abilities';
import { l10n } from '../../l10n';
import type { Inventory } from '../../model/inventory';
import type { Child, Kind } from '../kind';
import { present } from '../words';

export const NETWORK_INTERFACES: Kind<NetworkInterfaceRecord> = {
  id: 'network-interface',
  title: () => l10n.t('Network interfaces'),
  none: (region) => l10n.t('No network interfaces in {0}', region),
  icon: 'plug',
  usedBy: [],
  view: (record, inventory) => ({
    label: record.name ?? record.id,
    details: present([
      record.status,
      ...record.addresses.filter(({ isPrimary }) => isPrimary).map(({ address }) => address),
      record.addresses.length > 1 ? l10n.t('{0} more addresses', record.addresses.length - 1) : undefined,
      ...record.addresses.map(({ publicAddress }) => publicAddress),
      attachmentInWords(record, inventory),
      record.requesterManaged ? l10n.t('managed by AWS') : undefined,
      record.type === 'interface' || record.type === undefined ? undefined : record.type,
      record.name === undefined ? undefined : record.id,
    ]),
    icon: record.requesterManaged
      ? { id: 'lock' }
      : { id: 'plug', ...(record.status === 'in-use' ? {} : { color: 'disabledForeground' }) },
    abilities: [...(record.addresses.length > 0 ? ['address'] : []), ...abilitiesOf(record, inventory)],
    facts: [
      [l10n.t('Status'), record.status],
      [l10n.t('Description'), record.description],
      [l10n.t('Type'), record.type],
      [l10n.t('Attached to'), attachmentInWords(record, inventory)],
      [l10n.t('Device'), record.deviceIndex?.toString()],
      [l10n.t('MAC address'), record.mac],
      [l10n.t('VPC'), present([record.vpc, record.subnet, record.availabilityZone]).join(', ')],
      [l10n.t('Managed by AWS'), record.requesterManaged ? l10n.t('yes') : undefined],
    ],
  }),
  words: (record) => [
    record.status,
    record.description,
    record.type,
    record.mac,
    record.instance,
    record.vpc,
    record.subnet,
    ...record.addresses.flatMap(({ address, publicAddress }) => [address, publicAddress]),
    ...record.ipv6Addresses,
    ...record.securityGroups.flatMap(({ id, name }) => [id, name]),
  ],
  children: async (record, inventory) => {
    const groups = record.securityGroups.map(({ id }) => id);
    const securityGroups =
      groups.length === 0
        ? []
        : await inventory.related('security-group', { name: 'group-id', values: groups }, ({ id }) =>
            groups.includes(id),
          );
    return [...addresses(record), ...securityGroups.map((group): Child => ({ is: 'record', record: group }))];
  },
};

/** The instance by its name, where that is known. */
function attachmentInWords({ instance, status }: NetworkInterfaceRecord, inventory: Inventory): string | undefined {
  if (instance === undefined) return status === 'available' ? l10n.t('attached to nothing') : undefined;
  const name = inventory.record('instance', instance)?.name;
  return name === undefined ? instance : `${name} (${instance})`;
}

function addresses({ addresses: known, ipv6Addresses, mac }: NetworkInterfaceRecord): Child[] {
  return [
    ...known.map((address): Child => {
      const elastic = address.allocation === undefined ? l10n.t('public') : l10n.t('Elastic IP');
      return {
        is: 'property',
        key: address.address,
        label: address.address,
        description: present([
          address.isPrimary ? l10n.t('primary') : l10n.t('secondary'),
          address.publicAddress === undefined ? undefined : `${elastic} ${address.publicAddress}`,
        ]).join(' · '),
        icon: { id: address.publicAddress === undefined ? 'symbol-number' : 'globe' },
        value: address.publicAddress ?? address.address,
      };
    }),
    ...ipv6Addresses.map((address): Child => ({
      is: 'property',
      key: address,
      label: address,
      description: 'IPv6',
      icon: { id: 'globe' },
      value: address,
    })),
    ...(mac === undefined
      ? []
      : [
          {
            is: 'property',
            key: 'mac',
            label: l10n.t('MAC address'),
            description: mac,
            icon: { id: 'symbol-key' },
          } as const,
        ]),
  ];
}
