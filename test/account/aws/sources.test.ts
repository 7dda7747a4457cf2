import { CreateAutoScalingGroupCommand, AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, EC2Client, RegisterImageCommand } from '@aws-sdk/client-ec2';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RegionSources, Session, SourceChange, SourceTarget } from '../../../src/aws';
import { openAccount, type TestAccount } from '../account.mjs';
import { cut, denied } from '../proxy/faults.mjs';
import { failureOf, openAws, type Opened } from './connected';

// What new instances start from, through the proxy, which answers as AWS documents.

const ACCOUNT = '222233334444';
let account: TestAccount;
let opened: Opened;
let session: Session;
let template: SourceTarget & { readonly kind: 'launch-template' };

beforeAll(async () => {
  account = await openAccount();
  const { endpoint } = account;
  const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };
  const sts = new STSClient({ endpoint, region: 'eu-central-1', credentials: keys });
  const role = { RoleArn: `arn:aws:iam::${ACCOUNT}:role/Seed`, RoleSessionName: 'seed' };
  const { Credentials: given } = await sts.send(new AssumeRoleCommand(role));
  const credentials = {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
  const ec2 = new EC2Client({ endpoint, region: 'eu-central-1', credentials });
  const { LaunchTemplate: made } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      LaunchTemplateData: {
        InstanceType: 't3.nano',
        UserData: Buffer.from('#!/bin/sh\ncurl http://169.254.169.254/latest/meta-data/\n').toString('base64'),
        MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 },
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }],
      },
    }),
  );
  template = { kind: 'launch-template', id: made?.LaunchTemplateId ?? '', name: 'web' };
  for (let number = 0; number < 20; number += 1) {
    const LaunchTemplateData = { InstanceType: 't3.nano' } as const;
    await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: `x-${String(number)}`, LaunchTemplateData }));
  }
  await ec2.send(new RegisterImageCommand({ Name: 'golden', RootDeviceName: '/dev/xvda' }));
  const scaling = new AutoScalingClient({ endpoint, region: 'eu-central-1', credentials });
  for (const Version of ['$Default', '$Latest', '1']) {
    await scaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: `web by ${Version}`,
        ...{ MinSize: 0, MaxSize: 3, DesiredCapacity: 0, AvailabilityZones: ['eu-central-1a'] },
        LaunchTemplate: { LaunchTemplateId: template.id, Version },
      }),
    );
  }
});
afterAll(() => account.close());
beforeEach(async () => {
  account.proxy.clear();
  opened = openAws(account.endpoint, undefined, { hasLog: true });
  session = await opened.aws.connect('tidewater-production');
  account.proxy.calls.length = 0;
});
afterEach(() => opened.close());

const look = (): Promise<RegionSources> => opened.aws.sources(session);
const calls = () =>
  account.proxy.calls.filter(({ parameters }) => parameters.get('DryRun') !== 'true').map(({ action }) => action);

async function templateNow() {
  const { templates } = await look();
  return templates.is === 'read' ? templates.value.find(({ id }) => id === template.id) : undefined;
}

test('all of a region is read in four calls', async () => {
  const { defaults, templates, groups, images } = await look();
  expect(calls().sort()).toEqual([
    'DescribeAutoScalingGroups',
    'DescribeImages',
    'DescribeLaunchTemplateVersions',
    'GetInstanceMetadataDefaults',
  ]);
  expect(defaults).toMatchObject({ is: 'read', value: { tokens: undefined, enforced: false, managedBy: 'account' } });
  expect(templates.is === 'read' && templates.value.length).toBe(21);
  expect((await templateNow())?.standard).toMatchObject({ version: '1', tokens: 'optional', hopLimit: 2 });
  expect((await templateNow())?.standard.userData.text).toContain('curl');
  expect(groups.is === 'read' && groups.value.map((group) => group.templates[0]?.version)).toEqual([
    '$Default',
    '$Latest',
    '1',
  ]);
  expect(images).toMatchObject({ is: 'read', value: [{ name: 'golden', saysV2: false, isPublic: false }] });
});

