import { expect, test } from 'vitest';
import type { Aws, AwsChanges, InstanceRecord, Session, TokenUse, UserData } from '../../../aws';
import { fakeInstance } from '../../testing/fake-aws';
import { gatherEvidence, type Evidence } from '../evidence';
import { gatherEvidenceOfMany } from '.';

const SESSION: Session = {
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
};
const SCRIPT: UserData = { text: '#!/bin/sh\ncurl V1\n', encodings: ['base64'] };
const NOTHING: TokenUse = { instance: '', tokenless: undefined, rejected: undefined };

function hosts(count: number, more: (index: number) => Partial<InstanceRecord> = () => ({})): InstanceRecord[] {
  return Array.from({ length: count }, (_, index) => fakeInstance(SESSION, index, { image: 'ami-1', ...more(index) }));
}

const started = (id: string, version: string, group?: string): Partial<InstanceRecord> => ({
  launchTemplate: id,
  tags: { 'aws:ec2launchtemplate:version': version },
  autoScalingGroup: group,
});

/** An account that counts what it is asked for, and answers user data as told. */
function world(userData: (id: string) => Promise<UserData> = () => Promise.resolve(SCRIPT)) {
  const asked: string[] = [];
  const searched: string[] = [];
  const signals: AbortSignal[] = [];
  const reading = { now: 0, most: 0 };
  const aws: Pick<
    Aws & AwsChanges,
    'userData' | 'tokenUse' | 'imageSupports' | 'metadataDefaults' | 'templateVersions'
  > = {
    userData: async (_session, id, { signal } = {}) => {
      asked.push(`user data of ${id}`);
      if (signal) signals.push(signal);
      reading.most = Math.max(reading.most, ++reading.now);
      try {
        await new Promise((resolve) => setImmediate(resolve));
        return await userData(id);
      } finally {
        reading.now--;
      }
    },
    async *tokenUse(_session, ids) {
      asked.push(`use of ${String(ids.length)}`);
      await Promise.resolve();
      if (ids.includes(hosts(301)[300]?.id ?? '')) throw new Error('work lacks cloudwatch:GetMetricData.');
      yield ids.map((instance) => ({ ...NOTHING, instance }));
    },
    imageSupports: (_session, images) => {
      asked.push(`images ${images.join()}`);
      return Promise.resolve(new Map(images.map((image) => [image, 'v2'])));
    },
    metadataDefaults: () => {
      asked.push('defaults');
      return Promise.reject(new Error('not allowed'));
    },
    templateVersions: (_session, id, versions) => {
      asked.push(`${id} ${versions.join()}`);
      if (id === 'lt-gone') return Promise.reject(new Error('There is no lt-gone.'));
      return Promise.resolve(new Map(versions.map((version) => [version, { version, userData: SCRIPT }])));
    },
  };
  const tools = {
    aws: aws as Aws & AwsChanges,
    findCalls: (_name: string, text: string) => {
      searched.push(text);
      return Promise.resolve([{ line: 1, message: text }]);
    },
    now: () => new Date('2026-11-22T12:00:00Z'),
  };
  const abort = new AbortController();
  const gather = async (instances: readonly InstanceRecord[]): Promise<Evidence[]> => {
    const all: Evidence[] = [];
    for await (const evidence of gatherEvidenceOfMany(tools, SESSION, instances, abort.signal)) all.push(evidence);
    return all;
  };
  return { asked, searched, signals, reading, tools, abort, gather };
}

test('asks once for 250 instances, all images and the defaults; equal user data is searched once, eight are read at once', async () => {
  const { gather, asked, searched, reading } = world();
  const all = await gather(hosts(260));
  expect(new Set(all.map(({ instance }) => instance.id)).size).toBe(260);
  expect(asked.filter((what) => !what.startsWith('user data'))).toEqual([
    'images ami-1',
    'defaults',
    'use of 250',
    'use of 10',
  ]);
  expect([asked.length - 4, reading.most, searched]).toEqual([260, 8, [SCRIPT.text]]);
  expect(all[0]).toMatchObject({ image: 'v2', defaults: undefined, userDataOf: 'instance', template: undefined });
});

