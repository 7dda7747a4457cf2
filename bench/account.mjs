// node bench/account.mjs [--instances N]
//
// The account in the sidebar: how long the library for AWS takes to load, how long it is from opening a profile to its first instances, and what a
// large account costs against reading the same pages with the bare SDK through the same proxy. The tree is the one of the extension without an editor;
// moto and the proxy run in processes of their own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createRequire } from 'node:module';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { clientsOf } from '../scripts/account/seed/clients.mjs';
import { ROOT } from '../scripts/paths.mjs';
import { companyEnvironment, openAccount } from '../test/account/account.mjs';
import { replayInstances } from '../test/account/proxy/replay.mjs';

const REGION = 'eu-central-1';
const ACCOUNT = '222233334444';

if (isMainThread) await main();
else await serve();

/** The account in a thread of its own, so that the proxy's work is not counted as the extension's. */
async function serve() {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const account = await openAccount();
  await account.fill();
  parentPort?.postMessage(account.endpoint);
  parentPort?.on('message', (/** @type {string} */ wish) => {
    if (wish === 'large') {
      account.proxy.use(replayInstances({ count: workerData.instances, region: REGION, account: ACCOUNT }));
      parentPort?.postMessage('large');
    } else void account.close().then(() => process.exit());
  });
}

/** @param {Worker} worker @returns {Promise<string>} */
function told(worker) {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function main() {
  const { values } = parseArgs({ options: { instances: { type: 'string', default: '10000' } } });
  const instances = Number(values.instances);
  const folder = mkdtempSync(join(tmpdir(), 'ec2-warden-bench-'));
  const worker = new Worker(new URL(import.meta.url), { workerData: { instances } });
  try {
    const endpoint = await told(worker);
    Object.assign(process.env, companyEnvironment(folder, endpoint), {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    const { createTree } = await bundled(join(folder, 'tree.cjs'));
    const loading = performance.now();
    /** @type {typeof import('../src/aws')} */
    const { createAws } = createRequire(import.meta.url)(join(ROOT, 'dist/aws.js'));
    print('dist/aws.js is loaded', performance.now() - loading, 'of 200 ms');
    const newAws = () =>
      createAws({
        settings: () => ({ readOnly: [] }),
        watch: () => ({ dispose: () => undefined }),
        askMfaCode: () => Promise.resolve(undefined),
      });

    await firstList(createTree, newAws());
    worker.postMessage('large');
    await told(worker);
    // The proxy makes its pages when they are first asked for.
    await bare(endpoint, 1000);
    await bare(endpoint, 100);
    const raw = await bare(endpoint, 1000);
    const same = await bare(endpoint, 100);
    await large(createTree, newAws(), raw, same);
    worker.postMessage('end');
    await new Promise((resolve) => worker.once('exit', resolve));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} what @param {number} milliseconds @param {string} [more] */
function print(what, milliseconds, more = '') {
  process.stdout.write(`${what.padEnd(58)}${milliseconds.toFixed(0).padStart(7)} ms  ${more}\n`);
}

/** @param {string} outfile @returns {Promise<typeof import('../src/explorer/model/tree')>} */
async function bundled(outfile) {
  await build({
    entryPoints: [join(ROOT, 'src/explorer/model/tree.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  return createRequire(import.meta.url)(outfile);
}

/** @param {typeof import('../src/explorer/model/tree').createTree} createTree @param {import('../src/aws').Aws} aws */
function treeOf(createTree, aws) {
  return createTree({
    aws: () => Promise.resolve(aws),
    options: () => ({ filter: '', sort: 'name', group: { by: 'none' } }),
    pinnedRegions: () => [],
    now: Date.now,
    log: (message, error) => process.stderr.write(`${message} ${String(error)}\n`),
    changed: () => undefined,
  });
}

/** @param {import('../src/explorer/model/tree').Tree} tree */
async function instancesOf(tree) {
  const profile = (await tree.roots()).find((node) => node.profile === 'tidewater-production');
  const region = (await profile?.children())?.find((node) => node.session?.region === REGION);
  const folder = (await region?.children())?.find((node) => node.kind === 'instance');
  if (folder === undefined) throw new Error('There is no folder of instances.');
  return folder;
}

/** @param {typeof import('../src/explorer/model/tree').createTree} createTree @param {import('../src/aws').Aws} aws */
async function firstList(createTree, aws) {
  const start = performance.now();
  const tree = treeOf(createTree, aws);
  const folder = await instancesOf(tree);
  const children = await folder.children();
  print('from opening a profile to its first instances', performance.now() - start, `${children.length} instances`);
  tree.dispose();
}

/** All pages with the SDK alone. @param {string} endpoint @param {number} size */
async function bare(endpoint, size) {
  const { paginateDescribeInstances } = await import('@aws-sdk/client-ec2');
  const { ec2: client, close } = await clientsOf(endpoint, ACCOUNT, REGION);
  const start = performance.now();
  let count = 0;
  for await (const { Reservations = [] } of paginateDescribeInstances({ client, pageSize: size }, {})) {
    count += Reservations.length;
  }
  close();
  return { milliseconds: performance.now() - start, count };
}

/**
 * @param {typeof import('../src/explorer/model/tree').createTree} createTree
 * @param {import('../src/aws').Aws} aws
 * @param {{ milliseconds: number, count: number }} raw
 * @param {{ milliseconds: number }} same
 */
async function large(createTree, aws, raw, same) {
  const tree = treeOf(createTree, aws);
  const folder = await instancesOf(tree);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  const children = await folder.children();
  print('first page', performance.now() - start, `${children.length} nodes`);
  const { session } = folder;
  const inventory = tree.connectionOf(session?.profile ?? '')?.inventory(REGION);
  await inventory?.list('instance').end;
  const all = performance.now() - start;
  await folder.children();
  delay.disable();
  globalThis.gc?.();
  const megabytes = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
  print(`the bare SDK, ${raw.count} instances in pages of 1,000`, raw.milliseconds);
  print('the bare SDK, in pages of 100 as the sidebar reads them', same.milliseconds);
  print(
    'the sidebar, all of them',
    all,
    `${(all / raw.milliseconds).toFixed(2)} and ${(all / same.milliseconds).toFixed(2)} times the SDK's`,
  );
  print('longest pause meanwhile', delay.max / 1e6, 'of 50 ms');
  process.stdout.write(`heap above idle${' '.repeat(43)}${megabytes.toFixed(0).padStart(7)} MB  of 150 MB\n`);
  tree.dispose();
}
