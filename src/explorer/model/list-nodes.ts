/** The nodes below a folder: what a list holds as it is now, and what there is to say about it. */
import { l10n } from '../l10n';
import { arrange, type Group } from './arrange';
import { failureNode, isCancellation, messageNode } from './failure-node';
import { parseFilter } from './filter';
import type { Inventory } from './inventory';
import type { Kind } from '../kinds/kind';
import type { ResourceRecord } from '../../aws';
import type { Action, TreeNode } from './node';
import type { ViewOptions } from './view-options';

/** How many records a list shows before it asks; each "more" adds as many. */
export const PAGE = 200;

export interface ListContext {
  readonly kind: Kind;
  readonly inventory: Inventory;
  readonly options: ViewOptions;
  /** How many records of each group are to be shown, by the ids of the nodes that hold them. */
  readonly limitOf: (id: string) => number;
  readonly recordNode: (parent: TreeNode, record: ResourceRecord) => TreeNode;
  readonly groupNode: (parent: TreeNode, group: Group, children: (self: TreeNode) => readonly TreeNode[]) => TreeNode;
}

export function listNodes(folder: TreeNode, context: ListContext): readonly TreeNode[] {
  const { kind, inventory, options } = context;
  const state = inventory.shown(kind.id);
  const retry: Action = { command: 'ec2Warden.account.refreshNode', title: l10n.t('Try again'), args: [folder] };
  if (state === undefined) return [];
  const { records, status, failure } = state;
  const said: TreeNode[] = [];
  if (failure !== undefined && !isCancellation(failure)) {
    const what =
      records.length === 0
        ? undefined
        : state.asOf === undefined
          ? l10n.t('not complete: {0} are shown', records.length)
          : l10n.t('shown as of {0}', new Date(state.asOf).toLocaleTimeString());
    said.push(failureNode(folder, failure, retry, what));
  }
  if (status === 'cancelled') {
    said.push(
      messageNode(folder, 'cancelled', {
        label: l10n.t('Cancelled: the list is not complete'),
        icon: { id: 'circle-slash' },
        click: retry,
      }),
    );
  }
  if (records.length === 0 && status === 'loading') return [loading(folder, state.notice)];
  if (records.length === 0) return said.length > 0 ? said : [empty(folder, context)];
  const filter = parseFilter(options.filter);
  const groups = arrange(records, { ...options, filter }, ({ id }) => inventory.findingsOf(id).length);
  const count = groups.reduce((sum, group) => sum + group.records.length, 0);
  if (count === 0 && status !== 'loading') return [...said, hidden(folder, options.filter, records.length)];
  return [...said, ...groups.flatMap((group) => groupNodes(folder, group, context))];
}

function groupNodes(folder: TreeNode, group: Group, context: ListContext): readonly TreeNode[] {
  if (group.title === undefined) return recordNodes(folder, group.records, context);
  return [context.groupNode(folder, group, (self) => recordNodes(self, group.records, context))];
}

function recordNodes(parent: TreeNode, records: readonly ResourceRecord[], context: ListContext): readonly TreeNode[] {
  const limit = context.limitOf(parent.id);
  const nodes = records.slice(0, limit).map((record) => context.recordNode(parent, record));
  const left = records.length - nodes.length;
  if (left <= 0) return nodes;
  const more = messageNode(parent, 'more', {
    label: l10n.t('Show {0} more', Math.min(left, PAGE)),
    description: l10n.t('{0} of {1} are shown', nodes.length, records.length),
    icon: { id: 'ellipsis' },
    click: { command: 'ec2Warden.account.showMore', title: l10n.t('Show more'), args: [parent] },
  });
  return [...nodes, more];
}

function loading(folder: TreeNode, notice: string | undefined): TreeNode {
  return messageNode(folder, 'loading', {
    label: notice === undefined ? l10n.t('Loading…') : l10n.t('Loading: {0}', notice),
    icon: { id: 'loading~spin' },
  });
}

function empty(folder: TreeNode, { kind, inventory: { session } }: ListContext): TreeNode {
  return messageNode(folder, 'empty', {
    label: kind.none(session.region),
    description: l10n.t('account {0}', session.account),
    icon: { id: 'info' },
  });
}

function hidden(folder: TreeNode, filter: string, count: number): TreeNode {
  return messageNode(folder, 'hidden', {
    label: l10n.t('Nothing matches “{0}”', filter),
    description: l10n.t('{0} are hidden · Clear the filter', count),
    icon: { id: 'filter' },
    click: { command: 'ec2Warden.account.clearFilter', title: l10n.t('Clear the filter'), args: [] },
  });
}
