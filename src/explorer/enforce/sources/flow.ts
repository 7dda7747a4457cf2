/**
 * Requires tokens for new instances: what they start from, a choice, evidence, a question, the change. One session goes through all of it, the one of the region
 * that was chosen; and what the question showed must be there still when the change is made.
 */
import type { Aws, AwsChanges, Session, SourceEntry, SourceResult } from '../../../aws';
import { l10n } from '../../l10n';
import type { FindCalls } from '../evidence';
import type { Question } from '../question';
import { accountOf } from '../question';
import type { SourceAction } from './actions';
import { gatherSourceEvidence, judgeSource, type SearchedVersion } from './evidence';
import { itemsOf, type SourceItem } from './items';
import { outcomeInWords, questionOf } from './question';
import { targetInWords } from './words';

export interface SourceUi {
  progress<T>(title: string, work: (report: (text: string) => void, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** A source of a list with headings; undefined where it was closed. */
  pickSource(title: string, items: readonly SourceItem[]): Promise<SourceItem | undefined>;
  pickAction(title: string, actions: readonly SourceAction[]): Promise<SourceAction | undefined>;
  /** A modal; undefined where it was closed. */
  ask(question: Question): Promise<'yes' | 'also' | 'show' | undefined>;
  /** True where exactly `word` was typed. */
  confirmByTyping(title: string, prompt: string, word: string): Promise<boolean>;
  refuse(message: string): void;
  /** Tells what was done and offers an action; true where it was taken. */
  tell(message: string, action: string | undefined): Promise<boolean>;
  /** Opens user data that was searched, at its first call. */
  showUserData(session: Session, searched: SearchedVersion): Promise<void>;
}

export interface SourceTools {
  readonly aws: Aws & AwsChanges;
  readonly findCalls: FindCalls;
  readonly ui: SourceUi;
}

/** `eu-central-1 of account 222233334444 (tidewater)` */
const placeOf = (session: Session, alias: string | undefined): string =>
  l10n.t('{0} of account {1}', session.region, accountOf(session, alias));

/** Why this session may change nothing, told; false where it may. */
export function isRefused({ aws, ui }: SourceTools, session: Session): boolean {
  const { readOnly } = aws.status(session);
  if (readOnly !== undefined) ui.refuse(l10n.t('{0} Nothing was changed.', readOnly));
  return readOnly !== undefined;
}

/** @throws AwsFailure, with the words to tell */
export async function requireForNew(tools: SourceTools, session: Session): Promise<void> {
  const { aws, ui } = tools;
  if (isRefused(tools, session)) return;
  const alias = await aws.accountAlias(session).catch(() => undefined);
  const place = placeOf(session, alias);
  const sources = await ui.progress(
    l10n.t('Looking at what new instances start from in {0}', place),
    (_report, signal) => aws.sources(session, { signal }),
  );
  const item = await ui.pickSource(l10n.t('What new instances start from in {0}', place), itemsOf(sources));
  if (item === undefined) return;
  const action = await chooseAction(tools, item);
  if (action === undefined) return;
  const done = await confirmAndChange(tools, session, alias, action);
  if (done === undefined || done.length === 0) return;
  const results = done.filter(({ state }) => state !== 'unchanged');
  const isUndoable = results.length > 0 && action.change.target.kind !== 'image';
  const undo = isUndoable ? l10n.t('Undo') : undefined;
  if (await ui.tell(outcomeInWords(done), undo))
    await takeAllBack(
      tools,
      session,
      results.map(({ entry }) => entry),
    );
}

async function chooseAction({ ui }: SourceTools, { options, label }: SourceItem): Promise<SourceAction | undefined> {
  const { actions, why } = options;
  const [only] = actions;
  if (only === undefined) {
    ui.refuse(why ?? l10n.t('There is nothing to be done about it.'));
    return undefined;
  }
  return actions.length === 1 ? only : ui.pickAction(label.replace(/^\$\([\w-]+\) /, ''), actions);
}

/** What was done, in order; undefined where nothing was, by choice. */
async function confirmAndChange(
  tools: SourceTools,
  session: Session,
  alias: string | undefined,
  action: SourceAction,
): Promise<readonly SourceResult[] | undefined> {
  const { aws, ui } = tools;
  const name = targetInWords(action.change.target);
  const { evidence, check } = await ui.progress(l10n.t('Gathering evidence: {0}', name), async (_report, signal) => {
    const [found, allowed] = await Promise.all([
      gatherSourceEvidence(tools, session, action.evidence, signal),
      aws.checkSource(session, action.change),
    ]);
    return { evidence: found, check: allowed };
  });
  const verdict = judgeSource(evidence);
  const answer = await ui.ask(questionOf(session, alias, action, evidence, check));
  if (answer === 'show') {
    const [first] = evidence.searched.filter(({ calls = [] }) => calls.length > 0);
    if (first) await ui.showUserData(session, first);
    return undefined;
  }
  if (answer !== 'yes') return undefined;
  const title = action.grave ?? (verdict.is === 'will-break' ? l10n.t('Something will break') : undefined);
  if (title !== undefined) {
    const word = wordFor(session, action);
    const prompt = l10n.t('{0}. To do it all the same in {1}, type {2}', title, placeOf(session, alias), word);
    if (!(await ui.confirmByTyping(title, prompt, word))) return undefined;
  }
  return ui.progress(l10n.t('Changing {0}', name), () => change(tools, session, action));
}

/** Something that nobody types by habit. */
function wordFor({ account }: Session, { change: { target } }: SourceAction): string {
  switch (target.kind) {
    case 'account-default':
      return account;
    case 'image':
      return target.id;
    default:
      return target.name;
  }
}

/** The change, and the new version made the default where that was wanted and it differs in nothing else. */
async function change({ aws }: SourceTools, session: Session, action: SourceAction): Promise<readonly SourceResult[]> {
  const first = await aws.changeSource(session, action.change);
  const made = first.entry.after?.['latestVersion'];
  const standard = first.entry.before['defaultVersion'];
  const isReady =
    first.state === 'done' && first.differences.length === 0 && made !== undefined && standard !== undefined;
  if (action.thenDefault !== true || !isReady) return [first];
  const second = await aws.changeSource(session, {
    target: action.change.target,
    set: { defaultVersion: made },
    expect: { defaultVersion: standard },
  });
  return [first, second];
}

/** The latest first. @throws AwsFailure */
export async function takeAllBack(
  { aws, ui }: Pick<SourceTools, 'aws' | 'ui'>,
  session: Session,
  entries: readonly SourceEntry[],
): Promise<void> {
  const title = l10n.t('Undoing the change: {0}', entries[0] === undefined ? '' : targetInWords(entries[0].target));
  const done = await ui.progress(title, async () => {
    const results: SourceResult[] = [];
    for (const entry of [...entries].reverse()) results.push(await aws.undoSource(session, entry));
    return results;
  });
  await ui.tell(outcomeInWords(done), undefined);
}
