import { CreateLaunchTemplateCommand, RunInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { InstanceRecord, Session } from '../../../src/aws';
import type { Evidence } from '../../../src/explorer/enforce/evidence';
import { gatherEvidenceOfMany } from '../../../src/explorer/enforce/evidence-of-many';
import { judge } from '../../../src/explorer/enforce/verdict';
import { clientsOf } from '../../../scripts/account/seed/clients.mjs';
import { openAccount, type TestAccount } from '../account.mjs';
import { OWN_ACCOUNT, type Call } from '../proxy/call.mjs';
import { denied } from '../proxy/faults.mjs';
import { metrics } from '../proxy/metrics.mjs';
import { all, openAws, type Opened } from './connected';

// Evidence on five hundred instances, with the calls counted: two thirds belong to Auto Scaling groups, the others were started by hand.

const REGION = 'eu-central-1';
const HOUR = 3600;
const DAYS = 14;
const OLD = '#!/bin/sh\ncurl V1\n';

let account: TestAccount;
let opened: Opened;
let session: Session;
let instances: readonly InstanceRecord[];

beforeAll(async () => {
  account = await openAccount();
  const { ec2, close } = await clientsOf(account.emulator, OWN_ACCOUNT, REGION);
  await start(ec2, 200, { name: 'web', userData: OLD });
  await start(ec2, 133, { name: 'api', userData: '#!/bin/sh\n' });
  await start(ec2, 167);
  close();
  const profiles = [
    '[default]',
    `region = ${REGION}`,
    'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
    'aws_secret_access_key = example',
    `endpoint_url = ${account.endpoint}`,
  ].join('\n');
  opened = openAws(account.endpoint, { config: profiles, credentials: '' });
  session = await opened.aws.connect('default');
  instances = await all(opened.aws.instances(session));
}, 120_000);
afterAll(async () => {
  opened.close();
  await account.close();
});
beforeEach(() => {
  account.proxy.clear();
  account.proxy.calls.length = 0;
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function start(ec2: EC2Client, count: number, group?: { readonly name: string; readonly userData: string }) {
  const tags = [{ Key: 'team', Value: 'operations' }];
  if (group) {
    const { LaunchTemplate } = await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: group.name,
        LaunchTemplateData: { UserData: base64(group.userData) },
      }),
    );
    tags.push(
      { Key: 'aws:autoscaling:groupName', Value: group.name },
      { Key: 'aws:ec2launchtemplate:id', Value: LaunchTemplate?.LaunchTemplateId ?? '' },
      { Key: 'aws:ec2launchtemplate:version', Value: '1' },
    );
  }
  await ec2.send(
    new RunInstancesCommand({
      MinCount: count,
      MaxCount: count,
      ImageId: 'ami-b7e93bce',
      InstanceType: 't3.nano',
      UserData: base64(group?.userData ?? OLD),
      TagSpecifications: [{ ResourceType: 'instance', Tags: tags }],
    }),
  );
}

/** Two weeks of both metrics for every instance, as AWS has them: nobody calls without a token. */
function fullMetrics(): ReturnType<typeof metrics> {
  const memory = metrics();
  const now = Math.floor(Date.now() / 1000 / HOUR) * HOUR;
  const times = Array.from({ length: DAYS * 24 }, (_, hour) => now - hour * HOUR);
  for (const { id } of instances) {
    const Dimensions = [{ Name: 'InstanceId', Value: id }];
    const MetricData = ['MetadataNoToken', 'MetadataNoTokenRejected'].flatMap((MetricName) =>
      times.map((Timestamp) => ({ MetricName, Dimensions, Timestamp, Value: 0 })),
    );
    const body = Buffer.from(JSON.stringify({ Namespace: 'AWS/EC2', MetricData }));
    const call = {
      service: 'monitoring',
      action: 'PutMetricData',
      account: OWN_ACCOUNT,
      region: REGION,
      headers: {},
      body,
    };
    void memory(call as unknown as Call, () => Promise.reject(new Error('not asked')));
  }
  return memory;
}

let searches = 0;
const tools = () => ({
  aws: opened.aws,
  findCalls: (_name: string, text: string) => {
    searches += 1;
    return Promise.resolve(text.includes('V1') ? [{ line: 1, message: text }] : []);
  },
  now: () => new Date(),
});

async function gather(signal = new AbortController().signal, most = Infinity): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for await (const evidence of gatherEvidenceOfMany(tools(), session, instances, signal)) {
    found.push(evidence);
    if (found.length === most) break;
  }
  return found;
}

const countOf = (action: string): number => account.proxy.calls.filter((call) => call.action === action).length;

test('500 instances: at most 12 calls besides the reads of user data, of which an Auto Scaling group takes one', async () => {
  expect(instances).toHaveLength(500);
  account.proxy.use(fullMetrics());
  const found = await gather();
  const words = found.map((evidence) => judge(evidence).is);
  expect([words.filter((is) => is === 'safe').length, words.filter((is) => is === 'will-break').length]).toEqual([
    133, 367,
  ]);
  const calls = account.proxy.calls.length - countOf('DescribeInstanceAttribute');
  process.stdout.write(
    `evidence on 500 instances: ${calls} calls, and ${countOf('DescribeInstanceAttribute')} reads of user data\n`,
  );
  expect(countOf('DescribeInstanceAttribute')).toBe(167);
  expect(countOf('GetMetricData')).toBe(4);
  expect(calls).toBeLessThanOrEqual(12);
  expect(searches).toBe(2);
  expect(account.proxy.calls.every(({ status }) => status === 200)).toBe(true);
}, 60_000);

test('what may not be asked is part of the evidence of all, and none of them is safe', async () => {
  account.proxy.use(denied({ action: 'GetMetricData' }));
  account.proxy.use(denied({ action: 'DescribeLaunchTemplateVersions' }));
  account.proxy.use(denied({ action: 'DescribeImages' }));
  const found = await gather();
  expect(found).toHaveLength(500);
  expect(found.every(({ useFailure }) => useFailure?.includes('cloudwatch:GetMetricData'))).toBe(true);
  expect(new Set(found.map(({ userData }) => userData.is))).toEqual(new Set(['read']));
  expect(found.filter((evidence) => judge(evidence).is === 'safe')).toEqual([]);
}, 60_000);

test('whoever leaves after the first has nothing more asked', async () => {
  await gather(undefined, 1);
  const count = account.proxy.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(account.proxy.calls.length).toBe(count);
  expect(count).toBeLessThan(60);
});
