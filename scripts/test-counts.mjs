import { existsSync, readFileSync } from 'node:fs';

/**
 * What a suite came to. A skipped test is neither passed nor failed.
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped their names
 * @property {readonly string[]} failures their names, with the beginning of what went wrong
 */

/**
 * @typedef {object} VitestReport the part of Vitest's JSON report that is read here
 * @property {{ name: string, status: string, message: string, assertionResults: { fullName: string, status: string, failureMessages?: string[] }[] }[]} testResults
 */

/** A suite that ended before it could say anything. @param {string} why @returns {Counts} */
function broken(why) {
  return { passed: 0, failed: 1, skipped: [], failures: [why] };
}

/** The first lines of what a test failed with: of a run elsewhere the last lines may be all that is seen. @param {{ failureMessages?: string[] }} test */
function beginningOf({ failureMessages: [message] = [] }) {
  return message === undefined ? '' : `: ${message.split('\n', 4).join(' ').slice(0, 400)}`;
}

/**
 * The counts of Vitest's JSON report. A test file that could not even be loaded has no tests, and counts as one that failed;
 * so does a run that ended badly for a reason that no test shows (an unhandled error, no test found).
 * @param {string} name
 * @param {string} file
 * @param {number} status
 * @returns {Counts}
 */
export function countsOfVitest(name, file, status) {
  if (!existsSync(file)) return broken(`${name} ended with status ${status} before its report`);
  /** @type {VitestReport} */
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (/** @type {(status: string) => boolean} */ has) =>
    tests.filter((test) => has(test.status)).map((test) => test.fullName + beginningOf(test));
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  );
  const failures = [...named((result) => result === 'failed'), ...unloaded.map((result) => result.name)];
  if (status !== 0 && failures.length === 0) failures.push(`${name} ended with status ${status}`);
  return {
    passed: named((result) => result === 'passed').length,
    failed: failures.length,
    skipped: named((result) => result !== 'passed' && result !== 'failed'),
    failures,
  };
}

/**
 * The counts that test/editor/run-suites.mjs wrote.
 * @param {string} file
 * @param {number} status
 * @returns {Counts}
 */
export function countsOfEditor(file, status) {
  if (!existsSync(file)) return broken(`the editor suites ended with status ${status} before their report`);
  /** @type {Counts} */
  const counts = JSON.parse(readFileSync(file, 'utf8'));
  if (status === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1, failures: [`the editor suites ended with status ${status}`] };
}
