/** Shows in VS Code what evidence and changes are about. */
import type { InstanceRecord, Session } from '../../aws';
import type { CommandContext } from '../commands/context';
import { isSame } from '../view/documents';

/** Draws an instance as it was read, in the inventory of the very session that read it. */
export function show({ tree }: CommandContext, session: Session, instance: InstanceRecord): void {
  const inventory = tree.connectionOf(session.profile)?.inventory(session.region);
  if (inventory !== undefined && isSame(inventory.session, session)) inventory.update(instance);
}
