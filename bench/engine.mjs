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
import { fastestRatio, inTurns, median, ms, pairedRatio } from './paired.mjs';
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
  /** @type {(name: string) => readonly [string, string]} */
  const time = (name) => [ms(median(times(name))), ms(Math.min(...times(name)))];
  /** @type {(name: string, baseline: string) => readonly [string, string]} */
  const ratio = (name, baseline) => [
    pairedRatio(times(name), times(baseline)).toFixed(2),
    fastestRatio(times(name), times(baseline)).toFixed(2),
  ];
  /** @type {readonly (readonly [string, readonly [string, string]])[]} */
  const rows = [
    ['', ['median', 'fastest']],
    ['parse()', time('bare')],
    ['parse(), every node looked at', time('looked')],
    ['lint from scratch', time('lint')],
    ['lint / parse()', ratio('lint', 'bare')],
    ['lint / parse(), every node looked at', ratio('lint', 'looked')],
    ['couldMatter, as many lines that are nothing of ours', time('sniff')],
  ];
  process.stdout.write(
    `node ${process.version}, ${LINES} lines of user data (${text.length} characters) as "${kind ?? 'nothing'}", ` +
      `${findings.length} findings, ${runs} runs in turns\n`,
  );
  for (const [what, [middle, fastest]] of rows) {
    process.stdout.write(`  ${what.padEnd(52)}${middle.padStart(10)}${fastest.padStart(10)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
