import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine';
import { allVectors } from '../execution/corpus';
import { obstacle } from '../execution/obstacle';
import { checkText } from '../execution/procedure';
import { openSandbox, type Sandbox } from '../execution/sandbox/sandbox';
import type { Vector } from '../execution/vector';
import { caseOf, findingsIn, fixedAlone, type Case } from './cases';
import { CLOUD_INIT } from './cloud-init';
import { CLOUDFORMATION } from './cloudformation';
import type { Form } from './form';
import { openRenderers, render, type Renderers } from './renderers';
import { TERRAFORM } from './terraform';
import { MODULE_GRAMMARS } from '../module-grammars';

/*
 * Every vector of the execution suite in every form. The carrier is rendered by a program that is not ours, before the fix and after it: before,
 * it has to give the vector's script; after, a script that does what the original did. A script that the execution suite has run, letter for
 * letter, is not run again; any other is.
 */

const engine = createEngine(MODULE_GRAMMARS);

/** Line ends and marks of a file belong to the carrier, not to the script. */
const vectors = allVectors().filter(
  ({ document, file }) => !document.includes('\r') && !document.startsWith('\uFEFF') && file === 'user-data.sh',
);

interface Tally {
  cases: number;
  alike: number;
  run: number;
  told: number;
  unspelled: number;
}

const tallies = new Map<string, Tally>();
let renderers: Renderers;
let sandbox: Sandbox;

beforeAll(async () => {
  renderers = await openRenderers();
  sandbox = await openSandbox();
}, 300_000);

afterAll(() => {
  sandbox.close();
  let held = 0;
  for (const [name, { cases, alike, run, told, unspelled }] of tallies) {
    held += alike + run;
    process.stdout.write(
      `carried: ${name}: ${alike + run} of ${cases} held (${alike} give a script that was run before, ${run} were run here)${
        told > 0 ? `, ${told} only told, since there is no certain way to write the fix` : ''
      }${unspelled > 0 ? `; ${unspelled} vectors that this form cannot spell` : ''}\n`,
    );
  }
  process.stdout.write(`carried: ${held} cases of form and vector held\n`);
  if (!renderers.hcl)
    process.stdout.write('carried: no go on this machine, so Terraform was not rendered and counts for nothing\n');
});

const messages = (findings: Case['findings']): readonly string[] =>
  findings.map(({ ruleId, fixes }) => `${ruleId} ${fixes[0]?.safety ?? ''}`).sort();

const ofRules = (findings: Case['findings']): readonly string[] => findings.map(({ ruleId }) => ruleId).sort();

/** What a script on its own gives: findings, and the script after "fix all". */
interface Alone {
  readonly findings: readonly string[];
  readonly rules: readonly string[];
  readonly fixed: string;
}

const known = new Map<string, Alone>();
function alone(script: string): Alone {
  let answer = known.get(script);
  if (!answer) {
    const found = findingsIn(engine, { uri: 'file:///project/user-data.sh', text: script, languageId: 'shellscript' });
    answer = { findings: messages(found), rules: ofRules(found), fixed: fixedAlone(engine, script) };
    known.set(script, answer);
  }
  return answer;
}

async function casesOf(form: Form): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const vector of vectors) {
    const found = await caseOf(engine, form, vector).catch((error: unknown) => {
      throw new Error(`${vector.group}: ${vector.name}`, { cause: error });
    });
    if (found) cases.push(found);
  }
  return cases;
}

async function runs(vector: Vector, script: string): Promise<void> {
  for (const shell of vector.shells) {
    if (obstacle(sandbox, vector, shell) === undefined) await checkText(sandbox, vector, shell, script);
  }
}

describe.each([...CLOUDFORMATION, ...TERRAFORM, ...CLOUD_INIT])('$name', (form) => {
  test('every vector', { timeout: 600_000 }, async ({ skip }) => {
    skip(form.render.some(({ by }) => by !== 'python') && !renderers.hcl, 'there is no go to build the renderer with');
    const cases = await casesOf(form);
    const tally = { cases: 0, alike: 0, run: 0, told: 0, unspelled: vectors.length - cases.length };
    tallies.set(form.name, tally);
    const before = await render(
      renderers,
      form.render,
      cases.map(({ document }) => document.text),
    );
    const after = await render(
      renderers,
      form.render,
      cases.map(({ fixed }) => fixed),
    );
    const wrong: string[] = [];
    for (const [index, each] of cases.entries()) {
      const { vector } = each;
      const failed = (why: string): void => {
        wrong.push(`${vector.group}: ${vector.name}: ${why}`);
      };
      const original = before[index];
      const fixed = after[index];
      if (!original || !fixed || 'error' in original || typeof original.value !== 'string') {
        failed(`the carrier does not render: ${JSON.stringify(original)}\n${each.document.text}`);
        continue;
      }
      const script = original.value;
      if (script.trimEnd() !== vector.document.trimEnd()) {
        // Blank lines at the margin, for one, change what a flush heredoc takes away.
        tally.unspelled++;
        continue;
      }
      tally.cases++;
      const expected = alone(script);
      if (ofRules(each.findings).join() !== expected.rules.join()) {
        failed(
          `finds ${messages(each.findings).join(', ')} instead of ${expected.findings.join(', ')}\n${each.document.text}`,
        );
        continue;
      }
      if ('error' in fixed || typeof fixed.value !== 'string') {
        failed(`the fixed carrier does not render: ${JSON.stringify(fixed)}\n${each.fixed}`);
        continue;
      }
      if (fixed.value === expected.fixed) tally.alike++;
      else if (fixed.value === script && !each.findings.some(({ fixes }) => fixes[0]?.safety === 'safe')) tally.told++;
      else {
        try {
          await runs(vector, fixed.value);
          tally.run++;
        } catch (error) {
          failed(`${String(error)}\n--- carrier\n${each.fixed}\n--- instead of\n${expected.fixed}`);
        }
      }
    }
    expect(wrong.slice(0, 5).join('\n\n'), `${wrong.length} of ${cases.length} cases`).toBe('');
    expect(tally.alike + tally.run, 'cases that hold').toBeGreaterThan(0);
  });
});
