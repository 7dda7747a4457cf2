/** Takes back any change of the log: which one is chosen first, and who does it is found out. */
import type { Aws, AwsChanges, ChangeEntry, Session } from '../../aws';
import { l10n } from '../l10n';
import type { Choice, ChoiceUi } from './choose-options';
import { changeInWords } from './options';
import { namedIn } from './question';
import { goingBack } from './undo';

/** A change that can be taken back, as it is listed. */
export type UndoChoice<Entry> = Choice & { readonly entry: Entry };

export function undoChoices(undoable: readonly ChangeEntry[]): readonly UndoChoice<ChangeEntry>[] {
  return undoable.map((entry) => ({
    entry,
    label: namedIn(entry),
    description: l10n.t('account {0}, {1}', entry.account, entry.region),
    detail: `${entry.at} · ${changeInWords(entry.sent, goingBack(entry)).join(', ')} · ${entry.profile}`,
  }));
}

/** A change of the log, the latest first; undefined where there is none, which is told, or where the list was closed. */
export async function chooseChange<Entry extends { readonly at: string }>(
  ui: ChoiceUi & { refuse(message: string): void },
  choices: readonly UndoChoice<Entry>[],
): Promise<Entry | undefined> {
  if (choices.length === 0) {
    ui.refuse(l10n.t('The log has no change that could be taken back.'));
    return undefined;
  }
  const chosen = await ui.pick(
    l10n.t('Undo a Change'),
    l10n.t('Choose a change to take back, the latest first'),
    [...choices].sort((a, b) => b.entry.at.localeCompare(a.entry.at)),
  );
  return chosen?.entry;
}

/** Sessions that stand, by the sidebar. */
export type Standing = (profile: string) => Session | undefined;

/**
 * A session in the account and region that a change was made in: the one of the same profile, else another one that stands, else by connecting.
 * @throws AwsFailure, or Error where the profile leads to another account by now
 */
export async function sessionFor(
  {
    aws,
    profiles,
    standing,
  }: { readonly aws: Aws & AwsChanges; readonly profiles: readonly string[]; readonly standing: Standing },
  { profile, account, region }: Pick<ChangeEntry, 'profile' | 'account' | 'region'>,
): Promise<Session> {
  for (const name of [profile, ...profiles]) {
    const session = standing(name);
    if (session?.account === account) return aws.inRegion(session, region);
  }
  const session = await aws.connect(profile, { region });
  if (session.account === account) return session;
  throw new Error(
    l10n.t(
      '{0} leads to account {1} by now, and the change was made in {2}. Nothing was sent.',
      profile,
      session.account,
      account,
    ),
  );
}
