/** Regions beside a profile's own. */
import { l10n, ProgressLocation, type QuickInputButton, type QuickPickItem, ThemeIcon, window } from 'vscode';
import type { Aws, Session } from '../../aws';
import { findRegions } from '../model/find-regions';
import type { TreeNode } from '../model/node';
import type { CommandContext, NodeCommand } from './context';
import { showFailure } from './identity';

export function chooseRegions(context: CommandContext): (from: unknown) => Promise<void> {
  return async (from) => {
    const name = typeof from === 'string' ? from : (from as TreeNode | undefined)?.profile;
    const now = name === undefined ? undefined : context.tree.connectionOf(name)?.connection();
    if (name === undefined || now?.is !== 'connected') return;
    const { session } = now;
    const library = await context.aws();
    try {
      const chosen = await pickRegions(library, session, context.memory.regions(name));
      if (chosen === 'find') await searchRegions(context, library, session);
      else if (chosen !== undefined) await pin(context, name, chosen);
    } catch (error) {
      showFailure(error);
    }
  };
}

async function pickRegions(
  library: Aws,
  session: Session,
  pinned: readonly string[],
): Promise<readonly string[] | 'find' | undefined> {
  const find: QuickInputButton = {
    iconPath: new ThemeIcon('search'),
    tooltip: l10n.t('Find the regions that have something'),
  };
  const pick = window.createQuickPick();
  pick.title = l10n.t('Regions of account {0} to show', session.account);
  pick.placeholder = l10n.t('Choose regions, or find those that have something with the button above');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.buttons = [find];
  pick.busy = true;
  const closed = new Promise<readonly string[] | 'find' | undefined>((resolve) => {
    pick.onDidTriggerButton(() => resolve('find'));
    pick.onDidAccept(() => resolve(pick.selectedItems.map(({ label }) => label)));
    pick.onDidHide(() => resolve(undefined));
  });
  pick.show();
  try {
    const items = (await library.regions(session))
      .filter(({ name }) => name !== session.region)
      .map(({ name, enabled }): QuickPickItem & { enabled: boolean } => ({
        label: name,
        enabled,
        ...(enabled ? {} : { description: l10n.t('not enabled for this account') }),
      }))
      .sort((a, b) => Number(b.enabled) - Number(a.enabled) || a.label.localeCompare(b.label));
    pick.items = items;
    pick.selectedItems = items.filter(({ label }) => pinned.includes(label));
    pick.busy = false;
    return await closed;
  } finally {
    pick.dispose();
  }
}

async function pin({ memory, changed }: CommandContext, profile: string, regions: readonly string[]): Promise<void> {
  await memory.setRegions(profile, regions);
  changed(undefined);
}

async function searchRegions(context: CommandContext, library: Aws, session: Session): Promise<void> {
  const abort = new AbortController();
  const { found, failed } = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Looking into the regions of account {0}', session.account),
      cancellable: true,
    },
    (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      return findRegions(library, session, abort.signal, (done, all) =>
        progress.report({ message: l10n.t('{0} of {1}', done, all), increment: 100 / all }),
      );
    },
  );
  if (abort.signal.aborted) return;
  const known = context.memory.regions(session.profile);
  const fresh = found.filter((region) => region !== session.region);
  await pin(context, session.profile, [...new Set([...known, ...fresh])]);
  if (failed.length === 0) {
    if (fresh.length === 0) {
      const message = l10n.t('No other region of account {0} has instances or network interfaces.', session.account);
      void window.showInformationMessage(message);
    }
    return;
  }
  const names = failed.map(({ region }) => region).join(', ');
  const [{ error } = { error: undefined }] = failed;
  void window.showWarningMessage(
    l10n.t('These regions could not be read: {0}. {1}', names, error instanceof Error ? error.message : ''),
  );
}

export function removeRegion(context: CommandContext): NodeCommand {
  return async ({ session }) => {
    if (session === undefined) return;
    const left = context.memory.regions(session.profile).filter((region) => region !== session.region);
    await pin(context, session.profile, left);
  };
}
