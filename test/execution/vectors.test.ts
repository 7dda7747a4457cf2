import { afterAll, beforeAll, describe, test } from 'vitest';
import { createEngine } from '../../src/engine';
import { allVectors } from './corpus';
import { obstacle } from './obstacle';
import { checkFindings, checkFixed, checkReal } from './procedure';
import { openSandbox, type Sandbox } from './sandbox/sandbox';

const SANDBOXES = 2;

const vectors = allVectors();
const engine = createEngine();
const sandboxes: Sandbox[] = [];
const free: Sandbox[] = [];
const waiting: ((sandbox: Sandbox) => void)[] = [];
let held = 0;
const leftOut = new Map<string, number>();

/** Lends a sandbox; scripts never share one at the same time. */
async function inSandbox<T>(use: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = free.pop() ?? (await new Promise<Sandbox>((resolve) => waiting.push(resolve)));
  try {
    return await use(sandbox);
  } finally {
    const next = waiting.shift();
    if (next === undefined) free.push(sandbox);
    else next(sandbox);
  }
}

beforeAll(async () => {
  for (let count = 0; count < SANDBOXES; count++) sandboxes.push(await openSandbox());
  free.push(...sandboxes);
});

afterAll(() => {
  for (const sandbox of sandboxes) sandbox.close();
  const runs = vectors.reduce((sum, { shells }) => sum + shells.length, 0);
  process.stdout.write(`execution: ${held} of ${runs} runs (vector and shell) held, of ${vectors.length} vectors\n`);
  for (const [reason, count] of leftOut)
    process.stdout.write(`execution: ${count} runs left out, not passed: ${reason}\n`);
});

describe.concurrent.each([...new Set(vectors.map(({ group }) => group))])('%s', (group) => {
  for (const vector of vectors.filter((candidate) => candidate.group === group)) {
    test(`${vector.name}: found`, () => checkFindings(engine, vector));
    for (const shell of vector.shells) {
      test(`${vector.name}: real in ${shell}`, async ({ skip }) => {
        const why = obstacle(sandboxes[0], vector, shell);
        skip(why !== undefined, why);
        await inSandbox((sandbox) => checkReal(sandbox, vector, shell));
      });
      test(`${vector.name}: fixed in ${shell}`, async ({ skip }) => {
        const why = obstacle(sandboxes[0], vector, shell);
        if (why !== undefined) leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
        skip(why !== undefined, why);
        await inSandbox((sandbox) => checkFixed(engine, sandbox, vector, shell));
        held++;
      });
    }
  }
});
