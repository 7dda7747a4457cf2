/** The commands for what new instances start from. */
import {
  commands,
  Disposable,
  l10n,
  Position,
  QuickPickItemKind,
  Range,
  Uri,
  window,
  workspace,
  type QuickPickItem,
} from 'vscode';
import { isCancellation } from '../cancellation';
import type { AwsSources, Session } from '../../../aws';
import type { CommandContext } from '../../commands/context';
import { showFailure } from '../../commands/identity';
import { extensionOf } from '../../commands/open';
import type { TreeNode } from '../../model/node';
import { SCHEME } from '../../view/places';
import { connectedRegions } from '../bulk/targets';
import type { FindCalls } from '../evidence';
import { accountOf } from '../question';
import { ui } from '../ui';
import { sessionFor } from '../undo-any';
import type { SearchedVersion } from './evidence';
import { requireForNew, type SourceTools, type SourceUi } from './flow';
import type { SourceItem } from './items';
import { choicesOf, undoableEverywhere, undoSourceEntry } from './undo';

export function registerSources(context: CommandContext, findCalls: FindCalls): Disposable {
  const toolsNow = async (): Promise<SourceTools> => ({
    aws: await context.aws(),
    findCalls,
    ui: { ...sourceUi, showUserData: (session, searched) => showUserData(context, session, searched) },
  });
  const guarded = (work: (tools: SourceTools) => Promise<void>): Promise<void> =>
    toolsNow()
      .then(work)
      .catch((error: unknown) => {
        if (!isCancellation(error)) showFailure(error);
      });
  return Disposable.from(
    commands.registerCommand('ec2Warden.requireForNewInstances', (node?: TreeNode) =>
      guarded(async (tools) => {
        const session =
          node?.session ?? (await chooseRegion(context, l10n.t('Require IMDSv2 for new instances: where?')));
        if (session !== undefined) await requireForNew(tools, session);
      }),
    ),
    commands.registerCommand('ec2Warden.undoSourceChange', (id?: unknown) =>
      guarded((tools) => undo(context, tools, id)),
    ),
  );
}

/** A region of the tree whose profile is connected; told where there is none. */
export async function chooseRegion({ tree }: CommandContext, title: string): Promise<Session | undefined> {
  const sessions = connectedRegions(tree);
  if (sessions.length === 0) {
    void window.showInformationMessage(l10n.t('Open a profile in the sidebar first.'));
    return undefined;
  }
  const items = sessions.map((session) => ({
    session,
    label: session.region,
    description: `${accountOf(session, undefined)} · ${session.profile}`,
  }));
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.session;
}

/** The changes for new instances that can be taken back, as they are listed. */
export async function undoableSources(aws: Pick<AwsSources, 'sourceChanges'>): Promise<ReturnType<typeof choicesOf>> {
  const library = await import('../../../aws');
  return choicesOf(library.reverse, undoableEverywhere(library.undoableSources, await aws.sourceChanges()));
}

/** Takes back a change that was chosen in the log, or among all changes. */
async function undo({ tree }: CommandContext, tools: SourceTools, id: unknown): Promise<void> {
  const { reverse } = await import('../../../aws');
  const entry = (await undoableSources(tools.aws)).find((each) => each.entry.id === id)?.entry;
  if (entry === undefined) {
    void window.showInformationMessage(l10n.t('That change cannot be taken back any more.'));
    return;
  }
  const standing = (profile: string): Session | undefined => {
    const connection = tree.connectionOf(profile)?.connection();
    return connection?.is === 'connected' ? connection.session : undefined;
  };
  const profiles = tree.profiles()?.profiles.map(({ name }) => name) ?? [];
  const session = await sessionFor({ aws: tools.aws, profiles, standing }, entry);
  await undoSourceEntry(tools, reverse, session, entry);
}

const sourceUi: Omit<SourceUi, 'showUserData'> = {
  progress: ui.progress,
  ask: ui.ask,
  refuse: ui.refuse,
  tell: async (message, action) => {
    const chosen = await ui.offer(message, action === undefined ? [] : [action]);
    return action !== undefined && chosen === action;
  },
  pickSource: async (title, items) => {
    const shown: (QuickPickItem & { readonly item?: SourceItem })[] = [];
    let heading: string | undefined;
    for (const item of items) {
      if (item.heading !== heading) shown.push({ label: item.heading, kind: QuickPickItemKind.Separator });
      heading = item.heading;
      const { label, description, detail } = item;
      shown.push({ item, label, ...(description ? { description } : {}), ...(detail ? { detail } : {}) });
    }
    const placeHolder = l10n.t('Choose what shall require tokens; what does already has a check mark');
    const options = { title, placeHolder, matchOnDescription: true, matchOnDetail: true };
    return (await window.showQuickPick(shown, options))?.item;
  },
  pickAction: async (title, actions) => {
    const items = actions.map((action) => ({ label: action.label, detail: action.consequences[0] ?? '', action }));
    return (await window.showQuickPick(items, { title }))?.action;
  },
  confirmByTyping: async (title, prompt, word) => {
    const typed = await window.showInputBox({
      title,
      prompt,
      placeHolder: word,
      ignoreFocusOut: true,
      validateInput: (value) => (value === word ? undefined : l10n.t('Type {0} to confirm', word)),
    });
    return typed === word;
  },
};

async function showUserData(
  { documents }: CommandContext,
  { profile, account, region }: Session,
  { template, version, text = '', calls = [] }: SearchedVersion,
): Promise<void> {
  const folder = `/${profile.replaceAll('/', '_')} (${account})/${region}`;
  const name = `user-data-${template}-version-${version}.${extensionOf(text)}`;
  const uri = Uri.from({ scheme: SCHEME, path: `${folder}/${name}` });
  documents.keep(uri, text);
  const at = new Position(calls[0]?.line ?? 0, 0);
  await window.showTextDocument(await workspace.openTextDocument(uri), { selection: new Range(at, at) });
}
