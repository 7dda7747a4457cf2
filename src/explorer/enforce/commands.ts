/** The commands that change something, on the node that they were called on. */
import { commands, Disposable, l10n, window } from 'vscode';
import { isCancellation } from './cancellation';
import type {
  AwsChanges,
  ChangeEntry,
  ChangeResult,
  InterfaceEntry,
  ResourceRecord,
  Session,
  SourceEntry,
} from '../../aws';
import { sessionKey } from '../../aws/identity/session';
import type { CommandContext } from '../commands/context';
import { showFailure } from '../commands/identity';
import type { TreeNode } from '../model/node';
import { NO_MARKS, type ResourceMarks } from '../model/resource-nodes';
import { createAlone } from './alone';
import { changeMetadataOptions, type ChangeOptionsTools } from './change-options';
import { enforce } from './enforce';
import type { FindCalls } from './evidence';
import { followLog } from './follow-log';
import { createLogDocument } from './log-document';
import { createMarks } from './marks';
import { createEvidenceView } from './evidence-document/show';
import { showEvidence } from './evidence-document/gather';
import { show } from './show';
import { targetOf } from './target';
import { tell, watchAndTell, type TellTools, type Told } from './tell';
import { ui } from './ui';
import { undoEntry, undoLatest } from './undo';
import { undoableSources } from './sources/commands';
import { groupChoices } from './groups/undo';
import { chooseChange, sessionFor, undoChoices } from './undo-any';
import { createWatches, untilAborted } from './watches';

type Tools = ChangeOptionsTools & TellTools;

export interface Enforcing {
  /** What the log of changes and watching add to a node. */
  readonly marks: (session: Session, record: ResourceRecord) => ResourceMarks;
  /** Called once the library for AWS is there: reads the log now, and whenever it grows, also by another window. */
  readonly follow: () => void;
  readonly dispose: () => void;
}

