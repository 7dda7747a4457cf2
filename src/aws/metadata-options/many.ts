/** One piece of work for each of many instances, a few at once: what fails fails alone, unless nothing further could succeed. */
import { AwsFailure, ENDS_CALLER } from '../clients/failure';
import { sessionKey, type Session } from '../identity/session';

/**
 * What became of one. `failed`: it was tried; the log says whether anything was sent. `not-begun`: nothing was sent for it, as somebody gave up, or as
 * what failed before it would have failed here, too.
 */
export type Outcome<T, R> =
  | { readonly item: T; readonly is: 'done'; readonly result: R }
  | { readonly item: T; readonly is: 'failed'; readonly error: Error }
  | { readonly item: T; readonly is: 'not-begun'; readonly error: Error | undefined };

export interface ManyOptions {
  /** How many at once. EC2 lets changes through in bursts of 50, then 5 a second (EC2 Developer Guide, "Request throttling"). Default 5. */
  readonly atOnce?: number;
  /** Begins nothing more; what is under way is told the same, and comes to its end. */
  readonly signal?: AbortSignal;
}

const AT_ONCE = 5;

/** Where a failure that ends a session holds: of a region that is not enabled in that region, else wherever the caller is the same. */
function reachOf({ facts }: AwsFailure, session: Session): string {
  const { profile, account, arn } = session;
  return facts.kind === 'region-disabled' ? sessionKey(session) : JSON.stringify([profile, account, arn]);
}

/** Outcomes as they come, one for each item. Never throws because of an item. */
export async function* forMany<T extends { readonly session: Session }, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  { atOnce = AT_ONCE, signal }: ManyOptions = {},
): AsyncGenerator<Outcome<T, R>, void, undefined> {
  const ended = new Map<string, AwsFailure>();
  const endOf = (session: Session): AwsFailure | undefined => {
    const { profile, account, arn } = session;
    return ended.get(sessionKey(session)) ?? ended.get(JSON.stringify([profile, account, arn]));
  };
  const one = async (item: T): Promise<Outcome<T, R>> => {
    const end = endOf(item.session);
    if (signal?.aborted || end) return { item, is: 'not-begun', error: end };
    try {
      return { item, is: 'done', result: await work(item) };
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      // Giving up is heeded before anything is sent, and never after.
      if (signal?.aborted && error instanceof AwsFailure && error.facts.kind === 'cancelled') {
        return { item, is: 'not-begun', error: undefined };
      }
      if (error instanceof AwsFailure && ENDS_CALLER.has(error.facts.kind)) {
        ended.set(reachOf(error, item.session), error);
      }
      return { item, is: 'failed', error };
    }
  };

  const running = new Map<T, Promise<Outcome<T, R>>>();
  const waiting = [...items];
  while (waiting.length > 0 || running.size > 0) {
    while (waiting.length > 0 && running.size < atOnce) {
      const [item] = waiting.splice(0, 1);
      if (item !== undefined) running.set(item, one(item));
    }
    const outcome = await Promise.race(running.values());
    running.delete(outcome.item);
    yield outcome;
  }
}
