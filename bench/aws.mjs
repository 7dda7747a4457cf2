// node --expose-gc bench/aws.mjs: how long the library for AWS takes to load, and what ten thousand instances cost. Needs `npm run build` and Python.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../scripts/paths.mjs';
import { say } from '../scripts/progress.mjs';
import { companyEnvironment } from '../test/account/account.mjs';
import { median, ms } from './paired.mjs';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const COUNT = 10_000;
/** Milliseconds to the first byte of a page: less than AWS takes. */
const WAIT = 60;
const BUNDLE = join(ROOT, 'dist/aws.js');

/** Milliseconds of `require` in a process that has done nothing else. @param {string} path */
function loadTime(path) {
  const program = `const t = performance.now(); require(${JSON.stringify(path)}); process.stdout.write(String(performance.now() - t))`;
  return Number(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }));
}

/**
 * Runs something and gives what it took of time and how long the event loop stood still at most.
 * @template T
 * @param {() => Promise<T>} run
 */
async function observed(run) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  delay.enable();
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  const took = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  return { result, took, cpu: (user + system) / 1000, pause: delay.max / 1e6, p99: delay.percentile(99) / 1e6 };
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
  say(`load: ${ms(median(times))} median, ${ms(Math.min(...times))} fastest (budget 200 ms)`);
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

  const bare = async () => {
    let pages = 0;
    for await (const page of paginateDescribeInstances({ client, pageSize: 100 }, {}))
      pages += page.Reservations ? 1 : 0;
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

  await bare();
  const before = heap();
  const idle = await observed(() => new Promise((resolve) => setTimeout(resolve, 2000)));
  /** @type {number[]} */
  const ratios = [];
  let held = 0;
  for (let run = 0; run < 3; run++) {
    const baseline = await observed(bare);
    const read = await observed(ours);
    ratios.push(read.took / baseline.took);
    held = heap() - before;
    say(
      `${COUNT} instances: ${ms(read.took)} (the SDK's bare paging ${ms(baseline.took)}), of the processor ${ms(read.cpu)} (${ms(baseline.cpu)}), first page after ${ms(read.result.first)}; ` +
        `longest pause ${ms(read.pause)}, 99 % under ${ms(read.p99)} (bare ${ms(baseline.pause)}, idle ${ms(idle.pause)}); ${held.toFixed(0)} MB held`,
    );
    const judged = await observed(() => aws.judge(session, read.result.items));
    say(`  judged in ${ms(judged.took)}, longest pause ${ms(judged.pause)}: ${judged.result.length} findings`);
  }
  say(`ratio to the SDK's bare paging: ${median(ratios).toFixed(2)} (budget 1.2)`);
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
