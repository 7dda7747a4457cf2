import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RecordKind, Session } from '../../../src/aws';
import { PRODUCTION } from '../../../samples/account/production.mjs';
import { STAGING } from '../../../samples/account/staging.mjs';
import { MFA_DEVICE } from '../../../samples/account/profiles.mjs';
import { openAccount, type TestAccount } from '../account.mjs';
import { all, failureOf, openAws, type Opened } from './connected';

let account: TestAccount;
let opened: Opened;

beforeAll(async () => {
  account = await openAccount();
  await account.fill();
});
afterAll(() => account.close());
beforeEach(() => {
  account.proxy.clear();
  account.proxy.calls.length = 0;
  opened = openAws(account.endpoint);
});
afterEach(() => opened.close());

const connect = (profile = 'tidewater-production'): Promise<Session> => opened.aws.connect(profile);

describe('a session', () => {
  test('says whose account it is, by a role, in the region of the profile', async () => {
    expect(await connect()).toEqual({
      profile: 'tidewater-production',
      region: 'eu-central-1',
      account: PRODUCTION.id,
      arn: `arn:aws:sts::${PRODUCTION.id}:assumed-role/Engineer/anna`,
      partition: 'aws',
    });
  });

  test('never changes, and another region is another session', async () => {
    const session = await connect();
    expect(Object.isFrozen(session)).toBe(true);
    const other = opened.aws.inRegion(session, 'us-east-1');
    expect(other).toEqual({ ...session, region: 'us-east-1' });
    expect(session.region).toBe('eu-central-1');
  });

  test('shows the instances of its own account and no others', async () => {
    const [production, staging] = await Promise.all([connect(), connect('tidewater-staging')]);
    const [ours, theirs] = await Promise.all([
      all(opened.aws.instances(production)),
      all(opened.aws.instances(staging)),
    ]);
    expect(ours.length).toBeGreaterThan(5);
    expect(theirs.length).toBeGreaterThan(1);
    expect(new Set(ours.map(({ arn }) => arn.split(':')[4]))).toEqual(new Set([PRODUCTION.id]));
    expect(new Set(theirs.map(({ arn }) => arn.split(':')[4]))).toEqual(new Set([STAGING.id]));
  });

  test('is connected once for all who want it at the same time, and asked for once', async () => {
    await Promise.all([connect(), connect(), connect()]);
    await connect();
    expect(account.proxy.calls.map(({ action }) => action)).toEqual(['AssumeRole', 'GetCallerIdentity']);
  });

  test('is gone after disconnect', async () => {
    const session = await connect();
    opened.aws.disconnect('tidewater-production');
    const failure = await failureOf(all(opened.aws.instances(session)));
    expect(failure.message).toBe(`Nobody is connected as tidewater-production in account ${PRODUCTION.id}.`);
    expect(failure.facts.action).toBe('connect');
  });

  test.each([
    [['tidewater-prod*'], 'The profile tidewater-production is set to read-only (tidewater-prod*).'],
    [[PRODUCTION.id], `Account ${PRODUCTION.id} is set to read-only.`],
    [['prod*', STAGING.id], undefined],
  ])('is read-only by %j: %s', async (readOnly, reason) => {
    const session = await connect();
    opened.settings.current = { readOnly };
    expect(opened.aws.status(session).readOnly).toBe(reason);
  });
});

