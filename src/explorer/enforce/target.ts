/** What a command that changes something was called on: a node, the document of a resource, or what is selected. */
import { Uri } from 'vscode';
import type { ResourceRecord, Session } from '../../aws';
import type { CommandContext } from '../commands/context';
import { inventoryOf } from '../model/inventory-of';
import type { TreeNode } from '../model/node';
import { readPlace } from '../view/places';

export interface Target {
  readonly session: Session;
  readonly record: ResourceRecord;
}

type Context = Pick<CommandContext, 'tree' | 'view'>;

/** As it was when the command was called. @param from a node, or the address of a document as text */
export function targetOf(context: Context, from: TreeNode | string | undefined): Target | undefined {
  if (typeof from === 'string') return shownIn(context, Uri.parse(from));
  const node = from ?? context.view.selection[0];
  const record = node?.resource?.();
  const session = node?.session;
  return session !== undefined && record !== undefined ? { session, record } : undefined;
}

/** The resource that a document shows, of a session that stands. */
export function shownIn({ tree }: Pick<Context, 'tree'>, uri: Uri): Target | undefined {
  const place = readPlace(uri);
  if (place?.what !== 'resource') return undefined;
  const inventory = inventoryOf(tree, place.session);
  const record = inventory?.record(place.kind, place.id);
  return inventory && record && { session: inventory.session, record };
}
