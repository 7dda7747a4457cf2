/** Accounts with instances, and somebody at the table: what tests of many instances begin with. */
import { expect } from 'vitest';
import type { Aws, AwsChanges, ChangeEntry, ChangeResult, InstanceRecord, Session } from '../../../../aws';
import { AwsFailure, type FailureKind } from '../../../../aws/clients/failure';
import { sessionKey } from '../../../../aws/identity/session';
import { undoable } from '../../../../aws/metadata-options/log';
import { forMany } from '../../../../aws/metadata-options/many';
import { plansOf, planText } from '../../../../aws/metadata-options/plan/plan';
import { shellScript } from '../../../../aws/metadata-options/plan/shell-script';
import { fakeInstance } from '../../../testing/fake-aws';
import type { Question } from '../../question';
import type { BulkTools, TableEnd, TableView } from '../flow';
import type { PlanFiles } from '../plan-of';
import type { Run } from '../run';
import type { Section } from '../table';
import type { Target } from '../targets';

const AT = new Date('2026-11-22T12:00:00Z');
export const SESSION: Session = Object.freeze({
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
});
export const STAGING: Session = Object.freeze({
  ...SESSION,
  profile: 'staging',
  account: '999988887777',
  arn: 'arn:aws:iam::999988887777:user/me',
});
const HOUR = 3_600_000;

/** What an instance is like: whoever asks without a token breaks, and nobody knows of one that has no data. */
type Kind = 'safe' | 'breaks' | 'unknown';

function instanceOf(session: Session, number: number, more: Partial<InstanceRecord> = {}): InstanceRecord {
  const id = `i-${session.account.slice(0, 4)}${number.toString(16).padStart(13, '0')}`;
  return fakeInstance(session, number, { id, ...more });
}

const keyOf = (session: Session, id: string): string => `${sessionKey(session)} ${id}`;

