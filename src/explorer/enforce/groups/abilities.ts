/** What can be done about the security groups of a resource, by what is found in it. */
import type { NetworkInterfaceRecord, ResourceRecord, SecurityGroupRecord } from '../../../aws';
import { obstacleToDeleting } from '../../../aws/security-groups/deletable';
import type { Inventory } from '../../model/inventory';

type Known = Pick<Inventory, 'findingsOf' | 'session'>;

/** Of a group: what detaching it from an instance puts right. */
const DETACHING = new Set(['security-group-shared', 'default-security-group-open']);

/** `deletable`: nothing has it, and AWS would let this account delete it. `detachable`: it would better be on fewer instances. */
function groupAbilities(group: SecurityGroupRecord, { findingsOf, session }: Known): readonly string[] {
  const found = findingsOf(group.id).map(({ ruleId }) => ruleId);
  const isUnused = found.includes('security-group-unused');
  return [
    ...(isUnused && obstacleToDeleting(group, session) === undefined ? ['deletable'] : []),
    ...(found.some((rule) => DETACHING.has(rule)) ? ['detachable'] : []),
  ];
}

/** `detachable`: it has too many groups, the default one, or one that it shares with what is unlike it. */
function memberAbilities(
  { id, securityGroups }: Pick<NetworkInterfaceRecord, 'id' | 'securityGroups'>,
  { findingsOf }: Known,
): readonly string[] {
  const hasTooMany = findingsOf(id).some(({ ruleId }) => ruleId === 'security-group-quota');
  const isDetachable =
    hasTooMany ||
    securityGroups.some(
      (group) => group.name === 'default' || findingsOf(group.id).some(({ ruleId }) => DETACHING.has(ruleId)),
    );
  return isDetachable ? ['detachable'] : [];
}

/** For menus. */
export function abilitiesOf(record: ResourceRecord, known: Known): readonly string[] {
  switch (record.kind) {
    case 'security-group':
      return groupAbilities(record, known);
    case 'network-interface':
      return record.requesterManaged ? [] : memberAbilities(record, known);
    case 'instance':
      return record.state === 'terminated' || record.state === 'shutting-down' ? [] : memberAbilities(record, known);
    default:
      return [];
  }
}
