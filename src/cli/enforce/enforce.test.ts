import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  AwsFailure,
  plansOf,
  planText,
  type Aws,
  type AwsChanges,
  type InstanceRecord,
  type PlannedChange,
} from '../../aws';
import { surroundingsIn } from '../testing/surroundings';
import { enforcePlan } from './enforce';
import { logPlace } from './log-place';
import type { EnforceOptions } from './options';

const ACCOUNT = '222233334444';
const AT = new Date('2026-11-22T12:00:00Z');

const planned = (digit: number, more: Partial<PlannedChange> = {}): PlannedChange => ({
  instance: `i-0123456789abcdef${String(digit)}`,
  name: `web-${String(digit)}`,
  account: ACCOUNT,
  region: 'eu-central-1',
  before: { tokens: 'optional' },
  set: { tokens: 'required' },
  verdict: 'safe',
  ...more,
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ec2-warden-enforce-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An account with the instances of a plan, and somebody at the terminal or nobody. */
function world(changes: readonly PlannedChange[]) {
  const [plan] = plansOf(changes, AT);
  writeFileSync(join(folder, 'plan.json'), plan === undefined ? '{}' : planText(plan));
  const state = {
    account: ACCOUNT,
    gone: new Set<string>(),
    ended: new Set<string>(),
    required: new Set<string>(),
    failing: new Map<string, AwsFailure>(),
    answers: undefined as string[] | undefined,
    env: {} as Record<string, string>,
    provider: 'profile' as 'profile' | 'environment',
  };
  const seen = { sent: [] as string[], asked: [] as string[], profile: '', dryRuns: [] as string[], reads: 0 };
  const abort = new AbortController();
  const record = ({ instance, region }: PlannedChange): InstanceRecord =>
    ({
      ...{ kind: 'instance', id: instance, name: `live-${instance.slice(-1)}`, region },
      state: state.ended.has(instance) ? 'terminated' : 'running',
      metadata: { tokens: state.required.has(instance) ? 'required' : 'optional', hopLimit: 1, state: 'applied' },
    }) as unknown as InstanceRecord;
  const used: Partial<Aws & AwsChanges> = {
    explain: () =>
      Promise.resolve({ chain: [{ provider: state.provider, state: 'used', message: '' }] } as unknown as Awaited<
        ReturnType<Aws['explain']>
      >),
    connect: (profile) => {
      seen.profile = profile;
      const arn = `arn:aws:iam::${state.account}:user/me`;
      return Promise.resolve({ profile, region: 'us-east-1', account: state.account, arn, partition: 'aws' });
    },
    inRegion: (session, region) => ({ ...session, region }),
    status: () => ({ expires: undefined, hasExpired: false, usesMfa: false, readOnly: undefined }),
    async *instances({ region }, { filters } = {}) {
      await Promise.resolve();
      seen.reads += 1;
      const ids = filters?.[0]?.values ?? [];
      const items = changes.filter((each) => each.region === region && ids.includes(each.instance));
      yield { items: items.filter(({ instance }) => !state.gone.has(instance)).map(record), isLast: true };
    },
    checkMetadataOptions: (_session, instance) => {
      seen.dryRuns.push(instance);
      const failure = state.failing.get(instance);
      return failure ? Promise.reject(failure) : Promise.resolve();
    },
    changeMetadataOptions: async (session, instance, change) => {
      await Promise.resolve();
      const failure = state.failing.get(instance);
      if (failure) throw failure;
      seen.sent.push(`${session.account} ${session.region} ${instance} ${JSON.stringify(change)}`);
      state.required.add(instance);
      const found = changes.find((each) => each.instance === instance);
      if (found === undefined) throw new Error('not planned');
      return { entry: {}, instance: record(found), state: 'applied' } as never;
    },
  };
  const run = async (options: Partial<EnforceOptions> = {}) => {
    const surroundings = surroundingsIn(folder, { env: state.env });
    const status = await enforcePlan(
      { plan: 'plan.json', ...options },
      {
        aws: used as Aws & AwsChanges,
        surroundings,
        terminal: {
          isInteractive: state.answers !== undefined,
          ask: (question) => {
            seen.asked.push(question);
            return Promise.resolve(state.answers?.shift());
          },
        },
        logPath: '/home/me/changes.jsonl',
        signal: abort.signal,
        sending: () => undefined,
      },
    );
    return { status, ...surroundings.printed() };
  };
  return { state, seen, run, abort };
}

const failure = (kind: 'denied' | 'expired'): AwsFailure =>
  new AwsFailure(`It is ${kind}.`, { kind, action: 'none', advice: 'Ask somebody.' });

describe('ec2-warden enforce', () => {
  test('shows what differs, changes it where it is, and nothing the second time', async () => {
    const { run, seen } = world([
      planned(1),
      planned(2, { region: 'us-east-1', verdict: 'unknown', reasons: ['No data.'] }),
    ]);
    expect(await run({ yes: true })).toEqual({
      status: 0,
      stdout: [
        'A plan of 2026-11-22T12:00:00.000Z for account 222233334444, as default (arn:aws:iam::222233334444:user/me).',
        'eu-central-1',
        '  i-0123456789abcdef1 (live-1): tokens optional → required; safe',
        'us-east-1',
        '  i-0123456789abcdef2 (live-2): tokens optional → required; unknown (No data.)',
        'done    i-0123456789abcdef1 (live-1), eu-central-1: tokens optional → required',
        'done    i-0123456789abcdef2 (live-2), us-east-1: tokens optional → required',
        'The log of changes: /home/me/changes.jsonl',
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(seen.sent).toEqual([
      `${ACCOUNT} eu-central-1 i-0123456789abcdef1 {"tokens":"required"}`,
      `${ACCOUNT} us-east-1 i-0123456789abcdef2 {"tokens":"required"}`,
    ]);
    const again = await run({ yes: true });
    expect([again.status, again.stdout.split('\n').at(-2), seen.sent.length]).toEqual([0, 'Nothing to change.', 2]);
  });

  test('asks, and takes no for an answer', async () => {
    const { run, seen, state } = world([planned(1), planned(2)]);
    for (const answer of ['n', '', 'yes please']) {
      state.answers = [answer];
      expect(await run()).toMatchObject({ status: 2, stderr: 'ec2-warden: Nothing was changed.\n' });
    }
    state.answers = [];
    expect((await run()).status).toBe(2);
    expect([seen.asked.at(-1), seen.sent]).toEqual(['Change 2 instances in account 222233334444? [y/N] ', []]);
    state.answers = ['y'];
    expect((await run()).status).toBe(0);
    expect(seen.sent).toHaveLength(2);
  });

  test('changes nothing where nobody can be asked', async () => {
    const { run, seen } = world([planned(1)]);
    const { status, stderr } = await run();
    expect([status, stderr]).toEqual([
      2,
      'ec2-warden: Nobody can be asked here: say --yes to change what the plan wants, or --dry-run to see it.\n',
    ]);
    expect([seen.profile, seen.sent]).toEqual(['', []]);
  });

  test('refuses a plan of another account before it looks at any instance', async () => {
    const { run, seen, state } = world([planned(1)]);
    state.account = '999999999999';
    const { status, stderr } = await run({ yes: true });
    expect([status, stderr]).toEqual([
      2,
      'ec2-warden: The plan is of account 222233334444, and these are the credentials of 999999999999. Nothing was sent. Use a profile of the account that the plan is of.\n',
    ]);
    expect([seen.reads, seen.sent]).toEqual([0, []]);
  });

  test.each([
    ['gone.json', 'gone.json: no such file or folder'],
    [
      'bad.json',
      'bad.json: changes[0].instance must be the id of an instance, such as i-0123456789abcdef0. Nothing was sent.',
    ],
  ])('says what is wrong with %s', async (plan, said) => {
    const { run } = world([planned(1)]);
    writeFileSync(join(folder, 'bad.json'), planText(plansOf([planned(1, { instance: 'i-x' })], AT)[0] as never));
    expect(await run({ plan, yes: true })).toEqual({ status: 2, stdout: '', stderr: `ec2-warden: ${said}\n` });
  });

  describe('what will break something', () => {
    const changes = [planned(1), planned(2, { verdict: 'will-break', reasons: ['212 calls.'] })];

    test('is left alone with --yes alone, and the rest is changed', async () => {
      const { run, seen } = world(changes);
      const { status, stdout } = await run({ yes: true });
      expect([status, seen.sent.length]).toEqual([1, 1]);
      expect(stdout).toContain('; will break something (212 calls.)');
      expect(stdout).toContain('1 instance left alone.');
    });

    test('is changed with --allow-breaking', async () => {
      const { run, seen } = world(changes);
      expect((await run({ yes: true, allowBreaking: true })).status).toBe(0);
      expect(seen.sent).toHaveLength(2);
    });

    test.each([
      ['break 1', 0, 2],
      ['', 1, 1],
      ['break 2', 1, 1],
    ])('is changed where somebody types it: %j', async (typed, wanted, count) => {
      const { run, seen, state } = world(changes);
      state.answers = ['y', typed];
      expect([(await run()).status, seen.sent.length]).toEqual([wanted, count]);
      expect(seen.asked).toEqual([
        'Change 1 instance in account 222233334444? [y/N] ',
        '1 instance will break. Type "break 1" to change it all the same; Enter leaves it alone: ',
      ]);
    });
  });

  test('tells what failed, what is gone and what was terminated', async () => {
    const { run, seen, state } = world([1, 2, 3, 4].map((digit) => planned(digit)));
    state.gone.add('i-0123456789abcdef2');
    state.ended.add('i-0123456789abcdef3');
    state.failing.set('i-0123456789abcdef4', failure('denied'));
    const { status, stdout } = await run({ yes: true });
    expect(status).toBe(1);
    expect(seen.sent).toHaveLength(1);
    expect(stdout).toContain('i-0123456789abcdef2 (web-2): is not there');
    expect(stdout).toContain('i-0123456789abcdef3 (live-3): terminated, so there is nothing to do');
    expect(stdout).toContain('failed  i-0123456789abcdef4 (live-4), eu-central-1: It is denied.');
  });

  test('one that is terminated is nothing that is wrong; one that is not there is', async () => {
    const { run, state } = world([planned(1)]);
    state.ended.add('i-0123456789abcdef1');
    expect((await run({ yes: true })).status).toBe(0);
    state.gone.add('i-0123456789abcdef1');
    expect((await run({ yes: true })).status).toBe(1);
  });

  test('does not go on where credentials have ended, nor where somebody gave up', async () => {
    const { run, state, abort } = world([1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => planned(digit)));
    for (let digit = 1; digit < 10; digit++)
      state.failing.set(`i-0123456789abcdef${String(digit)}`, failure('expired'));
    const { status, stdout } = await run({ yes: true });
    expect([status, stdout.match(/^failed /gm)?.length, stdout.match(/^left /gm)?.length]).toEqual([1, 5, 4]);
    state.failing.clear();
    abort.abort();
    const cancelled = await run({ yes: true });
    expect([cancelled.status, cancelled.stdout.match(/cancelled before it was begun/g)?.length]).toEqual([1, 9]);
  });

  test('--dry-run asks AWS, and changes nothing', async () => {
    const { run, seen, state } = world([planned(1), planned(2)]);
    expect((await run({ dryRun: true })).status).toBe(0);
    state.failing.set('i-0123456789abcdef2', failure('denied'));
    const { status, stdout } = await run({ dryRun: true });
    expect([status, seen.sent, seen.dryRuns.length, seen.asked]).toEqual([1, [], 4, []]);
    expect(stdout).toContain('allowed i-0123456789abcdef1 (live-1), eu-central-1');
    expect(stdout).not.toContain('The log of changes');
  });

  test('the profile is the one that is named, or what the AWS CLI would use', async () => {
    const { run, seen, state } = world([planned(1)]);
    await run({ yes: true });
    expect(seen.profile).toBe('default');
    state.env = { AWS_PROFILE: 'work' };
    await run({ yes: true });
    expect(seen.profile).toBe('work');
    state.provider = 'environment';
    await run({ yes: true });
    expect(seen.profile).toBe('(environment)');
    await run({ yes: true, profile: 'other' });
    expect(seen.profile).toBe('other');
  });

  test('a plan cannot command a terminal', async () => {
    const { run, state } = world([planned(1, { name: 'a\u001b[2Jb', verdict: 'unknown', reasons: ['c\r\nd'] })]);
    state.gone.add('i-0123456789abcdef1');
    expect((await run({ yes: true })).stdout).toContain('(a␛[2Jb): is not there');
  });
});

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', {}, '/home/me/.local/state/ec2-warden/changes.jsonl'],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/ec2-warden/changes.jsonl'],
  ['linux', { XDG_STATE_HOME: 'relative' }, '/home/me/.local/state/ec2-warden/changes.jsonl'],
  ['darwin', {}, '/home/me/Library/Application Support/ec2-warden/changes.jsonl'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/ec2-warden/changes.jsonl'],
])('the log on %s with %j', (platform, env, path) => {
  expect(logPlace(env, platform, '/home/me').replaceAll('\\', '/')).toBe(path);
});
