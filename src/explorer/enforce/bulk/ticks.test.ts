import { expect, test } from 'vitest';
import { createTicks } from './ticks';

const keys = (text: string): ReadonlySet<string> => new Set(text);

function list() {
  const state = { now: 0 };
  return { state, ...createTicks(() => state.now) };
}

test('what a list says back is nobody’s doing, however late, nor is that new lines are not ticked at first', () => {
  const { told, seen } = list();
  told(keys('a'));
  told(keys('ab'));
  told(keys('abc'));
  for (const said of ['a', '', 'ab', '', 'abc']) expect(seen(keys(said)), said).toBeUndefined();
});

test('a state may be passed over', () => {
  const { told, seen } = list();
  told(keys('a'));
  told(keys('ab'));
  expect(seen(keys('ab'))).toBeUndefined();
  expect(seen(keys('a'))).toEqual({ ticked: [], unticked: ['b'] });
});

test('somebody’s doing is what differs from what the list said last, also while it fills', () => {
  const { told, seen } = list();
  told(keys('a'));
  expect(seen(keys('a'))).toBeUndefined();
  told(keys('ab'));
  // Ticked before the list heard of b.
  expect(seen(keys('ax'))).toEqual({ ticked: ['x'], unticked: [] });
  expect(seen(keys('ab'))).toBeUndefined();
  expect(seen(keys('b'))).toEqual({ ticked: [], unticked: ['a'] });
});

test('all of them put back is somebody’s doing where nothing else is awaited', () => {
  const { told, seen } = list();
  told(keys('ab'));
  seen(keys('ab'));
  expect(seen(keys(''))).toEqual({ ticked: [], unticked: ['a', 'b'] });
});

test('a state that the list was in already has no echo, and is not waited for', () => {
  const { told, seen, state } = list();
  told(keys('a'));
  seen(keys('a'));
  told(keys('a'));
  expect(seen(keys('ax'))).toEqual({ ticked: ['x'], unticked: [] });
  state.now = 1001;
  expect(seen(keys('a'))).toEqual({ ticked: [], unticked: ['x'] });
  expect(seen(keys('a'))).toBeUndefined();
});
