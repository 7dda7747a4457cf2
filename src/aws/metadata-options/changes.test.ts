import { ModifyInstanceMetadataOptionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsFailure } from '../clients/failure';
import type { InstanceRecord, MetadataOptionsRecord } from '../inventory/records';
import { settingsOf, toCommand, type MetadataOptionsChange } from './change';
import { describeUse, tokenUse } from './evidence';
import { readEntries, undoable, type ChangeLog } from './log';
import { changeOptions, checkChange, undoChange, type ChangeTools } from './modify';

const SESSION = {
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
};
const START: MetadataOptionsRecord = {
  tokens: 'optional',
  endpoint: 'enabled',
  hopLimit: 1,
  ipv6: 'disabled',
  instanceTags: 'disabled',
  state: 'applied',
};

/** What happens to the next request to change something. */
type Fault = 'none' | 'refused' | 'lost before' | 'lost after' | 'slow';

/** An instance as EC2 documents it: options that are not sent keep their value, and a change is pending for a while. */
function fakeEc2() {
  const log: string[] = [];
  const sent: { readonly input: object; readonly logged: string }[] = [];
  const state = { options: { ...START }, looks: 0, fault: 'none' as Fault, running: 'running' };
  const lost = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const apply = (input: ModifyInstanceMetadataOptionsCommand['input']): void => {
    Object.assign(state.options, {
      ...(input.HttpTokens === undefined ? {} : { tokens: input.HttpTokens }),
      ...(input.HttpEndpoint === undefined ? {} : { endpoint: input.HttpEndpoint }),
      ...(input.HttpPutResponseHopLimit === undefined ? {} : { hopLimit: input.HttpPutResponseHopLimit }),
      ...(input.HttpProtocolIpv6 === undefined ? {} : { ipv6: input.HttpProtocolIpv6 }),
      ...(input.InstanceMetadataTags === undefined ? {} : { instanceTags: input.InstanceMetadataTags }),
      state: 'pending',
    });
    state.looks = state.fault === 'slow' ? 3 : 1;
  };
  const send = (command: unknown): Promise<unknown> => {
    if (!(command instanceof ModifyInstanceMetadataOptionsCommand)) return Promise.reject(new Error('not asked for'));
    const { input } = command;
    if (input.DryRun === true) {
      const name = state.fault === 'refused' ? 'UnauthorizedOperation' : 'DryRunOperation';
      return Promise.reject(Object.assign(new Error('x'), { name }));
    }
    sent.push({ input, logged: log.at(-1) ?? '' });
    if (state.fault === 'refused')
      return Promise.reject(Object.assign(new Error('no'), { name: 'UnauthorizedOperation' }));
    if (state.fault === 'lost before') return Promise.reject(lost());
    apply(input);
    return state.fault === 'lost after' ? Promise.reject(lost()) : Promise.resolve({});
  };
  const changeLog: ChangeLog = {
    append: (line) => {
      log.push(line);
      return Promise.resolve();
    },
    read: () => Promise.resolve(log.join('')),
  };
  const tools: ChangeTools = {
    session: SESSION,
    client: { send: send as EC2Client['send'] },
    read: (id) => {
      if (state.looks > 0 && state.running === 'running') state.looks--;
      else if (state.running === 'running') state.options.state = 'applied';
      const metadata = { ...state.options };
      return Promise.resolve({ id, state: state.running, metadata } as InstanceRecord);
    },
    log: changeLog,
    now: () => new Date('2026-11-22T12:00:00Z'),
    wait: () => Promise.resolve(),
    guard: () => undefined,
  };
  return { tools, state, sent, changeLog };
}

