import { describe, expect, test } from 'vitest';
import type { InstanceRecord } from '../../aws';
import { INSTANCE } from '../testing/records';
import { arrange } from './arrange';
import { parseFilter } from './filter';
import { readViewOptions, type GroupBy, type SortBy } from './view-options';

const named = (name: string | undefined, more: Partial<InstanceRecord> = {}): InstanceRecord => ({
  ...INSTANCE,
  id: `i-${name ?? 'none'}`,
  name,
  ...more,
});

const sorted = (sort: SortBy, ...records: readonly InstanceRecord[]): readonly (string | undefined)[] => {
  const findings = (record: { readonly id: string }): number => (record.id === 'i-b' ? 3 : 0);
  const [group] = arrange(records, { filter: parseFilter(''), sort, group: { by: 'none' } }, findings);
  return group?.records.map(({ name }) => name) ?? [];
};

const grouped = (group: GroupBy, ...records: readonly InstanceRecord[]): readonly (readonly [string?, number?])[] =>
  arrange(records, { filter: parseFilter(''), sort: 'name', group }, () => 0).map(({ title, records: { length } }) => [
    ...(title === undefined ? [] : [title]),
    length,
  ]) as never;

describe('the order', () => {
  test('of names is that of people, those without a name last', () => {
    expect(sorted('name', named(undefined), named('web-10'), named('Web-2'), named('api'))).toEqual([
      'api',
      'Web-2',
      'web-10',
      undefined,
    ]);
  });

  test.each([
    ['findings', ['b', 'a', 'c']],
    ['launched', ['c', 'a', 'b']],
    ['type', ['a', 'c', 'b']],
    ['state', ['b', 'a', 'c']],
  ] as const)('by %s', (sort, expected) => {
    const a = named('a', { launchTime: '2026-01-01T00:00:00.000Z', type: 'c5.large', state: 'stopped' });
    const b = named('b', { launchTime: undefined, type: 't3.nano', state: 'running' });
    const c = named('c', { launchTime: '2026-05-01T00:00:00.000Z', type: 'm5.large', state: 'stopped' });
    expect(sorted(sort, a, b, c)).toEqual(expected);
  });
});

describe('groups', () => {
  test('by a tag, those without it last', () => {
    const records = [
      named('a', { tags: { team: 'web' } }),
      named('b'),
      named('c', { tags: { team: 'api' } }),
      named('d', { tags: { team: 'web' } }),
    ];
    expect(grouped({ by: 'tag', tag: 'team' }, ...records)).toEqual([
      ['api', 1],
      ['web', 2],
      ['none', 1],
    ]);
  });

  test('by VPC and by Auto Scaling group', () => {
    const records = [named('a', { vpc: 'vpc-1', tags: { 'aws:autoscaling:groupName': 'fleet' } }), named('b')];
    expect(grouped({ by: 'vpc' }, ...records)).toEqual([
      ['vpc-1', 1],
      ['none', 1],
    ]);
    expect(grouped({ by: 'auto-scaling-group' }, ...records)).toEqual([
      ['fleet', 1],
      ['none', 1],
    ]);
  });
});

test.each([
  [undefined, { filter: '', sort: 'name', group: { by: 'none' } }],
  [
    { filter: 1, sort: 'size', group: 'vpc' },
    { filter: '', sort: 'name', group: { by: 'none' } },
  ],
  [
    { filter: 'x', sort: 'type', group: { by: 'tag', tag: 'team' } },
    { filter: 'x', sort: 'type', group: { by: 'tag', tag: 'team' } },
  ],
  [{ group: { by: 'tag', tag: '' } }, { filter: '', sort: 'name', group: { by: 'none' } }],
])('what was remembered, %j, is read as far as it makes sense', (value, expected) => {
  expect(readViewOptions(value)).toEqual(expected);
});
