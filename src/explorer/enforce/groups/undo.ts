/** Gives a network interface the security groups back that it had: chosen in the log, or right after. */
import type { GroupEntry, InterfaceEntry, InterfaceResult, Session } from '../../../aws';
import { l10n } from '../../l10n';
import { isRefused } from '../enforce';
import { sessionInWords } from '../question';
import type { UndoChoice } from '../undo-any';
import { apply, outcomeInWords } from './detach';
import type { GroupTools } from './tools';
import { changeInWords, interfaceInWords } from './words';

/** Of the library that is loaded when it is needed. */
export type UndoableGroups = (entries: readonly GroupEntry[]) => readonly InterfaceEntry[];

function goingBack({ before, sent }: InterfaceEntry): readonly string[] {
  return changeInWords(sent.groups, before.groups);
}

export function groupChoices(undoable: readonly InterfaceEntry[]): readonly UndoChoice<InterfaceEntry>[] {
  return undoable.map((entry) => ({
    entry,
    label: interfaceInWords(entry),
    description: l10n.t('account {0}, {1}', entry.account, entry.region),
    detail: `${entry.at} · ${goingBack(entry).join(', ')} · ${entry.profile}`,
  }));
}

/** Takes one change back, after asking. Undefined where nothing was changed. @throws AwsFailure */
export async function undoGroups(
  tools: GroupTools,
  session: Session,
  entry: InterfaceEntry,
): Promise<InterfaceResult | undefined> {
  if (isRefused(tools, session)) return undefined;
  const { aws, ui } = tools;
  const alias = await aws.accountAlias(session).catch(() => undefined);
  const name = interfaceInWords(entry);
  const answer = await ui.ask({
    message: l10n.t('Undo the change: {0}?', name),
    detail: [
      l10n.t('Network interface: {0}', name),
      ...sessionInWords(session, alias),
      '',
      ...goingBack(entry),
      l10n.t('It was changed by {0} at {1}.', entry.arn, entry.at),
      l10n.t('Where it has other groups by now, nothing is sent.'),
    ].join('\n'),
    action: l10n.t('Undo'),
  });
  return answer === 'yes' ? takeGroupsBack(tools, session, entry) : undefined;
}

/** Without asking: for whoever has just been told what was done. @throws AwsFailure */
export async function takeGroupsBack(
  tools: GroupTools,
  session: Session,
  entry: InterfaceEntry,
): Promise<InterfaceResult> {
  const title = l10n.t('Undoing the change: {0}', interfaceInWords(entry));
  return apply(tools, session, title, (signal) => tools.aws.undoInterfaceGroups(session, entry, { signal }));
}

/** Tells what became of a change, with an undo at hand. @throws AwsFailure of the undo */
export async function tellGroups(tools: GroupTools, session: Session, result: InterfaceResult): Promise<void> {
  const undo = l10n.t('Undo');
  const canUndo = result.state !== 'unchanged' && result.entry.undoes === undefined;
  const chosen = await tools.ui.offer(outcomeInWords(result), canUndo ? [undo] : []);
  if (chosen !== undo) return;
  await tellGroups(tools, session, await takeGroupsBack(tools, session, result.entry));
}
