/** From an id in a file to its node in the sidebar. */
import { l10n, window } from 'vscode';
import { sessionKey } from '../../aws/identity/session';
import type { CommandContext } from '../commands/context';
import { setFilter } from '../commands/lists';
import { findNode } from '../model/find-node';
import type { TreeNode } from '../model/node';
import type { Revealed } from './hover';
import { knownAs } from './known';

function isRevealed(value: unknown): value is Revealed {
  if (typeof value !== 'object' || value === null) return false;
  const { session, kind, id } = value as Partial<Record<keyof Revealed, unknown>>;
  return [session, kind, id].every((each) => typeof each === 'string');
}

export function reveal(context: CommandContext): (wish: unknown) => Promise<void> {
  return async (wish) => {
    if (!isRevealed(wish)) return;
    const { kind, id } = wish;
    const { tree, view } = context;
    const known = knownAs(tree, kind, id).find(({ session }) => sessionKey(session) === wish.session);
    const find = async (): Promise<TreeNode | undefined> =>
      known && findNode(await tree.roots(), known.session, kind, id);
    let node = await find();
    if (node === undefined && known !== undefined) {
      // It is behind another filter, or further down a long list.
      await setFilter(context, id);
      node = await find();
    }
    if (node === undefined) {
      void window.showInformationMessage(l10n.t('{0} is no longer in the sidebar.', id));
      return;
    }
    await view.reveal(node, { select: true, focus: true });
  };
}
