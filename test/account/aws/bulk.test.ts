import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  changeLogAt,
  forMany,
  plansOf,
  planText,
  shellScript,
  undoable,
  type InstanceRecord,
  type Session,
} from '../../../src/aws';
import { standing } from '../../../src/aws/change-log/change-log';
import { readEntries } from '../../../src/aws/metadata-options/log';
import { enforcePlan } from '../../../src/cli/enforce/enforce';
import type { EnforceOptions } from '../../../src/cli/enforce/options';
import { surroundingsIn } from '../../../src/cli/testing/surroundings';
import { requireOnMany, undoRun, type BulkTools } from '../../../src/explorer/enforce/bulk/flow';
import { planFilesOf } from '../../../src/explorer/enforce/bulk/plan-of';
import { summaryOf } from '../../../src/explorer/enforce/bulk/report';
import type { Run } from '../../../src/explorer/enforce/bulk/run';
import type { Judged } from '../../../src/explorer/enforce/bulk/table';
import { ENTRIES, optionsOf } from '../../../scripts/build.mjs';
import { openAccount, type TestAccount } from '../account.mjs';
import { cut, denied, expiredToken, throttled } from '../proxy/faults.mjs';
import { all, openAws, type Opened } from './connected';

const execute = promisify(execFile);

// Many instances at once, and plans, through the proxy: what goes wrong goes wrong in the middle of a run.

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
  opened = openAws(account.endpoint, undefined, { hasLog: true });
  session = await opened.aws.connect('tidewater-production');
  account.proxy.calls.length = 0;
});
/** Everything that a test changed is taken back by the log, so that the next begins where it did. */
afterEach(async () => {
  account.proxy.clear();
  const entries = await opened.aws.changes();
  const left = standing(entries).map((entry) => ({ session, entry }));
  const undo = ({ entry }: (typeof left)[number]) => opened.aws.undoMetadataOptions(session, entry);
  for await (const { is } of forMany(left, undo, { atOnce: 8 })) expect(is).toBe('done');
  opened.close();
});

const isSent = ({ action, parameters }: TestAccount['proxy']['calls'][number]): boolean =>
  action === 'ModifyInstanceMetadataOptions' && parameters.get('DryRun') !== 'true';
const sent = (): readonly string[] =>
  account.proxy.calls.filter(isSent).map(({ parameters }) => parameters.get('InstanceId') ?? '');

/** Those of Frankfurt that allow IMDSv1 and can be changed. */
async function vulnerable(): Promise<readonly InstanceRecord[]> {
  const found = await all(opened.aws.instances(session));
  return found.filter(({ metadata, state }) => metadata.tokens === 'optional' && !/terminated|shutting/.test(state));
}

/** Somebody who chooses all of the region and says yes to everything. */
function somebody(abort = new AbortController()) {
  const seen = { runs: [] as Run[], asked: [] as string[], rows: [] as Judged[], progress: [] as string[] };
  const tools: BulkTools = {
    aws: opened.aws,
    library: { forMany, undoable, plansOf, planText, shellScript },
    findCalls: () => Promise.resolve([]),
    ui: {
      progress: (_title, work) => work((text) => void seen.progress.push(text), abort.signal),
      ask: ({ detail }) => {
        seen.asked.push(detail);
        return Promise.resolve('yes');
      },
      askToType: () => Promise.resolve(true),
      refuse: (message) => {
        throw new Error(message);
      },
      table: async ({ table, fill }) => {
        await fill(() => undefined, new AbortController().signal);
        table.choose(new Set(table.sections().flatMap(({ lines }) => lines.map(({ key }) => key))));
        seen.rows.push(...table.rows());
        return 'accept';
      },
      report: (run) => {
        seen.runs.push(run);
        return Promise.resolve();
      },
      showPlans: () => Promise.resolve(),
    },
    show: () => undefined,
    now: () => new Date(),
  };
  const lastRun = (): Run => {
    const run = seen.runs.at(-1);
    if (run === undefined) throw new Error('nothing was run');
    return run;
  };
  return { tools, seen, abort, lastRun };
}

