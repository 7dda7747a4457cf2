import type { InstanceRecord, KeyPairRecord } from '../../../aws';
import { l10n } from '../../l10n';
import type { Inventory } from '../../model/inventory';
import type { Child, Kind } from '../kind';
import { ageInWords, present } from '../words';

export const KEY_PAIRS: Kind<KeyPairRecord> = {
  id: 'key-pair',
  title: () => l10n.t('Key pairs'),
  none: (region) => l10n.t('No key pairs in {0}', region),
  icon: 'key',
  usedBy: ['instance'],
  view: (record, inventory) => ({
    label: record.name,
    details: present([
      record.type?.toUpperCase(),
      useInWords(record, inventory),
      ageInWords(record.created, Date.now()),
      record.id,
    ]),
    icon: { id: 'key' },
    abilities: [],
    facts: [
      [l10n.t('Type'), record.type],
      [l10n.t('Fingerprint'), record.fingerprint],
      [l10n.t('Created'), present([record.created, ageInWords(record.created, Date.now())]).join(', ')],
    ],
  }),
  words: (record) => [record.type, record.fingerprint],
  children: async (record, inventory) => {
    const users = await inventory.related('instance', { name: 'key-name', values: [record.name] }, (instance) =>
      usesKey(instance, record),
    );
    const fingerprint: Child = {
      is: 'property',
      key: 'fingerprint',
      label: l10n.t('Fingerprint'),
      description: record.fingerprint ?? l10n.t('unknown'),
      icon: { id: 'symbol-key' },
    };
    if (users.length === 0) {
      const label = l10n.t('No instance uses it');
      return [fingerprint, { is: 'property', key: 'unused', label, description: '', icon: { id: 'circle-slash' } }];
    }
    return [
      fingerprint,
      ...users.map((instance): Child => ({ is: 'record', record: instance, role: l10n.t('uses it') })),
    ];
  },
};

/** A terminated instance keeps its key's name for an hour, and no longer the key. */
function usesKey({ keyName, state }: InstanceRecord, { name }: KeyPairRecord): boolean {
  return keyName === name && state !== 'terminated';
}

function useInWords(record: KeyPairRecord, inventory: Inventory): string | undefined {
  const users = inventory.shown('instance');
  if (users?.status !== 'complete') return undefined;
  const count = users.records.filter((instance) => usesKey(instance, record)).length;
  if (count === 0) return l10n.t('no instance uses it');
  return count === 1 ? l10n.t('1 instance uses it') : l10n.t('{0} instances use it', count);
}
