/** Who has which security group, as far as the records tell. */
import type { GroupMember, SecurityGroupUse } from '../../engine/ec2/model';
import type { InstanceRecord, RecordKind, ResourceRecord } from '../inventory/records';

/** True for one that is there: a terminated instance is listed for an hour. */
export function exists({ state }: Pick<InstanceRecord, 'state'>): boolean {
  return state !== 'terminated' && state !== 'shutting-down';
}

function memberOf({ id, name, image, instanceProfileArn, autoScalingGroup }: InstanceRecord): GroupMember {
  return { name: name ?? id, image, instanceProfile: instanceProfileArn, autoScalingGroup };
}

export type UseOf = (group: string) => SecurityGroupUse;

/** @param complete kinds of which the records are all that there are in the region */
export function usesIn(records: readonly ResourceRecord[], complete: readonly RecordKind[]): UseOf {
  const interfaces = new Map<string, number>();
  const instances = new Map<string, GroupMember[]>();
  for (const record of records) {
    if (record.kind === 'network-interface') {
      for (const { id } of record.securityGroups) interfaces.set(id, (interfaces.get(id) ?? 0) + 1);
    } else if (record.kind === 'instance' && exists(record)) {
      const member = memberOf(record);
      for (const { id } of record.securityGroups) {
        const known = instances.get(id);
        if (known) known.push(member);
        else instances.set(id, [member]);
      }
    }
  }
  const isKnown = complete.includes('network-interface');
  return (group) => ({
    networkInterfaces: isKnown ? (interfaces.get(group) ?? 0) : undefined,
    instances: instances.get(group) ?? [],
  });
}
