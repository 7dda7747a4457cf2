/** What is wrong with comments that silence findings. */
import type { RuleMeta } from './rule';
import { rulePage } from './rule';

export const UNUSED_SUPPRESSION: RuleMeta = {
  id: 'unused-suppression',
  title: 'Suppression that silences nothing',
  description:
    'A comment that disables a rule where the rule has nothing to say. It would hide the next finding there.',
  severity: 'hint',
  fix: 'suggestion',
  url: rulePage('unused-suppression'),
};

export const INVALID_SUPPRESSION: RuleMeta = {
  id: 'invalid-suppression',
  title: 'Suppression without a known rule',
  description:
    'A comment that disables findings has to name the rules that it means. This one names none, or one that does not exist, and has no effect.',
  severity: 'warning',
  fix: 'none',
  url: rulePage('invalid-suppression'),
};
