import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateLaunchTemplateCommand,
  CreateSecurityGroupCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  undoableGroups,
  type GroupName,
  type NetworkInterfaceRecord,
  type SecurityGroupRecord,
  type Session,
} from '../../../src/aws';
import { openAccount, type TestAccount } from '../account.mjs';
import { cut, denied, expiredToken, htmlPage, hungUp } from '../proxy/faults.mjs';
import { all, failureOf, openAws, type Opened } from './connected';

// Security groups deleted and detached through the proxy, which answers as AWS documents.

const ACCOUNT = '222233334444';
const NAMES = ['web', 'internal', 'database', 'unused-1', 'unused-2', 'unused-3', 'named', 'templated'] as const;
const DELETE = { action: 'DeleteSecurityGroup' } as const;
const MODIFY = { action: 'ModifyNetworkInterfaceAttribute' } as const;

let account: TestAccount;
let opened: Opened;
let session: Session;
let ec2: EC2Client;
let instance: string;
const ids = new Map<string, string>();
const idOf = (name: (typeof NAMES)[number]): string => ids.get(name) ?? '';

/** SSH from another group. */
const fromGroup = (id: string) => [
  { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, UserIdGroupPairs: [{ GroupId: id }] },
];

beforeAll(async () => {
  account = await openAccount();
  const { endpoint } = account;
  const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };
  const sts = new STSClient({ endpoint, region: 'eu-central-1', credentials: keys });
  const role = { RoleArn: `arn:aws:iam::${ACCOUNT}:role/Seed`, RoleSessionName: 'seed' };
  const { Credentials: given } = await sts.send(new AssumeRoleCommand(role));
  ec2 = new EC2Client({
    endpoint,
    region: 'eu-central-1',
    credentials: {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    },
  });
  const { Subnets: [subnet] = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  for (const GroupName of NAMES) {
    const group = { GroupName, Description: GroupName, VpcId: subnet?.VpcId };
    ids.set(GroupName, (await ec2.send(new CreateSecurityGroupCommand(group))).GroupId ?? '');
  }
  for (const name of ['unused-1', 'database'] as const) {
    // One names itself, which keeps nobody from deleting it; the other names one that nothing has.
    const IpPermissions = fromGroup(idOf(name === 'database' ? 'named' : name));
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: idOf(name), IpPermissions }));
  }
  const LaunchTemplateData = { SecurityGroupIds: [idOf('templated')] };
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: 'scaled-to-zero', LaunchTemplateData }));
  const { Instances: [made] = [] } = await ec2.send(
    new RunInstancesCommand({
      ...{ MinCount: 1, MaxCount: 1, ImageId: 'ami-12c6146b', SubnetId: subnet?.SubnetId },
      SecurityGroupIds: [idOf('web'), idOf('internal')],
    }),
  );
  instance = made?.InstanceId ?? '';
});
afterAll(() => account.close());
beforeEach(async () => {
  account.proxy.clear();
  opened = openAws(account.endpoint, undefined, { hasLog: true });
  session = await opened.aws.connect('tidewater-production');
  account.proxy.calls.length = 0;
});
afterEach(() => opened.close());

