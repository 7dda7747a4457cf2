/** What was done to many instances, as a text: what failed and why comes first. */
import type { ChangeEntry, ChangeResult, Outcome } from '../../../aws';
import { l10n } from '../../l10n';
import { accountOf, nameOf } from '../question';
import { wordOf } from '../verdict';
import type { Judged } from './table';
import type { Undoing } from './question';
import type { Run } from './run';
import { keyOf } from './table';

type AnyOutcome = Outcome<Judged | Undoing, ChangeResult>;

export interface Counts {
  readonly done: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly notBegun: number;
}

export function countsOf({ outcomes }: Run): Counts {
  const unchanged = outcomes.filter((each) => each.is === 'done' && each.result.state === 'unchanged').length;
  const count = (is: AnyOutcome['is']): number => outcomes.filter((each) => each.is === is).length;
  return { done: count('done') - unchanged, unchanged, failed: count('failed'), notBegun: count('not-begun') };
}

/** `47 done, 3 failed`: for a notification and the head of the report. */
export function summaryOf(run: Run): string {
  const { done, unchanged, failed, notBegun } = countsOf(run);
  const parts = [
    run.what === 'require' ? l10n.t('{0} require tokens', done) : l10n.t('{0} taken back', done),
    ...(unchanged > 0 ? [l10n.t('{0} were as wanted', unchanged)] : []),
    ...(failed > 0 ? [l10n.t('{0} failed', failed)] : []),
    ...(notBegun > 0 ? [l10n.t('{0} not begun', notBegun)] : []),
  ];
  return parts.join(', ');
}

export function reportText(run: Run): string {
  const { outcomes, logged } = run;
  const of = (is: AnyOutcome['is']): readonly AnyOutcome[] => outcomes.filter((each) => each.is === is);
  const section = (
    title: string,
    all: readonly AnyOutcome[],
    lines: (each: AnyOutcome) => readonly string[],
  ): string[] => {
    if (all.length === 0) return [];
    const entries = all.map((each) => [headOf(each), ...lines(each).map((line) => `    ${line}`)].join('\n'));
    // Where there is nothing to say of each, they need no room between them.
    return [`## ${title} (${all.length})`, entries.join(entries.some((each) => each.includes('\n')) ? '\n\n' : '\n')];
  };
  const head =
    run.what === 'require'
      ? l10n.t('# Requiring IMDSv2: {0}', summaryOf(run))
      : l10n.t('# Undoing: {0}', summaryOf(run));
  return `${[
    `${head}\n# ${l10n.t('Begun at {0}', run.startedAt.toISOString())}`,
    ...section(l10n.t('Failed'), of('failed'), (each) => failureLines(each, logged.get(keyOf(each.item)))),
    ...section(l10n.t('Not begun'), of('not-begun'), notBegunLines),
    ...section(l10n.t('Done'), of('done'), doneLines),
  ].join('\n\n')}\n`;
}

function headOf({ item }: AnyOutcome): string {
  const { session, alias, instance } = item;
  const verdict = 'verdict' in item ? `: ${wordOf(item.verdict.is)}` : '';
  return `${nameOf(instance)}, ${session.region}, ${accountOf(session, alias)}${verdict}`;
}

function failureLines(outcome: AnyOutcome, entry: ChangeEntry | undefined): readonly string[] {
  if (outcome.is !== 'failed') return [];
  const { error } = outcome;
  const { facts } = error as { facts?: { advice?: unknown } };
  return [error.message, ...(typeof facts?.advice === 'string' ? [facts.advice] : []), becameOf(entry)];
}

/** What the log knows of a change that failed here. */
function becameOf(entry: ChangeEntry | undefined): string {
  switch (entry?.step) {
    case undefined:
      return l10n.t('Nothing was sent.');
    case 'failed':
      return l10n.t('It was sent, and not made.');
    case 'done':
      return l10n.t('It was made all the same.');
    case 'begun':
      return l10n.t('It was sent, and nobody can tell whether it was made: it can be taken back.');
  }
}

function notBegunLines(outcome: AnyOutcome): readonly string[] {
  if (outcome.is !== 'not-begun') return [];
  return [outcome.error === undefined ? l10n.t('It was cancelled before.') : outcome.error.message];
}

function doneLines(outcome: AnyOutcome): readonly string[] {
  if (outcome.is !== 'done') return [];
  switch (outcome.result.state) {
    case 'applied':
      return [];
    case 'at-start':
      return [l10n.t('It applies when the instance starts.')];
    case 'pending':
      return [l10n.t('It was sent, and AWS had not finished when the waiting ended.')];
    case 'unchanged':
      return [l10n.t('Nothing was sent: it was as it was wanted.')];
  }
}
