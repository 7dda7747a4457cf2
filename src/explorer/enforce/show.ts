/** Shows in VS Code what evidence and changes are about. */
import { workspace } from 'vscode';
import type { ResourceRecord, Session } from '../../aws';
import type { CommandContext } from '../commands/context';
import { inventoryOf } from '../model/inventory-of';
import { isSame } from '../view/documents';
import { readPlace } from '../view/places';

/** Draws a resource as it was read, in the inventory of the very session that read it; a document of it is read again. */
export function show({ tree, documents }: CommandContext, session: Session, record: ResourceRecord): void {
  const inventory = inventoryOf(tree, session);
  if (inventory === undefined) return;
  const before = inventory.record(record.kind, record.id);
  inventory.update(record);
  if (JSON.stringify(before) !== JSON.stringify(record)) refreshDocuments(documents, session, [record.id]);
}

/** Reads the open documents of resources again, and judges them anew. */
export function refreshDocuments(
  documents: CommandContext['documents'],
  session: Session,
  ids: readonly string[],
): void {
  for (const { uri } of workspace.textDocuments) {
    const place = readPlace(uri);
    if (place?.what === 'resource' && ids.includes(place.id) && isSame(place.session, session)) documents.refresh(uri);
  }
}