test('who may not read one list still sees the others', async () => {
  account.proxy.use(denied({ action: 'DescribeAutoScalingGroups' }));
  const { groups, templates } = await look();
  expect(groups.is === 'failed' && groups.failure.facts.permission).toBe('autoscaling:DescribeAutoScalingGroups');
  expect(templates.is).toBe('read');
});

test('a new version, the default, and a group that names a number; all of it taken back', async () => {
  const { aws } = opened;
  const group: SourceTarget = { kind: 'auto-scaling-group', name: 'web by 1' };
  const made = await aws.changeSource(session, { target: template, set: { newVersionFrom: '1' } });
  expect([made.state, made.differences, made.entry.after?.['latestVersion']]).toEqual(['done', [], '2']);
  const standard = await aws.changeSource(session, {
    target: template,
    set: { defaultVersion: '2' },
    expect: { defaultVersion: '1' },
  });
  const moved = await aws.changeSource(session, { target: group, set: { version: '2' }, expect: { version: '1' } });
  expect((await templateNow())?.standard).toMatchObject({ version: '2', tokens: 'required', hopLimit: 2 });
  expect([standard.state, moved.state]).toEqual(['done', 'done']);
  for (const { entry } of [moved, standard, made]) await aws.undoSource(session, entry);
  const after = await templateNow();
  expect([after?.standard.version, after?.latest.version]).toEqual(['1', '1']);
  const { groups } = await look();
  expect(groups.is === 'read' && groups.value.find(({ name }) => name === 'web by 1')?.templates[0]?.version).toBe('1');
  expect((await aws.sourceChanges()).map(({ step }) => step)).toEqual(
    Array.from({ length: 12 }, (_, at) => (at % 2 ? 'done' : 'begun')),
  );
});

test('the account default goes there and back', async () => {
  const change: SourceChange = {
    target: { kind: 'account-default' },
    set: { tokens: 'required', enforced: 'enabled' },
  };
  expect(await opened.aws.checkSource(session, change)).toBe('allowed');
  const { entry } = await opened.aws.changeSource(session, change);
  expect((await look()).defaults).toMatchObject({ value: { tokens: 'required', enforced: true } });
  await opened.aws.undoSource(session, entry);
  expect((await look()).defaults).toMatchObject({ value: { tokens: undefined, enforced: false } });
});

test('what is denied is told by the dry run, with the permission; nothing is sent', async () => {
  account.proxy.use(denied({ action: 'ModifyInstanceMetadataDefaults' }));
  const change: SourceChange = { target: { kind: 'account-default' }, set: { tokens: 'required' } };
  const failure = await failureOf(opened.aws.checkSource(session, change));
  expect(failure.facts.permission).toBe('ec2:ModifyInstanceMetadataDefaults');
  expect([calls(), await opened.aws.sourceChanges()]).toEqual([[], []]);
});

test('where the answer is lost, AWS is asked what became of it', async () => {
  account.proxy.use(cut({ action: 'ModifyImageAttribute' }));
  const { images } = await look();
  const [image] = images.is === 'read' ? images.value : [];
  const target: SourceTarget = { kind: 'image', id: image?.id ?? '', name: 'golden' };
  const { state, entry } = await opened.aws.changeSource(session, { target, set: { imdsSupport: 'v2.0' } });
  expect([state, entry.step, typeof entry.error]).toEqual(['done', 'done', 'string']);
});

test('a session of another account and a read-only profile send nothing', async () => {
  const change: SourceChange = { target: { kind: 'account-default' }, set: { tokens: 'required' } };
  opened.settings.current = { readOnly: ['tidewater-prod*'] };
  await failureOf(opened.aws.changeSource(session, change));
  await failureOf(opened.aws.checkSource(session, change));
  opened.settings.current = { readOnly: [] };
  opened.aws.disconnect('tidewater-production');
  await failureOf(opened.aws.changeSource(session, change));
  expect(calls()).toEqual([]);
});
