/** The commands for security groups: deleting one, detaching one, and taking that back. */
import { commands, Disposable, l10n, window } from 'vscode';
import type { ResourceRecord } from '../../../aws';
import { sessionKey } from '../../../aws/identity/session';
import type { CommandContext } from '../../commands/context';
import { showFailure } from '../../commands/identity';
import { inventoryOf } from '../../model/inventory-of';
import type { TreeNode } from '../../model/node';
import { createAlone } from '../alone';
import { isCancellation } from '../cancellation';
import { standingOf } from '../commands';
import { refreshDocuments, show } from '../show';
import { targetOf, type Target } from '../target';
import { ui } from '../ui';
import { sessionFor } from '../undo-any';
import { deleteSecurityGroup, tellDeletion } from './delete-group';
import { detachSecurityGroup } from './detach';
import type { GroupTools } from './tools';
import { tellGroups, undoGroups } from './undo';

export function registerGroups(context: CommandContext): Disposable {
  const toolsNow = async (): Promise<GroupTools> => ({
    aws: await context.aws(),
    ui,
    findingsOf: (session, id) => inventoryOf(context.tree, session)?.findingsOf(id) ?? [],
    show: (session, record) => show(context, session, record),
    refresh: (session, ids) => refreshDocuments(context.documents, session, ids),
    readAgain: (session, kind) => inventoryOf(context.tree, session)?.refresh(kind),
    openLog: () => void commands.executeCommand('ec2Warden.openChangeLog'),
  });
  const attempt = async (work: (tools: GroupTools) => Promise<void>): Promise<void> => {
    try {
      await work(await toolsNow());
    } catch (error) {
      if (isCancellation(error)) ui.refuse(l10n.t('Cancelled: nothing was changed.'));
      else showFailure(error);
    }
  };
  const alone = createAlone();
  /** The session and the resource are those of the node, as it was when the command was called. */
  const onTarget =
    (
      wanted: (record: ResourceRecord) => string | undefined,
      work: (tools: GroupTools, target: Target) => Promise<void>,
    ) =>
    async (from?: TreeNode | string): Promise<void> => {
      const target = targetOf(context, from);
      const why =
        target === undefined ? l10n.t('Select a security group in the sidebar first.') : wanted(target.record);
      if (target === undefined || why !== undefined) {
        void window.showInformationMessage(why ?? '');
        return;
      }
      await attempt(async (tools) => {
        await alone(`${sessionKey(target.session)} ${target.record.id}`, () => work(tools, target));
      });
    };
  const commandsOf: Readonly<Record<string, (from?: never) => unknown>> = {
    deleteSecurityGroup: onTarget(
      ({ kind }) => (kind === 'security-group' ? undefined : l10n.t('Select a security group in the sidebar first.')),
      async (tools, { session, record }) => {
        const result = await deleteSecurityGroup(tools, session, record.id);
        if (result !== undefined) await tellDeletion(tools, result);
      },
    ),
    detachSecurityGroup: onTarget(
      ({ kind }) =>
        kind === 'key-pair' || kind === 'volume'
          ? l10n.t('Select an instance, a network interface or a security group in the sidebar first.')
          : undefined,
      async (tools, { session, record }) => {
        const result = await detachSecurityGroup(tools, session, record);
        if (result !== undefined) await tellGroups(tools, session, result);
      },
    ),
    undoGroupChange: (id?: unknown) =>
      attempt(async (tools) => {
        const { undoableGroups } = await import('../../../aws');
        const entry = undoableGroups(await tools.aws.groupChanges()).find((each) => each.id === id);
        if (entry === undefined) {
          ui.refuse(l10n.t('That change cannot be taken back any more.'));
          return;
        }
        const session = await sessionFor({ aws: tools.aws, ...standingOf(context) }, entry);
        const result = await undoGroups(tools, session, entry);
        if (result !== undefined) await tellGroups(tools, session, result);
      }),
  };
  return Disposable.from(
    ...Object.entries(commandsOf).map(([name, run]) =>
      commands.registerCommand(`ec2Warden.${name}`, run as (...args: unknown[]) => unknown),
    ),
  );
}
