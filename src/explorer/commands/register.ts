import { commands, Disposable } from 'vscode';
import type { TreeNode } from '../model/node';
import { copyAddress, copyArn, copyId, copySsh, copyText, openInConsole } from './clipboard';
import type { CommandContext, NodeCommand } from './context';
import { connect, explain, login, openConfig, openPlace, openProfile, saveSession, showFailure } from './identity';
import { askFilter, askGroup, askSort, clearFilter } from './lists';
import { reveal } from '../mentions/reveal';
import { openResource, openUserData, showUserDataFix } from './open';
import { chooseRegions, removeRegion } from './regions';

/** All commands of the sidebar. Each takes its session from its node: nothing here knows of a current profile. */
export function registerCommands(context: CommandContext): Disposable {
  const { tree, view } = context;
  /** On the node that it was called on, else on what is selected. */
  const onNode =
    (command: NodeCommand) =>
    async (node?: TreeNode, all?: readonly TreeNode[]): Promise<void> => {
      const selected = all ?? (node === undefined ? view.selection : [node]);
      const first = node ?? selected[0];
      if (first === undefined) return;
      try {
        await command(first, selected);
      } catch (error) {
        showFailure(error);
      }
    };
  const table: Readonly<Record<string, (...args: never[]) => unknown>> = {
    refresh: () => tree.refresh(undefined),
    refreshNode: onNode((node) => tree.refresh(node)),
    cancel: onNode((node) => cancelList(context, node)),
    showMore: onNode((node) => tree.showMore(node)),
    filter: () => askFilter(context),
    clearFilter: clearFilter(context),
    sort: () => askSort(context),
    group: () => askGroup(context),
    copyId: onNode(copyId),
    copyArn: onNode(copyArn),
    copyAddress: onNode(copyAddress),
    copySsh: onNode(copySsh),
    copyText,
    openInConsole: onNode(openInConsole(context)),
    openResource: onNode(openResource),
    openUserData: onNode(openUserData(context)),
    showUserDataFix: onNode(showUserDataFix(context)),
    openPlace,
    openProfile: onNode(openProfile(context)),
    openConfig: openConfig(context),
    connect: connect(context),
    login,
    saveSession: onNode(saveSession(context)),
    explain: explain(context),
    chooseRegions: chooseRegions(context),
    removeRegion: onNode(removeRegion(context)),
    reveal: reveal(context),
  };
  return Disposable.from(
    ...Object.entries(table).map(([name, run]) =>
      commands.registerCommand(`ec2Warden.account.${name}`, run as (...args: unknown[]) => unknown),
    ),
  );
}

/** Stops reading a list; what has come stays, and says that it is not all. */
function cancelList({ tree, changed }: CommandContext, node: TreeNode): void {
  const { session, kind } = node;
  if (session === undefined || kind === undefined) return;
  tree.connectionOf(session.profile)?.inventory(session.region)?.list(kind).cancel();
  changed(node);
}
