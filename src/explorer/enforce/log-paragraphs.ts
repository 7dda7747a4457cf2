/** Changes as paragraphs of the log that people read, whatever was changed. */
import type { LoggedChange } from '../../aws';
import { l10n } from '../l10n';

/** One change; `begun` is ISO 8601. */
export interface Paragraph {
  readonly id: string;
  readonly begun: string;
  readonly lines: readonly string[];
}

/** What differs from one kind of change to another. */
export interface Wording<Values extends object, Entry extends LoggedChange<Values>> {
  readonly nameOf: (entry: Entry) => string;
  /** A line for each value: what it was, and what it became. */
  readonly changeOf: (entry: Entry) => readonly string[];
  readonly readBack: (after: Values) => string;
  /** True where AWS has no way back. */
  readonly isForGood?: boolean;
}

function becameOf({ step, error }: LoggedChange<unknown>, isForGood: boolean): string {
  switch (step) {
    case 'begun':
      return isForGood
        ? l10n.t('begun; what became of it is not known')
        : l10n.t('begun; what became of it is not known, so it can be taken back');
    case 'done':
      return error === undefined ? l10n.t('done') : l10n.t('done, though AWS did not answer: {0}', error);
    case 'failed':
      return l10n.t('failed: {0}', error ?? '');
  }
}

/** Changes in their last state, in the order in which they began. A begun change and its end are two lines of the file and one paragraph here. */
export function paragraphsOf<Values extends object, Entry extends LoggedChange<Values>>(
  entries: readonly Entry[],
  { nameOf, changeOf, readBack, isForGood = false }: Wording<Values, Entry>,
): readonly Paragraph[] {
  const last = new Map(entries.map((entry) => [entry.id, entry]));
  const begun = new Map<string, string>();
  for (const { id, at } of entries) if (!begun.has(id)) begun.set(id, at);
  const undoneAt = new Map(
    [...last.values()].flatMap(({ undoes, step, at }) =>
      undoes !== undefined && step === 'done' ? [[undoes, at]] : [],
    ),
  );
  return [...last.values()].map((entry) => {
    const { id, account, region, arn, profile, after, step, undoes } = entry;
    const at = begun.get(id) ?? entry.at;
    const undone = undoneAt.get(id);
    return {
      id,
      begun: at,
      lines: [
        `${at}  ${nameOf(entry)}  ${undoes === undefined ? l10n.t('change') : l10n.t('undo')}: ${becameOf(entry, isForGood)}`,
        `  ${l10n.t('account {0}, {1}', account, region)}`,
        `  ${l10n.t('by {0} ({1})', arn, profile)}`,
        ...changeOf(entry).map((line) => `  ${line}`),
        ...(after === undefined || step === 'begun' ? [] : [`  ${l10n.t('read back: {0}', readBack(after))}`]),
        ...(undone === undefined ? [] : [`  ${l10n.t('taken back at {0}', undone)}`]),
      ],
    };
  });
}
