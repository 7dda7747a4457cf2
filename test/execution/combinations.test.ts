import fc, { SEED } from '../fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine';
import { allCombinations } from './combinations';
import { documentOf, lint } from './engine-runs';
import { obstacle } from './obstacle';
import { checkFixed, runOriginal } from './procedure';
import { openSandbox, type Sandbox } from './sandbox/sandbox';
import { parseVectors } from './vector';

/** So many of the combinations are run, others with another seed; `all` runs each. */
const WANTED = process.env['EXECUTION_COMBINATIONS'] ?? '120';

const engine = createEngine();
const combinations = allCombinations();
const chosen =
  WANTED === 'all'
    ? combinations
    : (fc.sample(fc.shuffledSubarray(combinations, { minLength: Number(WANTED), maxLength: Number(WANTED) }), {
        numRuns: 1,
        seed: SEED,
      })[0] ?? []);

let sandbox: Sandbox;
let fixed = 0;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => {
  sandbox.close();
  process.stdout.write(
    `execution: ${fixed} of ${chosen.length} combined scripts (of ${combinations.length}; seed ${SEED}) have a safe fix, which held\n`,
  );
});

describe('combined scripts', () => {
  test('are enough', () => {
    expect(chosen.length).toBeGreaterThan(100);
  });

  for (const { title, script } of chosen)
    test(title, async ({ skip }) => {
      const shell = script.length % 2 === 0 ? 'bash' : 'dash';
      const [vector] = parseVectors('combinations', `=== ${title}\nfinds: imdsv1-call@1\n--- script\n${script}`);
      if (vector === undefined) throw new Error('no vector');
      const why = obstacle(sandbox, vector, shell);
      skip(why !== undefined, why);
      const findings = lint(engine, documentOf(vector));
      expect(findings, 'findings').not.toEqual([]);
      // Whether there is a safe fix is up to the engine here; one that it gives has to hold.
      if (findings.some(({ fixes }) => fixes[0]?.safety !== 'safe')) return;
      const original = await runOriginal(sandbox, { ...vector, original: 'broken' }, shell);
      const absent = script.includes('wget') ? 'fails' : 'same';
      const { stdout, status } = original;
      await checkFixed(engine, sandbox, { ...vector, stdout, status, absent }, shell, original);
      fixed++;
    });
});
