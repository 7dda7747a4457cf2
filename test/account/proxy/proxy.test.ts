import { DescribeInstancesCommand, DescribeVolumesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openAccount, type TestAccount } from '../account.mjs';
import { clockSkew, cut, denied, expiredToken, htmlPage, hungUp, slow, throttled, truncated } from './faults.mjs';
import type { Rule } from './proxy.mjs';
import { replayInstances } from './replay.mjs';

// The faults as AWS's own client sees them.

const REGION = 'eu-central-1';
const ACCOUNT = '123456789012';
let account: TestAccount;
const ids: (string | undefined)[] = [];

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };
const ec2 = (maxAttempts = 1): EC2Client =>
  new EC2Client({ endpoint: account.endpoint, region: REGION, credentials, maxAttempts });
const list = async (maxAttempts?: number): Promise<number> => {
  const { Reservations = [] } = await ec2(maxAttempts).send(new DescribeInstancesCommand({}));
  return Reservations.flatMap(({ Instances = [] }) => Instances).length;
};

beforeAll(async () => {
  account = await openAccount();
  for (let number = 0; number < 7; number += 1) {
    const { Instances = [] } = await ec2().send(
      new RunInstancesCommand({ MinCount: 1, MaxCount: 1, ImageId: 'ami-b7e93bce', InstanceType: 't3.nano' }),
    );
    ids.push(Instances[0]?.InstanceId);
  }
}, 120_000);

afterEach(() => {
  account.proxy.clear();
  account.proxy.calls.length = 0;
  account.states.clear();
});

afterAll(() => account.close());

describe('what is not struck is moto’s own answer', () => {
  test('and is recorded', async () => {
    account.proxy.calls.length = 0;
    expect(await list()).toBe(7);
    expect(account.proxy.calls).toMatchObject([
      { service: 'ec2', action: 'DescribeInstances', region: REGION, account: ACCOUNT, status: 200 },
    ]);
  });
});

describe('faults', () => {
  test.each<[string, Rule, object]>([
    ['throttled', throttled(), { name: 'RequestLimitExceeded', $metadata: { httpStatusCode: 503 } }],
    ['expired', expiredToken(), { name: 'RequestExpired' }],
    ['denied', denied(), { name: 'UnauthorizedOperation', $metadata: { httpStatusCode: 403 } }],
    ['cut in the middle', cut(), { code: 'ECONNRESET' }],
    ['hung up on', hungUp(), { code: 'ECONNRESET' }],
  ])('%s', async (_name, rule, error) => {
    account.proxy.use(rule);
    await expect(list()).rejects.toMatchObject(error);
  });

  test.each<[string, Rule]>([
    ['a truncated page', truncated()],
    ['a page of HTML', htmlPage()],
  ])('%s cannot be read', async (_name, rule) => {
    account.proxy.use(rule);
    await expect(list()).rejects.toThrow();
  });

  test('a fault strikes as often as it is told, where it is told', async () => {
    account.proxy.use(throttled({ action: 'DescribeInstances', times: 2 }));
    account.proxy.use(denied({ region: 'us-east-1' }));
    await expect(list()).rejects.toThrow('Request limit exceeded.');
    await expect(list()).rejects.toThrow('Request limit exceeded.');
    expect(await list()).toBe(7);
  });

  test('a clock that is wrong is put right by the client, from the second try on', async () => {
    account.proxy.use(clockSkew(20));
    expect(await list(2)).toBe(7);
    expect(account.proxy.calls.map(({ status }) => status)).toEqual([400, 200]);
  });

  test('a slow answer comes', async () => {
    account.proxy.use(slow(300));
    const start = performance.now();
    expect(await list()).toBe(7);
    expect(performance.now() - start).toBeGreaterThan(250);
  });
});

describe('answers in moto’s place', () => {
  test('pages count as AWS counts them, and a bad size is refused', async () => {
    const client = ec2();
    const first = await client.send(new DescribeInstancesCommand({ MaxResults: 5 }));
    expect(first.Reservations).toHaveLength(5);
    const { NextToken = '' } = first;
    const second = await client.send(new DescribeInstancesCommand({ MaxResults: 5, NextToken }));
    expect(second.Reservations).toHaveLength(2);
    expect(second.NextToken).toBeUndefined();
    const seen = [...(first.Reservations ?? []), ...(second.Reservations ?? [])].flatMap(({ Instances = [] }) =>
      Instances.map(({ InstanceId }) => InstanceId),
    );
    expect(new Set(seen)).toEqual(new Set(ids));
    await expect(client.send(new DescribeInstancesCommand({ MaxResults: 4 }))).rejects.toThrow('between 5 and 1000');
    await expect(client.send(new DescribeInstancesCommand({ NextToken: 'x' }))).rejects.toThrow('pagination token');
    expect((await client.send(new DescribeVolumesCommand({ MaxResults: 3 }))).Volumes).toHaveLength(3);
  });

  test('instances are shown in states that pass', async () => {
    const [first = '', second = ''] = ids;
    account.states.set(first, 'stopping');
    const { Reservations = [] } = await ec2().send(new DescribeInstancesCommand({}));
    const states = new Map(Reservations.flatMap(({ Instances = [] }) => Instances.map((i) => [i.InstanceId, i.State])));
    expect(states.get(first)).toEqual({ Code: 64, Name: 'stopping' });
    expect(states.get(second)).toEqual({ Code: 16, Name: 'running' });
  });
});

describe('accounts of any size', () => {
  test('have as many different instances as they say, in pages', async () => {
    account.proxy.use(replayInstances({ count: 2500, region: REGION, account: ACCOUNT }));
    const seen = new Set<string | undefined>();
    let NextToken: string | undefined;
    do {
      const page = await ec2().send(
        new DescribeInstancesCommand({ MaxResults: 1000, ...(NextToken === undefined ? {} : { NextToken }) }),
      );
      for (const { Instances = [] } of page.Reservations ?? []) seen.add(Instances[0]?.InstanceId);
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    expect(seen.size).toBe(2500);
    expect(account.proxy.calls).toHaveLength(3);
    const [some = ''] = seen;
    const one = await ec2().send(new DescribeInstancesCommand({ InstanceIds: [some] }));
    expect(one.Reservations).toHaveLength(1);
  });
});

test('accounts are told apart by the keys that they gave', async () => {
  await account.fill();
  const { clientsOf } = await import('../../../scripts/account/seed/clients.mjs');
  const { ec2: production, close } = await clientsOf(account.endpoint, '222233334444', REGION);
  const { Reservations = [] } = await production.send(new DescribeInstancesCommand({}));
  expect(Reservations).toHaveLength(23);
  expect(account.proxy.calls.at(-1)).toMatchObject({ account: '222233334444', action: 'DescribeInstances' });
  const sts = new STSClient({ endpoint: account.endpoint, region: REGION, credentials });
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(ACCOUNT);
  close();
}, 120_000);
