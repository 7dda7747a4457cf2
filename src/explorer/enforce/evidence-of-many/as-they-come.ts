/** Much work at once, but not all. */

/**
 * The results in the order in which they come, with at most `limit` under way; no more is begun than is asked for. Ends at the first that fails.
 */
export async function* asTheyCome<T, R>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const underWay = new Map<number, Promise<readonly [number, R]>>();
  const left = items.entries();
  for (;;) {
    while (underWay.size < limit) {
      const next = left.next();
      if (next.done === true) break;
      const [index, item] = next.value;
      underWay.set(
        index,
        map(item).then((result) => [index, result] as const),
      );
    }
    if (underWay.size === 0) return;
    const [index, result] = await Promise.race(underWay.values());
    underWay.delete(index);
    yield result;
  }
}

/** Has work wait for its turn, so that at most `limit` is under way. First come, first served. */
export function inTurn(limit: number): <R>(work: () => Promise<R>) => Promise<R> {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (work) => {
    // Who is woken takes the place of who woke it.
    if (underWay >= limit) await new Promise<void>((wake) => waiting.push(wake));
    else underWay++;
    try {
      return await work();
    } finally {
      const wake = waiting.shift();
      if (wake) wake();
      else underWay--;
    }
  };
}
