import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from '../../../../test/fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plansOf, planText, type Plan, type PlannedChange } from './plan';
import { readPlan } from './read-plan';
import { shellScript } from './shell-script';

const ACCOUNT = '222233334444';
const SAFE: PlannedChange = {
  instance: 'i-0123456789abcdef0',
  name: 'web-1',
  account: ACCOUNT,
  region: 'eu-central-1',
  before: { tokens: 'optional', hopLimit: 1 },
  set: { tokens: 'required' },
  verdict: 'safe',
  reasons: ['No call without a token in 14 days.'],
};
const BREAKING: PlannedChange = {
  ...SAFE,
  instance: 'i-0123456789abcdef1',
  region: 'us-east-1',
  verdict: 'will-break',
};
const AT = new Date('2026-11-22T12:00:00Z');

function planOf(...changes: readonly PlannedChange[]): Plan {
  const [plan] = plansOf(changes, AT);
  if (plan === undefined) throw new Error('no changes');
  return plan;
}

function problemsOf(text: string): readonly string[] {
  const read = readPlan(text);
  return 'problems' in read ? read.problems : [];
}

/** The JSON of a plan in which something is otherwise. */
function altered(alter: (plan: Record<string, unknown>, change: Record<string, unknown>) => void): string {
  const plan = JSON.parse(planText(planOf(SAFE, BREAKING))) as { changes: Record<string, unknown>[] };
  alter(plan, plan.changes[1] ?? {});
  return JSON.stringify(plan);
}

