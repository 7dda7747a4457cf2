// Runs the suites of test/editor/suites (or those named) in a real VS Code and writes the outcome as JSON for scripts/test.mjs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAsProgram } from '../../scripts/main-module.mjs';
import { TEST_OUTPUT } from '../../scripts/paths.mjs';
import { say, secondsSince } from '../../scripts/progress.mjs';
import { runInEditor } from './harness/run-in-editor.mjs';
import { suiteNames, SUITES, workspaceOf } from './harness/suite-files.mjs';

const MARKS = { passed: '✓', failed: '✗', skipped: '↓' };

await runAsProgram(import.meta.url, async () => {
  const asked = process.argv.slice(2);
  const names = suiteNames().filter((name) => asked.length === 0 || asked.includes(name));
  /** @type {{ passed: number, failed: number, skipped: string[], failures: string[] }} */
  const outcome = { passed: 0, failed: 0, skipped: [], failures: [] };
  for (const name of names) {
    const start = Date.now();
    const { tests } = await runInEditor({ suite: join(SUITES, `${name}.ts`), workspace: workspaceOf(name) });
    say(`${name} (${secondsSince(start)})`);
    for (const { name: title, status, milliseconds, detail } of tests) {
      say(`  ${MARKS[status]} ${title} ${milliseconds} ms`);
      if (detail !== undefined) say(detail.replaceAll(/^/gm, '      '));
      if (status === 'skipped') outcome.skipped.push(`${name}: ${title}`);
      else outcome[status] += 1;
      if (status === 'failed') outcome.failures.push(`${name}: ${title}`);
    }
  }
  mkdirSync(TEST_OUTPUT, { recursive: true });
  writeFileSync(join(TEST_OUTPUT, 'editor.json'), JSON.stringify(outcome));
  process.exitCode = outcome.failed > 0 || outcome.passed === 0 ? 1 : 0;
});
