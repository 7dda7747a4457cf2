import type { InstanceRecord } from '../../../aws';
import { l10n } from '../../l10n';
import type { Inventory } from '../../model/inventory';
import type { Child } from '../kind';
import { arnName } from '../words';

/** Its network interfaces, security groups and volumes (three calls at most), its key pair, role and user data (none). */
export async function instanceChildren(instance: InstanceRecord, inventory: Inventory): Promise<readonly Child[]> {
  const { id } = instance;
  const groups = instance.securityGroups.map((group) => group.id);
  const [interfaces, securityGroups, volumes] = await Promise.all([
    instance.networkInterfaces.length === 0
      ? []
      : inventory.related(
          'network-interface',
          { name: 'attachment.instance-id', values: [id] },
          (record) => record.instance === id,
        ),
    groups.length === 0
      ? []
      : inventory.related('security-group', { name: 'group-id', values: groups }, (record) =>
          groups.includes(record.id),
        ),
    instance.volumes.length === 0
      ? []
      : inventory.related('volume', { name: 'attachment.instance-id', values: [id] }, (record) =>
          record.attachments.some((attachment) => attachment.instance === id),
        ),
  ]);
  const records = [...interfaces, ...securityGroups, ...volumes];
  return [
    ...records.map((record): Child => ({ is: 'record', record })),
    {
      is: 'property',
      key: 'key-pair',
      label: l10n.t('Key pair'),
      description: instance.keyName ?? l10n.t('none'),
      icon: { id: 'key' },
    },
    {
      is: 'property',
      key: 'role',
      label: l10n.t('Role'),
      description: instance.instanceProfileArn === undefined ? l10n.t('none') : arnName(instance.instanceProfileArn),
      icon: { id: 'account' },
      ...(instance.instanceProfileArn === undefined ? {} : { value: instance.instanceProfileArn }),
    },
    {
      is: 'property',
      key: 'user-data',
      label: l10n.t('User data'),
      description: l10n.t('the script that it was started with'),
      icon: { id: 'file-code' },
      abilities: ['user-data'],
    },
  ];
}
