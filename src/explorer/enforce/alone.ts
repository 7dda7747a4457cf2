/** Does what is asked for a thing unless the same is under way: a second click asks the same question again. */
export function createAlone(): <T>(key: string, work: () => Promise<T>) => Promise<T | undefined> {
  const underWay = new Set<string>();
  return async (key, work) => {
    if (underWay.has(key)) return undefined;
    underWay.add(key);
    try {
      return await work();
    } finally {
      underWay.delete(key);
    }
  };
}
