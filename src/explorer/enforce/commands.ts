/** The commands that change something, on the node that they were called on. */
import { commands, Disposable, l10n, Position, Range, Uri, window, workspace } from 'vscode';
import type { ChangeResult, InstanceRecord, Session } from '../../aws';
import type { CommandContext } from '../commands/context';
import { showFailure } from '../commands/identity';
import { extensionOf } from '../commands/open';
import type { TreeNode } from '../model/node';
import { isSame } from '../view/documents';
import { placeUri, SCHEME } from '../view/places';
import { changeLogText } from './change-log';
import { canUndo, enforce, outcomeInWords, type EnforceTools } from './enforce';
import type { Evidence, FindCalls } from './evidence';
import { ui } from './ui';
import { takeBack, undoLatest } from './undo';

type Work = (tools: EnforceTools, session: Session, id: string) => Promise<ChangeResult | undefined>;

export function registerEnforcing(context: CommandContext, findCalls: FindCalls): Disposable {
  const toolsNow = async (): Promise<EnforceTools> => ({
    aws: await context.aws(),
    findCalls,
    ui: { ...ui, showCalls: (session, evidence) => showCalls(context, session, evidence) },
    show: (session, instance) => show(context, session, instance),
    now: () => new Date(),
  });
  /** The session and the instance are those of the node, as it was when the command was called. */
  const onInstance =
    (work: Work) =>
    async (node?: TreeNode): Promise<void> => {
      const target = node ?? context.view.selection[0];
      const record = target?.resource?.();
      const session = target?.session;
      if (session === undefined || record?.kind !== 'instance') {
        void window.showInformationMessage(l10n.t('Select an instance in the sidebar first.'));
        return;
      }
      try {
        const tools = await toolsNow();
        const result = await work(tools, session, record.id);
        if (result !== undefined) await tell(tools, session, result);
      } catch (error) {
        if (!isCancellation(error)) showFailure(error);
      }
    };
  return Disposable.from(
    commands.registerCommand('ec2Warden.enforceImdsv2', onInstance(enforce)),
    commands.registerCommand(
      'ec2Warden.undoMetadataOptions',
      onInstance(async (tools, session, id) => {
        const { undoable } = await import('../../aws');
        return undoLatest(tools, undoable, session, id);
      }),
    ),
    commands.registerCommand('ec2Warden.openChangeLog', () => openChangeLog(context).catch(showFailure)),
  );
}

/** Tells what became of a change; who wants it back need only say so. */
async function tell(tools: EnforceTools, session: Session, result: ChangeResult): Promise<void> {
  const undo = canUndo(result) ? l10n.t('Undo') : undefined;
  if (!(await tools.ui.tell(outcomeInWords(result), undo))) return;
  await tell(tools, session, await takeBack(tools, session, result.entry, result.instance));
}

function isCancellation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { facts } = error as { facts?: { kind?: unknown } };
  return error.name === 'AbortError' || facts?.kind === 'cancelled';
}

/** Draws an instance as it was read, in the inventory of the very session that read it. */
function show({ tree }: CommandContext, session: Session, instance: InstanceRecord): void {
  const inventory = tree.connectionOf(session.profile)?.inventory(session.region);
  if (inventory !== undefined && isSame(inventory.session, session)) inventory.update(instance);
}

/** Opens the user data that was searched, at its first call. */
async function showCalls({ documents }: CommandContext, session: Session, evidence: Evidence): Promise<void> {
  const { instance, userData } = evidence;
  if (userData.is !== 'read') return;
  const place = { session, kind: 'instance', id: instance.id, what: 'user-data' } as const;
  const uri = placeUri(place, `user-data-${instance.id}.${extensionOf(userData.text)}`);
  documents.keep(uri, userData.text);
  const at = new Position(userData.calls[0]?.line ?? 0, 0);
  await window.showTextDocument(await workspace.openTextDocument(uri), { selection: new Range(at, at) });
}

async function openChangeLog({ aws, documents }: CommandContext): Promise<void> {
  const uri = Uri.from({ scheme: SCHEME, path: `/${l10n.t('Changes made by EC2 Warden')}.txt` });
  documents.keep(uri, changeLogText(await (await aws()).changes()));
  await window.showTextDocument(await workspace.openTextDocument(uri));
}
