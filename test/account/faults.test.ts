import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAws, type Aws } from '../../src/aws';
import { companyEnvironment, openAccount, type TestAccount } from './account.mjs';
import {
  clockSkew,
  cut,
  denied,
  expiredToken,
  htmlPage,
  hungUp,
  internalError,
  slow,
  throttled,
  truncated,
  unavailable,
  unknownKey,
} from './proxy/faults.mjs';
import type { Rule } from './proxy/proxy.mjs';
import { replayInstances } from './proxy/replay.mjs';
import { childrenOf, untilRead, writeTree, type WrittenTree } from './written-tree';

// Every fault of the proxy, and what somebody who looks at the sidebar reads then.

const PROFILE = 'tidewater-production';
const REGION = 'eu-central-1';
const PLACE = [PROFILE, REGION, 'Instances'] as const;

let account: TestAccount;
let folder: string;
let aws: Aws;
let written: WrittenTree;
let code: string | undefined;

beforeAll(async () => {
  account = await openAccount();
  folder = mkdtempSync(join(tmpdir(), 'ec2-warden-faults-'));
  Object.assign(process.env, companyEnvironment(folder, account.endpoint));
  await account.fill();
});

afterAll(async () => {
  await account.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  account.proxy.calls.length = 0;
  code = undefined;
  aws = createAws({
    settings: () => ({ readOnly: ['tidewater-prod*'], maxAttempts: 2 }),
    watch: () => ({ dispose: () => undefined }),
    askMfaCode: () => Promise.resolve(code),
  });
  written = writeTree(aws);
});

afterEach(() => {
  account.proxy.clear();
  written.tree.dispose();
});

describe('a list that fails says why and what to do', () => {
  test.each<[string, Rule]>([
    ['throttled', throttled({ action: 'DescribeInstances' })],
    ['an internal error of AWS', internalError({ action: 'DescribeInstances' })],
    ['AWS is not available', unavailable({ action: 'DescribeInstances' })],
    ['the connection is cut in the middle', cut({ action: 'DescribeInstances' })],
    ['the connection is cut before an answer', hungUp({ action: 'DescribeInstances' })],
    ['an answer that ends too early', truncated({ action: 'DescribeInstances' })],
    ['a page of HTML', htmlPage({ action: 'DescribeInstances' })],
    ['a token that has expired', expiredToken({ action: 'DescribeInstances' })],
    ['keys that AWS does not know', unknownKey({ action: 'DescribeInstances' })],
    ['a permission that is missing', denied({ action: 'DescribeInstances' })],
  ])('%s', async (_name, rule) => {
    account.proxy.use(rule);
    const said = await written.below(...PLACE);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchSnapshot();
    // Whatever it is, it is a sentence for people and not the SDK's.
    expect(said[0]).not.toMatch(/Deserialization|\$response|undefined|\[object/);
  });

  test('and others go on', async () => {
    account.proxy.use(denied({ action: 'DescribeInstances' }));
    expect(await written.below(...PLACE)).toHaveLength(1);
    expect((await written.below(PROFILE, REGION, 'Key pairs')).length).toBe(5);
    expect((await written.below('tidewater-staging', REGION, 'Security groups')).length).toBeGreaterThan(3);
  });

  test('a missing permission offers the policy that grants it', async () => {
    account.proxy.use(denied({ action: 'DescribeInstances' }));
    const [node] = await (await written.at(...PLACE)).children();
    const { click, abilities } = node?.view() ?? { abilities: [] };
    expect(abilities).toContain('policy');
    expect(click?.command).toBe('ec2Warden.account.copyText');
    expect(JSON.parse(String(click?.args[0]))).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: 'ec2:DescribeInstances' }],
    });
  });
});

describe('what passes by itself is not a failure', () => {
  test('a clock that is wrong', async () => {
    account.proxy.use(clockSkew(20, { action: 'DescribeInstances' }));
    expect(await written.below(...PLACE)).toHaveLength(23);
  });

  test('one answer that is slow', async () => {
    account.proxy.use(slow(1500, { action: 'DescribeInstances' }));
    expect(await written.below(...PLACE)).toHaveLength(23);
  });

  test('a request that is throttled once; the folder says so meanwhile', async () => {
    account.proxy.use(throttled({ action: 'DescribeInstances', times: 1 }));
    const region = await written.at(PROFILE, REGION);
    const [instances] = await region.children();
    const notices = new Set<string | undefined>();
    const looking = setInterval(() => notices.add(instances?.view().description), 5);
    if (instances === undefined) throw new Error('no folder');
    const [waiting] = await instances.children();
    expect(waiting?.view().label).toContain('throttled, trying again');
    const children = await childrenOf(instances, written.tree);
    clearInterval(looking);
    expect(children).toHaveLength(23);
    expect([...notices].join('; ')).toContain('throttled, trying again');
  });
});