test('what an Auto Scaling group started has its template’s user data: read once, whatever their number', async () => {
  const { gather, asked } = world();
  const all = await gather(
    hosts(100, (index) => started(index < 60 ? 'lt-web' : 'lt-api', String(index % 2), 'group')),
  );
  expect(asked.filter((what) => what.startsWith('user data'))).toEqual([]);
  expect(asked.filter((what) => what.startsWith('lt-'))).toEqual(['lt-web 0,1', 'lt-api 0,1']);
  expect(all[0]).toMatchObject({ userDataOf: 'template', userData: { is: 'read' }, template: { id: 'lt-web' } });
});

test('what somebody started by hand from a template may have other user data: both are read where there are few', async () => {
  const { gather, asked } = world();
  const [only] = await gather(hosts(1, () => started('lt-web', '3')));
  expect(only).toMatchObject({ userDataOf: 'instance', template: { id: 'lt-web', version: '3' } });
  expect(asked.filter((what) => /^(lt|user)/.test(what))).toHaveLength(2);
  asked.length = 0;
  await gather(hosts(21, (index) => started(`lt-${String(index)}`, '1')));
  expect(asked.filter((what) => what.startsWith('lt-'))).toEqual([]);
});

test('a template that is gone leaves the instances their own', async () => {
  const { gather } = world();
  const all = await gather(hosts(2, () => started('lt-gone', '1', 'group')));
  expect(all.map(({ userDataOf, userData }) => [userDataOf, userData.is])).toEqual([
    ['instance', 'read'],
    ['instance', 'read'],
  ]);
  expect(all[0]?.template?.userData).toEqual({ is: 'unread', why: 'There is no lt-gone.' });
});

test('one failure is evidence of those that it is about', async () => {
  const [first, second] = hosts(2);
  const { gather } = world((id) =>
    id === first?.id ? Promise.reject(new Error('No answer.')) : Promise.resolve(SCRIPT),
  );
  const all = await gather(hosts(301));
  const byId = new Map(all.map((evidence) => [evidence.instance.id, evidence]));
  expect(byId.get(first?.id ?? '')?.userData).toEqual({ is: 'unread', why: 'No answer.' });
  expect(byId.get(second?.id ?? '')?.userData.is).toBe('read');
  const failed = all.filter(({ useFailure }) => useFailure === 'work lacks cloudwatch:GetMetricData.');
  expect(failed).toHaveLength(51);
});

test('one that is slow holds nobody up', async () => {
  const [slow] = hosts(1);
  const { tools, abort } = world((id) => (id === slow?.id ? new Promise(() => undefined) : Promise.resolve(SCRIPT)));
  const seen: string[] = [];
  for await (const { instance } of gatherEvidenceOfMany(tools, SESSION, hosts(40), abort.signal)) {
    seen.push(instance.id);
    if (seen.length === 39) break;
  }
  expect(seen).not.toContain(slow?.id);
});

test('giving up ends it, and so does leaving', async () => {
  const { tools, abort, signals, asked } = world();
  const gathering = (async () => {
    for await (const { instance } of gatherEvidenceOfMany(tools, SESSION, hosts(200), abort.signal)) {
      if (instance.id !== '') abort.abort();
    }
  })();
  await expect(gathering).rejects.toThrow('abort');
  const left = world();
  await gatherEvidence(left.tools, SESSION, fakeInstance(SESSION, 1), new AbortController().signal);
  expect([...signals, ...left.signals].every(({ aborted }) => aborted)).toBe(true);
  expect(asked.length).toBeLessThan(150);
});

test('what of the workspace leads to an instance is evidence; where that cannot be found out, the rest is', async () => {
  const { tools } = world();
  const lead = { uri: 'file:///web.tf', name: 'web.tf', because: 'equal user data', calls: [] };
  const findInWorkspace = (_session: Session, { id }: InstanceRecord, userData: string | undefined) =>
    id === hosts(1)[0]?.id ? Promise.reject(new Error('no')) : Promise.resolve(userData === SCRIPT.text ? [lead] : []);
  const all: Evidence[] = [];
  const signal = new AbortController().signal;
  for await (const evidence of gatherEvidenceOfMany({ ...tools, findInWorkspace }, SESSION, hosts(2), signal))
    all.push(evidence);
  expect(all.map(({ inWorkspace }) => inWorkspace)).toEqual([undefined, [lead]]);
});
