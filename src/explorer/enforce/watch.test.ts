import { describe, expect, test } from 'vitest';
import type { Calls, TokenUse } from '../../aws';
import { fakeInstance } from '../testing/fake-aws';
import { tell, watchAndTell } from './tell';
import { SESSION, world } from './testing/world';
import { WATCH_MINUTES, watchRefused, type WatchTools } from './watch';
import { createWatches, untilAborted } from './watches';

const HOUR = new Date('2026-11-22T12:00:00Z');
const calls = (total: number, at = HOUR): Calls => ({ total, last: at, hours: [{ at, calls: total }] });

/** CloudWatch gives these, one a look, the last again and again; an Error fails that look. Each wait takes its time. */
function watching(answers: readonly (Calls | undefined | Error)[]) {
  const state = { at: new Date('2026-11-22T12:10:00Z'), looks: 0 };
  const tools: WatchTools = {
    now: () => state.at,
    wait: (milliseconds) => {
      state.at = new Date(state.at.getTime() + milliseconds);
      return Promise.resolve();
    },
    aws: {
      async *tokenUse(_session, [instance = '']) {
        await Promise.resolve();
        const answer = answers[Math.min(state.looks++, answers.length - 1)];
        if (answer instanceof Error) throw answer;
        yield [{ instance, tokenless: undefined, rejected: answer } satisfies TokenUse];
      },
    },
  };
  const abort = new AbortController();
  return { state, abort, tools, run: () => watchRefused(tools, SESSION, 'i-1', abort.signal) };
}

describe('watching for refused calls', () => {
  test('tells how many are new as soon as there are any: those of before do not count', async () => {
    const { run, state } = watching([calls(40), calls(40), calls(43)]);
    expect(await run()).toEqual({ is: 'refused', calls: 3 });
    expect(state.looks).toBe(3);
  });

  test('an hour that drops out of the day hides no new call', async () => {
    const later = new Date(HOUR.getTime() + 3_600_000);
    expect(await watching([calls(500), calls(2, later)]).run()).toEqual({ is: 'refused', calls: 2 });
  });

  test('data that comes for the first time is new', async () => {
    expect(await watching([undefined, calls(1)]).run()).toEqual({ is: 'refused', calls: 1 });
  });

  test('ends after half an hour, one look a minute', async () => {
    const { run, state } = watching([calls(0)]);
    expect(await run()).toEqual({ is: 'quiet' });
    expect(state.looks).toBe(WATCH_MINUTES + 1);
  });

  test('no data is not the same as none', async () => {
    expect(await watching([undefined]).run()).toEqual({ is: 'no-data' });
  });

  test('a look or two may fail; three in a row end it', async () => {
    const error = new Error('No answer.');
    expect(await watching([calls(0), error, error, calls(1)]).run()).toEqual({ is: 'refused', calls: 1 });
    expect(await watching([error]).run()).toEqual({ is: 'failed', error });
  });

  test('is stopped by the signal, and looks no more', async () => {
    const { tools, abort, state } = watching([calls(0)]);
    const wait = (): Promise<void> => {
      abort.abort();
      return Promise.resolve();
    };
    expect(await watchRefused({ ...tools, wait }, SESSION, 'i-1', abort.signal)).toEqual({ is: 'stopped' });
    expect(state.looks).toBe(1);
  });
});

describe('which are watched', () => {
  test('one instance once, until it is over, and the tree is told at both ends', async () => {
    const { tools } = watching([calls(0), calls(2)]);
    let drawn = 0;
    const watches = createWatches(
      () => Promise.resolve(tools),
      () => drawn++,
    );
    const first = watches.begin(SESSION, 'i-1');
    expect([watches.isWatched(SESSION, 'i-1'), watches.isWatched({ ...SESSION, account: '1' }, 'i-1')]).toEqual([
      true,
      false,
    ]);
    expect(await watches.begin(SESSION, 'i-1')).toBeUndefined();
    expect(await first).toEqual({ is: 'refused', calls: 2 });
    expect([watches.isWatched(SESSION, 'i-1'), drawn]).toEqual([false, 2]);
  });

  test('stopping one, or closing the window, ends the waiting at once', async () => {
    const { tools, state } = watching([calls(0)]);
    const watches = createWatches(
      () => Promise.resolve({ ...tools, wait: untilAborted }),
      () => undefined,
    );
    const both = [watches.begin(SESSION, 'i-1'), watches.begin(SESSION, 'i-2')];
    await new Promise((resolve) => setImmediate(resolve));
    watches.stop(SESSION, 'i-1');
    expect(await both[0]).toEqual({ is: 'stopped' });
    watches.dispose();
    expect(await both[1]).toEqual({ is: 'stopped' });
    expect(state.looks).toBe(2);
  });
});

describe('what is told', () => {
  const instance = fakeInstance(SESSION, 1);

  test('after requiring tokens: undo and watching are at hand', async () => {
    const { run, tools, offered, told, sent, state } = world();
    const result = await run();
    state.taken = ['Undo'];
    if (result) await tell(tools, { session: SESSION, result });
    expect(offered).toEqual([['Undo', 'Watch for Refused Calls'], []]);
    expect(told[1]).toContain('has its former metadata options again.');
    expect(sent.map(({ change }) => change)).toEqual([{ tokens: 'required' }, { tokens: 'optional' }]);
  });

  test('calls that are refused: the undo asks, and names what goes back', async () => {
    const { run, tools, state, told, asked, sent, watched } = world();
    const result = await run();
    state.found = { is: 'refused', calls: 3 };
    state.taken = ['Watch for Refused Calls', 'Undo'];
    if (result) await tell(tools, { session: SESSION, result });
    expect(watched).toEqual([instance.id]);
    expect(told[1]).toBe(`3 calls on host-1 (${instance.id}) were refused for want of a token since it is watched.`);
    expect(asked[1]?.message).toBe(`Undo the change of host-1 (${instance.id})?`);
    expect(asked[1]?.detail).toContain('Weaker security: requests without a token (IMDSv1) are answered again.');
    expect(sent).toHaveLength(2);
  });

  test.each<[NonNullable<ReturnType<typeof world>['state']['found']>, RegExp | undefined]>([
    [{ is: 'refused', calls: 1 }, /^One call on host-1/],
    [{ is: 'quiet' }, /^No call on .* was refused in 30 minutes\.$/],
    [{ is: 'no-data' }, /^CloudWatch said nothing of/],
    [
      { is: 'failed', error: new Error('The credentials of work have expired.') },
      /ended: The credentials of work have expired\.$/,
    ],
    [{ is: 'stopped' }, undefined],
  ])('%j', async (found, said) => {
    const { tools, state, told, offered } = world();
    state.found = found;
    await watchAndTell(tools, SESSION, instance);
    expect(told).toEqual(said === undefined ? [] : [expect.stringMatching(said)]);
    expect(offered.flat()).toEqual(found.is === 'refused' ? ['Undo'] : []);
  });

  test('one that is watched already is not watched twice', async () => {
    const { tools, state, refused } = world();
    state.found = undefined;
    await watchAndTell(tools, SESSION, instance);
    expect(refused).toEqual([expect.stringContaining('is being watched already')]);
  });
});
