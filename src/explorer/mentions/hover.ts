/** What the account has under an id that stands in a file, with the way to it. */
import {
  type Disposable,
  Hover,
  l10n,
  languages,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
} from 'vscode';
import { sessionKey } from '../../aws/identity/session';
import { kindOf } from '../kinds/registry';
import type { Tree } from '../model/tree';
import { asMarkdown } from '../view/markdown-text';
import { knownAs, type Known } from './known';
import { mentionAt } from './mention';

export const REVEAL_COMMAND = 'ec2Warden.account.reveal';

/** What the command is given: where a resource is, by the key of the session that shows it. */
export interface Revealed {
  readonly session: string;
  readonly kind: Known['record']['kind'];
  readonly id: string;
}

export function registerIdHover(tree: Pick<Tree, 'profiles' | 'connectionOf'>): Disposable {
  const provideHover = (document: TextDocument, position: Position): Hover | undefined => {
    // Nothing is loaded before somebody looks at the sidebar.
    if (tree.profiles() === undefined) return undefined;
    const mention = mentionAt(document.lineAt(position.line).text, position.character);
    if (mention === undefined) return undefined;
    const found = knownAs(tree, mention.kind, mention.id);
    if (found.length === 0) return undefined;
    const { line } = position;
    return new Hover(found.map(describe), new Range(line, mention.start, line, mention.start + mention.id.length));
  };
  return languages.registerHoverProvider('*', { provideHover });
}

function describe({ record, session, alias, findings, inventory }: Known): MarkdownString {
  const { label, details, icon } = kindOf(record.kind).view(record, inventory);
  const text = new MarkdownString(undefined, true);
  // What AWS returned is text; only the link below is a command.
  text.isTrusted = { enabledCommands: [REVEAL_COMMAND] };
  const rest = details.filter((detail) => detail !== record.id).join(' · ');
  text.appendMarkdown(`$(${icon.id}) **${asMarkdown(label)}** ${asMarkdown(rest)}`);
  const account = alias === undefined ? session.account : `${session.account} (${alias})`;
  const place = l10n.t('In {0} of account {1}, as {2}', session.region, account, session.profile);
  text.appendMarkdown(`\n\n${asMarkdown(place)}`);
  for (const { message, ruleId } of findings) {
    text.appendMarkdown(`\n\n$(warning) ${asMarkdown(`${message} (${ruleId})`)}`);
  }
  const revealed: Revealed = { session: sessionKey(session), kind: record.kind, id: record.id };
  const link = `command:${REVEAL_COMMAND}?${encodeURIComponent(JSON.stringify([revealed]))}`;
  return text.appendMarkdown(`\n\n[${l10n.t('Show in the sidebar')}](${link})`);
}