describe('a profile that asks for a code', () => {
  test('asks once, naming the device and why', async () => {
    opened.codes.push('123456');
    const session = await connect('tidewater-break-glass');
    await all(opened.aws.instances(session));
    await connect('tidewater-break-glass');
    expect(opened.asked).toEqual([
      {
        profile: 'tidewater-break-glass',
        device: MFA_DEVICE,
        purpose: `to take on arn:aws:iam::${PRODUCTION.id}:role/BreakGlass`,
      },
    ]);
    expect(opened.aws.status(session)).toMatchObject({ usesMfa: true, hasExpired: false });
    expect(opened.aws.status(session).expires).toBeInstanceOf(Date);
  });

  test('says so when no code is given, and when a wrong one is', async () => {
    const cancelled = await failureOf(connect('tidewater-break-glass'));
    expect(cancelled.facts.kind).toBe('mfa-cancelled');
    expect(cancelled.message).toBe('No code was given for tidewater-break-glass.');
    opened.codes.push('000000');
    const refused = await failureOf(connect('tidewater-break-glass'));
    expect(refused.facts.kind).toBe('mfa-refused');
    expect(refused.message).toBe(`AWS did not accept the code of ${MFA_DEVICE}.`);
  });

  test('can be saved as a profile, which then needs none', async () => {
    opened.codes.push('123456');
    const before = readFileSync(join(opened.folder, 'credentials'), 'utf8');
    const session = await connect('tidewater-break-glass');
    const name = await opened.aws.saveSession(session);
    expect(name).toBe('tidewater-break-glass-mfa');
    const after = readFileSync(join(opened.folder, 'credentials'), 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(statSync(join(opened.folder, 'credentials')).mode & 0o777).toBe(0o600);
    const { profiles } = await opened.aws.profiles();
    expect(profiles.find((profile) => profile.name === name)).toMatchObject({ kind: 'session-token' });
  });

  test('keys that never end are not saved once more', async () => {
    const session = await connect('tidewater');
    expect((await failureOf(opened.aws.saveSession(session))).facts.kind).toBe('guard');
  });
});

describe('keys that want a session with a code', () => {
  test('become one by GetSessionToken, and roles are taken on with it', async () => {
    opened.close();
    const keys = '[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n';
    const config = `[profile keys]\nregion = eu-central-1\nmfa_serial = ${MFA_DEVICE}\nendpoint_url = ${account.endpoint}
[profile role]\nrole_arn = arn:aws:iam::${PRODUCTION.id}:role/Engineer\nsource_profile = keys\nendpoint_url = ${account.endpoint}\n`;
    opened = openAws(account.endpoint, { config, credentials: keys });
    opened.codes.push('123456', '654321');
    await connect('keys');
    expect(account.proxy.calls.map(({ action }) => action)).toEqual(['GetSessionToken', 'GetCallerIdentity']);
    const session = await connect('role');
    expect(session.arn).toBe(`arn:aws:sts::${PRODUCTION.id}:assumed-role/Engineer/ec2-warden`);
    expect(account.proxy.calls.slice(2).map(({ action }) => action)).toEqual([
      'GetSessionToken',
      'AssumeRole',
      'GetCallerIdentity',
    ]);
    expect(opened.asked.map(({ purpose }) => purpose)).toEqual([
      'for a session of the access keys of keys',
      'for a session of the access keys of keys',
    ]);
  });
});

describe('what is in a region', () => {
  test('comes in pages, with what the tree shows', async () => {
    const session = await connect();
    const instances = await all(opened.aws.instances(session));
    const erp = instances.find(({ name }) => name === 'erp');
    expect(erp).toMatchObject({ kind: 'instance', architecture: 'x86_64', platform: 'Windows', state: 'running' });
    expect(instances.some(({ publicAddress }) => publicAddress !== undefined)).toBe(true);
    expect(instances.some(({ metadata }) => metadata.tokens === 'optional')).toBe(true);
    expect(instances.some(({ metadata }) => metadata.tokens === 'required')).toBe(true);
  });

  test('costs as many calls as it has pages', async () => {
    const session = await connect();
    account.proxy.calls.length = 0;
    const pages = [];
    for await (const page of opened.aws.instances(session)) pages.push(page);
    expect(account.proxy.calls.filter(({ action }) => action === 'DescribeInstances')).toHaveLength(pages.length);
    expect(account.proxy.calls).toHaveLength(pages.length);
    expect(pages.map(({ isLast }) => isLast)).toEqual([...pages.slice(1).map(() => false), true]);
  });

  test('has network interfaces, groups, keys and volumes that belong together', async () => {
    const session = await connect();
    const { aws } = opened;
    const [instances, interfaces, groups, keys, volumes] = await Promise.all([
      all(aws.instances(session)),
      all(aws.networkInterfaces(session)),
      all(aws.securityGroups(session)),
      all(aws.keyPairs(session)),
      all(aws.volumes(session)),
    ]);
    const known = new Set([...interfaces, ...groups, ...volumes].map(({ id }) => id));
    const running = instances.filter(({ state }) => state === 'running');
    const named = running.flatMap((each) => [...each.networkInterfaces, ...each.volumes.map(({ id }) => id)]);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
    expect(keys.map(({ publicKey }) => publicKey ?? '').join()).toContain('ssh-');
  });

  test('is filtered by AWS', async () => {
    const session = await connect();
    const filters = [{ name: 'instance-state-name', values: ['stopped'] }];
    const stopped = await all(opened.aws.instances(session, { filters }));
    expect(stopped.length).toBeGreaterThan(0);
    expect(new Set(stopped.map(({ state }) => state))).toEqual(new Set(['stopped']));
  });

  test('regions tell which are not enabled', async () => {
    const regions = await opened.aws.regions(await connect());
    expect(regions.find(({ name }) => name === 'us-east-1')).toEqual({
      name: 'us-east-1',
      optIn: 'opt-in-not-required',
      enabled: true,
    });
    expect(regions.length).toBeGreaterThan(15);
  });

  test('user data is decoded', async () => {
    const session = await connect();
    const instances = await all(opened.aws.instances(session));
    const texts = await Promise.all(instances.slice(0, 12).map(({ id }) => opened.aws.userData(session, id)));
    expect(texts.some(({ text }) => text?.startsWith('#!'))).toBe(true);
  });
});

describe('evidence', () => {
  test('of calls without a token comes in one request, and no data is not the same as none', async () => {
    const session = await connect();
    const instances = await all(opened.aws.instances(session));
    account.proxy.calls.length = 0;
    const use = [];
    for await (const batch of opened.aws.tokenUse(
      session,
      instances.map(({ id }) => id),
    ))
      use.push(...batch);
    expect(account.proxy.calls.map(({ action }) => action)).toEqual(['GetMetricData']);
    expect(use).toHaveLength(instances.length);
    expect(use.some(({ tokenless }) => (tokenless?.total ?? 0) > 0)).toBe(true);
    expect(use.some(({ tokenless }) => tokenless === undefined)).toBe(true);
  });

  test('nothing is changed where there is no log', async () => {
    const session = await connect();
    account.proxy.calls.length = 0;
    const failure = await failureOf(opened.aws.changeMetadataOptions(session, 'i-1', { tokens: 'required' }));
    expect(failure.facts.kind).toBe('guard');
    expect(account.proxy.calls).toEqual([]);
  });
});

describe('posture', () => {
  test('the rules of files judge the account, and a document underlines the same', async () => {
    const session = await connect();
    const { aws } = opened;
    const instances = await all(aws.instances(session));
    const groups = await all(aws.securityGroups(session));
    const records = [...instances, ...groups];
    const findings = await aws.judge(session, records);
    const optional = instances.find(({ metadata, state }) => metadata.tokens === 'optional' && state === 'running');
    expect(findings).toContainEqual({
      resource: optional?.id,
      ruleId: 'imdsv1-allowed',
      severity: 'warning',
      message: 'IMDSv1 is allowed here: tokens are optional.',
    });
    const open = findings.find(({ ruleId }) => ruleId === 'open-management-port');
    expect(open?.resource).toMatch(/^sg-/);
    const document = await aws.document(session, 'instance', optional?.id ?? '', { context: records });
    expect(document.text).toContain(`# ${optional?.id ?? ''} in eu-central-1, account ${PRODUCTION.id}`);
    const [range] = document.findings.filter(({ ruleId }) => ruleId === 'imdsv1-allowed').map((each) => each.range);
    expect(document.text.slice(range?.start, range?.end)).toBe('optional');
    const group = await aws.document(session, 'security-group', open?.resource ?? '');
    const underlined = group.findings.map(({ range: { start, end } }) => group.text.slice(start, end));
    expect(underlined).toContain('0.0.0.0/0');
  });

  test('groups that nothing has are found once all network interfaces are known', async () => {
    const session = await connect();
    const { aws } = opened;
    const groups = await all(aws.securityGroups(session));
    const records = [...groups, ...(await all(aws.networkInterfaces(session)))];
    const unused = async (complete: readonly RecordKind[]): Promise<readonly (string | undefined)[]> => {
      const findings = await aws.judge(session, records, undefined, { complete });
      const ids = findings.filter(({ ruleId }) => ruleId === 'security-group-unused').map(({ resource }) => resource);
      return ids.map((id) => groups.find((group) => group.id === id)?.name).sort();
    };
    expect(await unused(['security-group'])).toEqual([]);
    expect(await unused(['security-group', 'network-interface'])).toEqual([
      'everything-open',
      'launch-wizard-1',
      'old-ftp',
    ]);
  });

  test('what is gone is told so', async () => {
    const failure = await failureOf(opened.aws.document(await connect(), 'security-group', 'sg-0123456789abcdef0'));
    expect(failure.facts.kind).toBe('not-found');
    expect(failure.message).toBe(`sg-0123456789abcdef0 is not in eu-central-1 of account ${PRODUCTION.id}.`);
  });
});
