/** Changes for new instances as paragraphs of the log that people read. */
import type { Settings, SourceEntry } from '../../../aws';
import { l10n } from '../../l10n';
import { settingsInWords, targetInWords } from './words';

export interface SourceParagraph {
  readonly id: string;
  /** When the change began; ISO 8601. */
  readonly begun: string;
  readonly lines: readonly string[];
}

function becameOf({ step, error }: SourceEntry): string {
  switch (step) {
    case 'begun':
      return l10n.t('begun; what became of it is not known, so it can be taken back');
    case 'done':
      return error === undefined ? l10n.t('done') : l10n.t('done, though AWS did not answer: {0}', error);
    case 'failed':
      return l10n.t('failed: {0}', error ?? '');
  }
}

/** Without what is of use to a program alone. */
function readBack(after: Settings): string {
  const shown = Object.entries(after).filter(
    ([name]) => !['latestDescription', 'latestTokens', 'template'].includes(name),
  );
  return JSON.stringify(Object.fromEntries(shown));
}

/** Changes in their last state, in the order in which they began. */
export function sourceParagraphs(entries: readonly SourceEntry[]): readonly SourceParagraph[] {
  const last = new Map(entries.map((entry) => [entry.id, entry]));
  const begun = new Map<string, string>();
  for (const { id, at } of entries) if (!begun.has(id)) begun.set(id, at);
  const undone = new Map(
    [...last.values()].flatMap(({ undoes, step, at }) =>
      undoes !== undefined && step === 'done' ? [[undoes, at]] : [],
    ),
  );
  return [...last.values()].map((entry) => {
    const { id, account, region, arn, profile, before, sent, after, step, undoes, target } = entry;
    const at = begun.get(id) ?? entry.at;
    const takenBack = undone.get(id);
    return {
      id,
      begun: at,
      lines: [
        `${at}  ${targetInWords(target)}  ${undoes === undefined ? l10n.t('change') : l10n.t('undo')}: ${becameOf(entry)}`,
        `  ${l10n.t('account {0}, {1}', account, region)}`,
        `  ${l10n.t('by {0} ({1})', arn, profile)}`,
        ...settingsInWords(before, sent).map((line) => `  ${line}`),
        ...(after === undefined || step === 'begun' ? [] : [`  ${l10n.t('read back: {0}', readBack(after))}`]),
        ...(takenBack === undefined ? [] : [`  ${l10n.t('taken back at {0}', takenBack)}`]),
      ],
    };
  });
}
