/** The verdict on a change: that on requiring tokens, and what is more where the metadata service is switched off. */
import type { MetadataOptionsChange } from '../../aws';
import { arnName } from '../kinds/words';
import { l10n } from '../l10n';
import type { Evidence } from './evidence';
import { judge, type Verdict } from './verdict';

/** Without a metadata service calls with a token fail as well, and nobody counts those: it is never safe. */
export function judgeChange(evidence: Evidence, change: MetadataOptionsChange): Verdict {
  const verdict = judge(evidence);
  if (change.endpoint !== 'disabled') return verdict;
  const role = evidence.instance.instanceProfileArn;
  const uncounted = l10n.t('CloudWatch does not count calls with a token, so nobody can tell who else reads metadata.');
  if (role === undefined) {
    const is = verdict.is === 'will-break' ? verdict.is : 'unknown';
    return { ...verdict, is, reasons: [uncounted, ...verdict.reasons] };
  }
  const starved = l10n.t(
    'What uses its role {0} gets no credentials any more: SSM Agent, SDKs and the AWS CLI.',
    arnName(role),
  );
  return { ...verdict, is: 'will-break', reasons: [starved, uncounted, ...verdict.reasons] };
}
