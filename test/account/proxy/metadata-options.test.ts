import {
  DescribeInstancesCommand,
  EC2Client,
  ModifyInstanceMetadataOptionsCommand,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type ModifyInstanceMetadataOptionsCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openAccount, type TestAccount } from '../account.mjs';

// What https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html says, by AWS's own client.

let account: TestAccount;
let ec2: EC2Client;
let id: string;

beforeAll(async () => {
  account = await openAccount();
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };
  ec2 = new EC2Client({ endpoint: account.endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
}, 120_000);
afterAll(() => account.close());

async function launch(): Promise<string> {
  const { Instances: [instance] = [] } = await ec2.send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      ImageId: 'ami-b7e93bce',
      InstanceType: 't3.nano',
      MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 3, InstanceMetadataTags: 'enabled' },
    }),
  );
  return instance?.InstanceId ?? '';
}

beforeEach(async () => {
  id = await launch();
});

async function look(which = id) {
  const { Reservations: [{ Instances: [instance] = [] } = {}] = [] } = await ec2.send(
    new DescribeInstancesCommand({ InstanceIds: [which] }),
  );
  return instance?.MetadataOptions;
}

const modify = (change: Partial<ModifyInstanceMetadataOptionsCommandInput>) =>
  ec2.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: id, ...change }));

test('what is not sent stays as it is, and the change is pending for two looks', async () => {
  const other = await launch();
  const before = await look();
  const { InstanceMetadataOptions } = await modify({ HttpTokens: 'required' });
  expect(InstanceMetadataOptions).toMatchObject({
    State: 'pending',
    HttpTokens: 'required',
    HttpPutResponseHopLimit: 3,
  });
  const looks = [await look(), await look(), await look()];
  expect(looks.map((options) => options?.State)).toEqual(['pending', 'pending', 'applied']);
  expect(looks[2]).toEqual({ ...before, HttpTokens: 'required' });
  expect(await look(other)).toEqual(before);
});

test('on a stopped instance it stays pending', async () => {
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  await modify({ HttpTokens: 'required' });
  const looks = [await look(), await look(), await look(), await look()];
  expect(new Set(looks.map((options) => options?.State))).toEqual(new Set(['pending']));
});

describe('refused, and nothing changed', () => {
  test.each<[Partial<ModifyInstanceMetadataOptionsCommandInput>, string]>([
    [{ HttpTokens: 'bogus' as 'required' }, 'InvalidParameterValue'],
    [{ HttpTokens: 'required', HttpPutResponseHopLimit: 999 }, 'InvalidParameterValue'],
    [{ HttpTokens: 'required', HttpPutResponseHopLimit: 0 }, 'InvalidParameterValue'],
    [{ HttpTokens: 'required', InstanceId: 'i-0123456789abcdef0' }, 'InvalidInstanceID.NotFound'],
    [{ HttpTokens: 'required', DryRun: true }, 'DryRunOperation'],
  ])('%j: %s', async (change, name) => {
    const before = await look();
    await expect(modify(change)).rejects.toMatchObject({ name });
    expect(await look()).toEqual(before);
  });

  test('on a terminated instance, by a dry run as well', async () => {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    await expect(modify({ HttpTokens: 'required' })).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    await expect(modify({ HttpTokens: 'required', DryRun: true })).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
  });

  test('on one that is shown as terminated', async () => {
    account.states.set(id, 'terminated');
    await expect(modify({ HttpTokens: 'required' })).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  });
});
