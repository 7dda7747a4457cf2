import { expect, it, vi } from 'vitest';
import { remembering } from './remember';

it('answers as the function does, and asks it once for the same text of a name', () => {
  const make = vi.fn((text: string, name: string) => `${name}=${text}`);
  const read = remembering(make);
  for (const [text, name] of [
    ['a', 'x'],
    ['a', 'x'],
    ['b', 'y'],
    ['a', 'y'],
    ['a', 'x'],
  ] as const)
    expect(read(text, name)).toBe(`${name}=${text}`);
  expect(make.mock.calls).toEqual([
    ['a', 'x'],
    ['b', 'y'],
    ['a', 'y'],
  ]);
});

it('forgets what was not asked for the longest where there is too much', () => {
  const make = vi.fn((text: string) => text);
  const read = remembering(make, 10);
  read('aaaa', 'x');
  read('bbbb', 'y');
  read('aaaa', 'x');
  read('cccc', 'z');
  expect(make).toHaveBeenCalledTimes(3);
  read('aaaa', 'x');
  expect(make).toHaveBeenCalledTimes(3);
  read('bbbb', 'y');
  expect(make).toHaveBeenCalledTimes(4);
});

it('keeps the last one however long it is', () => {
  const make = vi.fn((text: string) => text.length);
  const read = remembering(make, 3);
  expect([read('abcdef', 'x'), read('abcdef', 'x')]).toEqual([6, 6]);
  expect(make).toHaveBeenCalledTimes(1);
});

it('keeps nothing of what fails', () => {
  const read = remembering((text) => {
    if (text === 'bad') throw new Error('no');
    return text;
  });
  read('good', 'x');
  expect(() => read('bad', 'x')).toThrow('no');
  expect(read('good', 'x')).toBe('good');
});
