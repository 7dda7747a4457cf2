import Ajv from 'ajv';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from '../fast-check';
import { expect, test } from 'vitest';
import { plansOf, planText, type PlannedChange } from '../../src/aws/metadata-options/plan/plan';
import { readPlan } from '../../src/aws/metadata-options/plan/read-plan';
import { planSchema } from './plan-schema';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = join(ROOT, 'schemas/plan.schema.json');
const accepts = new Ajv().compile(planSchema());

const CHANGE: PlannedChange = {
  instance: 'i-0123456789abcdef0',
  name: 'web-1',
  account: '222233334444',
  region: 'eu-central-1',
  before: { tokens: 'optional', hopLimit: 1 },
  set: { tokens: 'required' },
  verdict: 'safe',
  reasons: ['No call without a token in 14 days.'],
};
const [PLAN] = plansOf([CHANGE], new Date('2026-11-22T12:00:00Z'));

test('the schema in the package is that by which plans are read', () => {
  const wanted = `${JSON.stringify(planSchema(), undefined, 2)}\n`;
  if (process.env['UPDATE_MANIFEST'] === '1') writeFileSync(FILE, wanted);
  expect(readFileSync(FILE, 'utf8'), 'UPDATE_MANIFEST=1 npx vitest run test/manifest brings it up to date').toBe(
    wanted,
  );
});

test('the manifest hands it to editors for plans', () => {
  const { contributes } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    contributes: { jsonValidation: unknown };
  };
  expect(contributes.jsonValidation).toEqual([
    { fileMatch: '*.ec2-warden-plan.json', url: './schemas/plan.schema.json' },
  ]);
});

test('what is exported is valid', () => {
  expect(accepts(PLAN)).toBe(true);
});

/** Every place in a plan, by the keys that lead to it. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

test('the schema and the reader are of one mind, whatever is otherwise in a plan', () => {
  const text = PLAN === undefined ? '' : planText(PLAN);
  const values = fc.oneof(
    fc.constantFrom<unknown>(0, 1, 2, 1.5, 65, -1, '', 'x', 'required', 'enabled', 'safe', null, true, [], {}, ['x']),
    fc.constantFrom<unknown>('i-0123456789abcdef0\n', 'eu-central-1', '2026-11-22T12:00:00Z', { tokens: 'required' }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const places = pathsIn(JSON.parse(text)).filter((path) => path.length > 0);
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom('replace', 'delete', 'add'), values, (path, how, value) => {
      const plan = JSON.parse(text) as unknown;
      let at = plan as Record<string, unknown>;
      for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
      const last = path.at(-1) ?? '';
      if (how === 'replace') at[last] = value;
      else if (how === 'add' && !Array.isArray(at)) at[`${last}2`] = value;
      else if (!Array.isArray(at)) Reflect.deleteProperty(at, last);
      const read = readPlan(JSON.stringify(plan));
      // What several parts say together is no matter of a schema.
      const problems = 'problems' in read ? read.problems : [];
      const together = problems.every((each) => /a plan is of one account|is not among the regions/.test(each));
      expect(accepts(plan), problems.join(' ')).toBe('plan' in read || together);
    }),
    { numRuns: 500 },
  );
});
