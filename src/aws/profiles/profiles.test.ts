import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { explainIdentity } from './explain';
import { readSharedConfig, type Environment } from './files';
import { listProfiles } from './list';
import type { Profile, ProfileList } from './profile';

const NOW = new Date('2026-11-22T12:00:00Z');
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ec2-warden-profiles-'));
  mkdirSync(join(home, '.aws/sso/cache'), { recursive: true });
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  vi.stubEnv('HOMEPATH', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

const OFF: Environment = { AWS_EC2_METADATA_DISABLED: 'true' };

function write(config: string, credentials = '', mode = 0o600): void {
  writeFileSync(join(home, '.aws/config'), config);
  writeFileSync(join(home, '.aws/credentials'), credentials, { mode });
}

function login(id: string, token: object): void {
  const name = createHash('sha1').update(id).digest('hex');
  writeFileSync(join(home, '.aws/sso/cache', `${name}.json`), JSON.stringify(token));
}

async function list(env: Environment = OFF): Promise<ProfileList> {
  return listProfiles(await readSharedConfig({ readOnly: [] }, env), { env, now: NOW });
}

async function profile(name: string, env: Environment = OFF): Promise<Profile> {
  const found = (await list(env)).profiles.find((each) => each.name === name);
  if (!found) throw new Error(`no profile ${name}`);
  return found;
}

const KEYS =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';
const SSO = 'sso_account_id = 111122223333\nsso_role_name = Reader\n';

describe('kinds of profiles', () => {
  test.each([
    ['static', `[profile x]\n${KEYS}`],
    ['session-token', `[profile x]\n${KEYS}aws_session_token = t\n`],
    ['role', `[profile x]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = y\n[profile y]\n${KEYS}`],
    ['role', '[profile x]\nrole_arn = arn:aws:iam::1:role/a\ncredential_source = Ec2InstanceMetadata\n'],
    ['process', '[profile x]\ncredential_process = /bin/tool\n'],
    ['sso', `[profile x]\nsso_session = s\n${SSO}[sso-session s]\nsso_start_url = https://a\nsso_region = us-east-1\n`],
    ['sso-legacy', `[profile x]\nsso_start_url = https://a\nsso_region = us-east-1\n${SSO}`],
    ['web-identity', '[profile x]\nrole_arn = arn:aws:iam::1:role/a\nweb_identity_token_file = /tmp/t\n'],
    ['login', '[profile x]\nlogin_session = arn:aws:iam::111122223333:user/me\n'],
    ['none', '[profile x]\nregion = us-east-1\n'],
  ])('%s', async (kind, config) => {
    write(config);
    expect((await profile('x')).kind).toBe(kind);
  });

  test('both files are merged, what the credentials file says wins', async () => {
    write(`[default]\nregion = eu-west-1\n${KEYS}[profile b]\nregion = us-east-2\n`, `[default]\n${KEYS}[c]\n${KEYS}`);
    const { profiles } = await list();
    expect(profiles.map(({ name, kind, region }) => [name, kind, region])).toEqual([
      ['default', 'static', 'eu-west-1'],
      ['b', 'none', 'us-east-2'],
      ['c', 'static', undefined],
    ]);
    expect(profiles[0]?.notes.map(({ kind }) => kind)).toContain('duplicate-keys');
    expect(profiles[0]?.places).toEqual([
      { file: join(home, '.aws/credentials'), line: 0 },
      { file: join(home, '.aws/config'), line: 0 },
    ]);
  });

  test('the files that settings and environment name are read instead', async () => {
    const other = join(home, 'other');
    writeFileSync(other, '[profile elsewhere]\nregion = eu-west-3\n');
    const env = { ...OFF, AWS_CONFIG_FILE: other };
    expect((await list(env)).profiles.map(({ name }) => name)).toEqual(['elsewhere']);
    const config = await readSharedConfig({ readOnly: [], configFile: '~/other' }, OFF);
    expect(config.profiles).toEqual(['elsewhere']);
  });

  test('without files there are no profiles and no problems', async () => {
    rmSync(join(home, '.aws'), { recursive: true });
    expect(await list()).toMatchObject({ profiles: [], problems: [] });
  });

  test('a section that is read as no profile is pointed out', async () => {
    write('[default]\nregion = a\n[prod]\nregion = b\n', `[profile dev]\n${KEYS}`);
    const { profiles, problems } = await list();
    expect(profiles.map(({ name }) => name)).toEqual(['default']);
    expect(problems).toEqual([
      {
        kind: 'missing-setting',
        message: "[prod] is not read: in this file a profile's section is called [profile prod].",
        place: { file: join(home, '.aws/config'), line: 2 },
      },
      {
        kind: 'missing-setting',
        message: "[profile dev] is not read: in this file a profile's section is called [dev].",
        place: { file: join(home, '.aws/credentials'), line: 0 },
      },
    ]);
  });

  test('ambient entries are there when they are', async () => {
    const env = {
      ...OFF,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://x',
    };
    expect((await list(env)).profiles.map(({ name }) => name)).toEqual(['(environment)', '(container)']);
  });
});

describe('why a profile cannot work', () => {
  const role = (name: string, source: string): string =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::1:role/${name}\nsource_profile = ${source}\n`;

  test.each([
    [
      'a circle',
      `${role('x', 'y')}${role('y', 'x')}`,
      'cycle',
      'The profiles draw on each other in a circle: x → y → x.',
      5,
    ],
    [
      'a source that is not there',
      role('x', 'gone'),
      'missing-source',
      'x takes its credentials from the profile gone, which does not exist.',
      2,
    ],
    [
      'two sources',
      '[profile x]\nrole_arn = r\nsource_profile = y\ncredential_source = Environment\n',
      'conflicting-settings',
      'x has both source_profile and credential_source; a role is taken on with one of them.',
      3,
    ],
    [
      'no source',
      '[profile x]\nrole_arn = r\n',
      'missing-setting',
      'x has role_arn and neither source_profile nor credential_source: nobody is there to take the role on.',
      1,
    ],
    [
      'a source that is none',
      '[profile x]\nrole_arn = r\ncredential_source = Metadata\n',
      'unknown-credential-source',
      'x has credential_source = Metadata; there are Environment, Ec2InstanceMetadata, EcsContainer.',
      2,
    ],
    [
      'half a key',
      '[profile x]\naws_access_key_id = AKIA\n',
      'missing-setting',
      'x has aws_access_key_id without aws_secret_access_key.',
      1,
    ],
    [
      'an sso-session that is not there',
      `[profile x]\nsso_session = s\n${SSO}`,
      'missing-sso-session',
      /^x logs in by the sso-session s, which is not in .*config\.$/,
      1,
    ],
    [
      'nobody logged in',
      `[profile x]\nregion = us-east-1\nsso_start_url = https://a\nsso_region = us-east-1\n${SSO}`,
      'sso-expired',
      'Nobody is logged in to SSO for x.',
      2,
    ],
    [
      'a session that ended',
      `[profile x]\n${KEYS}aws_session_token = t\nx_security_token_expires = 2026-11-22T10:00:00Z\n`,
      'expired',
      'The keys of x were for a session that ended at 2026-11-22 10:00 UTC.',
      4,
    ],
    ['nothing', '[profile x]\nregion = us-east-1\n', 'no-credentials', 'x has no settings that give credentials.', 0],
  ] as const)('%s', async (_name, config, kind, message, line) => {
    write(config);
    const { problem } = await profile('x');
    expect(problem?.kind).toBe(kind);
    expect(problem?.message).toMatch(message);
    expect(problem?.place).toEqual({ file: join(home, '.aws/config'), line });
  });

  test('a source with keys of its own ends the chain, also its own', async () => {
    write(`[profile x]\n${KEYS}role_arn = arn:aws:iam::1:role/a\nsource_profile = x\n`);
    expect((await profile('x')).problem).toBeUndefined();
  });

  test.each([
    [{ expiresAt: '2026-11-22T13:00:00Z' }, undefined],
    [{ expiresAt: '2026-11-22T11:00:00Z' }, 'The SSO login of x ended at 2026-11-22 11:00 UTC.'],
    [
      {
        expiresAt: '2026-11-22T11:00:00Z',
        refreshToken: 'r',
        clientId: 'c',
        clientSecret: 's',
        registrationExpiresAt: '2027-01-01T00:00:00Z',
      },
      undefined,
    ],
  ])('a login of SSO: %j', async (token, message) => {
    write(`[profile x]\nsso_session = s\n${SSO}[sso-session s]\nsso_start_url = https://a\nsso_region = us-east-1\n`);
    login('s', { accessToken: 'secret', ...token });
    const { problem } = await profile('x');
    expect(problem?.message).toBe(message);
    if (message !== undefined) expect(problem?.login).toBe('x');
  });
});

