/** The log of changes as a text for people, the latest first. */
import type { ChangeEntry } from '../../aws';
import { l10n } from '../l10n';
import { changeInWords } from './question';

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

/** Changes in their last state, the latest first. A begun change and its end are two lines of the file and one paragraph here. */
export function changeLogText(entries: readonly ChangeEntry[]): string {
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
  const head = l10n.t(
    '# Every change that EC2 Warden made or tried on this machine, the latest first. Nobody else is told.',
  );
  const paragraphs = [...last.values()].reverse().map((entry) => {
    const undone = undoneBy.get(entry.id);
    return [
      `${begun.get(entry.id) ?? entry.at}  ${entry.instance}  ${entry.undoes === undefined ? l10n.t('change') : l10n.t('undo')}: ${becameOf(entry)}`,
      `  ${l10n.t('account {0}, {1}', entry.account, entry.region)}`,
      `  ${l10n.t('by {0} ({1})', entry.arn, entry.profile)}`,
      ...changeInWords(entry.before, entry.sent).map((line) => `  ${line}`),
      ...(entry.after === undefined || entry.step === 'begun'
        ? []
        : [`  ${l10n.t('read back: {0}', JSON.stringify(entry.after))}`]),
      ...(undone === undefined ? [] : [`  ${l10n.t('taken back at {0}', undone)}`]),
    ].join('\n');
  });
  return `${[head, ...(paragraphs.length === 0 ? [l10n.t('# Nothing yet.')] : paragraphs)].join('\n\n')}\n`;
}
