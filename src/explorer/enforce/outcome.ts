/** What became of a change, as a sentence. */
import type { ChangeResult } from '../../aws';
import { l10n } from '../l10n';
import { changeInWords, OPTIONS, type OptionName } from './options';
import { nameOf } from './question';

/** By what was read back, not by what was sent. */
export function outcomeInWords(result: ChangeResult): string {
  const { error } = result.entry;
  const outcome = outcomeOf(result);
  return error === undefined
    ? outcome
    : `${outcome} ${l10n.t('AWS was asked again, as its answer was lost: {0}', error)}`;
}

function outcomeOf({ state, instance, entry }: ChangeResult): string {
  const name = nameOf(instance);
  switch (state) {
    case 'applied':
      return appliedInWords(name, { instance, entry });
    case 'at-start':
      return l10n.t('It is set for {0}, and applies when the instance starts.', name);
    case 'pending':
      return l10n.t('It was sent for {0}, and AWS had not finished when the waiting ended.', name);
    case 'unchanged':
      return l10n.t('Nothing was sent: {0} is as it was wanted.', name);
  }
}

function appliedInWords(name: string, { instance, entry }: Pick<ChangeResult, 'instance' | 'entry'>): string {
  const { before, sent, undoes } = entry;
  if (undoes !== undefined) return l10n.t('{0} has its former metadata options again.', name);
  const isNow = (options: readonly OptionName[]) =>
    changeInWords(
      before,
      Object.fromEntries(
        options.filter((option) => option in sent).map((option) => [option, instance.metadata[option]]),
      ),
    );
  const requires = sent.tokens === 'required' && instance.metadata.tokens === 'required';
  if (!requires) return l10n.t('{0} is changed. {1}.', name, isNow(OPTIONS).join(', '));
  const others = isNow(OPTIONS.filter((option) => option !== 'tokens'));
  const done = l10n.t('{0} requires tokens now.', name);
  return others.length === 0 ? done : `${done} ${others.join(', ')}.`;
}

/** True where there is something to take back. */
export function canUndo({ state, entry }: Pick<ChangeResult, 'state' | 'entry'>): boolean {
  return state !== 'unchanged' && entry.undoes === undefined;
}
