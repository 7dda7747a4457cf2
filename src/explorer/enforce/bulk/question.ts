/** The one question before many instances are changed: where, how many of each verdict, and what changes. */
import type { ChangeEntry, Session } from '../../../aws';
import { sessionKey } from '../../../aws/identity/session';
import { l10n } from '../../l10n';
import { accountOf, changeInWords, type Question } from '../question';
import type { Candidate } from './candidates';
import { countsInWords, namesOf, type Judged } from './table';

/** What belongs to one session, in the order in which sessions come. */
export function bySession<T extends { readonly session: Session }>(
  rows: readonly T[],
): readonly { readonly session: Session; readonly rows: readonly T[] }[] {
  const groups = new Map<string, { session: Session; rows: T[] }>();
  for (const row of rows) {
    const key = sessionKey(row.session);
    const group = groups.get(key) ?? { session: row.session, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Accounts, and below each its regions, each with what is to be said of its rows. */
function placesInWords<T extends Candidate>(rows: readonly T[], say: (rows: readonly T[]) => string): string[] {
  const accounts = new Map<string, string[]>();
  for (const { session, rows: own } of bySession(rows)) {
    const account = l10n.t('Account: {0}', accountOf(session, own[0]?.alias));
    const caller = l10n.t('As: {0} ({1})', session.profile, session.arn);
    const key = `${account}\n${caller}`;
    const lines = accounts.get(key) ?? [account, caller];
    lines.push(l10n.t('Region: {0}: {1}', session.region, say(own)));
    accounts.set(key, lines);
  }
  return [...accounts.values()].flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

export function questionOfMany(rows: readonly Judged[]): Question {
  const stopped = rows.filter(({ instance }) => instance.state === 'stopped' || instance.state === 'stopping');
  const breaking = breakingOf(rows);
  const detail = [
    ...placesInWords(rows, (own) => l10n.t('{0} instances: {1}', own.length, countsInWords(own))),
    '',
    ...changeInWords({ tokens: 'optional' }, { tokens: 'required' }),
    l10n.t('Nothing else changes.'),
    ...(stopped.length > 0 ? [l10n.t('{0} are stopped: it applies when they start.', stopped.length)] : []),
    ...(breaking.length > 0
      ? ['', l10n.t('Will break something: {0}', namesOf(breaking.map(({ instance }) => instance)))]
      : []),
  ];
  return {
    message:
      bySession(rows).length > 1
        ? l10n.t('Require IMDSv2 on {0} instances, in several places? {1}.', rows.length, countsInWords(rows))
        : l10n.t('Require IMDSv2 on {0} instances? {1}.', rows.length, countsInWords(rows)),
    detail: detail.join('\n'),
    action: l10n.t('Require IMDSv2'),
  };
}

export function breakingOf(rows: readonly Judged[]): readonly Judged[] {
  return rows.filter(({ verdict }) => verdict.is === 'will-break');
}

/** What has to be typed before something is broken on purpose. */
export function confirmationOf(breaking: readonly Judged[]): { readonly prompt: string; readonly word: string } {
  const word = l10n.t('break {0}', breaking.length);
  const names = namesOf(breaking.map(({ instance }) => instance));
  return { word, prompt: l10n.t('Something will break on {0}. To require tokens all the same, type {1}', names, word) };
}

export interface Undoing extends Candidate {
  /** What goes back, the latest first. */
  readonly entries: readonly ChangeEntry[];
}

export function questionOfUndo(rows: readonly Undoing[]): Question {
  const first = rows[0]?.entries[0];
  const back =
    first === undefined
      ? []
      : changeInWords(
          first.sent,
          Object.fromEntries(Object.entries(first.before).filter(([option]) => option in first.sent)),
        );
  return {
    message: l10n.t('Undo the changes of {0} instances?', rows.length),
    detail: [...placesInWords(rows, (own) => l10n.t('{0} instances', own.length)), '', ...back].join('\n'),
    action: l10n.t('Undo All of These'),
  };
}
