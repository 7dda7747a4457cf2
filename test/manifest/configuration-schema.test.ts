import Ajv from 'ajv';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createEngine, DEFAULT_SETTINGS } from '../../src/engine';
import { configurationSchema } from './configuration-schema';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = join(ROOT, 'schemas/configuration.schema.json');
const engine = createEngine();
const accepts = new Ajv({ allowUnionTypes: true }).compile(configurationSchema(engine.rules));

test('the schema in the package is that of the engine', () => {
  const wanted = `${JSON.stringify(configurationSchema(engine.rules), undefined, 2)}\n`;
  if (process.env['UPDATE_MANIFEST'] === '1') writeFileSync(FILE, wanted);
  expect(readFileSync(FILE, 'utf8'), 'UPDATE_MANIFEST=1 npx vitest run test/manifest brings it up to date').toBe(
    wanted,
  );
});

test('the manifest hands it to YAML extensions for the names that the engine reads', () => {
  const { contributes } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    contributes: { yamlValidation: unknown };
  };
  expect(contributes.yamlValidation).toEqual(
    ['.ec2-warden.yaml', '.ec2-warden.yml'].map((fileMatch) => ({
      fileMatch,
      url: './schemas/configuration.schema.json',
    })),
  );
});

describe('the schema and the engine are of one mind', () => {
  test.each([
    '',
    'rules:\n  imdsv1-call: error\n  open-port: off\n',
    'rules:\n  imdsv1-call: fatal\n',
    'rules:\n  nonsense: off\n',
    'rules: [imdsv1-call]\n',
    'ignore:\n  - examples/\n',
    'ignore: examples/\n',
    'ignore: [3]\n',
    'ports:\n  management: [22]\n  public: []\n  wideRange: 5\n',
    'ports:\n  management: [65536]\n',
    'ports:\n  management: ["22"]\n',
    'ports:\n  wideRange: 0\n',
    'ports:\n  mangement: [22]\n',
    'trustedCidrs: [203.0.113.0/24, "2001:db8::/32"]\n',
    'trustedCidrs: [203.0.113.4]\n',
    'trustedCidrs: [0.0.0.0/0]\n',
    'tokenTtlSeconds: 300\n',
    'tokenTtlSeconds: 0\n',
    'tokenTtlSeconds: many\n',
    'nonsense: true\n',
  ])('%j', (text) => {
    const { findings } = engine.lint({ uri: 'file:///w/.ec2-warden.yaml', text }, DEFAULT_SETTINGS);
    expect(accepts(parse(text))).toBe(findings.length === 0);
  });
});
