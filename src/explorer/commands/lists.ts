/** How lists are shown: filter, order, groups. */
import { commands, l10n, type QuickPickItem, window } from 'vscode';
import type { GroupBy, SortBy } from '../model/view-options';
import type { CommandContext } from './context';

/** Menus offer to clear the filter where there is one. */
export function showFilterContext({ memory, view }: CommandContext): void {
  const { filter } = memory.options();
  void commands.executeCommand('setContext', 'ec2Warden.account.filtered', filter !== '');
  if (filter === '') delete view.message;
  else view.message = l10n.t('Filtered by “{0}”', filter);
}

export async function setFilter(context: CommandContext, filter: string): Promise<void> {
  await context.memory.setOptions({ filter });
  showFilterContext(context);
  context.tree.rearrange();
}

export function clearFilter(context: CommandContext): () => Promise<void> {
  return () => setFilter(context, '');
}

interface FilterItem extends QuickPickItem {
  readonly filter: string;
}

const presets = (): FilterItem[] =>
  [
    { filter: 'imds:v1', label: l10n.t('IMDSv1 allowed') },
    { filter: 'state:running imds:v1', label: l10n.t('Running, and IMDSv1 allowed') },
    { filter: 'findings', label: l10n.t('With findings') },
    { filter: 'state:running', label: l10n.t('Running') },
    { filter: '-state:terminated', label: l10n.t('Not terminated') },
  ].map((item) => ({ ...item, description: item.filter }));

/** Asks for a filter: words, or one of those that are often wanted. */
export async function askFilter(context: CommandContext): Promise<void> {
  const pick = window.createQuickPick<FilterItem>();
  pick.title = l10n.t('Filter resources');
  pick.placeholder = l10n.t(
    'Words of names, ids, addresses, tags · state:running imds:v1 tag:team=web type:t3 findings',
  );
  pick.value = context.memory.options().filter;
  const offer = (typed: string): void => {
    const own = typed === '' ? [] : [{ label: l10n.t('Filter by “{0}”', typed), filter: typed, alwaysShow: true }];
    pick.items = [...own, ...presets()];
  };
  offer(pick.value);
  pick.onDidChangeValue(offer);
  const chosen = await new Promise<string | undefined>((resolve) => {
    pick.onDidAccept(() => resolve(pick.activeItems[0]?.filter ?? pick.value));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  if (chosen !== undefined) await setFilter(context, chosen.trim());
}

export async function askSort({ memory, tree }: CommandContext): Promise<void> {
  const now = memory.options().sort;
  const items: (QuickPickItem & { sort: SortBy })[] = [
    { sort: 'name', label: l10n.t('Name') },
    { sort: 'findings', label: l10n.t('Findings, most first') },
    { sort: 'launched', label: l10n.t('Launch time, newest first') },
    { sort: 'type', label: l10n.t('Type') },
    { sort: 'state', label: l10n.t('State') },
  ];
  const marked = items.map((item) => (item.sort === now ? { ...item, description: l10n.t('now') } : item));
  const chosen = await window.showQuickPick(marked, { title: l10n.t('Sort resources by') });
  if (chosen === undefined) return;
  await memory.setOptions({ sort: chosen.sort });
  tree.rearrange();
}

export async function askGroup({ memory, tree }: CommandContext): Promise<void> {
  const now = memory.options().group.by;
  const items: (QuickPickItem & { by: GroupBy['by'] })[] = [
    { by: 'none', label: l10n.t('None') },
    { by: 'vpc', label: l10n.t('VPC') },
    { by: 'auto-scaling-group', label: l10n.t('Auto Scaling group') },
    { by: 'tag', label: l10n.t('A tag…') },
  ];
  const marked = items.map((item) => (item.by === now ? { ...item, description: l10n.t('now') } : item));
  const chosen = await window.showQuickPick(marked, { title: l10n.t('Group resources by') });
  if (chosen === undefined) return;
  let group: GroupBy;
  if (chosen.by === 'tag') {
    const tag = await window.showInputBox({
      title: l10n.t('Group resources by a tag'),
      prompt: l10n.t('The key of the tag'),
      placeHolder: 'team',
      validateInput: (value) => (value.trim() === '' ? l10n.t('A key is needed') : undefined),
    });
    if (tag === undefined) return;
    group = { by: 'tag', tag: tag.trim() };
  } else group = { by: chosen.by };
  await memory.setOptions({ group });
  tree.rearrange();
}
