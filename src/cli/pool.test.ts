import { expect, it } from 'vitest';
import { mapBounded } from './pool';

it('keeps the order of the items and never exceeds its bound', async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 40 }, (_, index) => index);
  const results = await mapBounded(items, 4, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, (item * 7) % 5));
    running--;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(4);
});

it('rejects where one call does, and takes nothing', async () => {
  await expect(mapBounded([1, 2], 4, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(mapBounded([], 4, () => Promise.reject(new Error('no')))).resolves.toEqual([]);
});
