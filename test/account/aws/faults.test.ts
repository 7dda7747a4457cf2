import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '../../../src/aws';
import { PRODUCTION } from '../../../samples/account/production.mjs';
import { openAccount, type TestAccount } from '../account.mjs';
import * as faults from '../proxy/faults.mjs';
import type { Rule } from '../proxy/proxy.mjs';
import { replayInstances } from '../proxy/replay.mjs';
import { all, failureOf, openAws, type Opened } from './connected';

const ACTION = 'DescribeInstances';
const WHERE = 'ec2:DescribeInstances in eu-central-1';

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
  opened = openAws(account.endpoint);
  session = await opened.aws.connect('tidewater-production');
  account.proxy.calls.length = 0;
});
afterEach(() => opened.close());

const listed = (): Promise<unknown> => all(opened.aws.instances(session));

describe('a fault that stays is told as a sentence', () => {
  const always: readonly (readonly [string, Rule, string, string, string])[] = [
    [
      'throttled',
      faults.throttled({ action: ACTION }),
      'throttled',
      `AWS kept answering "slow down" to ${WHERE}.`,
      'Wait a minute and try again: others use up the same limit.',
    ],
    [
      'an internal error',
      faults.internalError({ action: ACTION }),
      'service',
      `AWS failed to answer ${WHERE} (HTTP 500).`,
      'Nothing is wrong on this side; try again in a while. The AWS Health Dashboard tells of outages.',
    ],
    [
      'unavailable',
      faults.unavailable({ action: ACTION }),
      'service',
      `AWS failed to answer ${WHERE} (HTTP 503).`,
      'Nothing is wrong on this side; try again in a while. The AWS Health Dashboard tells of outages.',
    ],
    [
      'a page of a gateway',
      faults.htmlPage({ action: ACTION }),
      'service',
      `AWS failed to answer ${WHERE} (HTTP 502).`,
      'Nothing is wrong on this side; try again in a while. The AWS Health Dashboard tells of outages.',
    ],
    [
      'hung up',
      faults.hungUp({ action: ACTION }),
      'network',
      'The connection to AWS in eu-central-1 broke.',
      'Try again.',
    ],
    ['cut', faults.cut({ action: ACTION }), 'network', 'The connection to AWS in eu-central-1 broke.', 'Try again.'],
    [
      'truncated',
      faults.truncated({ action: ACTION }),
      'unreadable-answer',
      `The answer to ${WHERE} was cut off or is none of AWS.`,
      'Try again. If it stays, look for a proxy between this machine and AWS.',
    ],
    [
      'an ended session',
      faults.expiredToken({ action: ACTION }),
      'expired',
      'The credentials of tidewater-production have expired.',
      'Connect tidewater-production again.',
    ],
    [
      'an unknown key',
      faults.unknownKey({ action: ACTION }),
      'credentials-refused',
      'AWS does not accept the credentials of tidewater-production in eu-central-1.',
      'The key may be deleted, switched off or mistyped, or eu-central-1 may not be enabled for this account.',
    ],
    [
      'denied',
      faults.denied({ action: ACTION }),
      'denied',
      `tidewater-production lacks the permission ec2:DescribeInstances in account ${PRODUCTION.id}, eu-central-1.`,
      'Ask an administrator to attach a policy that allows it; the statement can be copied.',
    ],
  ];

  test.each(always)('%s', async (_name, rule, kind, message, advice) => {
    account.proxy.use(rule);
    const failure = await failureOf(listed());
    expect(failure.message).toBe(message);
    expect(failure.facts).toMatchObject({ kind, advice, operation: 'ec2:DescribeInstances' });
  });
});

describe('a fault that passes', () => {
  test.each([
    ['throttled', faults.throttled({ action: ACTION, times: 1 }), 'throttled'],
    ['an internal error', faults.internalError({ action: ACTION, times: 1 }), 'service'],
    ['hung up', faults.hungUp({ action: ACTION, times: 1 }), 'network'],
  ] as const)('is tried again, and told: %s', async (_name, rule, reason) => {
    account.proxy.use(rule);
    await listed();
    expect(opened.retries).toEqual([
      expect.objectContaining({
        profile: 'tidewater-production',
        region: 'eu-central-1',
        operation: 'ec2:DescribeInstances',
        reason,
        attempt: 1,
      }),
    ]);
  });

  test('a clock that is off is put right by the time of AWS', async () => {
    account.proxy.use(faults.clockSkew(42));
    await listed();
    expect(opened.retries.map(({ reason }) => reason)).toEqual(['clock']);
  });
});

