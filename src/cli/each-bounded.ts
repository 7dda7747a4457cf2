/** Calls `act` for each item, with at most `limit` calls under way at once. Items are taken in turn, when there is room for them. Stops at the first rejection. */
export async function eachBounded<T>(
  items: Iterable<T>,
  limit: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