describe('a plan', () => {
  test('is of one account each, and comes back as it was written', () => {
    const other = { ...SAFE, account: '555566667777' };
    const plans = plansOf([SAFE, other, BREAKING], AT);
    expect(plans.map(({ account, regions, changes }) => [account, regions, changes.length])).toEqual([
      [ACCOUNT, ['eu-central-1', 'us-east-1'], 2],
      ['555566667777', ['eu-central-1'], 1],
    ]);
    for (const plan of plans) expect(readPlan(planText(plan))).toEqual({ plan });
  });

  test('may begin with a byte order mark', () => {
    const plan = planOf(SAFE);
    expect(readPlan(`\ufeff${planText(plan)}`)).toEqual({ plan });
  });

  test.each<[string, string, string]>([
    ['nothing', '', 'It is not JSON:'],
    ['half of one', '{"version":', 'It is not JSON:'],
    ['a list', '[]', 'the plan must be an object.'],
    ['a newer one', altered((plan) => (plan['version'] = 2)), 'It is a plan of version 2, and version 1 is read'],
    ['no version', altered((plan) => delete plan['version']), 'version is missing.'],
    ['a version in words', altered((plan) => (plan['version'] = '1')), 'version must be 1.'],
    ['something unknown', altered((plan) => (plan['profile'] = 'x')), 'profile is nothing that a plan has.'],
    ['a time of its own', altered((plan) => (plan['createdAt'] = 'today')), 'createdAt must be a time in UTC'],
    ['no list', altered((plan) => (plan['changes'] = {})), 'changes must be a list.'],
    [
      'a misspelt option',
      altered((_, each) => (each['set'] = { token: 'required' })),
      'changes[1].set.token is nothing',
    ],
    ['no option', altered((_, each) => (each['set'] = {})), 'changes[1].set must set something.'],
    [
      'a value that is none',
      altered((_, each) => (each['set'] = { tokens: 'yes' })),
      'must be "optional" or "required".',
    ],
    ['too many hops', altered((_, each) => (each['set'] = { hopLimit: 65 })), 'a whole number from 1 to 64.'],
    ['half a hop', altered((_, each) => (each['set'] = { hopLimit: 1.5 })), 'a whole number from 1 to 64.'],
    [
      'a command as an id',
      altered((_, each) => (each['instance'] = 'i-0; reboot')),
      'changes[1].instance must be the id',
    ],
    ['a line after an id', altered((_, each) => (each['instance'] = 'i-01234567\nx')), 'changes[1].instance must be'],
    ['an option as a region', altered((_, each) => (each['region'] = '--endpoint-url')), 'changes[1].region must be'],
    [
      'another account',
      altered((_, each) => (each['account'] = '1'.repeat(12))),
      'changes[1].account must be 222233334444',
    ],
    ['another region', altered((plan) => (plan['regions'] = ['eu-central-1'])), 'changes[1].region is not among'],
    ['one twice', altered((_, each) => Object.assign(each, SAFE)), 'i-0123456789abcdef0 for the second time.'],
    ['a prototype', '{"__proto__":{"version":1}}', '__proto__ is nothing that a plan has.'],
  ])('is refused with a sentence: %s', (_name, text, said) => {
    expect(problemsOf(text).join('\n')).toContain(said);
  });

  test('never throws, and never takes over what is not one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = readPlan(text);
        expect('plan' in read || read.problems.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const hasShell = (shell: string): boolean => spawnSync(shell, ['-c', ':']).status === 0;
const SHELLS = ['sh', 'bash', 'dash', 'busybox'].filter(hasShell);

describe('the shell script', () => {
  let folder = '';
  let record = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ec2-warden-plan-'));
    record = join(folder, 'calls');
    const aws = [
      '#!/bin/sh',
      'for word; do printf "<%s>" "$word" >> "$RECORD"; done; echo >> "$RECORD"',
      'case "$*" in *get-caller-identity*) printf "%s\\n" "$ACCOUNT";; esac',
      'case "$*" in *"${FAIL:-nothing}"*) exit 254;; esac',
    ];
    writeFileSync(join(folder, 'aws'), `${aws.join('\n')}\n`);
    chmodSync(join(folder, 'aws'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a script where `aws` writes down what it is called with. */
  function run(shell: string, script: string, env: Readonly<Record<string, string>> = {}) {
    writeFileSync(record, '');
    const path = join(folder, 'plan.sh');
    writeFileSync(path, script);
    const all = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, RECORD: record, ACCOUNT, ...env };
    const args = shell === 'busybox' ? ['sh', path] : [path];
    const { status, stderr } = spawnSync(shell, args, { env: all, encoding: 'utf8', cwd: folder });
    return { status, stderr, calls: readFileSync(record, 'utf8').split('\n').filter(Boolean) };
  }

  const IDENTITY = '<sts><get-caller-identity><--query><Account><--output><text>';
  const modify = ({ region, instance }: PlannedChange): string =>
    `<ec2><modify-instance-metadata-options><--region><${region}><--instance-id><${instance}><--http-tokens><required>`;

  test('there is a shell to try it in', () => {
    expect(SHELLS).toContain('sh');
  });

  describe.each(SHELLS)('in %s', (shell) => {
    test('sends what the plan says, and what breaks only on request', () => {
      const script = shellScript(planOf(SAFE, BREAKING));
      expect(run(shell, script)).toEqual({ status: 0, stderr: '', calls: [IDENTITY, modify(SAFE)] });
      const { calls } = run(shell, script, { ALLOW_BREAKING: 'yes' });
      expect(calls).toEqual([IDENTITY, modify(SAFE), modify(BREAKING)]);
    });

    test('sends all options', () => {
      const set = {
        tokens: 'required',
        endpoint: 'enabled',
        hopLimit: 2,
        ipv6: 'disabled',
        instanceTags: 'enabled',
      } as const;
      expect(run(shell, shellScript(planOf({ ...SAFE, set }))).calls[1]).toBe(
        `${modify(SAFE)}<--http-endpoint><enabled><--http-put-response-hop-limit><2><--http-protocol-ipv6><disabled><--instance-metadata-tags><enabled>`,
      );
    });

    test('changes nothing in another account', () => {
      const { status, stderr, calls } = run(shell, shellScript(planOf(SAFE)), { ACCOUNT: '999999999999' });
      expect([status, calls]).toEqual([1, [IDENTITY]]);
      expect(stderr).toBe(
        'This is for account 222233334444, and these are the credentials of 999999999999: nothing was changed.\n',
      );
    });

    test('changes nothing where nobody can tell whose account it is', () => {
      const { status, calls } = run(shell, shellScript(planOf(SAFE)), { FAIL: 'get-caller-identity' });
      expect([status, calls]).toEqual([254, [IDENTITY]]);
    });

    test('goes on after one that fails, and says so', () => {
      const script = shellScript(planOf(SAFE, { ...BREAKING, verdict: 'unknown' }));
      const { status, stderr, calls } = run(shell, script, { FAIL: SAFE.instance });
      expect([status, stderr, calls.length]).toEqual([1, 'Failed: 1.\n', 3]);
    });
  });

  test('whatever names and reasons hold, nothing but the plan is run', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '\naws evil',
        '`aws evil`',
        '$(aws evil)\'"',
        '\r\naws evil\\',
        '\u2028aws evil',
        '\u0085aws evil',
      ),
      fc.string({ unit: 'binary' }),
    );
    const texts = fc.record({ name: hostile, reasons: fc.array(hostile, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(texts, { minLength: 20, maxLength: 20 }), (all) => {
        const changes = all.map((each, index) => ({
          ...SAFE,
          ...each,
          instance: `i-0123456789abcde${String(10 + index)}`,
        }));
        const { status, calls } = run('sh', shellScript(planOf(...changes)));
        expect([status, calls]).toEqual([0, [IDENTITY, ...changes.map(modify)]]);
      }),
      { numRuns: 5 },
    );
  }, 30_000);

  test('is one that shells read without a word of complaint', () => {
    const path = join(folder, 'checked.sh');
    writeFileSync(path, shellScript(planOf(SAFE, BREAKING)));
    for (const shell of SHELLS) execFileSync(shell, shell === 'busybox' ? ['sh', '-n', path] : ['-n', path]);
  });
});
