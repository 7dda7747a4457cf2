/** The commands for many instances. */
import { inventoryOf } from '../../model/inventory-of';
import { commands, Disposable, l10n, window, type QuickPickItem } from 'vscode';
import { isCancellation } from '../cancellation';
import type { InstanceRecord, Session } from '../../../aws';
import type { CommandContext } from '../../commands/context';
import { showFailure } from '../../commands/identity';
import type { TreeNode } from '../../model/node';
import type { FindCalls } from '../evidence';
import { accountOf } from '../question';
import { ui } from '../ui';
import { requireOnMany, retry, undoRun, type BulkTools } from './flow';
import { summaryOf } from './report';
import type { Run } from './run';
import { createRuns, type Runs } from './runs';
import { showPlans } from './show-plans';
import { showTable } from './table-view';
import { connectedRegions, shownIds, targetsOf, type Target } from './targets';

export function registerBulk(context: CommandContext, findCalls: FindCalls): Disposable {
  const runs = createRuns(context.documents);
  const toolsNow = async (): Promise<BulkTools> => {
    const [aws, library] = [await context.aws(), await import('../../../aws')];
    const tools: BulkTools = {
      aws,
      library,
      findCalls,
      findInWorkspace: context.findInWorkspace,
      ui: {
        progress: ui.progress,
        ask: ui.ask,
        askToType: ui.askToType,
        refuse: ui.refuse,
        table: showTable,
        report: (run) => report(tools, runs, run),
        showPlans: (plans) => showPlans(context.documents, plans),
      },
      show: (session, instance) => show(context, session, instance),
      now: () => new Date(),
    };
    return tools;
  };
  const guarded = (work: (tools: BulkTools) => Promise<void>): Promise<void> =>
    toolsNow()
      .then(work)
      .catch((error: unknown) => {
        if (!isCancellation(error)) showFailure(error);
      });

  /** On what was selected where it is called from the tree, else on what somebody chooses. */
  const onSelection =
    (goal: 'require' | 'plan') =>
    (node?: TreeNode, nodes?: readonly TreeNode[]): Promise<void> =>
      guarded(async (tools) => {
        const { tree, memory, view } = context;
        const selected = nodes ?? (node === undefined ? view.selection : [node]);
        const targets = await targetsOf(selected, tree, memory.options());
        const chosen = targets.length > 0 ? targets : await chooseTargets(context);
        if (chosen.length > 0) await requireOnMany(tools, chosen, goal);
      });
  const onRun =
    (work: (tools: BulkTools, run: Run) => Promise<void>) =>
    (address: unknown): Promise<void> | undefined => {
      const run = runs.find(address);
      return run && guarded((tools) => work(tools, run));
    };
  return Disposable.from(
    runs,
    commands.registerCommand('ec2Warden.enforceImdsv2OnMany', onSelection('require')),
    commands.registerCommand('ec2Warden.exportPlan', onSelection('plan')),
    commands.registerCommand('ec2Warden.retryFailedChanges', onRun(retry)),
    commands.registerCommand('ec2Warden.undoTheseChanges', onRun(undoRun)),
  );
}

/** Opens the report; what is offered in it is offered here, too. */
async function report(tools: BulkTools, runs: Runs, run: Run): Promise<void> {
  await runs.open(run);
  const again = l10n.t('Retry the Failed Ones');
  const undo = l10n.t('Undo All of These');
  const hasFailed = run.outcomes.some(({ is }) => is !== 'done');
  const canUndo = run.what === 'require' && run.outcomes.some(({ is }) => is !== 'not-begun');
  const actions = [...(hasFailed ? [again] : []), ...(canUndo ? [undo] : [])];
  const tell = hasFailed ? window.showWarningMessage : window.showInformationMessage;
  const chosen = await tell(`${summaryOf(run)}.`, ...actions);
  if (chosen === again) await retry(tools, run);
  if (chosen === undo) await undoRun(tools, run);
}

interface Place extends QuickPickItem {
  readonly target: () => Promise<readonly Target[]>;
}

/** A region, or all that the filter shows of those that are in the tree. */
async function chooseTargets({ tree, memory }: CommandContext): Promise<readonly Target[]> {
  const sessions = connectedRegions(tree);
  if (sessions.length === 0) {
    void window.showInformationMessage(l10n.t('Open a profile in the sidebar first, or select instances there.'));
    return [];
  }
  const { filter } = memory.options();
  const shown = (): Promise<readonly Target[]> =>
    Promise.all(
      sessions.map(async (session) => ({ session, ids: await shownIds(tree, session, memory.options()) })),
    ).then((targets) => targets.filter(({ ids }) => ids.length > 0));
  const items: readonly Place[] = [
    ...(filter === '' ? [] : [{ label: l10n.t('What the filter “{0}” shows', filter), target: shown }]),
    ...sessions.map((session) => ({
      label: session.region,
      description: `${accountOf(session, undefined)} · ${session.profile}`,
      target: () => Promise.resolve([{ session, ids: undefined }]),
    })),
  ];
  const chosen = await window.showQuickPick([...items], { title: l10n.t('Require IMDSv2 on many: where?') });
  return chosen === undefined ? [] : chosen.target();
}

/** Draws an instance as it was read, in the inventory of the very session that read it. */
function show({ tree }: CommandContext, session: Session, instance: InstanceRecord): void {
  inventoryOf(tree, session)?.update(instance);
}
