/** How an instance's metadata service stands, in words. */
import type { InstanceRecord } from '../../../aws';
import { l10n } from '../../l10n';

/** `v1`: requests without a token are answered; `v2`: they are not; `off`: none is answered. */
export type Posture = 'v1' | 'v2' | 'off' | 'unknown';

export function postureOf({ metadata }: Pick<InstanceRecord, 'metadata'>): Posture {
  if (metadata.endpoint === 'disabled') return 'off';
  if (metadata.tokens === 'required') return 'v2';
  return metadata.tokens === 'optional' ? 'v1' : 'unknown';
}

export function postureInWords(posture: Posture): string {
  switch (posture) {
    case 'v1':
      return l10n.t('IMDSv1 allowed');
    case 'v2':
      return l10n.t('IMDSv2 required');
    case 'off':
      return l10n.t('metadata off');
    case 'unknown':
      return l10n.t('metadata options unknown');
  }
}
