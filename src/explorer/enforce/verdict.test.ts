import fc from '../../../test/fast-check';
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

const DEFAULTS: Evidence['defaults'] = {
  ...{ tokens: 'required', hopLimit: 2, endpoint: undefined, instanceTags: undefined },
  ...{ enforced: false, managedBy: 'declarative-policy', exception: undefined },
};

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
    inWorkspace: [],
    containers: undefined,
    at: AT,
    ...more,
  };
}

test('files that could not be searched are no reason for a verdict, and a note says so', () => {
  const { is, notes } = judge(evidence({ inWorkspace: undefined }));
  expect(is).toBe('safe');
  expect(notes.join()).toContain('The files of this workspace could not be searched in time');
  expect(judge(evidence({})).notes.join()).not.toContain('workspace');
});

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
    'Its user data calls IMDSv1 (lines 3, 9): that fails when it runs again.',
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
    'calls that were refused once',
    { use: { ...use(quiet(14)), rejected: calls(0, 3) } },
    'will-break',
    '3 calls were refused for want of a token in 14 days, the last 2 h ago: whoever made them is refused again.',
  ],
  [
    'a part of the data',
    { use: use({ hours: [], total: 0, last: undefined, ...quiet(14), isPartial: true }) },
    'unknown',
    'CloudWatch gave a part of the data only, and there is no call without a token in it.',
  ],
  [
    'a template in this workspace that calls v1',
    { inWorkspace: [{ uri: 'file:///web.tf', name: 'infra/web.tf', because: 'equal user data', calls: V1.calls }] },
    'will-break',
    'infra/web.tf in this workspace, which leads here (equal user data), calls IMDSv1 (lines 3, 9).',
  ],
  [
    'calls in the template of its group',
    { userData: V1, userDataOf: 'template', template: { id: 'lt-1', version: '3', userData: V1 } },
    'will-break',
    'The user data of the launch template of its group (lt-1:3) calls IMDSv1 (lines 3, 9): that fails when it runs again.',
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

test('notes tell of the image, the role and who says what of new instances', () => {
  const instance = { ...off, instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/ci-admin' };
  expect(judge(evidence({ instance, image: 'v2', defaults: DEFAULTS })).notes).toEqual([
    'Its image says that it works with tokens only (ImdsSupport v2.0).',
    'Its role ci-admin is what a thief of metadata would get.',
    'New instances of this region require tokens by default: said by its organization, by a declarative policy.',
  ]);
});

test.each<[string, Partial<Evidence>, string]>([
  ['more hops than anybody needs', { instance: hops(2) }, 'without them a hop limit of 1 is enough; it is 2.'],
  [
    'more hops than containers need',
    { instance: hops(5), containers: 'its tag eks:x' },
    'a hop limit of 2 is enough for them; it is 5.',
  ],
  ['an image that is gone', { image: 'gone' }, 'Its image is not there any more. How old its SDKs are cannot be known'],
  ['an image that could not be asked', { image: undefined }, 'How old its SDKs are cannot be known from outside.'],
  [
    'a template that starts the next one with calls',
    { template: { id: 'lt-1', version: '3', userData: V1 } },
    'The user data of its launch template lt-1:3 calls IMDSv1 (lines 3, 9), though its own is another.',
  ],
  [
    'a template with the same calls',
    { userData: V1, template: { id: 'lt-1', version: '3', userData: V1 } },
    'Its launch template lt-1:3 has the same user data: put it right there, too.',
  ],
])('notes tell of %s', (_name, more, note) => {
  expect(judge(evidence(more)).notes.join('\n')).toContain(note);
});

test('what is evidence is never safe without two weeks of data, whatever else there is', () => {
  const hours = fc.array(
    fc.record({ at: fc.integer({ min: 0, max: 400 }).map(hoursAgo), calls: fc.constantFrom(0, 0, 0, 0, 3) }),
    { maxLength: 30 },
  );
  const weeks = fc.constantFrom(quiet(14), quiet(13), quiet(12));
  const counted = fc.option(fc.oneof(hours.map(sumOf), weeks), { nil: undefined });
  const userData = fc.constantFrom<Evidence['userData']>({ is: 'none' }, READ, V1, { is: 'unread', why: 'no' });
  const from = { id: 'lt-1', version: '1', userData: READ };
  const any = fc.record({
    use: fc.option(
      fc.record({
        tokenless: fc
          .tuple(counted, fc.boolean())
          .map(([all, isPartial]) => all && { ...all, ...(isPartial ? { isPartial } : {}) }),
        rejected: counted,
      }),
      { nil: undefined },
    ),
    useFailure: fc.option(fc.constant('No answer.'), { nil: undefined }),
    userData,
    userDataOf: fc.constantFrom('instance', 'template'),
    template: fc.constantFrom(undefined, from, { ...from, userData: V1 }),
    image: fc.constantFrom('v2', 'unsaid', 'gone', undefined),
    defaults: fc.constantFrom(undefined, DEFAULTS),
    containers: fc.constantFrom(undefined, 'its tag eks:x'),
    instance: fc.constantFrom(off, hops(2), { ...off, metadata: { ...off.metadata, endpoint: 'disabled' } }),
    inWorkspace: fc.constantFrom(
      [],
      [{ uri: 'file:///web.tf', name: 'web.tf', because: 'equal user data', calls: V1.calls }],
    ),
  });
  const seen = new Set<string>();
  fc.assert(
    fc.property(any, ({ use: some, ...more }) => {
      const all = evidence({ ...more, use: some && { instance: 'i-1', ...some } });
      const { is } = judge(all);
      seen.add(is);
      const known = some?.tokenless?.hours.filter(({ at }) => at.getTime() >= hoursAgo(14 * 24).getTime()) ?? [];
      const whole = new Set(known.map(({ at }) => at.getTime())).size >= 13 * 24;
      const speaksAgainst =
        more.useFailure !== undefined ||
        some?.tokenless === undefined ||
        'isPartial' in some.tokenless ||
        some.tokenless.total > 0 ||
        (some.rejected?.total ?? 0) > 0 ||
        more.userData === V1 ||
        more.inWorkspace.length > 0;
      if (is === 'safe') expect([whole, speaksAgainst]).toEqual([true, false]);
      if (some?.tokenless === undefined) expect(is).not.toBe('safe');
    }),
    { numRuns: 2000 },
  );
  // Otherwise it would say nothing.
  expect(seen.size).toBe(4);
});

function hoursAgo(hours: number): Date {
  return new Date(AT.getTime() - hours * 3_600_000);
}

function hops(hopLimit: number): Evidence['instance'] {
  return { ...off, metadata: { ...off.metadata, hopLimit } };
}

function sumOf(hours: readonly { readonly at: Date; readonly calls: number }[]): NonNullable<TokenUse['tokenless']> {
  return {
    hours,
    total: hours.reduce((sum, hour) => sum + hour.calls, 0),
    last: hours.find((hour) => hour.calls > 0)?.at,
  };
}