describe('a change', () => {
  test('sends what differs and nothing else, waits, and reads back', async () => {
    const { tools, sent, changeLog } = fakeEc2();
    const seen: (string | undefined)[] = [];
    const { state, entry } = await changeOptions(
      tools,
      'i-1',
      { tokens: 'required', endpoint: 'enabled', hopLimit: 2 },
      { progress: ({ metadata }) => seen.push(metadata.state) },
    );
    expect(state).toBe('applied');
    expect(sent.map(({ input }) => input)).toEqual([
      { InstanceId: 'i-1', HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
    ]);
    expect(seen).toEqual(['pending', 'applied']);
    expect(entry.after).toEqual({ ...settingsOf(START), tokens: 'required', hopLimit: 2 });
    expect((await readEntries(changeLog)).map(({ step }) => step)).toEqual(['begun', 'done']);
  });

  test('that is there already sends nothing and writes nothing', async () => {
    const { tools, sent, changeLog } = fakeEc2();
    const { state } = await changeOptions(tools, 'i-1', { tokens: 'optional' });
    expect([state, sent, await readEntries(changeLog)]).toEqual(['unchanged', [], []]);
  });

  test('of a stopped instance holds from its start', async () => {
    const { tools, state } = fakeEc2();
    state.running = 'stopped';
    expect((await changeOptions(tools, 'i-1', { tokens: 'required' })).state).toBe('at-start');
  });

  test('that is guarded against asks nothing', async () => {
    const { tools, sent } = fakeEc2();
    const guarded = {
      ...tools,
      guard: (): never => {
        throw new AwsFailure('read-only', { kind: 'guard', action: 'none', advice: '.' });
      },
    };
    await expect(changeOptions(guarded, 'i-1', { tokens: 'required' })).rejects.toThrow('read-only');
    await expect(checkChange(guarded, 'i-1', { tokens: 'required' })).rejects.toThrow('read-only');
    expect(sent).toEqual([]);
  });

  test('may be asked about first', async () => {
    const { tools, state, sent } = fakeEc2();
    await checkChange(tools, 'i-1', { tokens: 'required' });
    state.fault = 'refused';
    await expect(checkChange(tools, 'i-1', { tokens: 'required' })).rejects.toThrow(
      'work lacks the permission ec2:ModifyInstanceMetadataOptions in account 111122223333, eu-west-1.',
    );
    expect(sent).toEqual([]);
  });

  test('that somebody else took back is taken back', async () => {
    const { tools, state, changeLog } = fakeEc2();
    const { entry } = await changeOptions(tools, 'i-1', { tokens: 'required' });
    state.options.tokens = 'optional';
    expect((await undoChange(tools, entry)).state).toBe('unchanged');
    expect(undoable(await readEntries(changeLog), SESSION, 'i-1')).toEqual([]);
  });

  test('is taken back in its own account only', async () => {
    const { tools } = fakeEc2();
    const { entry } = await changeOptions(tools, 'i-1', { tokens: 'required' });
    const elsewhere = { ...tools, session: { ...SESSION, account: '999999999999' } };
    await expect(undoChange(elsewhere, entry)).rejects.toThrow(
      'That change was made in eu-west-1 of account 111122223333, not in eu-west-1 of 999999999999.',
    );
  });

  test('as a command', () => {
    expect(toCommand('eu-west-1', 'i-1', { tokens: 'required', hopLimit: 2 })).toBe(
      'aws ec2 modify-instance-metadata-options --region eu-west-1 --instance-id i-1 --http-tokens required --http-put-response-hop-limit 2',
    );
  });
});

test('histories of changes, faults and undos: what the log says is so, and undoing all restores the start', async () => {
  const change: fc.Arbitrary<MetadataOptionsChange> = fc.record(
    {
      tokens: fc.constantFrom('optional', 'required'),
      endpoint: fc.constantFrom('enabled', 'disabled'),
      hopLimit: fc.integer({ min: 1, max: 64 }),
      ipv6: fc.constantFrom('enabled', 'disabled'),
      instanceTags: fc.constantFrom('enabled', 'disabled'),
    },
    { requiredKeys: [] },
  );
  const fault = fc.constantFrom<Fault>('none', 'none', 'refused', 'lost before', 'lost after', 'slow');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ change, fault, undo: fc.boolean() }), { maxLength: 8 }), async (history) => {
      const { tools, state, sent, changeLog } = fakeEc2();
      const latest = async () => undoable(await readEntries(changeLog), SESSION, 'i-1');
      for (const step of history) {
        state.fault = step.fault;
        const [last] = step.undo ? await latest() : [];
        const work = last ? undoChange(tools, last) : changeOptions(tools, 'i-1', step.change);
        await work.catch((error: unknown) => expect(error).toBeInstanceOf(AwsFailure));
      }
      for (const { logged } of sent) expect(JSON.parse(logged)).toMatchObject({ step: 'begun' });
      const done = (await readEntries(changeLog)).findLast(({ step }) => step === 'done');
      if (done) expect(settingsOf(state.options)).toEqual(done.after);
      state.fault = 'none';
      for (const entry of await latest()) await undoChange(tools, entry);
      expect(settingsOf(state.options)).toEqual(settingsOf(START));
      expect(await latest()).toEqual([]);
    }),
    { numRuns: 1000 },
  );
}, 60_000);

describe('evidence', () => {
  test('takes one call for 250 instances, and tells no data from none', async () => {
    const calls: number[] = [];
    const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 22, hour));
    const client = {
      send: ({ input }: { input: { MetricDataQueries: { Id: string }[]; NextToken?: string } }) => {
        calls.push(input.MetricDataQueries.length);
        if (input.NextToken !== undefined)
          return Promise.resolve({ MetricDataResults: [{ Id: 'm1_0', Timestamps: [at(4)], Values: [2] }] });
        return Promise.resolve({
          MetricDataResults: [
            { Id: 'm0_0', Timestamps: [at(5), at(3)], Values: [0, 0] },
            { Id: 'm1_0', Timestamps: [at(9)], Values: [210] },
            { Id: 'm2_0', Timestamps: [], Values: [] },
          ],
          ...(calls.length === 1 ? { NextToken: 'more' } : {}),
        });
      },
    };
    const ids = Array.from({ length: 500 }, (_, index) => `i-${String(index)}`);
    const found = [];
    for await (const batch of tokenUse(client as never, ids, at(0), at(12), undefined)) found.push(...batch);
    expect(calls).toEqual([500, 500, 500]);
    expect(found).toHaveLength(500);
    expect(found.slice(0, 3).map((use) => describeUse(use, at(12), 14))).toEqual([
      'No call without a token in 14 days.',
      'Last call without a token 3 h ago, 212 in 14 days.',
      'No data on calls without a token in 14 days.',
    ]);
  });
});
