// Runs the suites of test/editor/suites (or those named) in a real VS Code and writes the outcome as JSON for scripts/test.mjs.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAsProgram } from '../../scripts/main-module.mjs';
import { ROOT, TEST_OUTPUT } from '../../scripts/paths.mjs';
import { say, secondsSince } from '../../scripts/progress.mjs';
import { runInEditor } from './harness/run-in-editor.mjs';

const SUITES = fileURLToPath(new URL('suites', import.meta.url));
const MARKS = { passed: '✓', failed: '✗', skipped: '↓' };

/** A suite's own workspace when it has one, else the sample. @param {string} name */
function workspaceOf(name) {
  const own = `test/editor/workspaces/${name}`;
  return existsSync(join(ROOT, own)) ? own : 'samples/workspace';
}

await runAsProgram(import.meta.url, async () => {
  const asked = process.argv.slice(2);
  const names = readdirSync(SUITES)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((name) => asked.length === 0 || asked.includes(name));
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
