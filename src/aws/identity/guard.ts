/** Where nothing may be changed: by the name of the profile or by the account. */
import { AwsFailure } from '../clients/failure';
import type { Session } from './session';

/** True where `text` is what `pattern` says; `*` stands for any text. Linear: each part is looked for once. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** Why a session may change nothing, as a sentence; undefined where it may. */
export function readOnlyReason(
  { profile, account }: Pick<Session, 'profile' | 'account'>,
  patterns: readonly string[],
): string | undefined {
  for (const pattern of patterns) {
    if (pattern === account) return `Account ${account} is set to read-only.`;
    if (matches(pattern, profile)) return `The profile ${profile} is set to read-only (${pattern}).`;
  }
  return undefined;
}

/** @throws AwsFailure where the session may change nothing */
export function assertMayChange(session: Session, patterns: readonly string[]): void {
  const reason = readOnlyReason(session, patterns);
  if (reason === undefined) return;
  throw new AwsFailure(reason, {
    kind: 'guard',
    action: 'none',
    advice: 'Take it off the setting for read-only profiles and accounts to allow changes.',
  });
}

/** A profile that was one caller and is another one by now. */
export function someoneElse(profile: string, now: string, before: string): AwsFailure {
  return new AwsFailure(`${profile} is somebody else by now: ${now}, not ${before}.`, {
    kind: 'guard',
    action: 'connect',
    advice: `Connect ${profile} again to go on as ${now}.`,
  });
}

/** A profile that was changed on the disk, and of which it cannot be told who it is without asking somebody. */
export function unconfirmed(profile: string, cause: AwsFailure): AwsFailure {
  return new AwsFailure(
    `${profile} was changed on the disk since it was connected, and who it is by now could not be found out. ${cause.message}`,
    { kind: 'guard', action: 'connect', advice: `Nothing was sent. Connect ${profile} again.` },
    { cause },
  );
}
