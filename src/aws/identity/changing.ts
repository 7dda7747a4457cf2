/** What every change is made with, whatever is changed: a log to write it down in before, and a guard that is asked before anything is sent. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Surroundings } from '../aws';
import type { ChangeLog } from '../change-log/change-log';
import type { Connections } from './connections';
import { AwsFailure } from '../clients/failure';
import { assertMayChange } from './guard';
import type { Session } from './session';

export interface ChangingTools {
  readonly session: Session;
  readonly log: ChangeLog;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Throws where nothing may be changed, or where the session's caller is somebody else by now. */
  readonly guard: () => Promise<void>;
}

/** @throws AwsFailure where nothing may be changed */
export async function changingTools(
  session: Session,
  connected: Connections,
  surroundings: Surroundings,
  now: () => Date,
): Promise<ChangingTools> {
  const guard = async (): Promise<void> => {
    assertMayChange(session, surroundings.settings().readOnly);
    await connected.confirm(session);
  };
  await guard();
  if (!surroundings.changeLog) {
    const facts = { kind: 'guard', action: 'none', advice: 'Nothing was sent.' } as const;
    throw new AwsFailure('There is no place to write changes down, so nothing is changed.', facts);
  }
  return {
    session,
    log: surroundings.changeLog,
    now,
    wait: (milliseconds) => surroundings.wait?.(milliseconds) ?? sleep(milliseconds),
    guard,
  };
}
