import { describe, expect, it } from 'vitest';
import type { InstanceRecord, Session } from '../../aws';
import type { ShownLaunch, ShownOption } from '../../server/protocol';
import { compare, driftInWords, driftLines } from './drift';
import type { FoundInstance } from './find-instances';

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const option = (value: string | null): ShownOption => ({ value, range: NOWHERE });
const launch = (more: Partial<ShownLaunch> = {}): ShownLaunch => ({
  kind: 'instance',
  address: 'Web',
  launchers: ['Web'],
  name: null,
  head: NOWHERE,
  options: null,
  tokens: null,
  endpoint: null,
  hopLimit: null,
  ...more,
});
const METADATA = {
  tokens: 'optional',
  endpoint: 'enabled',
  hopLimit: 1,
  ipv6: 'disabled',
  instanceTags: 'disabled',
  state: 'applied',
} as const;
const record = (more: Partial<InstanceRecord['metadata']> = {}, id = 'i-0abc'): InstanceRecord =>
  ({ id, name: 'web-1', tags: {}, metadata: { ...METADATA, ...more } }) as InstanceRecord;

describe('drift', () => {
  it.each<[string, ShownLaunch, InstanceRecord, string]>([
    ['tokens', launch({ tokens: option('required') }), record(), 'live: tokens optional, here: required'],
    [
      'nothing',
      launch({ tokens: option('required'), hopLimit: option('1') }),
      record({ tokens: 'required' }),
      'live as here: tokens required, hop limit 1',
    ],
    [
      'the hop limit',
      launch({ tokens: option('Optional'), hopLimit: option('2') }),
      record(),
      'live: hop limit 1, here: 2',
    ],
    ['what is left out', launch(), record(), 'live: tokens optional, here: left out'],
    [
      'what is not known',
      launch({ tokens: option(null) }),
      record(),
      'live: tokens optional, here: known at deployment',
    ],
    [
      'two of them',
      launch({ tokens: option('required'), endpoint: option('disabled') }),
      record(),
      'live: tokens optional, here: required; live: endpoint enabled, here: disabled',
    ],
  ])('%s', (_, declared, live, expected) => {
    expect(driftInWords(compare(declared, live))).toBe(expected);
  });

  it('says whose instance it is, how that is known, and how old it is', () => {
    const session = { profile: 'dev', account: '111122223333', region: 'eu-central-1' } as Session;
    const found = (more: Partial<FoundInstance> = {}): FoundInstance => ({
      session,
      alias: 'shop',
      record: record(),
      asOf: 36_720_000,
      tie: { by: 'stack', stack: 'web', logicalId: 'Web' },
      ...more,
    });
    const all = [
      found({ record: record({ tokens: 'required', state: 'pending' }, 'i-1'), asOf: undefined, alias: undefined }),
      found(),
      ...Array.from({ length: 5 }, () => found({ record: record({ tokens: 'required' }) })),
    ];
    const { lines, more } = driftLines(launch({ tokens: option('required') }), all, (time) =>
      new Date(time).toISOString().slice(11, 16),
    );
    expect(lines.slice(0, 2)).toEqual([
      {
        instance: 'web-1 (i-0abc)',
        drift: 'live: tokens optional, here: required',
        isDrift: true,
        source: 'resource Web of stack web, account 111122223333 (shop), eu-central-1, as of 10:12',
      },
      {
        instance: 'web-1 (i-1)',
        drift: 'live as here: tokens required (pending)',
        isDrift: false,
        source: 'resource Web of stack web, account 111122223333, eu-central-1, being read',
      },
    ]);
    expect([lines.length, more]).toEqual([5, 2]);
  });
});
