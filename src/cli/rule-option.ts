import type { RuleMeta, Settings } from '../engine';
import { didYouMean } from './closest';
import { UsageError } from './fault';
import { SEVERITIES } from './severity';

const LEVELS = [...SEVERITIES, 'off'] as const;
type Level = (typeof LEVELS)[number];

/**
 * Reads `--rule ID=SEVERITY` options; the last one for an id counts.
 * @throws UsageError for a malformed option, an unknown id or an unknown severity.
 */
export function ruleSeverities(options: readonly string[], rules: readonly RuleMeta[]): Settings['rules'] {
  const severities: Record<string, Level> = {};
  const ids = rules.map(({ id }) => id);
  for (const option of options) {
    const equals = option.indexOf('=');
    if (equals < 0)
      throw new UsageError(`--rule ${option}: write it as ID=SEVERITY, for example --rule imdsv1-call=error.`);
    const id = option.slice(0, equals);
    const level = option.slice(equals + 1);
    if (!ids.includes(id)) {
      throw new UsageError(
        `--rule ${option}: there is no rule "${id}".${didYouMean(id, ids)} "ec2-warden rules" lists them all.`,
      );
    }
    if (!isLevel(level)) {
      throw new UsageError(
        `--rule ${option}: there is no severity "${level}".${didYouMean(level, LEVELS)} Choose from ${LEVELS.join(', ')}.`,
      );
    }
    severities[id] = level;
  }
  return severities;
}

function isLevel(text: string): text is Level {
  return (LEVELS as readonly string[]).includes(text);
}
