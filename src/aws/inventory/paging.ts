/** Pages of a list, each handed on as it comes while the next is asked for. */
import { abortable } from '../clients/abortable';
import { AwsFailure } from '../clients/failure';
import type { Page } from './records';

export interface RawPage<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

export type AskPage<T> = (token: string | undefined, size: number) => Promise<RawPage<T>>;

/**
 * Sizes of pages. The first is small, to be there soon; the others take the SDK about 20 ms to read, as reading a page is one turn of the event loop and
 * a thousand instances would stop everything else for 200 ms.
 */
function sizeOf(page: number): number {
  return page === 0 ? 25 : 100;
}

/**
 * All pages. The next one is asked for before this one is handed on.
 * @throws AwsFailure where a page fails; those before it have been handed on
 */
export async function* pagesOf<Raw, T>(
  ask: AskPage<Raw>,
  toItems: (raw: readonly Raw[]) => readonly T[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Page<T>, void, undefined> {
  const seen = new Set<string>();
  let waiting = ask(undefined, sizeOf(0));
  for (let page = 1; ; page++) {
    const { items, next } = await abortable(waiting, signal);
    if (next === undefined) {
      yield { items: toItems(items), isLast: true };
      return;
    }
    if (seen.has(next)) throw goingInCircles();
    seen.add(next);
    waiting = ask(next, sizeOf(page));
    // Where the reader stops in between, nobody is left to hear of a failure.
    waiting.catch(() => undefined);
    yield { items: toItems(items), isLast: false };
  }
}

function goingInCircles(): AwsFailure {
  return new AwsFailure('AWS gave the same page twice, so the list is not complete.', {
    kind: 'unreadable-answer',
    action: 'retry',
    advice: 'Try again.',
  });
}
