// node bench/engine.mjs [--runs N]
//
// How long linting a text from scratch takes, against the bare parser on the same text, in one process: a script of 1,200 lines that we make.
// unbash is lazy: parse() finds the commands, and their words and substitutions are parsed when first looked at. So there are two baselines:
// parse() alone, and parse() with everything looked at, which is what whoever wants to understand a script has to pay for. "lint" is
// engine.lint() on a document it has never seen, parsing included.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { inTurns, median, ms, pairedRatio } from './paired.mjs';
import { userData } from './user-data.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LINES = 1200;

/**
 * @typedef {object} Bundle
 * @property {(text: string) => unknown} parse
 * @property {typeof import('../src/engine/index').createEngine} createEngine
 */

/** @param {string} outfile @returns {Promise<Bundle>} */
async function bundle(outfile) {
  await build({
    stdin: {
      contents: `export { createEngine } from './src/engine'; export { parse } from 'unbash';`,
      resolveDir: ROOT,
    },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return createRequire(import.meta.url)(outfile);
}

/** The properties of a node, those among them that are computed when looked at. @type {Map<object, readonly string[]>} */
const lazyNames = new Map();

/** Looks at every node of a syntax tree. @param {unknown} node @returns {number} how many there are */
function lookAtAll(node) {
  if (typeof node !== 'object' || node === null) return 0;
  let count = 1;
  for (const value of Object.values(node)) count += lookAtAll(value);
  /** @type {object} */
  const prototype = Object.getPrototypeOf(node);
  if (prototype === Object.prototype || prototype === Array.prototype) return count;
  let names = lazyNames.get(prototype);
  if (names === undefined) {
    const own = Object.entries(Object.getOwnPropertyDescriptors(prototype));
    names = own.filter(([, property]) => 'get' in property).map(([name]) => name);
    lazyNames.set(prototype, names);
  }
  for (const name of names) count += lookAtAll(Reflect.get(node, name));
  return count;
}

const { values } = parseArgs({ options: { runs: { type: 'string', default: '200' } } });
const runs = Number(values.runs);
const folder = mkdtempSync(join(tmpdir(), 'ec2-warden-bench-'));
try {
  const { parse, createEngine } = await bundle(join(folder, 'engine.cjs'));
  const engine = createEngine();
  const text = userData(LINES, 1);
  let version = 0;
  /** A document that was never seen: another name, another string. */
  const unseen = () => ({ uri: `file:///bench/${++version}/user-data.sh`, text: `${text}# ${version}\n` });
  const irrelevant = 'echo "nothing of ours here"\n'.repeat(LINES);

  const { findings, kind } = engine.lint(unseen());
  const times = inTurns(
    {
      bare: () => parse(unseen().text),
      looked: () => lookAtAll(parse(unseen().text)),
      lint: () => engine.lint(unseen()),
      sniff: () => engine.couldMatter({ uri: 'file:///bench/notes.sh', text: irrelevant }),
    },
    runs,
    50,
  );
  const rows = [
    ['parse()', ms(median(times('bare')))],
    ['parse(), every node looked at', ms(median(times('looked')))],
    ['lint from scratch', ms(median(times('lint')))],
    ['lint / parse()', pairedRatio(times('lint'), times('bare')).toFixed(2)],
    ['lint / parse(), every node looked at', pairedRatio(times('lint'), times('looked')).toFixed(2)],
    ['couldMatter, a text that is nothing of ours', `${(median(times('sniff')) * 1000).toFixed(1)} microseconds`],
  ];
  process.stdout.write(
    `node ${process.version}, ${LINES} lines of user data (${text.length} characters) as "${kind ?? 'nothing'}", ` +
      `${findings.length} findings, medians of ${runs} runs in turns\n`,
  );
  for (const [what, value] of rows) process.stdout.write(`  ${(what ?? '').padEnd(46)}${value ?? ''}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
