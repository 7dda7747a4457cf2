import { expect, test } from 'vitest';
import { createAlone } from './alone';

test('what is under way is not begun again; what has ended, well or not, may be', async () => {
  const alone = createAlone();
  let end = (): void => undefined;
  const first = alone('i-1', () => new Promise<string>((resolve) => (end = () => resolve('first'))));
  expect(await alone('i-1', () => Promise.resolve('second'))).toBeUndefined();
  expect(await alone('i-2', () => Promise.resolve('another'))).toBe('another');
  end();
  expect(await first).toBe('first');
  await expect(alone('i-1', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(await alone('i-1', () => Promise.resolve('again'))).toBe('again');
});
