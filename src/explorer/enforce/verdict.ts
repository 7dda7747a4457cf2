/** Whether requiring tokens would break something: a word, and why. */
import { l10n } from '../l10n';
import type { Evidence } from './evidence';
import { notesOf } from './notes';
import { observationsOf } from './observations';

export type VerdictWord = 'safe' | 'likely-safe' | 'will-break' | 'unknown';

export interface Verdict {
  readonly is: VerdictWord;
  /** What leads to it, the gravest first. */
  readonly reasons: readonly string[];
  /** What is good to know, whatever the verdict. */
  readonly notes: readonly string[];
}

/** The gravest counts. */
const ORDER: readonly VerdictWord[] = ['will-break', 'unknown', 'likely-safe', 'safe'];

/** Never `safe` without data on all of the time looked at. */
export function judge(evidence: Evidence): Verdict {
  const observations = observationsOf(evidence).toSorted((a, b) => ORDER.indexOf(a.leads) - ORDER.indexOf(b.leads));
  return {
    is: observations[0]?.leads ?? 'unknown',
    reasons: observations.map(({ text }) => text),
    notes: notesOf(evidence),
  };
}

export function wordOf(is: VerdictWord): string {
  switch (is) {
    case 'safe':
      return l10n.t('Safe');
    case 'likely-safe':
      return l10n.t('Likely safe');
    case 'will-break':
      return l10n.t('Will break something');
    case 'unknown':
      return l10n.t('Unknown');
  }
}
