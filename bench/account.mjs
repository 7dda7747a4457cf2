// node bench/account.mjs [--instances N]
//
// The account in the sidebar: how long the library for AWS takes to load, how long it is from opening a profile to its first instances, and what a
// large account costs against reading the same pages with the bare SDK through the same proxy. The tree is the one of the extension without an editor;
// moto and the proxy run in processes of their own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { clientsOf } from '../scripts/account/seed/clients.mjs';
import { ROOT } from '../scripts/paths.mjs';
import { companyEnvironment, openAccount } from '../test/account/account.mjs';
import { replayInstances } from '../test/account/proxy/replay.mjs';
import { median } from './paired.mjs';
import { watchTurns } from './turns.mjs';

const REGION = 'eu-central-1';
const ACCOUNT = '222233334444';
/** As in the sidebar. */
const DRAW_MS = 150;

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
    await bare(endpoint);
    const first = await large(createTree, newAws());
    const runs = [];
    for (let run = 0; run < 5; run++) runs.push({ raw: await bare(endpoint), ours: await large(createTree, newAws()) });
    report(runs, first.megabytes);
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

/**
 * A tree that is drawn as in the sidebar: whatever changes, soon, with all that is open below it.
 * @param {typeof import('../src/explorer/model/tree').createTree} createTree
 * @param {import('../src/aws').Aws} aws
 */
function treeOf(createTree, aws) {
  /** @type {Set<string>} */
  const open = new Set();
  /** @type {Map<string, import('../src/explorer/model/node').TreeNode>} */
  const waiting = new Map();
  /** @param {import('../src/explorer/model/node').TreeNode} node */
  const draw = async (node) => {
    node.view();
    if (open.has(node.id)) for (const child of await node.children()) await draw(child);
  };
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const tree = createTree({
    aws: () => Promise.resolve(aws),
    options: () => ({ filter: '', sort: 'name', group: { by: 'none' } }),
    pinnedRegions: () => [],
    now: Date.now,
    log: (message, error) => process.stderr.write(`${message} ${String(error)}\n`),
    changed: (node) => {
      if (node !== undefined) waiting.set(node.id, node);
      timer ??= setTimeout(() => {
        timer = undefined;
        const nodes = [...waiting.values()];
        waiting.clear();
        for (const each of nodes) void draw(each);
      }, DRAW_MS);
    },
  });
  return { ...tree, open: (/** @type {string} */ id) => open.add(id) };
}

/** @param {ReturnType<typeof treeOf>} tree */
async function instancesOf(tree) {
  const profile = (await tree.roots()).find((node) => node.profile === 'tidewater-production');
  const region = (await profile?.children())?.find((node) => node.session?.region === REGION);
  const folder = (await region?.children())?.find((node) => node.kind === 'instance');
  if (folder === undefined) throw new Error('There is no folder of instances.');
  for (const node of [profile, region, folder]) if (node !== undefined) tree.open(node.id);
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

/** All pages with the SDK alone. @param {string} endpoint */
async function bare(endpoint) {
  const { paginateDescribeInstances } = await import('@aws-sdk/client-ec2');
  const { ec2: client, close } = await clientsOf(endpoint, ACCOUNT, REGION);
  const stop = watchTurns();
  let count = 0;
  for await (const { Reservations = [] } of paginateDescribeInstances({ client, pageSize: 1000 }, {})) {
    count += Reservations.length;
  }
  close();
  return { ...stop(), count };
}

/** @param {typeof import('../src/explorer/model/tree').createTree} createTree @param {import('../src/aws').Aws} aws */
async function large(createTree, aws) {
  const tree = treeOf(createTree, aws);
  const folder = await instancesOf(tree);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const stop = watchTurns();
  const start = performance.now();
  const { length: nodes } = await folder.children();
  const first = performance.now() - start;
  const { session } = folder;
  const inventory = tree.connectionOf(session?.profile ?? '')?.inventory(REGION);
  await inventory?.list('instance').end;
  const all = performance.now() - start;
  // They are judged and drawn after that, which is to be no pause either.
  while (inventory?.countsOf('instance').warnings === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 2 * DRAW_MS));
  const { pause, turn } = stop();
  globalThis.gc?.();
  const megabytes = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
  tree.dispose();
  return { nodes, first, all, pause, turn, megabytes };
}

/**
 * @param {{ raw: Awaited<ReturnType<typeof bare>>, ours: Awaited<ReturnType<typeof large>> }[]} runs
 * @param {number} megabytes above idle of the first run, before which there was nothing to be collected
 */
function report(runs, megabytes) {
  /** @param {(run: typeof runs[0]) => number} what */
  const middle = (what) => median(runs.map(what));
  process.stdout.write(`medians of ${runs.length} runs, in turns\n`);
  print(
    'first page',
    middle(({ ours }) => ours.first),
    `${runs[0]?.ours.nodes} nodes`,
  );
  print(
    `the bare SDK, ${runs[0]?.raw.count} instances in pages of 1,000`,
    middle(({ raw }) => raw.took),
  );
  const ratio = middle(({ raw, ours }) => ours.all / raw.took);
  print(
    'the sidebar, all of them',
    middle(({ ours }) => ours.all),
    `${ratio.toFixed(2)} times the SDK's, of 1.2`,
  );
  const pause = middle(({ raw }) => raw.pause);
  print(
    'longest pause meanwhile',
    middle(({ ours }) => ours.pause),
    `of 50 ms (the bare SDK's: ${pause.toFixed(0)} ms)`,
  );
  const turn = middle(({ raw }) => raw.turn);
  print(
    '  of the processor',
    middle(({ ours }) => ours.turn),
    `of 50 ms (the bare SDK's: ${turn.toFixed(0)} ms)`,
  );
  process.stdout.write(`heap above idle${' '.repeat(43)}${megabytes.toFixed(0).padStart(7)} MB  of 150 MB\n`);
}
