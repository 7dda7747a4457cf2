// npm test [-- SUITE...]: all suites, or the named ones, and `N passed, N failed` over them as the last line.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { ensureVsCode } from './editor-tools.mjs';
import { runAsProgram } from './main-module.mjs';
import { whenNpmIsGone } from './parent.mjs';
import { ROOT, TEST_OUTPUT } from './paths.mjs';
import { run } from './process-group.mjs';
import { heading, say, secondsSince } from './progress.mjs';
import { countsOfEditor, countsOfVitest } from './test-counts.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} title
 * @property {boolean} [inEditor] needs a VS Code and a browser
 * @property {boolean} [quiet] prints nothing when all is well, and runs beside its neighbours of which the same is true
 * @property {readonly string[]} [needs] suites that must have passed first, because it uses what they make
 * @property {() => Promise<Counts>} count runs it
 */

/** A program of node_modules, run on this Node.js. @param {string} path @param {readonly string[]} args */
function runTool(path, ...args) {
  return run(process.execPath, [join(ROOT, 'node_modules', path), ...args], { cwd: ROOT });
}

/** Something that is right or wrong as a whole. @param {string} name @param {() => Promise<number>} status @returns {Promise<Counts>} */
async function check(name, status) {
  const failed = (await status()) !== 0;
  return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: [], failures: failed ? [name] : [] };
}

