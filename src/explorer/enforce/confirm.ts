/** One question about one change, and a second, typed one where something will break. */
import { l10n } from '../l10n';
import type { Evidence } from './evidence';
import type { EnforceTools } from './enforce';
import { judgeChange } from './judge-change';
import { nameOf, questionOf, wordsOf, type Asked, type Words } from './question';

type Confirming = Omit<Asked, 'verdict'> & {
  /** Undefined where the change makes nothing stricter. */
  readonly evidence: Evidence | undefined;
  /** Default: by what the change is. */
  readonly words?: Words;
};

/** @returns what was agreed to; undefined where nothing was */
export async function confirm(
  { ui }: Pick<EnforceTools, 'ui'>,
  { evidence, words, ...asked }: Confirming,
): Promise<'yes' | 'also' | undefined> {
  const { session, instance, change } = asked;
  const verdict = evidence && judgeChange(evidence, change);
  const answer = await ui.ask(questionOf({ ...asked, verdict }, words ?? wordsOf(instance, change)));
  if (answer === 'show' && evidence) await ui.showEvidence(session, asked.alias, evidence);
  if (answer !== 'yes' && answer !== 'also') return undefined;
  if (verdict?.is !== 'will-break') return answer;
  const { name = '', id } = instance;
  // A name with markup in it has been taken apart by a character that nobody can type.
  const word = name === '' || name.includes('\u2060') ? id : name;
  return (await ui.askToType(breaksInWords(asked, word), word)) ? answer : undefined;
}

function breaksInWords({ instance, change }: Pick<Asked, 'instance' | 'change'>, word: string): string {
  return change.endpoint === 'disabled'
    ? l10n.t(
        'Something will break. To switch the metadata service of {0} off all the same, type {1}',
        nameOf(instance),
        word,
      )
    : l10n.t('Something will break. To require tokens on {0} all the same, type {1}', nameOf(instance), word);
}
