/** What is asked before a source of new instances is changed, and what is told after. */
import type { Session, SourceResult, SourceTarget } from '../../../aws';
import { l10n } from '../../l10n';
import { sessionInWords, type Question } from '../question';
import { wordOf } from '../verdict';
import type { SourceAction } from './actions';
import { judgeSource, type SourceEvidence } from './evidence';
import { settingsInWords, targetInWords } from './words';

/** What the sentence is about, where it does not say so itself. */
function subjectOf(target: SourceTarget): string {
  return target.kind === 'launch-template' || target.kind === 'auto-scaling-group' ? `${target.name}: ` : '';
}

export function questionOf(
  session: Session,
  alias: string | undefined,
  action: SourceAction,
  evidence: SourceEvidence,
  check: 'allowed' | 'untold',
): Question {
  const { target, set, expect = {} } = action.change;
  const verdict = judgeSource(evidence);
  const name = targetInWords(target);
  const detail = [
    name,
    ...sessionInWords(session, alias),
    '',
    ...settingsInWords({ ...action.before, ...expect }, set),
    ...(action.thenDefault === true
      ? [l10n.t('Default version: {0} → the new one', String(expect['defaultVersion'] ?? ''))]
      : []),
    ...action.consequences.map((line) => `• ${line}`),
    '',
    l10n.t('Verdict: {0}', wordOf(verdict.is)),
    ...verdict.reasons.map((reason) => `• ${reason}`),
    ...(check === 'untold' ? [`• ${l10n.t('Whether you may do it cannot be asked beforehand.')}`] : []),
  ];
  const hasCalls = evidence.searched.some(({ calls = [] }) => calls.length > 0);
  return {
    message: `${subjectOf(target)}${action.label}? ${wordOf(verdict.is)}.`,
    detail: detail.join('\n'),
    action: action.grave === undefined ? l10n.t('Change') : l10n.t('Change…'),
    ...(hasCalls ? { show: l10n.t('Show the Calls') } : {}),
  };
}

/** By what was read back. */
export function outcomeInWords(done: readonly SourceResult[]): string {
  return done.map((result) => outcomeOf(result)).join(' ');
}

function outcomeOf({ state, entry, differences }: SourceResult): string {
  const name = targetInWords(entry.target);
  const { sent, before, after = {} } = entry;
  if (state === 'unchanged') return l10n.t('{0} is so already: nothing was sent.', name);
  if (state === 'pending') return l10n.t('{0}: AWS took it, and did not show it yet when it was read back.', name);
  if ('newVersionFrom' in sent) {
    const version = String(after['latestVersion']);
    const made = l10n.t('{0} has version {1}, which requires tokens.', name, version);
    if (differences.length === 0) return made;
    const others = l10n.t(
      'It differs from version {0} in {1}, too, so it was not made the default.',
      String(sent['newVersionFrom']),
      differences.join(', '),
    );
    return `${made} ${others}`;
  }
  if ('deleteVersion' in sent) return l10n.t('{0} has no version {1} any more.', name, String(sent['deleteVersion']));
  const read = Object.fromEntries(Object.keys(sent).map((each) => [each, after[each] ?? '']));
  return `${name}: ${settingsInWords(before, read).join(', ')}.`;
}
