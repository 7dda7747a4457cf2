import type { LiveFinding } from '../../aws';
import { l10n } from '../l10n';

/** How many findings there are, of each loudness. A hint counts as information. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

export const NO_FINDINGS: FindingCounts = { errors: 0, warnings: 0, notes: 0 };

export function countFindings(findings: Iterable<Pick<LiveFinding, 'severity'>>): FindingCounts {
  let errors = 0;
  let warnings = 0;
  let notes = 0;
  for (const { severity } of findings) {
    if (severity === 'error') errors += 1;
    else if (severity === 'warning') warnings += 1;
    else notes += 1;
  }
  return { errors, warnings, notes };
}

export function addCounts(all: Iterable<FindingCounts>): FindingCounts {
  let sum = NO_FINDINGS;
  for (const { errors, warnings, notes } of all) {
    sum = { errors: sum.errors + errors, warnings: sum.warnings + warnings, notes: sum.notes + notes };
  }
  return sum;
}

export function totalOf({ errors, warnings, notes }: FindingCounts): number {
  return errors + warnings + notes;
}

/** "1 error, 2 warnings", or nothing. */
export function countsInWords({ errors, warnings, notes }: FindingCounts): string {
  return [
    errors === 1 ? l10n.t('1 error') : errors > 1 ? l10n.t('{0} errors', errors) : '',
    warnings === 1 ? l10n.t('1 warning') : warnings > 1 ? l10n.t('{0} warnings', warnings) : '',
    notes === 1 ? l10n.t('1 note') : notes > 1 ? l10n.t('{0} notes', notes) : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