describe('a list that breaks off is shown as far as it came, and says so', () => {
  test('after its second page', async () => {
    account.proxy.use(replayInstances({ count: 2500, region: REGION, account: '222233334444' }));
    account.proxy.use(internalError({ action: 'DescribeInstances', after: 2 }));
    const node = await written.at(...PLACE);
    await untilRead(node, written.tree);
    const [failure = '', ...rest] = await written.below(...PLACE);
    expect(failure).toContain('not complete: 1100 are shown');
    expect(rest).toHaveLength(201);
    expect(rest.at(-1)).toBe('Show 200 more — 200 of 1100 are shown');
    expect(node.view().description).toBe('1100 · not complete');
  });

  test('a refresh that fails leaves what was there, with its time', async () => {
    const node = await written.at(...PLACE);
    await untilRead(node, written.tree);
    account.proxy.use(unavailable({ action: 'DescribeInstances' }));
    written.tree.refresh(node);
    await node.children();
    await untilRead(node, written.tree);
    const [failure = '', ...rest] = await written.below(...PLACE);
    expect(failure).toMatch(/shown as of \d/);
    expect(rest).toHaveLength(23);
  });
});

describe('profiles', () => {
  test('each says what it is before anything is asked, and nothing is asked', async () => {
    expect(await written.below()).toMatchSnapshot();
    expect(account.proxy.calls).toEqual([]);
  });

  test('a connected one says whose account it is, and that it is read-only', async () => {
    const node = await written.at(PROFILE);
    await expect.poll(() => node.view().description).toBe('222233334444 · tidewater-production · read-only');
  });

  test.each(['tidewater-sso', 'ci-2019'])('%s says what is wrong with it', async (profile) => {
    const said = await written.below(profile);
    expect(said.map((text) => text.replaceAll(folder, '~/.aws'))).toMatchSnapshot();
  });

  test('without a code of the device there is no session, and a code that is wrong is refused', async () => {
    expect(await written.below('tidewater-break-glass')).toMatchSnapshot();
    code = '000000';
    written.tree.connectionOf('tidewater-break-glass')?.reset();
    expect(await written.below('tidewater-break-glass')).toMatchSnapshot();
    code = '123456';
    written.tree.connectionOf('tidewater-break-glass')?.reset();
    expect(await written.below('tidewater-break-glass')).toEqual(['us-east-1 — of the profile', 'Other regions…']);
  });
});

describe('calls', () => {
  const asked = (action: string): number => account.proxy.calls.filter((call) => call.action === action).length;

  test('a region of 1,000 instances takes the pages that it needs, and no call for an instance', async () => {
    account.proxy.use(replayInstances({ count: 1000, region: REGION, account: '222233334444' }));
    const node = await written.at(...PLACE);
    await untilRead(node, written.tree);
    await node.children();
    // A first page of a hundred, to be there soon, and one of all others.
    expect(asked('DescribeInstances')).toBe(2);
    const others = account.proxy.calls.filter(
      ({ service, action }) => service === 'ec2' && action !== 'DescribeInstances',
    );
    expect(others).toEqual([]);
    // To take on the role, to ask who that is, and what is asked once for an account: none of it grows with the instances.
    const all = account.proxy.calls.filter(({ service }) => service !== 'ec2').map(({ action }) => action);
    // What the test before this one still had on its way comes first.
    const rest = all.slice(all.indexOf('AssumeRole'));
    expect(new Set(rest).size, `each only once: ${rest.join(', ')}`).toBe(rest.length);
    expect(rest.length).toBeLessThanOrEqual(5);
  });

  test('opening an instance takes three', async () => {
    await written.at(...PLACE);
    account.proxy.calls.length = 0;
    const said = await written.below(...PLACE, 'web-1');
    expect(said.length).toBe(6);
    expect(account.proxy.calls.map(({ action }) => action).sort()).toEqual([
      'DescribeNetworkInterfaces',
      'DescribeSecurityGroups',
      'DescribeVolumes',
    ]);
  });

  test('an account that is not looked at is not asked', async () => {
    await written.at(...PLACE);
    expect(new Set(account.proxy.calls.map((call) => call.account))).toEqual(new Set(['123456789012', '222233334444']));
  });
});
