import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
  GetInstanceMetadataDefaultsCommand,
  ModifyImageAttributeCommand,
  ModifyInstanceMetadataDefaultsCommand,
  RegisterImageCommand,
  type LaunchTemplateVersion,
  type ModifyInstanceMetadataDefaultsCommandInput,
  type RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccount, type TestAccount } from '../account.mjs';

// What AWS documents of launch templates, images and account defaults, by AWS's own client; the documents are named in answers.mjs.

let account: TestAccount;
let ec2: EC2Client;

beforeAll(async () => {
  account = await openAccount();
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };
  ec2 = new EC2Client({ endpoint: account.endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
}, 120_000);
afterAll(() => account.close());

const DATA: RequestLaunchTemplateData = {
  InstanceType: 't3.nano',
  UserData: Buffer.from('#!/bin/sh\necho "<&>"\n').toString('base64'),
  MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 },
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }],
  SecurityGroupIds: ['sg-1', 'sg-2'],
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a & b', Value: '<c>' }] }],
};

async function make(name: string, data = DATA): Promise<string> {
  const command = new CreateLaunchTemplateCommand({ LaunchTemplateName: name, LaunchTemplateData: data });
  return (await ec2.send(command)).LaunchTemplate?.LaunchTemplateId ?? '';
}

async function versions(id: string, wanted?: string[]): Promise<readonly LaunchTemplateVersion[]> {
  const command = new DescribeLaunchTemplateVersionsCommand({
    LaunchTemplateId: id,
    ...(wanted ? { Versions: wanted } : {}),
  });
  return (await ec2.send(command)).LaunchTemplateVersions ?? [];
}

describe('versions of launch templates', () => {
  test('inherit what is not given; what is given takes the place of all that was there; devices from snapshots are left out', async () => {
    const id = await make('inherits');
    const command = {
      LaunchTemplateId: id,
      SourceVersion: '1',
      LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } },
    } as const;
    await ec2.send(new CreateLaunchTemplateVersionCommand(command));
    const [made] = await versions(id, ['2']);
    expect(made?.LaunchTemplateData).toEqual({
      InstanceType: 't3.nano',
      UserData: DATA.UserData,
      MetadataOptions: { HttpTokens: 'required' },
      SecurityGroupIds: ['sg-1', 'sg-2'],
      TagSpecifications: DATA.TagSpecifications,
    });
    const ofNone = new CreateLaunchTemplateVersionCommand({ ...command, SourceVersion: '9' });
    await expect(ec2.send(ofNone)).rejects.toMatchObject({ name: 'InvalidLaunchTemplateId.VersionNotFound' });
  });

  test('are deleted, apart from the default', async () => {
    const id = await make('deleted');
    await ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateId: id, LaunchTemplateData: DATA }));
    const remove = (...numbers: string[]) =>
      ec2.send(new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: numbers }));
    const dry = new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: ['2'], DryRun: true });
    await expect(ec2.send(dry)).rejects.toMatchObject({ name: 'DryRunOperation' });
    const { SuccessfullyDeletedLaunchTemplateVersions: gone, UnsuccessfullyDeletedLaunchTemplateVersions: left } =
      await remove('1', '2');
    expect([gone?.map(({ VersionNumber }) => VersionNumber), left?.map(({ VersionNumber }) => VersionNumber)]).toEqual([
      [2],
      [1],
    ]);
    expect((await versions(id, ['$Latest'])).map(({ VersionNumber }) => VersionNumber)).toEqual([1]);
    expect(await versions(id)).toHaveLength(1);
  });

  test('of all templates come in pages', async () => {
    for (let number = 0; number < 18; number += 1) await make(`page-${String(number)}`);
    const seen: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const command = new DescribeLaunchTemplateVersionsCommand({
        Versions: ['$Latest', '$Default'],
        MaxResults: 10,
        ...(NextToken === undefined ? {} : { NextToken }),
      });
      const answer = await ec2.send(command);
      expect(answer.LaunchTemplateVersions?.length).toBeLessThanOrEqual(10);
      seen.push(...(answer.LaunchTemplateVersions ?? []).map(({ LaunchTemplateName }) => LaunchTemplateName));
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    expect(new Set(seen).size).toBeGreaterThanOrEqual(18);
  });
});

test('an image says v2.0 for good', async () => {
  const register = new RegisterImageCommand({ Name: 'golden', RootDeviceName: '/dev/xvda' });
  const { ImageId = '' } = await ec2.send(register);
  const look = async () =>
    (await ec2.send(new DescribeImagesCommand({ Owners: ['self'], ImageIds: [ImageId] }))).Images?.[0];
  const modify = (Value: string, DryRun = false) =>
    ec2.send(new ModifyImageAttributeCommand({ ImageId, ImdsSupport: { Value }, DryRun }));
  await expect(modify('v2.0', true)).rejects.toMatchObject({ name: 'DryRunOperation' });
  expect((await look())?.ImdsSupport).toBeUndefined();
  await modify('v2.0');
  await expect(modify('v1.0')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  expect((await look())?.ImdsSupport).toBe('v2.0');
});

describe('account defaults', () => {
  const look = async () => (await ec2.send(new GetInstanceMetadataDefaultsCommand({}))).AccountLevel;
  const modify = (input: ModifyInstanceMetadataDefaultsCommandInput) =>
    ec2.send(new ModifyInstanceMetadataDefaultsCommand(input));

  test('are kept, and taken back one by one', async () => {
    await modify({ HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpTokensEnforced: 'enabled' });
    const set = { HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpTokensEnforced: 'enabled' };
    expect(await look()).toEqual({ ...set, ManagedBy: 'account' });
    await modify({ HttpPutResponseHopLimit: -1, HttpTokensEnforced: 'no-preference' });
    expect(await look()).toEqual({ HttpTokens: 'required', ManagedBy: 'account' });
  });

  test.each<[ModifyInstanceMetadataDefaultsCommandInput, string]>([
    [{ HttpTokens: 'bogus' as 'required' }, 'InvalidParameterValue'],
    [{ HttpPutResponseHopLimit: 0 }, 'InvalidParameterValue'],
    [{ HttpTokensEnforced: 'enabled', DryRun: true }, 'DryRunOperation'],
  ])('%j: %s', async (input, name) => {
    const before = await look();
    await expect(modify(input)).rejects.toMatchObject({ name });
    expect(await look()).toEqual(before);
  });
});
