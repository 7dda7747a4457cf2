import type { VolumeRecord } from '../../../aws';
import { l10n } from '../../l10n';
import type { Kind } from '../kind';
import { ageInWords, present } from '../words';

/** Shown below the instances that they are attached to. */
export const VOLUMES: Kind<VolumeRecord> = {
  id: 'volume',
  title: () => l10n.t('Volumes'),
  none: (region) => l10n.t('No volumes in {0}', region),
  icon: 'database',
  usedBy: [],
  view: (record) => ({
    label: record.name ?? record.id,
    details: present([
      ...record.attachments.map(({ device }) => device),
      record.size === undefined ? undefined : l10n.t('{0} GiB', record.size),
      record.type,
      record.encrypted ? l10n.t('encrypted') : l10n.t('not encrypted'),
      record.name === undefined ? undefined : record.id,
    ]),
    icon: { id: 'database' },
    abilities: [],
    facts: [
      [l10n.t('State'), record.state],
      [l10n.t('Encryption key'), record.kmsKey],
      [l10n.t('Made from'), record.snapshot],
      [l10n.t('Created'), present([record.created, ageInWords(record.created, Date.now())]).join(', ')],
    ],
  }),
  words: (record) => [record.state, record.type, record.snapshot],
  children: () => Promise.resolve([]),
};
