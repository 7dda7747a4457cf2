import fc from '../../../test/fast-check';
import { describe, expect, test } from 'vitest';
import { AwsFailure } from '../clients/failure';
import { settingsOf, toCommand, type MetadataOptionsChange } from './change';
import { describeUse, tokenUse } from './evidence';
import { readEntries, undoable } from './log';
import { changeOptions, checkChange } from './modify';
import { fakeEc2, SESSION, START, type Fault } from './testing/fake-ec2';
import { undoChange } from './undo';

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
    expect([state, entry.name]).toEqual(['applied', 'web']);
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

  test('is taken back once', async () => {
    const { tools, sent } = fakeEc2();
    const { entry } = await changeOptions(tools, 'i-1', { tokens: 'required' });
    await undoChange(tools, entry);
    await changeOptions(tools, 'i-1', { tokens: 'required' });
    await expect(undoChange(tools, entry)).rejects.toThrow('That change of i-1 was taken back already.');
    expect(sent).toHaveLength(3);
  });

  test('goes back before those that came before it, where they have an option in common', async () => {
    const { tools, state } = fakeEc2();
    const { entry: first } = await changeOptions(tools, 'i-1', { tokens: 'required', hopLimit: 2 });
    const { entry: second } = await changeOptions(tools, 'i-1', { hopLimit: 3 });
    const { entry: third } = await changeOptions(tools, 'i-1', { ipv6: 'enabled' });
    await expect(undoChange(tools, first)).rejects.toThrow('i-1 was changed again at 2026-11-22T12:00:00.000Z');
    await undoChange(tools, second);
    await undoChange(tools, first);
    expect(settingsOf(state.options)).toEqual({ ...settingsOf(START), ipv6: 'enabled' });
    await undoChange(tools, third);
    expect(settingsOf(state.options)).toEqual(settingsOf(START));
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
  const fault = fc.constantFrom<Fault>(
    ...([
      'none',
      'none',
      'refused',
      'refused at last',
      'lost before',
      'lost after',
      'slow',
      'unreadable',
      'silent',
    ] as const),
  );
  const undo = fc.option(fc.nat({ max: 3 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ change, fault, undo }), { maxLength: 8 }), async (history) => {
      const { tools, state, sent, changeLog } = fakeEc2();
      const latest = async () => undoable(await readEntries(changeLog), SESSION, 'i-1');
      for (const step of history) {
        state.fault = step.fault;
        // Any of them, not the latest alone: what stands in the way is refused.
        const entry = step.undo === undefined ? undefined : (await latest())[step.undo];
        const work = entry ? undoChange(tools, entry) : changeOptions(tools, 'i-1', step.change);
        await work.catch((error: unknown) => expect(error).toBeInstanceOf(AwsFailure));
        state.unread = 0;
      }
      for (const { logged } of sent) expect(JSON.parse(logged)).toMatchObject({ step: 'begun' });
      // What was read back last is what is there, unless something came after it that nobody could read back: the log says that, too.
      const lines = await readEntries(changeLog);
      const at = lines.findLastIndex(({ after }) => after !== undefined);
      const isUnread = lines.slice(at + 1).some(({ step }) => step !== 'failed');
      if (!isUnread && at >= 0) expect(settingsOf(state.options)).toEqual(lines[at]?.after);
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