async function group(name: (typeof NAMES)[number]): Promise<SecurityGroupRecord | undefined> {
  const filters = [{ name: 'group-id', values: [idOf(name)] }];
  return (await all(opened.aws.securityGroups(session, { filters })))[0];
}
async function groupThere(name: (typeof NAMES)[number]): Promise<SecurityGroupRecord> {
  const found = await group(name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}
async function networkInterface(): Promise<NetworkInterfaceRecord> {
  const filters = [{ name: 'attachment.instance-id', values: [instance] }];
  const [found] = await all(opened.aws.networkInterfaces(session, { filters }));
  if (found === undefined) throw new Error('There is no network interface.');
  return found;
}
const groupsOfInstance = async (): Promise<readonly (string | undefined)[]> =>
  named((await all(opened.aws.instances(session)))[0]?.securityGroups ?? []);
/** In any order: moto makes one of its own. */
const named = (groups: readonly GroupName[]) => groups.map(({ name }) => name).sort();
const sent = (action: string) =>
  account.proxy.calls.filter((call) => call.action === action && call.parameters.get('DryRun') !== 'true');
const steps = async () => (await opened.aws.groupChanges()).map(({ step }) => step);

/** Without one of its groups, as a question would have shown it. */
async function detaching(name: string) {
  const { id, securityGroups } = await networkInterface();
  return {
    networkInterface: id,
    groups: securityGroups.filter((each) => each.name !== name),
    expect: securityGroups.map((each) => each.id),
  };
}

test('an unused group, with a rule that names itself, is deleted; the log keeps what it held', async () => {
  const found = await groupThere('unused-1');
  const { networkInterfaces, groups, templates } = await opened.aws.securityGroupUses(session, found.id);
  expect([networkInterfaces, groups, templates]).toEqual(Array(3).fill({ is: 'read', value: [] }));
  await opened.aws.checkSecurityGroupDeletion(session, found);
  expect(await group('unused-1')).toEqual(found);
  const { state, entry } = await opened.aws.deleteSecurityGroup(session, found);
  expect([state, entry.before.was, await group('unused-1')]).toEqual(['done', found, undefined]);
  expect(sent('DeleteSecurityGroup').map(({ account: of, region }) => [of, region])).toEqual([
    [ACCOUNT, 'eu-central-1'],
  ]);
  expect(await steps()).toEqual(['begun', 'done']);
  const { message, facts } = await failureOf(opened.aws.deleteSecurityGroup(session, found));
  expect([message, facts.kind]).toEqual([
    `There is no unused-1 (${found.id}) in eu-central-1 of account ${ACCOUNT} any more.`,
    'not-found',
  ]);
});

test('what has a group and what names it is told before, and when AWS refuses', async () => {
  const web = await opened.aws.securityGroupUses(session, idOf('web'));
  expect(web.networkInterfaces).toMatchObject({ value: [{ instance }] });
  const uses = await opened.aws.securityGroupUses(session, idOf('named'));
  expect(uses.groups).toMatchObject({ value: [{ name: 'database' }] });
  const templated = await opened.aws.securityGroupUses(session, idOf('templated'));
  expect(templated.templates).toMatchObject({ value: [{ name: 'scaled-to-zero', version: '1' }] });

  const inUse = await failureOf(opened.aws.deleteSecurityGroup(session, await groupThere('web')));
  expect(inUse.message).toBe(`AWS did not delete web (${idOf('web')}): something still uses it (DependencyViolation).`);
  expect(inUse.facts.advice).toContain(`(${instance}).`);
  const isNamed = await failureOf(opened.aws.deleteSecurityGroup(session, await groupThere('named')));
  expect(isNamed.facts.advice).toContain(`Rules of these groups name it: database (${idOf('database')}).`);
  expect(await steps()).toEqual(['begun', 'failed', 'begun', 'failed']);
  await ec2.send(
    new RevokeSecurityGroupIngressCommand({ GroupId: idOf('database'), IpPermissions: fromGroup(idOf('named')) }),
  );
  expect((await opened.aws.deleteSecurityGroup(session, await groupThere('named'))).state).toBe('done');
});

test('a group with other rules by now, and the default group, are left alone', async () => {
  const found = await groupThere('unused-2');
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: found.id, IpPermissions: fromGroup(idOf('internal')) }),
  );
  expect((await failureOf(opened.aws.deleteSecurityGroup(session, found))).message).toBe(
    `Somebody changed unused-2 (${found.id}) meanwhile.`,
  );
  const standard = (await all(opened.aws.securityGroups(session))).find(({ name }) => name === 'default');
  if (standard) await failureOf(opened.aws.deleteSecurityGroup(session, standard));
  expect(sent('DeleteSecurityGroup')).toEqual([]);
});

test('deleting, where the answer is lost each time and AWS had done it: it is told as done', async () => {
  account.proxy.use(cut(DELETE));
  const { state, entry } = await opened.aws.deleteSecurityGroup(session, await groupThere('unused-2'));
  expect([state, typeof entry.error, await steps()]).toEqual(['done', 'string', ['begun', 'done']]);
  account.proxy.clear();
  expect(await group('unused-2')).toBeUndefined();
});

test.each([
  ['AWS never hears of it', hungUp(DELETE), 'network', /^It was read again, and nothing was changed\./],
  ['a gateway answers in its place', htmlPage(DELETE), 'service', /^It was read again, and nothing was changed\./],
  ['credentials end before it is sent', expiredToken(DELETE), 'expired', /^Connect tidewater-production again\.$/],
  ['the permission is missing', denied(DELETE), 'denied', /^Ask an administrator/],
] as const)('deleting, where %s: it is there, and said to be so', async (_name, rule, kind, advice) => {
  const found = await groupThere('unused-3');
  account.proxy.use(rule);
  const { facts } = await failureOf(opened.aws.deleteSecurityGroup(session, found));
  expect([facts.kind, facts.operation ?? 'ec2:DeleteSecurityGroup']).toEqual([kind, 'ec2:DeleteSecurityGroup']);
  expect(facts.advice).toMatch(advice);
  if (kind === 'denied') expect(facts.permission).toBe('ec2:DeleteSecurityGroup');
  account.proxy.clear();
  expect([await steps(), await group('unused-3')]).toEqual([['begun', 'failed'], found]);
});