/** Accounts with instances, and somebody who answers as told. */
export function world(
  all: readonly { readonly session: Session; readonly instance: InstanceRecord; readonly kind: Kind }[],
) {
  const there = new Map(all.map(({ session, instance }) => [keyOf(session, instance.id), instance]));
  const kinds = new Map(all.map(({ instance, kind }) => [instance.id, kind]));
  const state = {
    readOnly: new Set<string>(),
    /** What happens to the change of an instance, by its id. */
    faults: new Map<string, FailureKind>(),
    denied: new Set<string>(),
    evidenceFails: false,
    end: 'accept' as TableEnd,
    answer: 'yes' as 'yes' | undefined,
    typed: true,
    /** Somebody at the table; given the table when it is full. */
    atTable: ((): void => undefined) as (view: TableView) => void,
    /** Called before each change. */
    before: ((): void => undefined) as (id: string) => void,
  };
  const seen = {
    asked: [] as Question[],
    words: [] as string[],
    refused: [] as string[],
    titles: [] as string[],
    sections: [] as (readonly Section[])[],
    sent: [] as { readonly session: Session; readonly id: string; readonly change: object }[],
    shown: [] as string[],
    runs: [] as Run[],
    plans: [] as PlanFiles[],
    progress: [] as string[],
    dryRuns: [] as string[],
  };
  const entries: ChangeEntry[] = [];
  const abort = new AbortController();

  const change = (session: Session, id: string, wanted: object, undoes?: string): ChangeResult => {
    state.before(id);
    const before = there.get(keyOf(session, id));
    if (before === undefined) throw new Error(`${id} is not there`);
    const { profile, account, arn, region } = session;
    const entry: ChangeEntry = {
      ...{ id: `change-${entries.length}`, step: 'done', at: AT.toISOString(), profile, account, arn, region },
      ...{ instance: id, before: { tokens: before.metadata.tokens ?? 'optional' }, sent: wanted },
      ...(undoes === undefined ? {} : { undoes }),
    };
    const fault = state.faults.get(id);
    if (fault !== undefined) {
      entries.push({ ...entry, step: fault === 'network' ? 'begun' : 'failed' });
      throw new AwsFailure(`${id}: ${fault}.`, { kind: fault, action: 'none', advice: 'Look at it.' });
    }
    seen.sent.push({ session, id, change: wanted });
    const instance: InstanceRecord = { ...before, metadata: { ...before.metadata, ...wanted, state: 'applied' } };
    there.set(keyOf(session, id), instance);
    entries.push(entry);
    return { entry, instance, state: 'applied' };
  };
  const quiet = Array.from({ length: 14 * 24 }, (_, hour) => ({ at: new Date(AT.getTime() - hour * HOUR), calls: 0 }));
  const calls = { safe: { total: 0, last: undefined, hours: quiet }, breaks: { total: 9, last: AT, hours: quiet } };
  const used: Partial<Aws & AwsChanges> = {
    status: ({ profile }) => ({
      ...{ expires: undefined, hasExpired: false, usesMfa: false },
      readOnly: state.readOnly.has(profile) ? `The profile ${profile} is set to read-only.` : undefined,
    }),
    accountAlias: ({ account }) => Promise.resolve(`alias-${account.slice(0, 4)}`),
    async *instances(session, { filters } = {}) {
      await Promise.resolve();
      const ids = filters?.[0]?.values;
      expect(ids?.length ?? 0).toBeLessThanOrEqual(200);
      const own = [...there].filter(([key]) => key.startsWith(sessionKey(session))).map(([, instance]) => instance);
      yield { items: own.filter(({ id }) => ids?.includes(id) ?? true), isLast: true };
    },
    userData: () => Promise.resolve({ text: undefined, encodings: [] }),
    imageSupports: () => Promise.resolve(new Map()),
    metadataDefaults: () => Promise.reject(new Error('not asked')),
    async *tokenUse(_session, ids) {
      await Promise.resolve();
      if (state.evidenceFails) throw new Error('CloudWatch is away.');
      yield ids.map((instance) => {
        const kind = kinds.get(instance) ?? 'unknown';
        return { instance, tokenless: kind === 'unknown' ? undefined : calls[kind], rejected: undefined };
      });
    },
    checkMetadataOptions: (_session, id) => {
      seen.dryRuns.push(id);
      return state.denied.has(id)
        ? Promise.reject(new AwsFailure('No permission.', { kind: 'denied', action: 'none', advice: '.' }))
        : Promise.resolve();
    },
    changeMetadataOptions: (session, id, wanted) => Promise.resolve().then(() => change(session, id, wanted)),
    undoMetadataOptions: (session, entry) =>
      Promise.resolve().then(() => change(session, entry.instance, { tokens: entry.before.tokens }, entry.id)),
    changes: () => Promise.resolve(entries),
  };
  const tools: BulkTools = {
    aws: used as Aws & AwsChanges,
    library: { forMany, undoable, plansOf, planText, shellScript },
    findCalls: () => Promise.resolve([]),
    ui: {
      progress: (_title, work) => work((text) => void seen.progress.push(text), abort.signal),
      ask: (question) => {
        seen.asked.push(question);
        return Promise.resolve(state.answer);
      },
      askToType: (_prompt, word) => {
        seen.words.push(word);
        return Promise.resolve(state.typed);
      },
      refuse: (message) => void seen.refused.push(message),
      table: async (view) => {
        await view.fill(() => seen.sections.push(view.table.sections()), new AbortController().signal);
        seen.sections.push(view.table.sections());
        seen.titles.push(view.title, view.placeholder);
        state.atTable(view);
        return state.end;
      },
      report: (run) => {
        seen.runs.push(run);
        return Promise.resolve();
      },
      showPlans: (plans) => {
        seen.plans.push(...plans);
        return Promise.resolve();
      },
    },
    show: (_session, { id, metadata }) => void seen.shown.push(`${id} ${metadata.tokens ?? ''}`),
    now: () => AT,
  };
  const targets: readonly Target[] = [...new Set(all.map(({ session }) => session))].map((session) => ({
    session,
    ids: all.flatMap((each) => (each.session === session ? [each.instance.id] : [])),
  }));
  const lastRun = (): Run => {
    const run = seen.runs.at(-1);
    if (run === undefined) throw new Error('nothing was run');
    return run;
  };
  return { tools, state, seen, entries, targets, there, abort, lastRun };
}

/** So many of a kind, numbered on. */
export function some(kind: Kind, count: number, from = 1, session = SESSION, more: Partial<InstanceRecord> = {}) {
  return Array.from({ length: count }, (_, index) => ({
    session,
    kind,
    instance: instanceOf(session, from + index, more),
  }));
}

export const chooseAll = ({ table }: TableView): void =>
  table.choose(new Set(table.sections().flatMap(({ lines }) => lines.map(({ key }) => key))));
