/** Fixes are written as the configuration around them is, and change nothing that is used elsewhere. */
import { expect, test } from 'vitest';
import { applyEdits } from '../../src/engine/text/edits';
import { engine, open } from './opened';

async function fixed(
  file: string,
  ruleId: string,
  title: string,
  input?: string,
  others: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const { findings } = engine.lint(await open(file, others));
  const fix = findings.find((each) => each.ruleId === ruleId)?.fixes.find((each) => each.title.startsWith(title));
  return fix && applyEdits(file, fix.edits(input));
}

test.each([
  [
    'a block by four',
    'resource "aws_instance" "w" {\n    ami = "ami-1"\n}\n',
    'resource "aws_instance" "w" {\n    ami = "ami-1"\n\n    metadata_options {\n        http_tokens = "required"\n    }\n}\n',
  ],
  [
    'a block by tabs',
    'resource "aws_instance" "w" {\n\tami = "ami-1"\n}\n',
    'resource "aws_instance" "w" {\n\tami = "ami-1"\n\n\tmetadata_options {\n\t\thttp_tokens = "required"\n\t}\n}\n',
  ],
  [
    'a block by two where nothing is indented',
    'resource "aws_instance" "w" {\nami = "ami-1"\n}\n',
    'resource "aws_instance" "w" {\nami = "ami-1"\n\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'an argument in an empty block by four',
    'resource "aws_instance" "w" {\n    ami = "ami-1"\n    metadata_options {}\n}\n',
    'resource "aws_instance" "w" {\n    ami = "ami-1"\n    metadata_options {\n        http_tokens = "required"\n    }\n}\n',
  ],
])('indented as the file is: %s', async (_, before, after) => {
  expect(await fixed(before, 'imdsv1-allowed', 'Require tokens')).toBe(after);
});

const GROUP =
  'resource "aws_security_group" "g" {\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n' +
  'resource "aws_subnet" "s" {\n  map_public_ip_on_launch = true\n}\n';

const instance = (...lines: string[]): string =>
  `${GROUP}resource "aws_instance" "w" {\n  subnet_id              = aws_subnet.s.id\n  vpc_security_group_ids = [aws_security_group.g.id]\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;

const TAGS = ['', 'tags = {', '  Name = "w"', '}'];

test('an argument stands with the others that take one line', async () => {
  expect(await fixed(instance(...TAGS), 'instance-public', 'Give it no public address')).toBe(
    instance('associate_public_ip_address = false', ...TAGS),
  );
});

const withEgress = (egress: string): string =>
  `variable "c" {\n  default = "0.0.0.0/0"\n}\nresource "aws_security_group" "x" {\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = [var.c]\n  }\n  egress {\n    from_port   = 0\n    to_port     = 0\n    protocol    = "-1"\n    cidr_blocks = ${egress}\n  }\n}\n`;

const elsewhere = 'resource "aws_route" "r" {\n  destination_cidr_block = var.c\n}\n';
const outwards =
  'resource "aws_security_group_rule" "r" {\n  type        = "egress"\n  protocol    = "-1"\n  from_port   = 0\n  to_port     = 0\n  cidr_blocks = [var.c]\n}\n';

test.each([
  ['for what comes in alone', withEgress('["0.0.0.0/0"]'), true],
  ['not where traffic goes to it', withEgress('[var.c]'), false],
  ['not where a route leads to it', withEgress('["0.0.0.0/0"]') + elsewhere, false],
  ['not where a rule of its own lets traffic go to it', withEgress('["0.0.0.0/0"]') + outwards, false],
])('a default is changed %s', async (_, file, isChanged) => {
  const [from, to] = isChanged
    ? ['default = "0.0.0.0/0"', 'default = "198.51.100.0/24"']
    : ['cidr_blocks = [var.c]', 'cidr_blocks = ["198.51.100.0/24"]'];
  expect(await fixed(file, 'open-management-port', 'Let only', '198.51.100.0/24')).toBe(file.replace(from, to));
});

test('an old interpolation goes with its braces', async () => {
  const file = withEgress('["${var.c}"]').replace('= [var.c]', '= ["${var.c}"]');
  expect(await fixed(file, 'open-management-port', 'Let only', '198.51.100.0/24')).toBe(
    file.replace('"${var.c}"', '"198.51.100.0/24"'),
  );
});

test('a list that traffic goes to as well is left alone', async () => {
  const file = withEgress('var.c').replace('"0.0.0.0/0"', '["0.0.0.0/0"]').replace('[var.c]', 'var.c');
  expect(await fixed(file, 'open-management-port', 'Let only', '198.51.100.0/24')).toBeUndefined();
});

const call = (...lines: string[]): string => `module "m" {\n  source = "./m"\n${lines.join('\n')}\n}\n`;
const child = (more = ''): Readonly<Record<string, string>> => ({
  'm/main.tf': `variable "cidrs" {}\nresource "aws_security_group" "x" {\n  ingress {\n    from_port        = 22\n    to_port          = 22\n    protocol         = "tcp"\n    cidr_blocks      = var.cidrs\n  }\n${more}}\n`,
});
const EGRESS =
  '  egress {\n    from_port = 0\n    to_port = 0\n    protocol = "-1"\n    cidr_blocks = var.cidrs\n  }\n';

test.each([
  ['the only one', '["0.0.0.0/0"]', '["198.51.100.0/24"]', child()],
  [
    'one of several',
    '[\n    "10.0.0.0/8",\n    "0.0.0.0/0", # all\n  ]',
    '[\n    "10.0.0.0/8",\n    "198.51.100.0/24", # all\n  ]',
    child(),
  ],
  ['not what traffic goes to as well', '["0.0.0.0/0"]', undefined, child(EGRESS)],
  ['not what is put together', '[format("%s/0", "0.0.0.0")]', undefined, child()],
])('what a module is given is changed at the call: %s', async (_, before, after, others) => {
  const args = (value: string): string => call(`  cidrs  = ${value}`);
  expect(await fixed(args(before), 'open-management-port', 'Let only', '198.51.100.0/24', others)).toBe(
    after && args(after),
  );
  expect(await fixed(args(before), 'open-management-port', 'Remove', undefined, others)).toBeUndefined();
});

test('tokens that a module is told not to require', async () => {
  const others = {
    'm/main.tf':
      'variable "tokens" {}\nresource "aws_instance" "w" {\n  ami = "ami-1"\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n',
  };
  expect(await fixed(call('  tokens = "optional"'), 'imdsv1-allowed', 'Require tokens', undefined, others)).toBe(
    call('  tokens = "required"'),
  );
});