describe('a whole region', () => {
  const region = () => [{ session, ids: undefined }];

  test('is done although AWS throttles in the middle, and taken back', async () => {
    const before = await vulnerable();
    const { tools, seen, lastRun } = somebody();
    account.proxy.use(throttled({ action: 'ModifyInstanceMetadataOptions', after: 4, times: 2 }));
    await requireOnMany(tools, region(), 'require');
    expect(lastRun().outcomes.map(({ is }) => is)).toEqual(before.map(() => 'done'));
    expect(seen.asked[0]).toContain('Account: 222233334444 (tidewater-production)');
    expect(await vulnerable()).toEqual([]);
    await undoRun(tools, lastRun());
    expect(summaryOf(lastRun())).toBe(`${String(before.length)} taken back`);
    const optionsOf = ({ id, metadata: { state: _state, ...options } }: InstanceRecord) => ({ id, ...options });
    expect((await vulnerable()).map(optionsOf)).toEqual(before.map(optionsOf));
  });

  test('is done where the answer for one is lost, each time it is asked: AWS had done it, and the log says so', async () => {
    const [{ id } = { id: '' }] = (await vulnerable()).slice(4);
    const { tools, lastRun } = somebody();
    const lost = cut({ action: 'ModifyInstanceMetadataOptions' });
    account.proxy.use((call, forward) =>
      call.parameters.get('InstanceId') === id && call.parameters.get('DryRun') !== 'true'
        ? lost(call, forward)
        : undefined,
    );
    await requireOnMany(tools, region(), 'require');
    expect(lastRun().outcomes.every(({ is }) => is === 'done')).toBe(true);
    const unanswered = (await opened.aws.changes()).filter(({ error }) => error !== undefined);
    expect(unanswered.map(({ instance, step, after }) => [instance, step, after?.tokens])).toEqual([
      [id, 'done', 'required'],
    ]);
  });

  test('fails where it is denied, one by one, and the rest is done', async () => {
    const { tools, lastRun } = somebody();
    account.proxy.use(denied({ action: 'ModifyInstanceMetadataOptions', after: 4, times: 3 }));
    await requireOnMany(tools, region(), 'require');
    const failed = lastRun().outcomes.filter(({ is }) => is === 'failed');
    expect(failed).toHaveLength(3);
    expect((await vulnerable()).map(({ id }) => id).sort()).toEqual(failed.map(({ item }) => item.instance.id).sort());
  });

  test('stops where credentials end: nothing more is sent for what was not begun', async () => {
    const { tools, lastRun } = somebody();
    account.proxy.use(expiredToken({ action: 'ModifyInstanceMetadataOptions', after: 4 }));
    await requireOnMany(tools, region(), 'require');
    const { outcomes } = lastRun();
    const count = (is: string): number => outcomes.filter((each) => each.is === is).length;
    expect(count('done')).toBe(3);
    expect(count('failed')).toBeGreaterThan(0);
    expect(count('not-begun')).toBeGreaterThan(0);
    const touched = new Set(sent());
    for (const { item, is } of outcomes) expect(touched.has(item.instance.id)).toBe(is !== 'not-begun');
  });

  test('stops where somebody gives up: what was sent is as the log says', async () => {
    const { tools, lastRun, abort } = somebody();
    account.proxy.use((call) => {
      if (call.action === 'ModifyInstanceMetadataOptions' && sent().length === 6) abort.abort();
      return undefined;
    });
    await requireOnMany(tools, region(), 'require');
    const { outcomes } = lastRun();
    const done = outcomes.filter(({ is }) => is === 'done').map(({ item }) => item.instance.id);
    expect(done.sort()).toEqual([...new Set(sent())].sort());
    expect(outcomes.some(({ is }) => is === 'not-begun')).toBe(true);
    const now = await all(opened.aws.instances(session));
    const required = now.filter(({ id, metadata }) => done.includes(id) && metadata.tokens === 'required');
    expect(required).toHaveLength(done.length);
  });
});

