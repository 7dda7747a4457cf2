import fc from '../../../../test/fast-check';
import { expect, test } from 'vitest';
import type { Aws, AwsChanges, ChangeEntry, MetadataOptionsChange, Session } from '../../../aws';
import { sessionKey } from '../../../aws/identity/session';
import { settingsOf } from '../../../aws/metadata-options/change';
import type { ChangeLog } from '../../../aws/change-log/change-log';
import { readEntries, undoable } from '../../../aws/metadata-options/log';
import { forMany } from '../../../aws/metadata-options/many';
import { changeOptions, type ChangeTools } from '../../../aws/metadata-options/modify';
import { plansOf, planText } from '../../../aws/metadata-options/plan/plan';
import { shellScript } from '../../../aws/metadata-options/plan/shell-script';
import { fakeEc2, SESSION, START, type Fault } from '../../../aws/metadata-options/testing/fake-ec2';
import { undoChange } from '../../../aws/metadata-options/undo';
import { fakeInstance } from '../../testing/fake-aws';
import { requireOnAll, undoableOf, undoAll, type Run, type RunTools } from './run';
import { keyOf, type Judged } from './table';

const STAGING = { ...SESSION, profile: 'staging', account: '999988887777', arn: 'arn:aws:iam::999988887777:user/me' };
const ELSEWHERE = { ...SESSION, region: 'us-east-1' };

/** Instances of three sessions, two of them with the same id, each as EC2 documents it; one log. */
function world() {
  const lines: string[] = [];
  const log: ChangeLog = {
    append: (line) => {
      lines.push(line);
      return Promise.resolve();
    },
    read: () => Promise.resolve(lines.join('')),
  };
  const state = { sent: 0, stopAfter: Infinity, abort: new AbortController(), clock: 0, unlogged: [] as string[] };
  const now = (): Date => new Date(Date.UTC(2026, 10, 22) + ++state.clock * 1000);
  const hosts = [SESSION, SESSION, ELSEWHERE, STAGING].map((session, index) => {
    const ec2 = fakeEc2();
    const id = index === 3 ? 'i-0' : `i-${String(index)}`;
    const send = (command: { readonly input: object }): Promise<unknown> => {
      const entries = lines.map((line) => JSON.parse(line) as ChangeEntry);
      const last = entries.findLast((each) => each.instance === id && each.account === session.account);
      // Nothing is sent that the log does not have, nor anywhere but where the log says. Whatever throws here is taken for a failure of AWS's.
      const isLogged = last?.step === 'begun' && last.region === session.region && last.arn === session.arn;
      if (!isLogged || (command.input as { InstanceId?: unknown }).InstanceId !== id) state.unlogged.push(id);
      state.sent += 1;
      if (state.sent >= state.stopAfter) state.abort.abort();
      return (ec2.tools.client.send as (command: unknown) => Promise<unknown>)(command);
    };
    const tools: ChangeTools = { ...ec2.tools, session, log, now, client: { send: send as never } };
    const row: Judged = {
      session,
      alias: undefined,
      instance: fakeInstance(session, index, { id }),
      verdict: { is: 'safe', reasons: [], notes: [] },
    };
    return { ...ec2, tools, row, key: keyOf(row) };
  });
  const hostOf = (session: Session, id: string) => {
    const found = hosts.find(({ row }) => row.instance.id === id && sessionKey(row.session) === sessionKey(session));
    if (found === undefined) throw new Error(`${id} is not in ${session.account}`);
    return found;
  };
  const used: Partial<Aws & AwsChanges> = {
    async *instances(session, { filters } = {}) {
      const [id = ''] = filters?.[0]?.values ?? [];
      const read = await hostOf(session, id).tools.read(id);
      yield { items: read === undefined ? [] : [read], isLast: true };
    },
    changeMetadataOptions: (session, id, change, options) =>
      changeOptions(hostOf(session, id).tools, id, change, options),
    undoMetadataOptions: (session, entry, options) => undoChange(hostOf(session, entry.instance).tools, entry, options),
    changes: () => readEntries(log),
  };
  const tools: RunTools = {
    aws: used as Aws & AwsChanges,
    library: { forMany, undoable, plansOf, planText, shellScript },
    ui: { progress: (_title, work) => work(() => undefined, state.abort.signal) },
    show: () => undefined,
    now,
  };
  return { tools, hosts, state, log };
}