test('a group is detached and given back: exactly the groups from before, on the instance, too', async () => {
  const before = await networkInterface();
  expect(named(before.securityGroups)).toEqual(['internal', 'web']);
  const change = await detaching('web');
  await opened.aws.checkInterfaceGroups(session, change);
  expect((await networkInterface()).securityGroups).toEqual(before.securityGroups);
  const { state, entry, networkInterface: after } = await opened.aws.setInterfaceGroups(session, change);
  expect([state, named(after.securityGroups), await groupsOfInstance()]).toEqual(['done', ['internal'], ['internal']]);
  const [{ parameters } = { parameters: new URLSearchParams() }] = sent('ModifyNetworkInterfaceAttribute');
  expect([...parameters.keys()].sort()).toEqual(['Action', 'NetworkInterfaceId', 'SecurityGroupId.1', 'Version']);
  expect(named((await opened.aws.undoInterfaceGroups(session, entry)).networkInterface.securityGroups)).toEqual([
    'internal',
    'web',
  ]);
  expect(await groupsOfInstance()).toEqual(['internal', 'web']);
  expect((await failureOf(opened.aws.undoInterfaceGroups(session, entry))).message).toContain('taken back already');
  expect(await steps()).toEqual(['begun', 'done', 'begun', 'done']);
});

test('the last group stays, and groups that are others by now are left alone, also by an undo', async () => {
  const change = await detaching('web');
  expect((await failureOf(opened.aws.setInterfaceGroups(session, { ...change, groups: [] }))).message).toContain(
    'must have at least one security group',
  );
  const { entry } = await opened.aws.setInterfaceGroups(session, change);
  // The question was of both.
  const stale = { ...change, groups: [{ id: idOf('web'), name: 'web' }] };
  expect((await failureOf(opened.aws.setInterfaceGroups(session, stale))).message).toMatch(
    /^Somebody changed the groups of eni-\w+ in eu-central-1 of account 222233334444 meanwhile: it has internal/,
  );
  const { networkInterface: id } = change;
  const database = { networkInterface: id, groups: [{ id: idOf('database'), name: 'database' }] };
  const other = await opened.aws.setInterfaceGroups(session, { ...database, expect: [idOf('internal')] });
  expect((await failureOf(opened.aws.undoInterfaceGroups(session, entry))).message).toContain('a later one stands');
  await opened.aws.undoInterfaceGroups(session, other.entry);
  await opened.aws.undoInterfaceGroups(session, entry);
  expect(named((await networkInterface()).securityGroups)).toEqual(['internal', 'web']);
});

test.each([
  ['the answer is lost, and AWS had done it', cut(MODIFY), 'done'],
  ['it cannot be read back', expiredToken({ action: 'DescribeNetworkInterfaces', after: 2 }), 'pending'],
  ['AWS never hears of it', hungUp(MODIFY), 'network'],
  ['the permission is missing', denied(MODIFY), 'denied'],
] as const)(
  'detaching, where %s: the log says what became of it, and it can be taken back',
  async (_name, rule, became) => {
    const isChanged = became === 'done' || became === 'pending';
    account.proxy.use(rule);
    const work = opened.aws.setInterfaceGroups(session, await detaching('web'));
    if (isChanged) expect((await work).state).toBe(became);
    else expect((await failureOf(work)).facts.kind).toBe(became);
    account.proxy.clear();
    expect(named((await networkInterface()).securityGroups)).toEqual(isChanged ? ['internal'] : ['internal', 'web']);
    expect(await steps()).toEqual(['begun', isChanged ? 'done' : 'failed']);
    for (const entry of undoableGroups(await opened.aws.groupChanges())) {
      await opened.aws.undoInterfaceGroups(session, entry);
    }
    expect(named((await networkInterface()).securityGroups)).toEqual(['internal', 'web']);
  },
);

test('a profile that leads to another account by the time the question is answered sends nothing', async () => {
  const found = await groupThere('unused-3');
  const change = await detaching('web');
  await opened.aws.checkSecurityGroupDeletion(session, found);
  const path = join(opened.folder, 'config');
  const config = readFileSync(path, 'utf8');
  writeFileSync(path, config.replaceAll(`${ACCOUNT}:role/Engineer`, '555566667777:role/Engineer'));
  for (const work of [opened.aws.deleteSecurityGroup(session, found), opened.aws.setInterfaceGroups(session, change)]) {
    expect((await failureOf(work)).message).toMatch(
      /^tidewater-production is somebody else by now: arn:aws:sts::555566667777/,
    );
  }
  expect([sent('DeleteSecurityGroup'), sent('ModifyNetworkInterfaceAttribute')]).toEqual([[], []]);
  expect(await opened.aws.groupChanges()).toEqual([]);
});

test('a read-only profile and a session that ended send nothing', async () => {
  const found = await groupThere('unused-3');
  const change = await detaching('web');
  const tryAll = async (): Promise<void> => {
    await failureOf(opened.aws.checkSecurityGroupDeletion(session, found));
    await failureOf(opened.aws.deleteSecurityGroup(session, found));
    await failureOf(opened.aws.checkInterfaceGroups(session, change));
    await failureOf(opened.aws.setInterfaceGroups(session, change));
  };
  opened.settings.current = { readOnly: ['tidewater-prod*'] };
  account.proxy.calls.length = 0;
  await tryAll();
  opened.settings.current = { readOnly: [] };
  opened.aws.disconnect('tidewater-production');
  await tryAll();
  expect([account.proxy.calls, await opened.aws.groupChanges()]).toEqual([[], []]);
});
