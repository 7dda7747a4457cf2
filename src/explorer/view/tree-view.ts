/** The tree in VS Code's sidebar. */
import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  type TreeDataProvider,
} from 'vscode';
import type { TreeNode } from '../model/node';
import { totalOf, type FindingCounts } from '../model/finding-counts';
import { asMarkdown } from './markdown-text';

const STATES = {
  none: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
} as const;

/** Pages of a long list arrive faster than they need to be drawn. */
const DRAW_MS = 150;

/** The scheme of the addresses by which nodes get their decorations; nothing is behind them. */
export const NODE_SCHEME = 'ec2-warden-node';

export interface TreeProvider extends TreeDataProvider<TreeNode> {
  /** Draws a node and what is below it again, soon; undefined: everything. */
  readonly changed: (node: TreeNode | undefined) => void;
  readonly dispose: () => void;
}

export function createTreeProvider(
  roots: () => Promise<readonly TreeNode[]>,
  decorate: (uri: Uri, counts: FindingCounts | undefined) => void,
): TreeProvider {
  const emitter = new EventEmitter<TreeNode[] | undefined>();
  let waiting: Set<TreeNode> | 'all' = new Set();
  let timer: NodeJS.Timeout | undefined;

  const draw = (): void => {
    timer = undefined;
    const nodes = waiting;
    waiting = new Set();
    if (nodes === 'all') emitter.fire(undefined);
    else emitter.fire([...nodes].filter((node) => !hasAncestorIn(node, nodes)));
  };

  return {
    onDidChangeTreeData: emitter.event,
    changed: (node) => {
      if (node === undefined) waiting = 'all';
      else if (waiting !== 'all') waiting.add(node);
      timer ??= setTimeout(draw, DRAW_MS);
    },
    getChildren: async (node) => [...(await (node === undefined ? roots() : node.children()))],
    getParent: ({ parent }) => parent,
    getTreeItem: (node) => treeItem(node, decorate),
    // Called when somebody looks at an item that has no tooltip yet.
    resolveTreeItem: async (item, node) => {
      const lines = [...(node.view().tooltip ?? []), ...((await node.more?.()) ?? [])];
      if (lines.length > 0) item.tooltip = tooltipOf(lines);
      return item;
    },
    dispose: () => {
      clearTimeout(timer);
      emitter.dispose();
    },
  };
}

function hasAncestorIn({ parent }: TreeNode, nodes: ReadonlySet<TreeNode>): boolean {
  return parent !== undefined && (nodes.has(parent) || hasAncestorIn(parent, nodes));
}

function treeItem(node: TreeNode, decorate: (uri: Uri, counts: FindingCounts | undefined) => void): TreeItem {
  const view = node.view();
  const item = new TreeItem(view.label, STATES[view.collapsible]);
  item.id = node.id;
  if (view.description !== undefined) item.description = view.description;
  const { id, color } = view.icon;
  item.iconPath = new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
  item.contextValue = view.abilities.join(';');
  item.accessibilityInformation = { label: view.spoken };
  // Without a tooltip, VS Code shows the address that the decoration goes by.
  if (node.more === undefined) item.tooltip = tooltipOf(view.tooltip ?? [view.spoken]);
  if (view.click !== undefined) {
    item.command = { command: view.click.command, title: view.click.title, arguments: [...view.click.args] };
  }
  if (view.collapsible !== 'none' || view.counts !== undefined) {
    const uri = Uri.from({ scheme: NODE_SCHEME, path: `/${encodeURIComponent(node.id)}` });
    decorate(uri, view.counts !== undefined && totalOf(view.counts) > 0 ? view.counts : undefined);
    item.resourceUri = uri;
  }
  return item;
}

/** Not trusted: what AWS returned may hold links to commands. */
function tooltipOf(lines: readonly string[]): MarkdownString {
  const [first = '', ...others] = lines;
  const text = new MarkdownString('', true);
  text.isTrusted = false;
  const [, name, rest = ''] = /^\*\*(.*)\*\*(.*)$/.exec(first) ?? [];
  text.appendMarkdown(name === undefined ? asMarkdown(first) : `**${asMarkdown(name)}**${asMarkdown(rest)}`);
  for (const line of others) text.appendMarkdown(`\n\n${asMarkdown(line)}`);
  return text;
}
