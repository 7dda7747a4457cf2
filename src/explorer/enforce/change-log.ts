/** The log of changes as a text for people, the latest first. */
import type { ChangeEntry } from '../../aws';
import { l10n } from '../l10n';
import { changeInWords, namedIn } from './question';

function becameOf({ step, error }: ChangeEntry): string {
  switch (step) {
    case 'begun':
      return l10n.t('begun; what became of it is not known, so it can be taken back');
    case 'done':
      return error === undefined ? l10n.t('done') : l10n.t('done, though AWS did not answer: {0}', error);
    case 'failed':
      return l10n.t('failed: {0}', error ?? '');
  }
}

export interface ChangeLogText {
  readonly text: string;
  /** The line, from 0, that a change begins on, by its id. */
  readonly lines: ReadonlyMap<string, number>;
}

/** One change; `begun` is ISO 8601. */
interface Paragraph {
  readonly id: string;
  readonly begun: string;
  readonly lines: readonly string[];
}

/**
 * Changes in their last state, the latest first. A begun change and its end are two lines of the file and one paragraph here.
 * @param others changes of other things than instances
 */
export function changeLogText(entries: readonly ChangeEntry[], others: readonly Paragraph[] = []): ChangeLogText {
  const last = new Map<string, ChangeEntry>();
  const begun = new Map<string, string>();
  for (const entry of entries) {
    last.set(entry.id, entry);
    if (!begun.has(entry.id)) begun.set(entry.id, entry.at);
  }
  const undoneBy = new Map(
    [...last.values()].flatMap(({ undoes, step, at }) =>
      undoes !== undefined && step === 'done' ? [[undoes, at]] : [],
    ),
  );
  const lines = [
    l10n.t('# Every change that EC2 Warden made or tried on this machine, the latest first. Nobody else is told.'),
    ...(last.size + others.length === 0 ? ['', l10n.t('# Nothing yet.')] : []),
  ];
  const places = new Map<string, number>();
  const own = [...last.values()].map((entry): Paragraph => {
    const at = begun.get(entry.id) ?? entry.at;
    return { id: entry.id, begun: at, lines: paragraphOf(entry, at, undoneBy.get(entry.id)) };
  });
  for (const paragraph of [...own, ...others].reverse().sort((a, b) => b.begun.localeCompare(a.begun))) {
    lines.push('');
    places.set(paragraph.id, lines.length);
    lines.push(...paragraph.lines);
  }
  return { text: `${lines.join('\n')}\n`, lines: places };
}

function paragraphOf(entry: ChangeEntry, begun: string, undone: string | undefined): readonly string[] {
  const { account, region, arn, profile, before, sent, after, step, undoes } = entry;
  return [
    `${begun}  ${namedIn(entry)}  ${undoes === undefined ? l10n.t('change') : l10n.t('undo')}: ${becameOf(entry)}`,
    `  ${l10n.t('account {0}, {1}', account, region)}`,
    `  ${l10n.t('by {0} ({1})', arn, profile)}`,
    ...changeInWords(before, sent).map((line) => `  ${line}`),
    ...(after === undefined || step === 'begun' ? [] : [`  ${l10n.t('read back: {0}', JSON.stringify(after))}`]),
    ...(undone === undefined ? [] : [`  ${l10n.t('taken back at {0}', undone)}`]),
  ];
}
