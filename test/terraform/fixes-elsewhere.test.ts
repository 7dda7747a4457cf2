/** What a fix has to change stands in another file of the configuration. */
import { expect, test } from 'vitest';
import { applyEdits } from '../../src/engine';
import { group, rule } from './groups';
import { engine, open } from './opened';

type Files = Readonly<Record<string, string>>;

const FOLDER = 'file:///project/';
const NARROW = 'Let only one address block connect';
const MINE = '198.51.100.7/32';

/** All files after the fix of the only finding in `main.tf` that asks for a block; undefined where there is none. */
async function narrowed(files: Files): Promise<Files | undefined> {
  const { 'main.tf': text = '', ...others } = files;
  const { findings } = engine.lint(await open(text, others));
  const [finding, ...more] = findings.filter(({ ruleId }) => ruleId === 'open-management-port');
  expect([finding?.ruleId, more]).toEqual(['open-management-port', []]);
  const fix = finding?.fixes.find(({ title }) => title.startsWith(NARROW));
  if (!fix) return undefined;
  const result: Record<string, string> = { ...files, 'main.tf': applyEdits(text, fix.edits(MINE)) };
  for (const { uri, edits } of fix.elsewhere?.(MINE) ?? []) {
    const name = uri.slice(FOLDER.length);
    result[name] = applyEdits(files[name] ?? '', edits);
  }
  return result;
}

const FROM_ADMIN = group(rule(22, 22, 'cidr_blocks = [var.admin]'));
const FROM_ADMINS = group(rule(22, 22, 'cidr_blocks = var.admins'));
const admin = (block: string): string =>
  `variable "admin" {\n  type    = string\n  default = "${block}" # everybody\n}\n`;

test.each<[string, Files, Files]>([
  [
    'a default',
    { 'main.tf': FROM_ADMIN, 'variables.tf': admin('0.0.0.0/0') },
    { 'main.tf': FROM_ADMIN, 'variables.tf': admin(MINE) },
  ],
  [
    'an element of a list',
    { 'main.tf': FROM_ADMINS, 'variables.tf': 'variable "admins" {\n  default = ["192.0.2.0/24", "0.0.0.0/0"]\n}\n' },
    { 'main.tf': FROM_ADMINS, 'variables.tf': `variable "admins" {\n  default = ["192.0.2.0/24", "${MINE}"]\n}\n` },
  ],
  [
    'a value of a file of values',
    { 'main.tf': FROM_ADMIN, 'variables.tf': 'variable "admin" {}\n', 'terraform.tfvars': 'admin = "0.0.0.0/0"\n' },
    { 'main.tf': FROM_ADMIN, 'variables.tf': 'variable "admin" {}\n', 'terraform.tfvars': `admin = "${MINE}"\n` },
  ],
  [
    'a local',
    {
      'main.tf': group(rule(22, 22, 'cidr_blocks = [local.everybody]')),
      'locals.tf': 'locals {\n  everybody = "0.0.0.0/0"\n}\n',
    },
    {
      'main.tf': group(rule(22, 22, 'cidr_blocks = [local.everybody]')),
      'locals.tf': `locals {\n  everybody = "${MINE}"\n}\n`,
    },
  ],
])('%s', async (_, files, expected) => {
  const after = await narrowed(files);
  expect(after).toEqual(expected);
  const { 'main.tf': text = '', ...others } = after ?? {};
  expect(engine.lint(await open(text, others)).findings).toEqual([]);
});

test.each<[string, Files]>([
  [
    'traffic goes there too, by a list',
    {
      'main.tf': FROM_ADMINS,
      'out.tf': 'resource "aws_security_group_rule" "out" {\n  type        = "egress"\n  cidr_blocks = var.admins\n}\n',
      'variables.tf': 'variable "admins" {\n  default = ["0.0.0.0/0"]\n}\n',
    },
  ],
  [
    'it is put together',
    { 'main.tf': FROM_ADMIN, 'variables.tf': 'variable "admin" {\n  default = "0.0.0.0/${0}"\n}\n' },
  ],
  [
    'the other file is JSON',
    { 'main.tf': FROM_ADMIN, 'variables.tf.json': '{"variable": {"admin": {"default": "0.0.0.0/0"}}}\n' },
  ],
])('no fix where %s', async (_, files) => {
  expect(await narrowed(files)).toBeUndefined();
});

test('a default and what stands here are narrowed together', async () => {
  const here = group(rule(22, 22, 'cidr_blocks = [var.admin, "0.0.0.0/0"]'));
  const after = await narrowed({ 'main.tf': here, 'variables.tf': admin('0.0.0.0/0') });
  expect(after).toEqual({ 'main.tf': here.replace('0.0.0.0/0', MINE), 'variables.tf': admin(MINE) });
});

test('the title names the file', async () => {
  const { findings } = engine.lint(await open(FROM_ADMIN, { 'variables.tf': admin('0.0.0.0/0') }));
  expect(findings[0]?.fixes.map(({ title }) => title)).toContain('Let only one address block connect (variables.tf)…');
});
