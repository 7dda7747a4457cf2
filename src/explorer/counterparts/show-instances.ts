/** The command "Show the Instances This Script Runs On". */
import { commands, l10n, ProgressLocation, type QuickPickItem, type Uri, window } from 'vscode';
import type { CommandContext } from '../commands/context';
import { placeUri } from '../view/places';
import type { AskDeclared } from './declares';
import { findNode } from '../model/find-node';
import { findInstances, type Found, type FoundInstance, type ReadUserData } from './find-instances';
import { loadedInstances, type LoadedInstance } from './loaded';
import { targetAt, type Place } from './target';
import { tieInWords } from './words';
import type { WorkspaceFiles } from './workspace-files';

export interface ShowTools {
  readonly context: Pick<CommandContext, 'aws' | 'tree' | 'view' | 'output'>;
  readonly ask: AskDeclared;
  readonly files: WorkspaceFiles;
  readonly read: ReadUserData;
}

/** Looks only at what the sidebar has loaded, and connects nobody. */
export async function showInstances(tools: ShowTools, uri: Uri, place: Place): Promise<void> {
  const { isConnected, instances } = loadedInstances(tools.context.tree);
  if (!isConnected) {
    await offerSidebar(
      l10n.t(
        'No account is connected. Only instances that the sidebar has loaded are looked at: connect a profile there.',
      ),
    );
    return;
  }
  if (instances.length === 0) {
    await offerSidebar(l10n.t('The sidebar has loaded no instances yet. Open the instances of a region there.'));
    return;
  }
  const found = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Looking for instances that run this script'),
      cancellable: true,
    },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const { signal } = abort;
      const [declarations, others] = await Promise.all([tools.ask(uri.toString()), tools.files.all(signal)]);
      const target = targetAt(uri.toString(), declarations, place, others);
      try {
        return await findInstances(target, instances, tools.read, signal, (done, all) => {
          progress.report({ message: l10n.t('{0} of {1}', done, all), increment: 100 / all });
        });
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      }
    },
  );
  if (found === undefined) return;
  if (found.instances.length === 0) {
    void window.showInformationMessage(noneInWords(instances, found));
    return;
  }
  await choose(tools.context, found, instances);
}

async function offerSidebar(message: string): Promise<void> {
  const open = l10n.t('Open the Sidebar');
  if ((await window.showInformationMessage(message, open)) === open) {
    await commands.executeCommand('ec2Warden.account.focus');
  }
}

function noneInWords(loaded: readonly LoadedInstance[], found: Found): string {
  const accounts = [...new Set(loaded.map(({ session }) => `${session.account}, ${session.region}`))];
  const none = l10n.t(
    'None of the {0} instances that the sidebar has loaded ({1}) runs this script.',
    loaded.length,
    accounts.join('; '),
  );
  return `${none}${uncomparedInWords(found)}`;
}

function uncomparedInWords({ uncompared, failure }: Found): string {
  if (uncompared === 0) return '';
  const many = l10n.t('User data of {0} instances was not compared.', uncompared);
  return ` ${failure === undefined ? many : `${many} ${failure}`}`;
}

interface InstanceItem extends QuickPickItem {
  readonly instance: FoundInstance;
}

async function choose(context: ShowTools['context'], found: Found, loaded: readonly LoadedInstance[]): Promise<void> {
  const items = found.instances.map((instance): InstanceItem => {
    const { record, session, alias, tie } = instance;
    const account = alias === undefined ? session.account : `${session.account} (${alias})`;
    return {
      label: record.name ?? record.id,
      description: `${record.id} · ${record.state} · ${l10n.t('account {0}', account)}, ${session.region}`,
      detail: tieInWords(tie),
      instance,
    };
  });
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Instances this script runs on: {0} of {1} loaded', items.length, loaded.length),
    placeHolder: `${l10n.t('Choose one to see it in the sidebar.')}${uncomparedInWords(found)}`,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== undefined) await reveal(context, picked.instance);
}

/** Shows the node; where the list does not show it, the instance itself. */
async function reveal({ tree, view }: ShowTools['context'], { session, record }: FoundInstance): Promise<void> {
  const node = await findNode(await tree.roots(), session, 'instance', record.id);
  if (node === undefined) {
    await commands.executeCommand(
      'vscode.open',
      placeUri({ session, kind: 'instance', id: record.id, what: 'resource' }, `${record.id}.yaml`),
    );
    return;
  }
  await view.reveal(node, { select: true, focus: true, expand: false });
}