test.each([
  ['denied', faults.denied({ action: ACTION })],
  ['an unknown key', faults.unknownKey({ action: ACTION })],
])('what is refused is not tried again: %s', async (_name, rule) => {
  account.proxy.use(rule);
  await failureOf(listed());
  expect(account.proxy.calls).toHaveLength(1);
  expect(opened.retries).toEqual([]);
});

test('a denied action comes with the policy that grants it', async () => {
  account.proxy.use(faults.denied({ action: ACTION }));
  const { facts } = await failureOf(listed());
  expect(facts).toMatchObject({ permission: 'ec2:DescribeInstances', action: 'copy-policy' });
  expect(JSON.parse(facts.policy ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Ec2Warden', Effect: 'Allow', Action: 'ec2:DescribeInstances', Resource: '*' }],
  });
});

describe('a list of many', () => {
  const many = { region: 'eu-central-1', account: PRODUCTION.id };

  test('that breaks off has handed on what it had, and throws', async () => {
    account.proxy.use(replayInstances({ ...many, count: 2500 }));
    account.proxy.use(faults.denied({ action: ACTION, after: 2 }));
    const got: number[] = [];
    const read = async (): Promise<void> => {
      for await (const { items, isLast } of opened.aws.instances(session)) {
        expect(isLast).toBe(false);
        got.push(items.length);
      }
    };
    expect((await failureOf(read())).facts.kind).toBe('denied');
    expect(got).toEqual([100, 1000]);
  });

  test('can be given up at any time, and ends at once', async () => {
    account.proxy.use(replayInstances({ ...many, count: 5000, waitMs: 300 }));
    const controller = new AbortController();
    let items = 0;
    const read = async (): Promise<void> => {
      for await (const page of opened.aws.instances(session, { signal: controller.signal })) {
        items += page.items.length;
        setTimeout(() => controller.abort(), 20);
      }
    };
    const failure = await failureOf(read());
    expect(failure.facts.kind).toBe('cancelled');
    expect(items).toBe(100);
    const calls = account.proxy.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(account.proxy.calls).toHaveLength(calls);
  });

  test('costs one call for each thousand, and a small one first', async () => {
    account.proxy.use(replayInstances({ ...many, count: 1000 }));
    const items = await all(opened.aws.instances(session));
    expect(new Set(items.map(({ id }) => id)).size).toBe(1000);
    expect(account.proxy.calls).toHaveLength(2);
  });
});

describe('a profile that does not work', () => {
  test.each([
    ['tidewater-sso', 'sso-expired', 'Nobody is logged in to SSO for tidewater-sso.', 'login'],
    [
      'ci-2019',
      'profile',
      'ci-2019 takes its credentials from the profile jenkins, which does not exist.',
      'open-profile',
    ],
    ['nobody', 'profile', 'There is no profile nobody.', 'open-profile'],
  ])('%s', async (profile, kind, message, action) => {
    const failure = await failureOf(opened.aws.connect(profile));
    expect(failure.message).toBe(message);
    expect(failure.facts).toMatchObject({ kind, action });
  });

  test('leaves the others alone', async () => {
    await failureOf(opened.aws.connect('ci-2019'));
    expect((await opened.aws.connect('tidewater-staging')).account).not.toBe(session.account);
  });

  test('a program that fails is named by its place, and what it printed is not repeated', async () => {
    opened.close();
    const config = '[profile tool]\ncredential_process = sh -c "echo wJalrXUtnFEMI >&2; exit 3"\n';
    opened = openAws(account.endpoint, { config, credentials: '' });
    const failure = await failureOf(opened.aws.connect('tool'));
    expect(failure.message).toBe('The program that gives the credentials of tool (credential_process) failed.');
    expect(failure.facts.place).toMatchObject({ line: 1 });
    expect(`${failure.message}${String(failure.cause)}${failure.stack ?? ''}`).not.toContain('wJalrXUtnFEMI');
  });
});

test('one profile never uses the endpoint of another', async () => {
  opened.close();
  const config = `[default]\nregion = us-east-1\nendpoint_url = ${account.endpoint}\n[profile other]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:9\n`;
  const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n';
  opened = openAws(account.endpoint, { config, credentials: `[default]\n${keys}[other]\n${keys}` });
  account.proxy.calls.length = 0;
  expect((await failureOf(opened.aws.connect('other'))).message).toBe(
    'Nobody answers at the address of AWS (127.0.0.1:9).',
  );
  expect(account.proxy.calls).toEqual([]);
  expect((await opened.aws.connect('default')).account).toBe('123456789012');
});
