import type { Aws } from '../../src/aws';
import type { TreeNode } from '../../src/explorer/model/node';
import { createTree, type Tree, type TreeSurroundings } from '../../src/explorer/model/tree';
import { DEFAULT_VIEW, type ViewOptions } from '../../src/explorer/model/view-options';

/** A tree as somebody would read it aloud, for tests. */
export interface WrittenTree {
  readonly tree: Tree;
  readonly options: { now: ViewOptions };
  /** The first node among the children of a path of labels. */
  readonly at: (...labels: string[]) => Promise<TreeNode>;
  /** What the children of a node say: label, description. */
  readonly below: (...labels: string[]) => Promise<string[]>;
}

export function writeTree(aws: Aws, surroundings: Partial<TreeSurroundings> = {}): WrittenTree {
  const options = { now: DEFAULT_VIEW };
  const tree = createTree({
    aws: () => Promise.resolve(aws),
    options: () => options.now,
    pinnedRegions: () => [],
    now: Date.now,
    log: (message, error) => {
      throw new Error(message, { cause: error });
    },
    changed: () => undefined,
    ...surroundings,
  });
  const at = async (...labels: string[]): Promise<TreeNode> => {
    let nodes = await tree.roots();
    let found: TreeNode | undefined;
    for (const label of labels) {
      found = nodes.find((node) => node.view().label === label);
      if (found === undefined) throw new Error(`no ${label} among: ${nodes.map(said).join(' | ')}`);
      nodes = await childrenOf(found, tree);
    }
    if (found === undefined) throw new Error('no path');
    return found;
  };
  return {
    tree,
    options,
    at,
    below: async (...labels) => {
      const nodes = labels.length === 0 ? await tree.roots() : await childrenOf(await at(...labels), tree);
      return nodes.map(said);
    },
  };
}

/** The children of a node; of a folder, when its list has come to its end. */
export async function childrenOf(node: TreeNode, tree: Tree): Promise<readonly TreeNode[]> {
  const now = await node.children();
  if (node.kind === undefined) return now;
  await untilRead(node, tree);
  return node.children();
}

export function said(node: TreeNode): string {
  const { label, description } = node.view();
  return description === undefined || description === '' ? label : `${label} — ${description}`;
}

/** Waits until the list of a folder has come to an end. */
export async function untilRead(folder: TreeNode, tree: Tree): Promise<void> {
  const { session, kind } = folder;
  if (session === undefined || kind === undefined) throw new Error('not a folder');
  await tree.connectionOf(session.profile)?.inventory(session.region)?.list(kind).end;
}
