/** Pages of a list, each handed on as it comes while the next is asked for. */
import { abortable } from '../clients/abortable';
import { AwsFailure } from '../clients/failure';
import type { Page } from './records';

export interface RawPage<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

export type AskPage<T> = (token: string | undefined, size: number) => Promise<RawPage<T>>;

/** Sizes of pages: the first is small, to be there soon; the others are as large as EC2 gives them. */
const FIRST = 100;
const OTHERS = 1000;

/**
 * All pages. The next one is asked for before this one is handed on; but not before the first one is, of which some want to know no more than whether
 * there is anything.
 * @throws AwsFailure where a page fails; those before it have been handed on
 */
export async function* pagesOf<Raw, T>(
  ask: AskPage<Raw>,
  toItems: (raw: readonly Raw[]) => readonly T[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Page<T>, void, undefined> {
  const seen = new Set<string>();
  let { items, next } = await abortable(ask(undefined, FIRST), signal);
  yield { items: toItems(items), isLast: next === undefined };
  let waiting = next === undefined ? undefined : ask(next, OTHERS);
  while (waiting !== undefined) {
    ({ items, next } = await abortable(waiting, signal));
    if (next === undefined) waiting = undefined;
    else {
      if (seen.has(next)) throw goingInCircles();
      seen.add(next);
      waiting = ask(next, OTHERS);
      // Where the reader stops in between, nobody is left to hear of a failure.
      waiting.catch(() => undefined);
    }
    yield { items: toItems(items), isLast: next === undefined };
  }
}

function goingInCircles(): AwsFailure {
  return new AwsFailure('AWS gave the same page twice, so the list is not complete.', {
    kind: 'unreadable-answer',
    action: 'retry',
    advice: 'Try again.',
  });
}