describe('notes', () => {
  test('a credentials file that others can read', async () => {
    write('', `[x]\n${KEYS}`, 0o644);
    const note = (await profile('x')).notes.find(({ kind }) => kind === 'file-permissions');
    expect(note).toMatchObject({
      message: '~/.aws/credentials can be read by other users of this machine (mode 644).',
      command: 'chmod 600 ~/.aws/credentials',
    });
  });

  test('keys that do not end', async () => {
    write('', `[x]\n${KEYS}`);
    expect((await profile('x')).notes.map(({ kind }) => kind)).toEqual(['long-lived-keys']);
  });
});

describe('why this identity', () => {
  async function explain(name: string | undefined, env: Environment) {
    return explainIdentity(name, await readSharedConfig({ readOnly: [] }, env), { env, now: NOW });
  }
  const inEnvironment = { ...OFF, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 's' };

  test('keys of the environment come before the instance role, and it says so', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://x' };
    const { summary, chain } = await explain(undefined, env);
    expect(summary).toBe(
      'Keys of the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. It overrides the instance role.',
    );
    expect(chain.map(({ provider, state }) => `${provider} ${state}`)).toEqual([
      'environment used',
      'profile absent',
      'container absent',
      'instance overridden',
    ]);
  });

  test('keys and AWS_PROFILE: what the CLI does, and that the SDK does otherwise', async () => {
    write('', `[work]\n${KEYS}`);
    const { summary } = await explain(undefined, { ...inEnvironment, AWS_PROFILE: 'work' });
    expect(summary).toContain(
      'AWS_PROFILE names work as well: the CLI takes the keys, the SDK for JavaScript the profile.',
    );
  });

  test('the profile default, where nothing else is said', async () => {
    write('[default]\nregion = eu-west-1\n', `[default]\n${KEYS}`);
    const { summary, region } = await explain(undefined, OFF);
    expect(summary).toBe('The profile default has access keys.');
    expect(region).toMatchObject({ region: 'eu-west-1', isSet: true, place: { line: 1 } });
  });

  test('a profile by name passes the environment over', async () => {
    write(
      '[profile x]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = y\nmfa_serial = arn:aws:iam::2:mfa/me\n',
      `[y]\n${KEYS}`,
    );
    const found = await explain('x', inEnvironment);
    expect(found.summary).toBe('The profile x takes on arn:aws:iam::1:role/a by way of the profile y.');
    expect(found.chain[0]).toMatchObject({ provider: 'environment', state: 'overridden' });
    expect(found.roles.map(({ profile: name, message, mfaSerial }) => [name, message, mfaSerial])).toEqual([
      ['x', 'takes on arn:aws:iam::1:role/a by way of the profile y', 'arn:aws:iam::2:mfa/me'],
      ['y', 'has access keys', undefined],
    ]);
    expect(found.region).toEqual({
      region: 'us-east-1',
      message: 'Nothing sets a region for x; us-east-1 is what is fallen back to.',
      isSet: false,
    });
  });

  test('the region of the environment comes first, and it says what it overrides', async () => {
    write(`[profile x]\nregion = eu-west-1\n${KEYS}`);
    const { region } = await explain('x', { ...OFF, AWS_REGION: 'us-west-2' });
    expect(region.message).toBe(
      'us-west-2, from AWS_REGION in the environment, which overrides eu-west-1 of the profile x.',
    );
  });

  test('nothing at all', async () => {
    expect((await explain(undefined, OFF)).summary).toBe(
      'No credentials: neither the environment nor a profile nor this machine has any.',
    );
  });

  test('no answer holds a secret', async () => {
    write('[profile x]\nrole_arn = r\nsource_profile = y\n', `[y]\n${KEYS}aws_session_token = TOKEN12345\n`);
    const answers = [
      await list(),
      await explain('x', inEnvironment),
      await explain('y', OFF),
      await explain(undefined, OFF),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/AKIAIOSFODNN7EXAMPLE|wJalr|TOKEN12345/);
  });
});
