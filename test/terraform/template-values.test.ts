/** Secrets that templates in other files are given. */
import { expect, test } from 'vitest';
import { holds, instance, REQUIRED, type Case } from './launches';
import { engine, open } from './opened';

const PASSWORD = 'Vq7!kRz2pX';
const TEMPLATE = { 'boot.sh.tftpl': '#!/bin/bash\nexport DB_PASSWORD="${db_password}"\n' };
const FOUND = ['secret-in-script error aws_instance.w'];

const userData = (value: string): string => instance(`${REQUIRED}  user_data = ${value}`);
const given = (values: string): string => userData(`templatefile("\${path.module}/boot.sh.tftpl", { ${values} })`);
const dataSource = (values: string): string =>
  `${userData('data.template_file.boot.rendered')}data "template_file" "boot" {\n  template = file("boot.sh.tftpl")\n  vars = {\n    ${values}\n  }\n}\n`;
const declared = `variable "password" {\n  default = "${PASSWORD}"\n}\n`;

const CASES: readonly Case[] = [
  ['a literal', given(`db_password = "${PASSWORD}", name = "web"`), FOUND, TEMPLATE],
  ['... of which the template is not there', given(`db_password = "${PASSWORD}"`), FOUND],
  ['a default', given('db_password = var.password') + declared, FOUND, TEMPLATE],
  ['... of another file', given('db_password = var.password'), FOUND, { ...TEMPLATE, 'variables.tf': declared }],
  [
    'a value that a heredoc has, too',
    `${given('db_password = var.password')}${declared}${instance(`${REQUIRED}  user_data = <<EOF\n#!/bin/sh\nDB_PASSWORD='\${var.password}'\nEOF`, 'x')}`,
    FOUND,
    TEMPLATE,
  ],
  ['of a data source', dataSource(`db_password = "${PASSWORD}"`), FOUND, TEMPLATE],
  [
    'in functions and in a template',
    `${userData(`base64encode("\${templatefile("a.sh", merge({ db_password = "${PASSWORD}" }, local.more))}")`)}locals {\n  more = {}\n}\n`,
    FOUND,
  ],
  [
    'of a part',
    `data "cloudinit_config" "c" {\n  part {\n    content_type = "text/x-shellscript"\n    content = templatefile("a.sh", { db_password = "${PASSWORD}" })\n  }\n}\n`,
    ['secret-in-script error '],
  ],
  ['an attribute', given('db_password = aws_db_instance.d.password'), [], TEMPLATE],
  ['a placeholder', given('db_password = "<password>"'), [], TEMPLATE],
  ['a name', given('db_password_key = "/prod/db/Main7", name = "Web-Server1"'), [], TEMPLATE],
  ['what is for no machine', `resource "x_file" "f" {\n  content = templatefile("a.cfg", { db_password = "${PASSWORD}" })\n}\n`, []], // prettier-ignore
  ['text with quotes', given(`db_password = "it's ${PASSWORD}"`), [], TEMPLATE],
];

test.each(CASES)('%s', holds);

async function marked(text: string, others: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = engine.lint(await open(text, others));
  return findings
    .filter(({ ruleId }) => ruleId === 'secret-in-script')
    .map(({ range, message }) => `${text.slice(range.start, range.end)}: ${message.slice(0, 26)}`);
}

test('it is told of where it stands, or where it is handed over', async () => {
  expect(await marked(given(`db_password = "${PASSWORD}"`), TEMPLATE)).toEqual([
    `${PASSWORD}: A password is written out `,
  ]);
  expect(await marked(given('db_password = var.password') + declared, TEMPLATE)).toEqual([
    `${PASSWORD}: A password is written out `,
  ]);
  expect(await marked(dataSource('db_password = var.password'), { ...TEMPLATE, 'variables.tf': declared })).toEqual([
    'var.password: A password gets into the s',
  ]);
});
