/** Looks for a while whether calls are refused for want of a token, by CloudWatch, which tells minutes late. */
import type { AwsChanges, Calls, Session } from '../../aws';

export const WATCH_MINUTES = 30;
const POLL_MS = 60_000;
/** Looks in a row that may fail before it is given up. */
const FAILURES = 3;

export interface WatchTools {
  readonly aws: Pick<AwsChanges, 'tokenUse'>;
  readonly now: () => Date;
  /** Comes back earlier where the signal is given. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * `refused`: that many calls, since the watching began; `quiet`: none; `no-data`: CloudWatch said nothing, which is not the same; `stopped`: by the signal; `failed`:
 * CloudWatch could not be asked.
 */
export type WatchOutcome =
  | { readonly is: 'refused'; readonly calls: number }
  | { readonly is: 'quiet' | 'no-data' | 'stopped' }
  | { readonly is: 'failed'; readonly error: unknown };

/** At most so many looks, one a minute. Asks in the session that is handed in, and in no other. */
export async function watchRefused(
  { aws, now, wait }: WatchTools,
  session: Session,
  instance: string,
  signal: AbortSignal,
): Promise<WatchOutcome> {
  const until = now().getTime() + WATCH_MINUTES * 60_000;
  let before: Calls | undefined;
  let isFirst = true;
  let sawData = false;
  let failures = 0;
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    try {
      const found = await refusedOf(aws, session, instance, signal);
      failures = 0;
      sawData ||= found !== undefined;
      const calls = isFirst ? 0 : more(before, found);
      if (calls > 0) return { is: 'refused', calls };
      if (isFirst) before = found;
      isFirst = false;
    } catch (error) {
      if (isStopped()) break;
      failures += 1;
      if (failures >= FAILURES) return { is: 'failed', error };
    }
    if (now().getTime() >= until) return { is: sawData ? 'quiet' : 'no-data' };
    await wait(POLL_MS, signal);
  }
  return { is: 'stopped' };
}

async function refusedOf(
  aws: WatchTools['aws'],
  session: Session,
  instance: string,
  signal: AbortSignal,
): Promise<Calls | undefined> {
  for await (const batch of aws.tokenUse(session, [instance], { days: 1, signal })) {
    const use = batch.find((each) => each.instance === instance);
    if (use) return use.rejected;
  }
  return undefined;
}

/** Hour by hour, as hours drop out at the end of the day that is looked at, while the present one grows. */
function more(before: Calls | undefined, now: Calls | undefined): number {
  const known = new Map(before?.hours.map(({ at, calls }) => [at.getTime(), calls]));
  const hours = now?.hours ?? [];
  return hours.reduce((sum, { at, calls }) => sum + Math.max(0, calls - (known.get(at.getTime()) ?? 0)), 0);
}
