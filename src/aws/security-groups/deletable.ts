/** Which security groups can be deleted at all. */
import type { Session } from '../identity/session';
import type { SecurityGroupRecord } from '../inventory/records';

/**
 * `default`: the group that comes with a VPC and goes with it, which AWS deletes for nobody (Amazon VPC User Guide, "Default security groups"). `foreign`: that of another
 * account, which shares its VPC or the group. Undefined where nothing stands in the way.
 */
export function obstacleToDeleting(
  { name, owner }: Pick<SecurityGroupRecord, 'name' | 'owner'>,
  { account }: Pick<Session, 'account'>,
): 'default' | 'foreign' | undefined {
  if (name === 'default') return 'default';
  return owner !== undefined && owner !== account ? 'foreign' : undefined;
}
