import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { undoable, type InstanceRecord, type Session, type TokenUse } from '../../../src/aws';
import { openAccount, type TestAccount } from '../account.mjs';
import { describeFaults } from './changes/faults';
import { describeWhose } from './changes/whose';
import { describeWindows } from './changes/windows';
import { all, failureOf, openAws, type Opened } from './connected';

// Changes of metadata options through the proxy, which answers as AWS documents.

let account: TestAccount;
let opened: Opened;
let session: Session;

beforeAll(async () => {
  account = await openAccount();
  await account.fill();
});
afterAll(() => account.close());
beforeEach(async () => {
  account.proxy.clear();
  opened = openAws(account.endpoint, undefined, { hasLog: true });
  session = await opened.aws.connect('tidewater-production');
  account.proxy.calls.length = 0;
});
afterEach(() => opened.close());

async function instance(name: string, by = session): Promise<InstanceRecord> {
  const found = await all(opened.aws.instances(by, { filters: [{ name: 'tag:Name', values: [name] }] }));
  if (found[0] === undefined) throw new Error(`There is no ${name}.`);
  return found[0];
}

const sent = () =>
  account.proxy.calls.filter(
    ({ action, parameters }) => action === 'ModifyInstanceMetadataOptions' && parameters.get('DryRun') !== 'true',
  );

test('a change is pending, then applied; what was not chosen is not sent and stays; undo restores exactly what was', async () => {
  const { id, metadata } = await instance('web-5');
  const seen: (string | undefined)[] = [];
  const progress = ({ metadata: now }: InstanceRecord): void => void seen.push(now.state);
  const { state, entry } = await opened.aws.changeMetadataOptions(session, id, { tokens: 'required' }, { progress });
  expect(state).toBe('applied');
  expect(new Set(seen)).toEqual(new Set(['pending', 'applied']));
  const [{ parameters } = { parameters: new URLSearchParams() }] = sent();
  expect([...parameters.keys()].sort()).toEqual(['Action', 'HttpTokens', 'InstanceId', 'Version']);
  expect((await instance('web-5')).metadata).toEqual({ ...metadata, tokens: 'required' });
  await opened.aws.undoMetadataOptions(session, entry);
  expect((await instance('web-5')).metadata).toEqual(metadata);
  expect(undoable(await opened.aws.changes(), session, id)).toEqual([]);
});

test('DryRun changes nothing', async () => {
  const { id, metadata } = await instance('web-1');
  await opened.aws.checkMetadataOptions(session, id, { tokens: 'required' });
  expect((await instance('web-1')).metadata).toEqual(metadata);
  expect([sent(), await opened.aws.changes()]).toEqual([[], []]);
});

test('on a terminated instance it is refused, and the log says so', async () => {
  const { id } = await instance('web-2');
  account.states.set(id, 'terminated');
  await failureOf(opened.aws.changeMetadataOptions(session, id, { tokens: 'required' }));
  account.states.delete(id);
  expect((await opened.aws.changes()).map(({ step }) => step)).toEqual(['begun', 'failed']);
  expect((await instance('web-2')).metadata.tokens).toBe('optional');
});

test('a read-only profile sends nothing, not even a question', async () => {
  const { id } = await instance('web-4');
  opened.settings.current = { readOnly: ['tidewater-prod*'] };
  account.proxy.calls.length = 0;
  await failureOf(opened.aws.checkMetadataOptions(session, id, { tokens: 'required' }));
  await failureOf(opened.aws.changeMetadataOptions(session, id, { tokens: 'required' }));
  expect(account.proxy.calls).toEqual([]);
});

test('evidence is there for those that have any, in one call', async () => {
  const ids = await Promise.all(['web-1', 'web-5', 'web-6'].map(async (name) => (await instance(name)).id));
  account.proxy.calls.length = 0;
  const found: TokenUse[] = [];
  for await (const batch of opened.aws.tokenUse(session, ids)) found.push(...batch);
  expect(found.map(({ tokenless }) => tokenless && tokenless.total > 0)).toEqual([true, false, undefined]);
  expect(account.proxy.calls.map(({ action }) => action)).toEqual(['GetMetricData']);
});

test('an image that says nothing, and one that is not there, in one call', async () => {
  const { image = '' } = await instance('web-1');
  account.proxy.calls.length = 0;
  const gone = 'ami-0123456789abcdef0';
  const found = await opened.aws.imageSupports(session, [image, gone, image]);
  expect([...found]).toEqual([
    [image, 'unsaid'],
    [gone, 'gone'],
  ]);
  expect(account.proxy.calls.map(({ action }) => action)).toEqual(['DescribeImages']);
});

const context = {
  account: () => account,
  opened: () => opened,
  session: () => session,
  instance,
  sentTo: () => sent().map((call) => `${call.account} ${call.region}`),
};
describeWhose(context);
describeWindows(context);
describeFaults(context);
