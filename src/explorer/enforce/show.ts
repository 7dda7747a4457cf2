/** Shows in VS Code what evidence and changes are about. */
import { Position, Range, window, workspace } from 'vscode';
import type { InstanceRecord, Session } from '../../aws';
import type { CommandContext } from '../commands/context';
import { extensionOf } from '../commands/open';
import { isSame } from '../view/documents';
import { placeUri } from '../view/places';
import type { Evidence } from './evidence';

/** Draws an instance as it was read, in the inventory of the very session that read it. */
export function show({ tree }: CommandContext, session: Session, instance: InstanceRecord): void {
  const inventory = tree.connectionOf(session.profile)?.inventory(session.region);
  if (inventory !== undefined && isSame(inventory.session, session)) inventory.update(instance);
}

/** Opens the user data that was searched, at its first call. */
export async function showCalls({ documents }: CommandContext, session: Session, evidence: Evidence): Promise<void> {
  const { instance, userData } = evidence;
  if (userData.is !== 'read') return;
  const place = { session, kind: 'instance', id: instance.id, what: 'user-data' } as const;
  const uri = placeUri(place, `user-data-${instance.id}.${extensionOf(userData.text)}`);
  documents.keep(uri, userData.text);
  const at = new Position(userData.calls[0]?.line ?? 0, 0);
  await window.showTextDocument(await workspace.openTextDocument(uri), { selection: new Range(at, at) });
}
