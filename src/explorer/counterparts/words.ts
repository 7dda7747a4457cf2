import { l10n } from '../l10n';
import type { Tie } from './ties';

/** Why somebody thinks that a declaration is an instance's: “equal user data”. */
export function tieInWords(tie: Tie): string {
  switch (tie.by) {
    case 'user-data':
      return tie.sure ? l10n.t('equal user data') : l10n.t('probably its user data');
    case 'stack':
      return l10n.t('resource {0} of stack {1}', tie.logicalId, tie.stack);
    case 'name':
      return l10n.t('probably, by the name {0}', tie.name);
  }
}
