import fc from '../../../test/fast-check';
import { describe, expect, test } from 'vitest';
import { AwsFailure, type FailureKind } from '../clients/failure';
import type { Session } from '../identity/session';
import { forMany, type Outcome } from './many';

const SESSION: Session = {
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
};
const ELSEWHERE = { ...SESSION, region: 'us-east-1' };
const STAGING = { ...SESSION, profile: 'staging', account: '999999999999' };

interface Item {
  readonly session: Session;
  readonly id: number;
}

const items = (count: number, session = SESSION): readonly Item[] =>
  Array.from({ length: count }, (_, id) => ({ session, id }));

const failureOf = (kind: FailureKind): AwsFailure => new AwsFailure(kind, { kind, action: 'none', advice: '.' });

async function all<T, R>(outcomes: AsyncIterable<Outcome<T, R>>): Promise<readonly Outcome<T, R>[]> {
  const found: Outcome<T, R>[] = [];
  for await (const outcome of outcomes) found.push(outcome);
  return found;
}

const count = (outcomes: readonly Outcome<Item, unknown>[], is: Outcome<Item, unknown>['is']): number =>
  outcomes.filter((outcome) => outcome.is === is).length;

describe('work for many', () => {
  test('is done for each, a few at once', async () => {
    let now = 0;
    let most = 0;
    const work = async ({ id }: Item): Promise<number> => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, id % 3));
      now--;
      return id;
    };
    const outcomes = await all(forMany(items(50), work, { atOnce: 5 }));
    expect(most).toBe(5);
    expect(outcomes.map((outcome) => (outcome.is === 'done' ? outcome.result : -1)).sort((a, b) => a - b)).toEqual(
      items(50).map(({ id }) => id),
    );
  });

  test('three of fifty that fail, fail alone', async () => {
    const work = ({ id }: Item): Promise<void> =>
      [7, 19, 44].includes(id) ? Promise.reject(failureOf('denied')) : Promise.resolve();
    const outcomes = await all(forMany(items(50), work));
    expect([count(outcomes, 'done'), count(outcomes, 'failed')]).toEqual([47, 3]);
  });

  test('is not begun for the rest of a caller whose credentials have ended, in any region; others go on', async () => {
    const work = ({ session, id }: Item): Promise<void> =>
      session.account === SESSION.account && id >= 2 ? Promise.reject(failureOf('expired')) : Promise.resolve();
    const mixed = [...items(10), ...items(10, ELSEWHERE), ...items(10, STAGING)];
    const outcomes = await all(forMany(mixed, work, { atOnce: 1 }));
    expect([count(outcomes, 'done'), count(outcomes, 'failed'), count(outcomes, 'not-begun')]).toEqual([12, 1, 17]);
    const left = outcomes.find(({ is }) => is === 'not-begun');
    expect(left?.is === 'not-begun' && left.error?.message).toBe('expired');
  });

  test('is not begun for the rest of a region that is not enabled; other regions go on', async () => {
    const work = ({ session }: Item): Promise<void> =>
      session.region === SESSION.region ? Promise.reject(failureOf('region-disabled')) : Promise.resolve();
    const outcomes = await all(forMany([...items(5), ...items(5, ELSEWHERE)], work, { atOnce: 1 }));
    expect([count(outcomes, 'done'), count(outcomes, 'failed'), count(outcomes, 'not-begun')]).toEqual([5, 1, 4]);
  });

  test('is not begun after somebody gave up, and what is under way comes to its end', async () => {
    const abort = new AbortController();
    const work = async ({ id }: Item): Promise<void> => {
      if (id === 5) abort.abort();
      await new Promise((resolve) => setTimeout(resolve, 1));
    };
    const outcomes = await all(forMany(items(50), work, { atOnce: 3, signal: abort.signal }));
    const done = count(outcomes, 'done');
    expect(done).toBeGreaterThanOrEqual(6);
    expect(done).toBeLessThanOrEqual(8);
    expect(count(outcomes, 'not-begun')).toBe(50 - done);
  });

  test('gives one outcome for each, whatever happens', async () => {
    const kinds = fc.constantFrom<FailureKind | 'error' | 'none'>(
      'none',
      'none',
      'denied',
      'expired',
      'network',
      'error',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { maxLength: 12 }), fc.integer({ min: 1, max: 6 }), async (fates, atOnce) => {
        const work = ({ id }: Item): Promise<number> => {
          const fate = fates[id] ?? 'none';
          if (fate === 'error') throw new TypeError('a defect');
          return fate === 'none' ? Promise.resolve(id) : Promise.reject(failureOf(fate));
        };
        const outcomes = await all(forMany(items(fates.length), work, { atOnce }));
        expect(outcomes.map(({ item }) => item.id).sort((a, b) => a - b)).toEqual(
          items(fates.length).map(({ id }) => id),
        );
      }),
    );
  });
});