/** @param log the path of the log of changes */
export function registerEnforcing(context: CommandContext, findCalls: FindCalls, log: string): Enforcing {
  const redraw = (): void => context.changed(undefined);
  const next = async () => (await import('../../aws')).undoableNext;
  const logDocument = createLogDocument(context, next);
  const marks = createMarks(context.aws, next, (entries) => {
    redraw();
    void logDocument.update(entries);
  });
  const refresh = (): void => void marks.refresh().catch((error: unknown) => context.output.error(String(error)));
  const readLog = async () => (await context.aws()).changes();
  const now = (): Date => new Date();
  const watches = createWatches(async () => ({ aws: await context.aws(), now, wait: untilAborted }), redraw);

  const evidenceView = createEvidenceView(context);

  const toolsNow = async (): Promise<Tools> => ({
    aws: await context.aws(),
    undoable: (await import('../../aws')).undoable,
    findCalls,
    findInWorkspace: context.findInWorkspace,
    ui: { ...ui, showEvidence: evidenceView.open },
    show: (session, instance) => show(context, session, instance),
    now,
    watches,
  });
  /** Does it and tells what became of it. */
  const attempt = async (work: (tools: Tools) => Promise<Told | undefined>): Promise<void> => {
    try {
      const tools = await toolsNow();
      const told = await work(tools).finally(refresh);
      if (told !== undefined) await tell(tools, told);
    } catch (error) {
      // Giving up after something was sent ends the waiting and throws nothing.
      if (isCancellation(error)) ui.refuse(l10n.t('Cancelled: nothing was changed.'));
      else showFailure(error);
    } finally {
      refresh();
    }
  };
  const alone = createAlone();
  /** The session and the instance are those of the node, as it was when the command was called. */
  const onInstance =
    (work: (tools: Tools, session: Session, id: string) => Promise<ChangeResult | undefined>) =>
    async (from?: TreeNode | string): Promise<void> => {
      const target = instanceOf(context, from);
      if (target === undefined) return;
      const { session, record } = target;
      await attempt((tools) =>
        alone(`${sessionKey(session)} ${record.id}`, async () => {
          const result = await work(tools, session, record.id);
          return result && { session, result };
        }),
      );
    };

  const commandsOf: Readonly<Record<string, (from?: never) => unknown>> = {
    enforceImdsv2: onInstance(enforce),
    changeMetadataOptions: onInstance(changeMetadataOptions),
    undoMetadataOptions: onInstance((tools, session, id) => undoLatest(tools, tools.undoable, session, id)),
    undoChange: (id?: unknown) =>
      attempt(async (tools) => {
        const undoable = (await next())(await tools.aws.changes());
        const entry =
          undoable.find((each) => each.id === id) ??
          (await chooseChange<ChangeEntry | SourceEntry | InterfaceEntry>(tools.ui, [
            ...undoChoices(undoable),
            ...(await undoableSources(tools.aws)),
            ...(await undoableGroupChanges(tools.aws)),
          ]));
        if (entry === undefined) return undefined;
        if ('target' in entry) {
          await commands.executeCommand('ec2Warden.undoSourceChange', entry.id);
          return undefined;
        }
        if ('networkInterface' in entry) {
          await commands.executeCommand('ec2Warden.undoGroupChange', entry.id);
          return undefined;
        }
        const session = await sessionFor({ aws: tools.aws, ...standingOf(context) }, entry);
        const result = await undoEntry(tools, session, entry);
        return result && { session, result };
      }),
    showEvidence: (node?: TreeNode) =>
      attempt(async (tools) => {
        const target = instanceOf(context, node);
        if (target !== undefined) await showEvidence(tools, target.session, target.record.id);
        return undefined;
      }),
    watchRefusedCalls: (node?: TreeNode) =>
      attempt(async (tools) => {
        const target = instanceOf(context, node);
        if (target !== undefined) await watchAndTell(tools, target.session, target.record);
        return undefined;
      }),
    stopWatchingRefusedCalls: (node?: TreeNode) => {
      const target = instanceOf(context, node);
      if (target !== undefined) watches.stop(target.session, target.record.id);
    },
    openChangeLog: () => logDocument.open().catch(showFailure),
  };
  const registered = Object.entries(commandsOf).map(([name, run]) =>
    commands.registerCommand(`ec2Warden.${name}`, run as (...args: unknown[]) => unknown),
  );
  let following: Disposable | undefined;
  return {
    marks: (session, { kind, id }) => {
      if (kind !== 'instance') return NO_MARKS;
      const isWatched = watches.isWatched(session, id);
      return {
        abilities: [...(marks.canUndo(session, id) ? ['undoable'] : []), isWatched ? 'watched' : 'unwatched'],
        details: isWatched ? [l10n.t('watching for refused calls')] : [],
      };
    },
    follow: () => {
      following ??= followLog(log, () => {
        refresh();
        // Marks are of instances alone; the document shows what else was changed, too.
        void readLog().then(logDocument.update, () => undefined);
      });
      refresh();
    },
    dispose: () => {
      following?.dispose();
      watches.dispose();
      Disposable.from(logDocument, evidenceView, ...registered).dispose();
    },
  };
}

/** The instance of a node or a document and whose it is; told where there is none. */
function instanceOf(context: CommandContext, from: TreeNode | string | undefined) {
  const { session, record } = targetOf(context, from) ?? {};
  if (session !== undefined && record?.kind === 'instance') return { session, record };
  void window.showInformationMessage(l10n.t('Select an instance in the sidebar first.'));
  return undefined;
}

/** The changes of security groups that can be taken back, as they are listed. */
async function undoableGroupChanges(aws: Pick<AwsChanges, 'groupChanges'>): Promise<ReturnType<typeof groupChoices>> {
  const { undoableGroups } = await import('../../aws');
  return groupChoices(undoableGroups(await aws.groupChanges()));
}

/** Profiles, and the sessions that they have here. */
export function standingOf({ tree }: CommandContext) {
  return {
    profiles: tree.profiles()?.profiles.map(({ name }) => name) ?? [],
    standing: (profile: string): Session | undefined => {
      const connection = tree.connectionOf(profile)?.connection();
      return connection?.is === 'connected' ? connection.session : undefined;
    },
  };
}
