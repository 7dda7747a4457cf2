import { describe, expect, test } from 'vitest';
import type { TokenUse } from '../../aws';
import { fakeInstance } from '../testing/fake-aws';
import type { Evidence } from './evidence';
import { judge } from './verdict';

const SESSION = { profile: 'work', region: 'eu-west-1', account: '111122223333', arn: 'arn', partition: 'aws' };
const AT = new Date('2026-11-22T12:00:00Z');

/** Hours with so many calls each, the latest first. */
function calls(...counts: readonly number[]): TokenUse['tokenless'] {
  const hours = counts.map((count, index) => ({ at: new Date(AT.getTime() - (index + 1) * 3_600_000), calls: count }));
  return {
    total: counts.reduce((sum, count) => sum + count, 0),
    last: hours.find((hour) => hour.calls > 0)?.at,
    hours: hours.toReversed(),
  };
}

const quiet = (days: number): TokenUse['tokenless'] => calls(...Array.from({ length: days * 24 }, () => 0));
const use = (tokenless: TokenUse['tokenless']): TokenUse => ({ instance: 'i-1', tokenless, rejected: undefined });
const READ = { is: 'read', text: '#!/bin/sh\n', calls: [] } as const;

function evidence(more: Partial<Evidence>): Evidence {
  return {
    instance: fakeInstance(SESSION, 1),
    use: use(quiet(14)),
    useFailure: undefined,
    userData: READ,
    userDataOf: 'instance',
    template: undefined,
    image: 'unsaid',
    defaults: undefined,
    containers: undefined,
    at: AT,
    ...more,
  };
}

const off = fakeInstance(SESSION, 1);
const V1 = {
  is: 'read',
  text: '',
  calls: [
    { line: 2, message: '' },
    { line: 8, message: '' },
  ],
} as const;

test.each<[string, Partial<Evidence>, string, string]>([
  ['two weeks without a call', {}, 'safe', 'No call without a token in 14 days.'],
  ['no user data', { userData: { is: 'none' } }, 'safe', 'No call without a token in 14 days.'],
  [
    'a short while without a call',
    { use: use(quiet(3)) },
    'likely-safe',
    'No call without a token, but there is data for 3 of 14 days only.',
  ],
  [
    'hours',
    { use: use(calls(0, 0)) },
    'likely-safe',
    'No call without a token, but there is data for less than a day.',
  ],
  ['no data', { use: use(undefined) }, 'unknown', 'No data on calls without a token in 14 days.'],
  ['no answer', { use: undefined }, 'unknown', 'No data on calls without a token in 14 days.'],
  [
    'a refusal',
    { use: undefined, useFailure: 'work lacks cloudwatch:GetMetricData.' },
    'unknown',
    'Calls without a token could not be counted: work lacks cloudwatch:GetMetricData.',
  ],
  ['calls', { use: use(calls(0, 0, 200, 12)) }, 'will-break', 'Last call without a token 3 h ago, 212 in 14 days.'],
  [
    'a call days ago',
    { use: use(calls(...Array.from({ length: 80 }, () => 0), 1)) },
    'will-break',
    'Last call without a token 3 days ago, 1 in 14 days.',
  ],
  [
    'a script that calls v1, though nobody has in two weeks',
    { userData: V1 },
    'will-break',
    'Its user data calls IMDSv1 (line 3, 9): that fails when it runs again.',
  ],
  [
    'user data that nobody can read',
    { userData: { is: 'unread', why: 'It is no text, but bytes of some other kind.' } },
    'likely-safe',
    'Its user data could not be searched. It is no text, but bytes of some other kind.',
  ],
  [
    'containers behind one hop',
    { containers: 'its tag eks:cluster-name' },
    'likely-safe',
    'It seems to run containers (its tag eks:cluster-name), and with a hop limit of 1 a token does not reach them: 2 lets it.',
  ],
  [
    'a service that is switched off',
    { instance: { ...off, metadata: { ...off.metadata, endpoint: 'disabled' } }, use: use(undefined) },
    'likely-safe',
    'The metadata service is switched off: nothing is answered now, with or without a token.',
  ],
])('%s', (_name, more, is, reason) => {
  const verdict = judge(evidence(more));
  expect([verdict.is, verdict.reasons[0]]).toEqual([is, reason]);
});

describe('never safe', () => {
  test.each([
    ['without data', { use: use(undefined) }],
    ['with one hour of data', { use: use(calls(0)) }],
    [
      'with data of the same hour over and over',
      { use: use({ ...quiet(1), hours: repeated() } as TokenUse['tokenless']) },
    ],
    ['with data that could not be read', { use: use(quiet(14)), useFailure: 'no' }],
  ])('%s, whatever else speaks for it', (_name, more) => {
    expect(judge(evidence({ userData: { is: 'none' }, image: 'v2', ...more })).is).not.toBe('safe');
  });
});

function repeated(): { at: Date; calls: number }[] {
  return Array.from({ length: 14 * 24 }, () => ({ at: AT, calls: 0 }));
}

test('two hops let containers through', () => {
  const instance = { ...off, metadata: { ...off.metadata, hopLimit: 2 } };
  expect(judge(evidence({ instance, containers: 'its tag eks:cluster-name' })).is).toBe('safe');
});

test('notes tell of the image, the role and what was refused', () => {
  const instance = { ...off, instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/ci-admin' };
  const refused = { ...use(quiet(14)), rejected: calls(3) };
  expect(judge(evidence({ instance, image: 'v2', use: refused })).notes).toEqual([
    '3 calls were refused for want of a token in 14 days.',
    'Its image says that it works with tokens only (ImdsSupport v2.0).',
    'Its role ci-admin is what a thief of metadata would get.',
  ]);
});