describe('a plan', () => {
  /** Written as the editor writes it, of all that is vulnerable. */
  async function writePlan(): Promise<{ readonly path: string; readonly script: string; readonly count: number }> {
    const rows = (await vulnerable()).map((instance): Judged => ({
      session,
      alias: undefined,
      instance,
      verdict: { is: 'unknown', reasons: [], notes: [] },
    }));
    const [files] = planFilesOf({ plansOf, planText, shellScript }, rows, new Date());
    const path = join(opened.folder, 'plan.json');
    writeFileSync(path, files?.json.text ?? '');
    return { path, script: files?.script.text ?? '', count: rows.length };
  }

  async function enforce(plan: string, options: Partial<EnforceOptions> = {}, profile = 'tidewater-production') {
    account.proxy.calls.length = 0;
    const surroundings = surroundingsIn(opened.folder);
    const status = await enforcePlan(
      { plan, profile, ...(options.dryRun === true ? {} : { yes: true }), ...options },
      {
        aws: opened.aws,
        surroundings,
        terminal: { isInteractive: false, ask: () => Promise.resolve(undefined) },
        logPath: join(opened.folder, 'changes.jsonl'),
        signal: new AbortController().signal,
        sending: () => undefined,
      },
    );
    return { status, ...surroundings.printed() };
  }

  test('run twice changes nothing the second time, which takes one request to EC2', async () => {
    const { path, count } = await writePlan();
    expect((await enforce(path)).status).toBe(0);
    expect(new Set(sent()).size).toBe(count);
    expect(await vulnerable()).toEqual([]);
    const log = await opened.aws.changes();
    expect(log.map(({ step }) => step).sort()).toEqual([
      ...Array<string>(count).fill('begun'),
      ...Array<string>(count).fill('done'),
    ]);
    const again = await enforce(path);
    expect([again.status, again.stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'Nothing to change.']);
    expect(sent()).toEqual([]);
    expect(account.proxy.calls.filter(({ service }) => service === 'ec2').map(({ action }) => action)).toEqual([
      'DescribeInstances',
    ]);
    expect(await opened.aws.changes()).toEqual(log);
  });

  test('goes on where it was broken off', async () => {
    const { path, count } = await writePlan();
    const stop = account.proxy.use(expiredToken({ action: 'ModifyInstanceMetadataOptions', after: 3 }));
    const broken = await enforce(path);
    expect([broken.status, broken.stdout.match(/^done /gm)?.length]).toEqual([1, 3]);
    expect(broken.stdout).toContain('\nleft    ');
    stop();
    expect((await enforce(path)).status).toBe(0);
    expect(new Set(sent()).size).toBe(count - 3);
  });

  test('is only asked about with --dry-run', async () => {
    const { path, count } = await writePlan();
    const tried = await enforce(path, { dryRun: true });
    expect([tried.status, tried.stdout.match(/^allowed /gm)?.length, sent()]).toEqual([0, count, []]);
    account.proxy.use(denied({ action: 'ModifyInstanceMetadataOptions', times: 1 }));
    expect((await enforce(path, { dryRun: true })).status).toBe(1);
  });

  test('of another account is refused, and no instance is looked at', async () => {
    const { path } = await writePlan();
    const { status, stderr } = await enforce(path, {}, 'tidewater-staging');
    expect(status).toBe(2);
    expect(stderr).toContain('The plan is of account 222233334444');
    expect(account.proxy.calls.filter(({ service }) => service === 'ec2')).toEqual([]);
  });

  test('is carried out by the program as it is built, which writes its log where the user keeps such things', async () => {
    const { path, count } = await writePlan();
    for (const to of ['dist/cli.js', 'dist/enforce.js', 'dist/aws.js']) {
      const entry = ENTRIES.find((each) => each.to === to);
      if (entry === undefined) throw new Error(`${to} is not built`);
      const outfile = join(opened.folder, 'bin', to.slice('dist/'.length));
      await build({ ...optionsOf(entry, false), outfile, write: true, sourcemap: false, metafile: false });
    }
    const program = join(opened.folder, 'bin', 'cli.js');
    const env = { ...process.env, XDG_STATE_HOME: opened.folder, LOCALAPPDATA: opened.folder, HOME: opened.folder };
    account.proxy.calls.length = 0;
    const args = [program, 'enforce', '--plan', path, '--profile', 'tidewater-production'];
    const { stdout } = await execute(process.execPath, [...args, '--dry-run'], { env });
    expect([stdout.match(/^allowed /gm)?.length, sent()]).toEqual([count, []]);
    const done = await execute(process.execPath, [...args, '--yes'], { env });
    expect([done.stdout.match(/^done /gm)?.length, new Set(sent()).size]).toEqual([count, count]);
    const [, place = ''] = /^The log of changes: (.+)$/m.exec(done.stdout) ?? [];
    expect(place.startsWith(opened.folder)).toBe(true);
    const log = await readEntries(changeLogAt(place));
    expect(log.filter(({ step }) => step === 'done')).toHaveLength(count);
    // Put back by the log of the program itself.
    const back = standing(log).map((entry) => ({ session, entry }));
    const undo = ({ entry }: (typeof back)[number]) => opened.aws.undoMetadataOptions(session, entry);
    for await (const { is } of forMany(back, undo, { atOnce: 8 })) expect(is).toBe('done');
  });

  const hasAws = spawnSync('aws', ['--version']).status === 0;
  test.skipIf(!hasAws)(
    'as a script for the AWS CLI, run for real: the same, and nothing in another account',
    async () => {
      const { script, count } = await writePlan();
      const path = join(opened.folder, 'plan.sh');
      // One suffices: the CLI takes seconds for each.
      const head = script.split('\n\n# ').slice(0, 2).join('\n\n# ');
      const tail = script.slice(script.lastIndexOf('\n\nif [ "$failed"'));
      writeFileSync(path, head + tail);
      const run = async (profile: string) => {
        account.proxy.calls.length = 0;
        // It keeps what it got for a role in the home folder.
        const env = { ...process.env, HOME: opened.folder, AWS_PROFILE: profile, AWS_ENDPOINT_URL: account.endpoint };
        return execute('sh', [path], { env }).then(
          ({ stderr }) => ({ status: 0, stderr }),
          (error: unknown) => {
            const { code, stderr } = error as { code: number; stderr: string };
            return { status: code, stderr };
          },
        );
      };
      const elsewhere = await run('tidewater-staging');
      expect(elsewhere.stderr).toContain('This is for account 222233334444, and these are the credentials of');
      expect([elsewhere.status, sent()]).toEqual([1, []]);
      expect(await run('tidewater-production')).toEqual({ status: 0, stderr: '' });
      expect(sent()).toHaveLength(1);
      expect(await vulnerable()).toHaveLength(count - 1);
      // No log has it, so it is put back by hand.
      for (const id of [...sent()]) await opened.aws.changeMetadataOptions(session, id, { tokens: 'optional' });
      for (const entry of await opened.aws.changes()) expect(entry.sent).toEqual({ tokens: 'optional' });
    },
    60_000,
  );
});
