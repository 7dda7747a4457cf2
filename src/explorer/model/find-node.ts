import type { RecordKind, Session } from '../../aws';
import { sessionKey } from '../../aws/identity/session';
import type { TreeNode } from './node';

/** A list may be in groups, which may not be in groups. */
const MOST_LEVELS = 2;

/** The node of a resource of a session that stands; undefined where the tree does not show it: behind a filter, or further down a long list. */
export async function findNode(
  roots: readonly TreeNode[],
  session: Session,
  kind: RecordKind,
  id: string,
): Promise<TreeNode | undefined> {
  const profile = roots.find((node) => node.profile === session.profile);
  const regions = (await profile?.children()) ?? [];
  const region = regions.find((node) => node.session !== undefined && sessionKey(node.session) === sessionKey(session));
  const folders = (await region?.children()) ?? [];
  const folder = folders.find((node) => node.kind === kind);
  return folder && within(folder, id, MOST_LEVELS);
}

async function within(node: TreeNode, id: string, levels: number): Promise<TreeNode | undefined> {
  const children = await node.children();
  const found = children.find(({ resource }) => resource?.()?.id === id);
  if (found !== undefined || levels === 1) return found;
  for (const child of children) {
    if (child.resource !== undefined) continue;
    const inner = await within(child, id, levels - 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