/** @param {string} name @param {string} config @param {readonly string[]} more @returns {Promise<Counts>} */
async function vitest(name, config, ...more) {
  const report = join(TEST_OUTPUT, `${name}.vitest.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = await runTool('vitest/vitest.mjs', 'run', '--config', config, ...more, ...reporters);
  return countsOfVitest(name, report, status);
}

/** @returns {Promise<Counts>} */
async function editorSuites() {
  const report = join(TEST_OUTPUT, 'editor.json');
  rmSync(report, { force: true });
  const status = await run(process.execPath, [join(ROOT, 'test/editor/run-suites.mjs')], { cwd: ROOT });
  return countsOfEditor(report, status);
}

/** @type {readonly Suite[]} */
const SUITES = [
  {
    name: 'typecheck',
    quiet: true,
    title: 'Types',
    count: () => check('typecheck', () => runTool('typescript/bin/tsc', '--noEmit')),
  },
  {
    name: 'lint',
    quiet: true,
    title: 'ESLint',
    count: () => check('lint', () => runTool('eslint/bin/eslint.js', '.', '--max-warnings', '0')),
  },
  {
    name: 'format',
    quiet: true,
    title: 'Prettier',
    count: () => check('format', () => runTool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')),
  },
  {
    name: 'build',
    title: 'Build',
    count: () => check('build', () => run(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT })),
  },
  {
    name: 'unit',
    title: 'Unit tests',
    needs: ['build'],
    count: () => vitest('unit', 'vitest.config.mts', '--reporter=./test/verdicts/reporter.ts'),
  },
  {
    name: 'package',
    title: 'Package',
    needs: ['build'],
    count: () =>
      check('package', () => run(process.execPath, [join(ROOT, 'scripts/package.mjs'), '--no-build'], { cwd: ROOT })),
  },
  {
    name: 'execution',
    title: 'Fixed scripts, run against a metadata service',
    count: () => vitest('execution', 'test/execution/vitest.config.mts'),
  },
  {
    name: 'carried',
    title: 'Fixed scripts in other files, rendered by programs that are not ours',
    count: () => vitest('carried', 'test/carried/vitest.config.mts'),
  },
  {
    name: 'protocol',
    title: 'The language server over JSON-RPC',
    needs: ['build'],
    count: () => vitest('protocol', 'test/protocol/vitest.config.mts'),
  },
  {
    name: 'account',
    title: 'The account, against an emulated AWS through a proxy with faults',
    count: () => vitest('account', 'test/account/vitest.config.mts'),
  },
  {
    name: 'start',
    title: 'npm start',
    inEditor: true,
    needs: ['build'],
    count: () => vitest('start', 'test/start/vitest.config.mts'),
  },
  {
    name: 'editor',
    title: 'In the extension host of a real VS Code',
    inEditor: true,
    needs: ['package'],
    count: editorSuites,
  },
  {
    name: 'journeys',
    title: 'Journeys on the visible workbench of a real VS Code',
    inEditor: true,
    needs: ['package'],
    count: () => vitest('journeys', 'test/editor/vitest.config.mts'),
  },
];

/** Installs what is missing of VS Code and a browser, so that no test's time limit runs meanwhile. */
async function ensureEditor() {
  const { browserProgram } = await import('../test/editor/harness/browser.mjs');
  await browserProgram(await ensureVsCode());
}

/** The suites to run: those asked for with what they need, in their order. @param {readonly string[]} asked */
function chosen(asked) {
  const unknown = asked.find((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    throw new Error(`There is no suite ${unknown}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`);
  }
  if (asked.length === 0) return SUITES;
  const wanted = new Set(asked);
  for (const suite of [...SUITES].reverse())
    if (wanted.has(suite.name)) suite.needs?.forEach((name) => wanted.add(name));
  return SUITES.filter(({ name }) => wanted.has(name));
}

/** @typedef {{ suite: Suite, counts: Counts, time: string }} Result */

/** Suites one after the other, quiet neighbours together. @param {readonly Suite[]} suites */
function inTurn(suites) {
  /** @type {Suite[][]} */
  const groups = [];
  for (const suite of suites) {
    const last = groups.at(-1);
    if (suite.quiet && last?.[0]?.quiet) last.push(suite);
    else groups.push([suite]);
  }
  return groups;
}

/** Runs a suite, unless one that it needs has failed. @param {Suite} suite @param {readonly Result[]} before @returns {Promise<Result>} */
async function counted(suite, before) {
  const start = Date.now();
  const broken = suite.needs?.find((name) =>
    before.some(({ suite: { name: done }, counts }) => done === name && counts.failed > 0),
  );
  const counts =
    broken === undefined
      ? await suite.count()
      : { passed: 0, failed: 1, skipped: [], failures: [`not run, because ${broken} failed`] };
  return { suite, counts, time: secondsSince(start) };
}

/** @param {readonly Result[]} results */
function summary(results) {
  heading('Summary');
  for (const { suite, counts, time } of results) {
    const mark = counts.failed === 0 ? 'ok  ' : 'FAIL';
    const skipped = counts.skipped.length === 0 ? '' : ` / ${counts.skipped.length} skipped`;
    say(
      `${mark} ${suite.name.padEnd(10)} ${`${counts.passed} ok / ${counts.failed} not ok${skipped}`.padEnd(40)} ${time}`,
    );
  }
  for (const { suite, counts } of results) {
    for (const name of counts.skipped) say(`skipped: ${suite.name}: ${name}`);
    for (const name of counts.failures) say(`failed: ${suite.name}: ${name}`);
  }
}

await runAsProgram(import.meta.url, async () => {
  whenNpmIsGone(() => process.exit(143));
  const start = Date.now();
  const suites = chosen(process.argv.slice(2));
  await ensureDependencies();
  if (suites.some(({ inEditor }) => inEditor)) await ensureEditor();
  mkdirSync(TEST_OUTPUT, { recursive: true });
  /** @type {Result[]} */
  const results = [];
  for (const group of inTurn(suites)) {
    heading(group.map(({ title }) => title).join(', '));
    results.push(...(await Promise.all(group.map((suite) => counted(suite, results)))));
  }
  summary(results);
  const passed = results.reduce((sum, { counts }) => sum + counts.passed, 0);
  const failed = results.reduce((sum, { counts }) => sum + counts.failed, 0);
  say(`\nall of it took ${secondsSince(start)}`);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});
