/** Which instances a selection in the tree means. */
import { inventoryOf } from '../../model/inventory-of';
import type { Session } from '../../../aws';
import { sessionKey } from '../../../aws/identity/session';
import { arrange } from '../../model/arrange';
import { parseFilter } from '../../model/filter';
import type { TreeNode } from '../../model/node';
import type { Tree } from '../../model/tree';
import type { ViewOptions } from '../../model/view-options';

/** Instances of one session; the session is that of the nodes, and no other is ever looked up for them. */
export interface Target {
  readonly session: Session;
  /** Undefined: all of the region. */
  readonly ids: readonly string[] | undefined;
}

/**
 * The instances that the tree shows of a session: what the filter lets through, in one group of them where `group` is given. Waits until the list has been read
 * to its end.
 */
export async function shownIds(
  tree: Tree,
  session: Session,
  options: ViewOptions,
  group?: string,
): Promise<readonly string[]> {
  const inventory = inventoryOf(tree, session);
  if (inventory === undefined) return [];
  await inventory.list('instance').end;
  const records = inventory.shown('instance')?.records ?? [];
  const filter = parseFilter(options.filter);
  const groups = arrange(records, { ...options, filter }, ({ id }) => inventory.findingsOf(id).length);
  return groups
    .filter(({ title }) => group === undefined || title === group)
    .flatMap((each) => each.records.map(({ id }) => id));
}

const isFolder = ({ kind }: TreeNode): boolean => kind === 'instance';
const isGroup = ({ parent, resource }: TreeNode): boolean => resource === undefined && parent?.kind === 'instance';
const isRegion = ({ session, kind, resource, value }: TreeNode): boolean =>
  kind === undefined && resource === undefined && session !== undefined && value === session.region;

/** The instances of nodes: of instances themselves, of folders and groups what they show, of regions all. Each once; empty where a selection has none. */
export async function targetsOf(
  nodes: readonly TreeNode[],
  tree: Tree,
  options: ViewOptions,
): Promise<readonly Target[]> {
  const found = new Map<string, { session: Session; ids: Set<string> | undefined }>();
  for (const node of nodes) {
    const { session } = node;
    if (session === undefined) continue;
    const record = node.resource?.();
    const key = sessionKey(session);
    const known = found.get(key) ?? { session, ids: new Set<string>() };
    if (isRegion(node)) known.ids = undefined;
    else if (isFolder(node) || isGroup(node)) {
      const group = isGroup(node) ? node.value : undefined;
      for (const id of await shownIds(tree, session, options, group)) known.ids?.add(id);
    } else if (record?.kind === 'instance') known.ids?.add(record.id);
    found.set(key, known);
  }
  return [...found.values()]
    .filter(({ ids }) => ids?.size !== 0)
    .map(({ session, ids }) => ({ session, ids: ids === undefined ? undefined : [...ids] }));
}

/** The regions that are in the tree and whose profiles are connected. */
export function connectedRegions(tree: Tree): readonly Session[] {
  return (tree.profiles()?.profiles ?? []).flatMap(({ name }) =>
    (tree.connectionOf(name)?.inventories() ?? []).map(({ session }) => session),
  );
}
