// npm run fuzz [-- TIMES]
//
// Runs the tests of properties that need nothing but Node so many times (ten without a number), each time with cases of another seed, and prints those that fail.
// The tests of `npm test` have the same cases in every run.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const times = Number(process.argv[2] ?? 10);
if (!Number.isInteger(times) || times < 1) throw new Error('usage: npm run fuzz -- TIMES');

/** @param {string} folder */
const propertyTests = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .filter((path) => /\bfc\.assert\(/.test(readFileSync(join(ROOT, path), 'utf8')));

const files = [...propertyTests('src'), ...propertyTests('test/manifest')];
const failed = [];
for (let run = 1; run <= times; run++) {
  const seed = randomInt(2 ** 31);
  process.stdout.write(`run ${run} of ${times}, seed ${seed}, ${files.length} files\n`);
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...files],
    {
      cwd: ROOT,
      env: { ...process.env, PROPERTY_SEED: String(seed) },
      stdio: 'inherit',
    },
  );
  if (status !== 0) failed.push(seed);
}
process.stdout.write(
  failed.length === 0
    ? `${times} runs held\n`
    : `${failed.length} of ${times} runs failed: PROPERTY_SEED=${failed.join(', PROPERTY_SEED=')}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
