import type { Session } from '../../aws';
import { sessionKey } from '../../aws/identity/session';
import type { Inventory } from './inventory';
import type { Tree } from './tree';

/** What the very session has read that is asked for: not another one of the same profile and region. */
export function inventoryOf(tree: Pick<Tree, 'connectionOf'>, session: Session): Inventory | undefined {
  const inventory = tree.connectionOf(session.profile)?.inventory(session.region);
  return inventory !== undefined && sessionKey(inventory.session) === sessionKey(session) ? inventory : undefined;
}
