/** A change goes back where it was made, and nowhere else. */
import { AwsFailure, type FailureFacts } from '../clients/failure';
import type { Session } from '../identity/session';
import type { LoggedChange } from './change-log';

export function refused(message: string, advice: string, action: FailureFacts['action'] = 'none'): AwsFailure {
  return new AwsFailure(message, { kind: 'guard', action, advice });
}

/** @throws AwsFailure where a session is of another account or region than a change */
export function assertMadeIn(session: Session, { account, region, profile }: LoggedChange<unknown>): void {
  if (account === session.account && region === session.region) return;
  throw refused(
    `That change was made in ${region} of account ${account}, not in ${session.region} of ${session.account}.`,
    `Connect as ${profile}.`,
    'connect',
  );
}
