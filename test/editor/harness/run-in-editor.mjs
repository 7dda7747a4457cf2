import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TEST_OUTPUT } from '../../../scripts/paths.mjs';
import { openSession } from './session.mjs';
import { bundleSuite } from './suite-bundle.mjs';

const SUITE_MS = 180_000;

/**
 * What happened in a suite; the same shape that registry.ts writes.
 * @typedef {object} SuiteResult
 * @property {boolean} complete
 * @property {{ name: string, status: 'passed' | 'failed' | 'skipped', milliseconds: number, detail?: string }[]} tests
 */

/** What a suite wrote, which is what had happened when it was cut off if it was. @param {string} file @returns {SuiteResult} */
function readResult(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { complete: false, tests: [] };
}

/**
 * Runs one suite of test/editor/suites in the extension host of a real VS Code with the packaged extension installed.
 * @param {import('./session.mjs').SessionOptions & { suite: string }} options `suite` is the path of its .ts file
 * @returns {Promise<SuiteResult>} a suite that did not come to its end holds a failed test that says so
 */
export async function runInEditor({ suite, ...options }) {
  const name = basename(suite, '.ts');
  mkdirSync(TEST_OUTPUT, { recursive: true });
  const results = join(TEST_OUTPUT, `${name}.json`);
  rmSync(results, { force: true });
  /** @type {string[]} */
  const log = [];
  const session = await openSession({
    ...options,
    flags: ['--enable-smoke-test-driver'],
    env: { ...options.env, EC2_WARDEN_SUITE_RESULTS: results },
  });
  let end = 'the extension host did not end in time';
  try {
    const { server, page, folder } = session;
    const made = await bundleSuite(suite, join(folder, '..', 'suite'));
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      log.push([type, ...args].join(' '));
    });
    /** @type {Promise<string>} */
    const ended = new Promise((resolve) => {
      const exit = (/** @type {number} */ code) => resolve(`the extension host ended with status ${code}`);
      void page.exposeFunction('codeAutomationExit', exit).then(() =>
        page.goto(
          server.address([
            ['extensionDevelopmentPath', server.remote(made.extension)],
            ['extensionTestsPath', server.remote(made.program)],
            ['skipWelcome', 'true'],
            ['enableProposedApi', ''],
          ]),
        ),
      );
    });
    const timer = new Promise((resolve) => setTimeout(() => resolve(end), SUITE_MS).unref());
    end = String(await Promise.race([ended, timer]));
    await page.screenshot({ path: join(TEST_OUTPUT, `${name}.png`) });
  } finally {
    writeFileSync(join(TEST_OUTPUT, `${name}.log`), [...log, session.server.log()].join('\n'));
    await session.close();
  }
  const result = readResult(results);
  if (result.complete) return result;
  const detail = `${end}; see test-output/${name}.log`;
  return {
    ...result,
    tests: [...result.tests, { name: 'comes to its end', status: 'failed', milliseconds: 0, detail }],
  };
}
