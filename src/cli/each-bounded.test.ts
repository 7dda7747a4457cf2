import { expect, it } from 'vitest';
import { eachBounded } from './each-bounded';

it('takes the items in their order and never exceeds its bound', async () => {
  let running = 0;
  let most = 0;
  const taken: number[] = [];
  const items = Array.from({ length: 40 }, (_, index) => index);
  await eachBounded(items, 4, async (item) => {
    taken.push(item);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, (item * 7) % 5));
    running--;
  });
  expect(taken).toEqual(items);
  expect(most).toBe(4);
});

it('rejects where one call does, and takes nothing', async () => {
  await expect(eachBounded([1, 2], 4, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(eachBounded([], 4, () => Promise.reject(new Error('no')))).resolves.toBeUndefined();
});