const faults = fc.constantFrom<Fault>(
  ...(['none', 'none', 'none', 'refused', 'lost before', 'lost after', 'slow', 'unreadable', 'silent'] as const),
);
const change: fc.Arbitrary<MetadataOptionsChange> = fc.record(
  { tokens: fc.constantFrom('optional', 'required'), hopLimit: fc.integer({ min: 1, max: 3 }) },
  { requiredKeys: [] },
);
const step = fc.oneof(
  fc.record({
    is: fc.constant('require' as const),
    which: fc.nat({ max: 15 }),
    stopAfter: fc.constantFrom(1, 2, Infinity),
  }),
  fc.record({ is: fc.constant('undo' as const), which: fc.nat({ max: 15 }), stopAfter: fc.constantFrom(1, Infinity) }),
  // Another window, and one instance.
  fc.record({ is: fc.constant('other' as const), which: fc.nat({ max: 3 }), change }),
);
const history = fc.array(fc.tuple(step, fc.array(faults, { minLength: 4, maxLength: 4 })), { maxLength: 6 });

test('histories of bulk changes, faults, giving up and undos: accounts end as the log says, and undoing all restores the start', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const { tools, hosts, state, log } = world();
      const runs: Run[] = [];
      for (const [each, fates] of steps) {
        hosts.forEach((host, index) => (host.state.fault = fates[index] ?? 'none'));
        state.sent = 0;
        state.abort = new AbortController();
        state.stopAfter = 'stopAfter' in each ? each.stopAfter : Infinity;
        const before = (await readEntries(log)).length;
        if (each.is === 'other') {
          const host = hosts[each.which];
          if (host) await changeOptions(host.tools, host.row.instance.id, each.change).catch(() => undefined);
        } else if (each.is === 'require') {
          const rows = hosts.map(({ row }) => row).filter((_row, index) => (each.which & (1 << index)) !== 0);
          const run = await requireOnAll(tools, rows);
          runs.push(run);
          expect(new Set(run.outcomes.map(({ item }) => keyOf(item)))).toEqual(new Set(rows.map(keyOf)));
        } else {
          const run = runs[each.which % Math.max(runs.length, 1)];
          if (run) await undoAll(tools, await undoableOf(tools, run));
        }
        for (const host of hosts) host.state.unread = 0;
        // What was not begun left no trace.
        const fresh = (await readEntries(log)).slice(before);
        const untouched =
          each.is === 'require' ? (runs.at(-1)?.outcomes ?? []).filter(({ is }) => is === 'not-begun') : [];
        for (const { item } of untouched) {
          const { session, instance } = item;
          expect(fresh.filter((entry) => entry.instance === instance.id && entry.account === session.account)).toEqual(
            [],
          );
        }
      }
      for (const { state: now, row } of hosts) {
        const { session, instance } = row;
        const own = (await readEntries(log)).filter(
          (entry) => entry.instance === instance.id && entry.account === session.account,
        );
        const at = own.findLastIndex(({ after }) => after !== undefined);
        const isUnread = own.slice(at + 1).some((entry) => entry.step !== 'failed');
        if (!isUnread) expect(settingsOf(now.options)).toEqual(own[at]?.after ?? settingsOf(START));
      }
      expect(state.unlogged).toEqual([]);
      for (const { state: now, row, tools: own } of hosts) {
        now.fault = 'none';
        const { session, instance } = row;
        for (const entry of undoable(await readEntries(log), session, instance.id)) await undoChange(own, entry);
        expect(settingsOf(now.options)).toEqual(settingsOf(START));
      }
    }),
    { numRuns: 1000 },
  );
}, 120_000);

test('undoing every run, the latest first, restores the start where nobody else changed anything', async () => {
  const fates = fc.constantFrom<Fault>('none', 'refused', 'lost before', 'lost after', 'slow', 'silent');
  const all = fc.array(fc.tuple(fc.nat({ max: 15 }), fc.array(fates, { minLength: 4, maxLength: 4 })), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(all, async (steps) => {
      const { tools, hosts } = world();
      const runs: Run[] = [];
      for (const [which, faulty] of steps) {
        hosts.forEach((host, index) => (host.state.fault = faulty[index] ?? 'none'));
        const rows = hosts.map(({ row }) => row).filter((_row, index) => (which & (1 << index)) !== 0);
        runs.push(await requireOnAll(tools, rows));
        for (const host of hosts) host.state.unread = 0;
      }
      for (const host of hosts) host.state.fault = 'none';
      for (const run of runs.reverse()) {
        const undone = await undoAll(tools, await undoableOf(tools, run));
        expect(undone.outcomes.filter(({ is }) => is !== 'done')).toEqual([]);
        expect(await undoableOf(tools, run)).toEqual([]);
      }
      for (const { state: now } of hosts) expect(settingsOf(now.options)).toEqual(settingsOf(START));
    }),
    { numRuns: 300 },
  );
}, 60_000);
