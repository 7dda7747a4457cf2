/** Parts of descriptions that several kinds share. */
import { l10n } from '../l10n';

/** "3 days ago", by the clock that is handed in. @param iso ISO 8601 */
export function ageInWords(iso: string | undefined, now: number): string | undefined {
  if (iso === undefined) return undefined;
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (Number.isNaN(minutes)) return undefined;
  if (minutes < 1) return l10n.t('just now');
  if (minutes < 60) return minutes === 1 ? l10n.t('1 minute ago') : l10n.t('{0} minutes ago', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return hours === 1 ? l10n.t('1 hour ago') : l10n.t('{0} hours ago', hours);
  const days = Math.floor(hours / 24);
  return days < 730 ? l10n.t('{0} days ago', days) : l10n.t('{0} years ago', Math.floor(days / 365));
}

/** What remains when nothing is left out. */
export function present(parts: readonly (string | undefined)[]): string[] {
  return parts.filter((part): part is string => part !== undefined && part !== '');
}

/** The last part of an ARN: `arn:aws:iam::1:instance-profile/web` is `web`. */
export function arnName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
