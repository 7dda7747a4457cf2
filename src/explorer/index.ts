/** The account in the sidebar. Registering it loads nothing of AWS: that happens when the tree is first looked at. */
import { inventoryOf } from './model/inventory-of';
import { l10n, type ExtensionContext, type LogOutputChannel, Uri, window } from 'vscode';
import type { Aws, AwsChanges } from '../aws';
import type { CommandContext } from './commands/context';
import { showFilterContext } from './commands/lists';
import { registerCommands } from './commands/register';
import { registerBulk } from './enforce/bulk/commands';
import { registerEnforcing } from './enforce/commands';
import type { FindCalls } from './enforce/evidence';
import type { AskDeclared } from './counterparts/declares';
import { registerCounterparts } from './counterparts/register';
import { registerGroups } from './enforce/groups/commands';
import { registerLiveActions } from './enforce/live-actions';
import { registerFleets } from './enforce/fleets/commands';
import { registerSources } from './enforce/sources/commands';
import { translateWith } from './l10n';
import { registerIdHover } from './mentions/hover';
import { createTree } from './model/tree';
import { createDecorations } from './view/decorations';
import { createDocuments } from './view/documents';
import { judgingSettings, onJudgingSettingsChanged } from './view/judging-settings';
import { loadAws } from './view/load-aws';
import { createMemory } from './view/memory';
import { createTreeProvider } from './view/tree-view';

/** What is older is read again when somebody looks. */
const STALE_MS = 5 * 60_000;
/** How often instances between two states are looked at, while the view is visible. */
const POLL_MS = 5000;

/** What tests and other parts may know of the sidebar. */
export interface ExplorerApi {
  /** True once the library for AWS was asked for. */
  readonly isAwsLoaded: boolean;
}

/**
 * @param isLinted whether the linter has looked at a document
 * @param findCalls asks the linter for the calls of IMDSv1 in a text
 * @param askDeclared asks the linter what instances a document declares
 */
export function registerExplorer(
  context: ExtensionContext,
  output: LogOutputChannel,
  isLinted: (uri: Uri) => boolean,
  findCalls: FindCalls,
  askDeclared: AskDeclared,
): ExplorerApi {
  translateWith((message, ...args) => l10n.t(message, ...args));
  const changeLog = Uri.joinPath(context.globalStorageUri, 'changes.jsonl').fsPath;
  let library: Promise<Aws & AwsChanges> | undefined;
  const aws = (): Promise<Aws & AwsChanges> => {
    if (library !== undefined) return library;
    library = loadAws(output, changeLog).catch((error: unknown) => {
      library = undefined;
      throw error;
    });
    library.then(
      () => enforcing.follow(),
      // Whoever asked is told.
      () => undefined,
    );
    return library;
  };
  const memory = createMemory(context.workspaceState);
  const decorations = createDecorations();
  const tree = createTree({
    aws,
    options: memory.options,
    pinnedRegions: memory.regions,
    now: Date.now,
    settings: judgingSettings,
    log: (message, error) => output.error(message, error instanceof Error ? error.message : String(error)),
    changed: (node) => provider.changed(node),
    marks: (session, record) => enforcing.marks(session, record),
  });
  const provider = createTreeProvider(tree.roots, decorations.set);
  const view = window.createTreeView('ec2Warden.account', {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const documents = createDocuments({
    aws,
    standing: (session) => inventoryOf(tree, session)?.session,
    context: (session) => {
      const inventory = tree.connectionOf(session.profile)?.inventory(session.region);
      const settings = judgingSettings();
      return inventory === undefined
        ? { settings }
        : { context: inventory.records(), complete: inventory.complete(), settings };
    },
  });
  const counterparts = registerCounterparts({ aws, tree, view, output }, askDeclared);
  const commandContext: CommandContext = {
    aws,
    tree,
    view,
    findInWorkspace: counterparts.findInWorkspace,
    memory,
    documents,
    output,
    isLinted,
    changed: (node) => provider.changed(node),
  };
  const enforcing = registerEnforcing(commandContext, findCalls, changeLog);

  let polling = false;
  const poll = setInterval(() => {
    if (!view.visible || polling || library === undefined) return;
    polling = true;
    void tree.pollPassing().finally(() => (polling = false));
  }, POLL_MS);
  context.subscriptions.push(
    view,
    provider,
    decorations,
    documents,
    tree,
    registerCommands(commandContext),
    counterparts,
    enforcing,
    registerBulk(commandContext, findCalls),
    registerSources(commandContext, findCalls),
    registerFleets(commandContext),
    registerGroups(commandContext),
    registerLiveActions(commandContext),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) tree.refreshOlderThan(STALE_MS);
    }),
    registerIdHover(tree),
    onJudgingSettingsChanged(() => tree.rejudge()),
    { dispose: () => clearInterval(poll) },
  );
  showFilterContext(commandContext);
  return {
    get isAwsLoaded() {
      return library !== undefined;
    },
  };
}
