// npm run test:desktop [-- --required]: the suites of test/editor/suites in a desktop VS Code that is downloaded once.
// Where it cannot be downloaded this says so and ends with status 0, or 1 with --required.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { runAsProgram } from './main-module.mjs';
import { pack } from './package.mjs';
import { ROOT, TEST_OUTPUT, TOOLS } from './paths.mjs';
import { runQuietly } from './process-group.mjs';
import { heading, say, step } from './progress.mjs';

/** The oldest VS Code that the manifest allows, and the newest. */
const VERSIONS = [/\d+\.\d+\.\d+/.exec(manifest().engines.vscode)?.[0] ?? 'stable', 'stable'];

/** @returns {{ engines: { vscode: string } }} */
function manifest() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/**
 * Downloads a desktop VS Code.
 * @param {string} version
 * @returns {Promise<string | undefined>} its program; undefined when it cannot be downloaded here
 */
async function download(version) {
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  const cachePath = join(TOOLS, 'desktop');
  try {
    return await step(`downloading desktop VS Code ${version}`, () =>
      downloadAndUnzipVSCode({ version, cachePath, reporter: new SilentReporter(), timeout: 30_000 }),
    );
  } catch (error) {
    say(`  it cannot be downloaded here: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/**
 * Runs one suite.
 * @param {string} program
 * @param {string} name
 * @param {string} vsix
 * @returns {Promise<{ passed: number, failed: number }>}
 */
async function runSuite(program, name, vsix) {
  const { resolveCliArgsFromVSCodeExecutablePath, runTests } = await import('@vscode/test-electron');
  const { bundleSuite } = await import('../test/editor/harness/suite-bundle.mjs');
  const { workspaceOf } = await import('../test/editor/harness/suite-files.mjs');
  const dataFolder = realpathSync(mkdtempSync(join(tmpdir(), 'ec2-warden-desktop-')));
  const results = join(TEST_OUTPUT, `desktop-${name}.json`);
  rmSync(results, { force: true });
  try {
    const folders = [
      ...['--user-data-dir', join(dataFolder, 'user')],
      ...['--extensions-dir', join(dataFolder, 'extensions')],
    ];
    const [cli = program] = resolveCliArgsFromVSCodeExecutablePath(program);
    await runQuietly(cli, [...folders, '--install-extension', vsix]);
    const made = await bundleSuite(join(ROOT, 'test/editor/suites', `${name}.ts`), join(dataFolder, 'suite'));
    const workspace = join(dataFolder, 'workspace');
    cpSync(join(ROOT, workspaceOf(name)), workspace, { recursive: true });
    await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: made.extension,
      extensionTestsPath: made.program,
      extensionTestsEnv: { EC2_WARDEN_SUITE_RESULTS: results },
      launchArgs: [workspace, ...folders, '--disable-workspace-trust', '--skip-welcome'],
    });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  } finally {
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
  /** @type {import('../test/editor/harness/run-in-editor.mjs').SuiteResult} */
  const { complete, tests } = existsSync(results)
    ? JSON.parse(readFileSync(results, 'utf8'))
    : { complete: false, tests: [] };
  for (const { name: title, status, detail } of tests)
    say(`  ${status} ${title}${detail === undefined ? '' : `\n${detail}`}`);
  const failed = tests.filter(({ status }) => status === 'failed').length;
  return { passed: tests.filter(({ status }) => status === 'passed').length, failed: failed + (complete ? 0 : 1) };
}

await runAsProgram(import.meta.url, async () => {
  await ensureDependencies();
  await build();
  const vsix = await pack();
  mkdirSync(TEST_OUTPUT, { recursive: true });
  const { suiteNames } = await import('../test/editor/harness/suite-files.mjs');
  const total = { passed: 0, failed: 0, missing: 0 };
  for (const version of VERSIONS) {
    heading(`Desktop VS Code ${version}`);
    const program = await download(version);
    if (program === undefined) {
      total.missing += 1;
      continue;
    }
    for (const name of suiteNames()) {
      say(name);
      const { passed, failed } = await runSuite(program, name, vsix);
      total.passed += passed;
      total.failed += failed;
    }
  }
  if (total.missing > 0)
    say(`\n${total.missing} of ${VERSIONS.length} versions of VS Code could not be had: nothing is proven about them.`);
  say(`${total.passed} passed, ${total.failed} failed`);
  const missingMatters = total.missing > 0 && process.argv.includes('--required');
  process.exitCode = total.failed > 0 || missingMatters ? 1 : 0;
});
