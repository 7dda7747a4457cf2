/** Takes back a change of what new instances start from: which one is chosen first, then asked for by name. */
import type { Session, Settings, SourceChange, SourceEntry } from '../../../aws';
import { l10n } from '../../l10n';
import type { Choice } from '../choose-options';
import { sessionInWords } from '../question';
import { isRefused, takeAllBack, type SourceTools } from './flow';
import { settingsInWords, targetInWords } from './words';

/** What takes an entry back; undefined where AWS has no way. Of the library that is loaded when it is needed. */
export type Reverse = (entry: SourceEntry) => SourceChange | undefined;

/** Of one account and region; of the library, too. */
type Undoable = (
  entries: readonly SourceEntry[],
  place: { readonly account: string; readonly region: string },
) => readonly SourceEntry[];

/** What can be taken back in all accounts and regions, the latest first. */
export function undoableEverywhere(undoable: Undoable, entries: readonly SourceEntry[]): readonly SourceEntry[] {
  const places = new Map(entries.map((entry) => [`${entry.account} ${entry.region}`, entry]));
  return [...places.values()].flatMap((place) => undoable(entries, place)).sort((a, b) => b.at.localeCompare(a.at));
}

/** What goes back, in lines. */
export function goingBack(reverse: Reverse, entry: SourceEntry): readonly string[] {
  const change = reverse(entry);
  const now: Settings = change?.expect ?? {};
  return change === undefined ? [] : settingsInWords(now, change.set);
}

export function choicesOf(
  reverse: Reverse,
  undoable: readonly SourceEntry[],
): readonly (Choice & { readonly entry: SourceEntry })[] {
  return undoable.map((entry) => ({
    entry,
    label: targetInWords(entry.target),
    description: l10n.t('account {0}, {1}', entry.account, entry.region),
    detail: `${entry.at} · ${goingBack(reverse, entry).join(', ')} · ${entry.profile}`,
  }));
}

/** Asks, and takes it back. @throws AwsFailure */
export async function undoSourceEntry(
  tools: SourceTools,
  reverse: Reverse,
  session: Session,
  entry: SourceEntry,
): Promise<void> {
  const { aws, ui } = tools;
  if (isRefused(tools, session)) return;
  const lines = goingBack(reverse, entry);
  const alias = await aws.accountAlias(session).catch(() => undefined);
  const following = await namingVersion(tools, session, entry);
  const answer = await ui.ask({
    message: l10n.t('Undo the change: {0}?', targetInWords(entry.target)),
    detail: [
      ...sessionInWords(session, alias),
      '',
      ...lines,
      l10n.t('It was changed by {0} at {1}.', entry.arn, entry.at),
      ...following,
    ].join('\n'),
    action: l10n.t('Undo'),
  });
  if (answer === 'yes') await takeAllBack(tools, session, [entry]);
}

/** Groups that name the version by number that would be deleted: AWS lets it be deleted all the same, and they start nothing any more. */
async function namingVersion({ aws }: SourceTools, session: Session, entry: SourceEntry): Promise<readonly string[]> {
  const { target, sent, after } = entry;
  if (target.kind !== 'launch-template' || !('newVersionFrom' in sent)) return [];
  const made = String(after?.['latestVersion'] ?? '');
  const { groups } = await aws.sources(session);
  if (groups.is === 'failed') return [l10n.t('Which Auto Scaling groups use it could not be read.')];
  const naming = groups.value.filter(({ templates }) =>
    templates.some(({ id, version }) => id === target.id && version === made),
  );
  if (naming.length === 0) return [];
  const names = naming.map(({ name }) => name).join(', ');
  return [l10n.t('Auto Scaling: {0} names this version and could start no instance any more: change it first.', names)];
}
