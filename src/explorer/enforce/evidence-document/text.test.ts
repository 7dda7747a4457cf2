import { expect, test } from 'vitest';
import type { Calls } from '../../../aws';
import { fakeInstance } from '../../testing/fake-aws';
import type { Evidence } from '../evidence';
import { judge } from '../verdict';
import { chartOf } from './chart';
import { evidenceDocument } from './text';

const SESSION = { profile: 'work', region: 'eu-west-1', account: '111122223333', arn: 'arn', partition: 'aws' };
const AT = new Date('2026-11-22T12:30:00Z');
const HOUR = 3_600_000;

function calls(countOf: (hour: Date) => number | undefined): Calls {
  const hours = Array.from({ length: 14 * 24 }, (_, index) => new Date(AT.getTime() - (index + 1) * HOUR)).flatMap(
    (at) => {
      const count = countOf(at);
      return count === undefined ? [] : [{ at, calls: count }];
    },
  );
  return {
    hours: hours.toReversed(),
    total: hours.reduce((sum, hour) => sum + hour.calls, 0),
    last: hours.find((hour) => hour.calls > 0)?.at,
  };
}

test('a chart has a line for each day and a column for each hour, and tells no data from none', () => {
  const nightly = calls((at) => {
    if (at < new Date('2026-11-20T06:00:00Z')) return undefined;
    return at.getUTCHours() === 3 ? 8 : at.getUTCHours() === 4 ? 1 : 0;
  });
  const chart = chartOf(nightly, AT, 14);
  expect(chart).toHaveLength(1 + 15 + 1);
  expect(chart[0]).toBe('UTC         0     6     12    18    calls');
  expect(chart[1]).toBe(`2026-11-08  ${' '.repeat(24)}  no data`);
  expect(chart.slice(-4)).toEqual([
    `2026-11-20  ${' '.repeat(6)}${'·'.repeat(18)}  0`,
    '2026-11-21  ···█▁···················  9',
    '2026-11-22  ···█▁·······              9',
    '█ is 8 in an hour, · is none, blank is no data',
  ]);
});

test('a chart of nothing but none has no bars', () => {
  expect(
    chartOf(
      calls(() => 0),
      AT,
      14,
    ).slice(-2),
  ).toEqual([`2026-11-22  ${'·'.repeat(12)}${' '.repeat(12)}  0`, '· is none, blank is no data']);
});

const V1 = {
  is: 'read',
  text: '#!/bin/sh\n\n  curl 169.254.169.254/latest/meta-data/mac\n',
  calls: [{ line: 2, message: 'It asks without a token.' }],
} as const;

function evidence(more: Partial<Evidence> = {}): Evidence {
  return {
    instance: fakeInstance(SESSION, 1),
    use: { instance: 'i-1', tokenless: calls(() => 3), rejected: undefined },
    useFailure: undefined,
    userData: V1,
    userDataOf: 'instance',
    template: { id: 'lt-1', version: '3', userData: { is: 'none' } },
    image: 'unsaid',
    defaults: undefined,
    inWorkspace: [{ uri: 'file:///infra/web.tf', name: 'infra/web.tf', because: 'equal user data', calls: V1.calls }],
    containers: 'its tag eks:x',
    at: AT,
    ...more,
  };
}

test('the document says all of it, and each call is a link to its line', () => {
  const all = evidence();
  const { text, links } = evidenceDocument(SESSION, 'tidewater', all, judge(all));
  const lines = text.split('\n');
  expect(lines.filter((line) => line.startsWith('#'))).toEqual([
    '# Evidence of host-1 (i-111122223333-eu-west-1-1)',
    '## Verdict: Will break something',
    '## Its user data',
    '## User data of its launch template lt-1:3',
    '## infra/web.tf in this workspace (equal user data)',
    '## Calls without a token that were answered (MetadataNoToken)',
    '## Calls without a token that were refused (MetadataNoTokenRejected)',
    '## Metadata options',
    '## What is around it',
    '## What cannot be known',
  ]);
  for (const part of [
    'Account: 111122223333 (tidewater)',
    'Last call without a token 1 h ago, 1008 in 14 days.',
    'No data in 14 days, which is not the same as none.',
    '- line 3: curl 169.254.169.254/latest/meta-data/mac',
    '- line 3: It asks without a token.',
    '- Hop limit: 1. It seems to run containers (its tag eks:x): 2 lets a token reach them.',
    'What the account says of new instances of this region could not be asked.',
    'How old its SDKs, agents and the AWS CLI are',
  ]) {
    expect(text).toContain(part);
  }
  expect(links.map(({ line, start, end, target }) => [lines[line]?.slice(start, end), target])).toEqual([
    ['line 3', { of: 'user-data', line: 2 }],
    ['line 3', { of: 'workspace', uri: 'file:///infra/web.tf', line: 2 }],
  ]);
});

test('what could not be found out is said', () => {
  const all = evidence({
    use: undefined,
    useFailure: 'work lacks cloudwatch:GetMetricData.',
    userData: { is: 'unread', why: 'No answer.' },
    template: undefined,
    inWorkspace: [],
  });
  const { text, links } = evidenceDocument(SESSION, undefined, all, judge(all));
  expect(text.match(/They could not be counted: work lacks cloudwatch:GetMetricData\./g)).toHaveLength(2);
  expect(text).toContain('It could not be searched. No answer.');
  expect(links).toEqual([]);
});

test('of one that requires tokens, what was refused is what counts', () => {
  const instance = fakeInstance(SESSION, 1);
  const all = evidence({
    instance: { ...instance, metadata: { ...instance.metadata, tokens: 'required' } },
    use: { instance: 'i-1', tokenless: calls(() => 0), rejected: calls((at) => (at.getUTCHours() === 3 ? 2 : 0)) },
    userData: { is: 'none' },
    inWorkspace: [],
  });
  const { text } = evidenceDocument(SESSION, undefined, all, judge(all));
  expect(text).toContain('It requires tokens already.');
  expect(text).toContain('28 calls were refused for want of a token in 14 days, the last 9 h ago');
  expect(text).toContain('None in 14 days, as far as there is data.');
});

test('user data of the template of a group is said to be that, and its calls lead there', () => {
  const all = evidence({
    userDataOf: 'template',
    template: { id: 'lt-1', version: '3', userData: V1 },
    inWorkspace: [],
  });
  const { text, links } = evidenceDocument(SESSION, undefined, all, judge(all));
  expect(text).not.toContain('## Its user data');
  expect(text).toContain('Its Auto Scaling group started it from that, so its own was not read.');
  expect(links.map(({ target }) => target)).toEqual([{ of: 'template', line: 2 }]);
});
