/** Carries a change out: written down before it is sent, read back, and found out about where the answer of AWS is lost. */
import type { AwsFailure } from '../clients/failure';
import { isRefusal, withAdvice } from '../clients/refusal';
import { append, type ChangeLog, type LoggedChange } from './change-log';

export interface CarryTools {
  readonly log: ChangeLog;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export interface Carrying<Values, Entry extends LoggedChange<Values>> {
  readonly begun: Entry;
  readonly send: () => Promise<void>;
  /** As it is now; undefined where it is not there. */
  readonly read: () => Promise<Values | undefined>;
  /** True where what was sent is there. */
  readonly holds: (now: Values) => boolean;
  readonly explain: (error: unknown) => AwsFailure | Promise<AwsFailure>;
  /** How people know what is changed. */
  readonly name: string;
}

export interface CarriedOut<Values, Entry> {
  readonly entry: Entry;
  /** As it was read back; undefined where it could not be read. */
  readonly after: Values | undefined;
  /** False where AWS took it, and did not show it yet. */
  readonly holds: boolean;
}

/** Milliseconds before each look at what was sent. */
const LOOKS = [0, 300, 1000, 2000];

/** @throws AwsFailure where nothing was changed, or where nobody can tell; the log says which */
export async function carryOut<Values, Entry extends LoggedChange<Values>>(
  { log, now, wait }: CarryTools,
  { begun, send, read, holds, explain, name }: Carrying<Values, Entry>,
): Promise<CarriedOut<Values, Entry>> {
  /** As it is when it is as wanted, or as it was at the last look; undefined where it could not be read. */
  const lookUntil = async (): Promise<Values | undefined> => {
    let found: Values | undefined;
    for (const milliseconds of LOOKS) {
      if (milliseconds > 0) await wait(milliseconds);
      found = await read().catch(() => found);
      if (found !== undefined && holds(found)) return found;
    }
    return found;
  };
  const ended = (step: Entry['step'], after: Values | undefined, error: string | undefined): Entry => ({
    ...begun,
    step,
    at: now().toISOString(),
    ...(after === undefined ? {} : { after }),
    ...(error === undefined ? {} : { error }),
  });

  await append(log, begun);
  let lost: string | undefined;
  try {
    await send();
  } catch (error) {
    const failure = await explain(error);
    if (isRefusal(error, failure)) {
      await append(log, ended('failed', undefined, failure.message));
      throw failure;
    }
    lost = failure.message;
    const found = await lookUntil();
    if (found === undefined) {
      throw withAdvice(failure, `Whether AWS changed ${name} is not known: look again. The log has it.`);
    }
    if (!holds(found)) {
      await append(log, ended('failed', found, failure.message));
      throw withAdvice(failure, `It was read again, and nothing was changed. ${failure.facts.advice}`);
    }
  }
  const after = await lookUntil();
  const entry = ended('done', after, lost);
  await append(log, entry);
  return { entry, after, holds: after !== undefined && holds(after) };
}
