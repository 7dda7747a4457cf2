// node --expose-gc bench/aws.mjs: how long the library for AWS takes to load, and what ten thousand instances cost. Needs `npm run build` and Python.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../scripts/paths.mjs';
import { say } from '../scripts/progress.mjs';
import { companyEnvironment } from '../test/account/account.mjs';
import { median, ms } from './paired.mjs';
import { watchTurns } from './turns.mjs';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const COUNT = 10_000;
/** Milliseconds to the first byte of a page: less than AWS takes. */
const WAIT = 60;
const BUNDLE = join(ROOT, 'dist/aws.js');

/** Milliseconds of `require` in a process that has done nothing else, by the clock and of the processor. @param {string} path */
function loadTime(path) {
  const program = `const t = performance.now(), c = process.cpuUsage(); require(${JSON.stringify(path)});
    const { user, system } = process.cpuUsage(c); console.log(JSON.stringify([performance.now() - t, (user + system) / 1000]))`;
  const [took = NaN, work = NaN] = /** @type {number[]} */ (
    JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }))
  );
  return { took, work };
}

/**
 * Runs something and gives what it took, and how long the event loop stood still at most.
 * @template T
 * @param {() => Promise<T>} run
 */
async function observed(run) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stop = watchTurns();
  const result = await run();
  return { result, ...stop() };
}

/** Megabytes that are in use after a collection. */
function heap() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

function reportLoad() {
  const code = readFileSync(BUNDLE);
  say(
    `dist/aws.js: ${(statSync(BUNDLE).size / 1024).toFixed(0)} KB, ${(gzipSync(code).length / 1024).toFixed(0)} KB compressed`,
  );
  const times = Array.from({ length: 9 }, () => loadTime(BUNDLE));
  const took = times.map((time) => time.took);
  const work = median(times.map((time) => time.work));
  say(
    `load: ${ms(median(took))} median, ${ms(Math.min(...took))} fastest, of the processor ${ms(work)} (budget 200 ms)`,
  );
}

/** @param {string} endpoint @param {string} folder */
async function reportMany(endpoint, folder) {
  const environment = companyEnvironment(folder, endpoint);
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) process.env[name] = value;
  /** @type {typeof import('../src/aws')} */
  const { createAws } = createRequire(import.meta.url)(BUNDLE);
  const aws = createAws({
    settings: () => ({ readOnly: [] }),
    watch: () => ({ dispose: () => undefined }),
    askMfaCode: () => Promise.resolve(undefined),
  });
  const session = await aws.connect('tidewater-production');
  const { EC2Client, paginateDescribeInstances } = await import('@aws-sdk/client-ec2');
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
  const sts = new STSClient({ endpoint, region: session.region, credentials });
  const { Credentials: role } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${session.account}:role/Engineer`, RoleSessionName: 'bench' }),
  );
  const client = new EC2Client({
    endpoint,
    region: session.region,
    credentials: {
      accessKeyId: role?.AccessKeyId ?? '',
      secretAccessKey: role?.SecretAccessKey ?? '',
      sessionToken: role?.SessionToken ?? '',
    },
  });

  /** @param {number} pageSize */
  const bare = async (pageSize) => {
    let pages = 0;
    for await (const page of paginateDescribeInstances({ client, pageSize }, {})) pages += page.Reservations ? 1 : 0;
    return pages;
  };
  const ours = async () => {
    const start = performance.now();
    let first = NaN;
    const items = [];
    for await (const page of aws.instances(session)) {
      if (items.length === 0) first = performance.now() - start;
      items.push(...page.items);
    }
    return { items, first };
  };

  // The other end makes its pages when they are first asked for, and both are to run as they do after a while.
  await bare(1000);
  const before = heap();
  await ours();
  /** @type {{ took: number, work: number, pause: number, turn: number }[]} */
  const ratios = [];
  for (let run = 0; run < 5; run++) {
    const baseline = await observed(() => bare(1000));
    const read = await observed(ours);
    ratios.push({
      took: read.took / baseline.took,
      work: read.work / baseline.work,
      pause: read.pause,
      turn: read.turn,
    });
    say(
      `${COUNT} instances: ${ms(read.took)} (the SDK's bare paging ${ms(baseline.took)}), of the processor ${ms(read.work)} (${ms(baseline.work)}), first page after ${ms(read.result.first)}; ` +
        `longest pause ${ms(read.pause)} (bare ${ms(baseline.pause)}), of the processor ${ms(read.turn)} (${ms(baseline.turn)}); ${(heap() - before).toFixed(0)} MB held`,
    );
    const judged = await observed(() => aws.judge(session, read.result.items));
    say(
      `  judged in ${ms(judged.took)}, longest pause ${ms(judged.pause)}, of the processor ${ms(judged.turn)}: ${judged.result.length} findings`,
    );
  }
  /** @param {keyof typeof ratios[0]} what */
  const of = (what) => median(ratios.map((each) => each[what]));
  say(
    `median of five: ${of('took').toFixed(2)} times the SDK's bare paging in pages of 1,000 (budget 1.2), ${of('work').toFixed(2)} times its processor time; ` +
      `longest pause ${ms(of('pause'))} by the clock, ${ms(of('turn'))} of the processor (budget 50 ms)`,
  );
  aws.dispose();
}

reportLoad();
const folder = mkdtempSync(join(tmpdir(), 'ec2-warden-bench-'));
const server = fork(join(ROOT, 'bench/many-instances.mjs'), [String(COUNT), String(WAIT)]);
try {
  const [endpoint] = await once(server, 'message');
  await reportMany(String(endpoint), folder);
} finally {
  server.disconnect();
  rmSync(folder, { recursive: true, force: true });
}
