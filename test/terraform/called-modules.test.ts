/** What a call gives a module is told of at the call, wherever the value is written. */
import { expect, test } from 'vitest';
import { group, rule } from './groups';
import { engine, open } from './opened';

const call = (...lines: readonly string[]): string => `module "m" {\n  source = "./m"\n${lines.join('\n')}\n}\n`;
const variable = (name: string, value?: string): string =>
  `variable "${name}" {\n${value === undefined ? '' : `  default = ${value}\n`}}\n`;

/** Rules with the texts at which `main.tf` is said to be wrong, and to what they point. */
async function told(main: string, others: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = engine.lint(await open(main, others));
  return findings.map(({ ruleId, range, related }) =>
    [ruleId, main.slice(range.start, range.end), ...related.map(({ message }) => message)].join(' | '),
  );
}

const OPEN = 'open-management-port';
const DEFAULT = '0.0.0.0/0 is the default of var.given.';

test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
  [
    'a list by a default in another file',
    call('  cidrs  = var.given'),
    {
      'variables.tf': variable('given', '["0.0.0.0/0"]'),
      'm/main.tf': variable('cidrs') + group(rule(22, 22, 'cidr_blocks = var.cidrs')),
    },
    [`${OPEN} | var.given | ${DEFAULT}`],
  ],
  [
    'a text by a default in another file',
    call('  cidr   = var.given'),
    {
      'variables.tf': variable('given', '"0.0.0.0/0"'),
      'm/main.tf': variable('cidr') + group(rule(22, 22, 'cidr_blocks = [var.cidr]')),
    },
    [`${OPEN} | var.given | ${DEFAULT}`],
  ],
  [
    'a value of a file of values',
    call('  cidr   = var.given'),
    {
      'variables.tf': variable('given'),
      'terraform.tfvars': 'given = "0.0.0.0/0"\n',
      'm/main.tf': variable('cidr') + group(rule(22, 22, 'cidr_blocks = [var.cidr]')),
    },
    [`${OPEN} | var.given | 0.0.0.0/0 is the value of var.given.`],
  ],
  [
    'an attribute of an object',
    call('  net    = var.given'),
    {
      'variables.tf': variable('given', '{ cidrs = ["0.0.0.0/0"] }'),
      'm/main.tf': variable('net') + group(rule(22, 22, 'cidr_blocks = var.net.cidrs')),
    },
    [`${OPEN} | var.given | 0.0.0.0/0 is var.net.cidrs.`],
  ],
  [
    'objects that are gone over',
    call('  rules  = var.given'),
    {
      'variables.tf': variable('given', '[{ port = 22, cidr = "0.0.0.0/0" }]'),
      'm/main.tf':
        variable('rules') +
        group(
          '  dynamic "ingress" {\n    for_each = var.rules\n    content {\n      from_port   = ingress.value.port\n      to_port     = ingress.value.port\n      protocol    = "tcp"\n      cidr_blocks = [ingress.value.cidr]\n    }\n  }',
        ),
    },
    [`${OPEN} | var.given | 0.0.0.0/0 is ingress.value.cidr.`],
  ],
  [
    'a module that hands it on',
    call('  open   = var.given'),
    {
      'variables.tf': variable('given', '"0.0.0.0/0"'),
      'm/main.tf': `${variable('open')}module "inner" {\n  source = "../inner"\n  cidr   = var.open\n}\n`,
      'inner/main.tf': variable('cidr') + group(rule(22, 22, 'cidr_blocks = [var.cidr]')),
    },
    [`${OPEN} | var.given | ${DEFAULT}`],
  ],
  [
    'tokens',
    call('  tokens = var.given'),
    {
      'variables.tf': variable('given', '"optional"'),
      'm/main.tf': `${variable('tokens')}resource "aws_instance" "w" {\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n`,
    },
    ['imdsv1-allowed | var.given'],
  ],
  [
    'nothing that the module has of itself',
    call('  port   = 443'),
    {
      'm/main.tf':
        variable('port') + variable('given', '["0.0.0.0/0"]') + group(rule(22, 22, 'cidr_blocks = var.given')),
    },
    [],
  ],
])('%s', async (_, main, others, expected) => {
  expect(await told(main, others)).toEqual(expected);
});

const COUNTED = `variable "on" {\n  default = false\n}\n${group('  count = var.on ? 1 : 0', rule(22))}`;

test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
  ['what is there by a call alone', call('  on     = true'), { 'm/main.tf': COUNTED }, [`${OPEN} | module "m"`]],
  ['what a call leaves out', call('  on     = false'), { 'm/main.tf': COUNTED }, []],
  [
    'what is there without it, too',
    call('  on     = true'),
    { 'm/main.tf': COUNTED.replace('default = false', 'default = true') },
    [],
  ],
  [
    'what a call goes over',
    call('  names  = ["a"]'),
    {
      'm/main.tf': `variable "names" {\n  default = []\n}\nresource "aws_instance" "w" {\n  for_each = toset(var.names)\n  metadata_options {\n    http_tokens = "optional"\n  }\n}\n`,
    },
    ['imdsv1-allowed | module "m"'],
  ],
  [
    'a port of what is there by a call alone',
    call('  ports  = [22]'),
    {
      'm/main.tf': `variable "ports" {\n  default = []\n}\n${group('  count = length(var.ports)', rule('var.ports[0]'))}`,
    },
    [`${OPEN} | 22`],
  ],
  [
    'what the module says that others leave alone',
    call('  cidr   = "0.0.0.0/0"'),
    {
      'm/main.tf':
        variable('cidr') +
        group('  # checkov:skip=CKV_AWS_24: it is a honeypot', rule(22, 22, 'cidr_blocks = [var.cidr]')),
    },
    [],
  ],
  [
    'a module that is called by a call alone',
    call('  on     = true'),
    {
      'm/main.tf':
        'variable "on" {\n  default = false\n}\nmodule "inner" {\n  count  = var.on ? 1 : 0\n  source = "../inner"\n}\n',
      'inner/main.tf': `variable "p" {\n  default = 22\n}\n${group(rule('var.p'))}`,
    },
    [`${OPEN} | module "m"`],
  ],
  [
    'a module that is not called',
    `module "m" {\n  count  = 0\n  source = "./m"\n  cidr   = "0.0.0.0/0"\n}\n`,
    { 'm/main.tf': variable('cidr') + group(rule(22, 22, 'cidr_blocks = [var.cidr]')) },
    [],
  ],
  [
    'what is made of what a call gives',
    call('  cidrs  = var.given'),
    {
      'variables.tf': variable('given', '"10.0.0.0/8,0.0.0.0/0"'),
      'm/main.tf':
        variable('cidrs') + group(rule(22, 22, 'cidr_blocks = concat(split(",", var.cidrs), ["10.1.0.0/16"])')),
    },
    [`${OPEN} | var.given`],
  ],
  [
    'a text that is put together of what a call gives',
    call('  ip     = var.given'),
    {
      'variables.tf': variable('given', '"0.0.0.0"'),
      'm/main.tf': variable('ip') + group(rule(22, 22, 'cidr_blocks = ["${var.ip}/0"]')),
    },
    [`${OPEN} | var.given`],
  ],
  [
    'what stands beside what is made of it',
    call('  cidrs  = "10.0.0.0/8"'),
    {
      'm/main.tf':
        variable('cidrs') + group(rule(22, 22, 'cidr_blocks = concat(split(",", var.cidrs), ["0.0.0.0/0"])')),
    },
    [],
  ],
])('%s', async (_, main, others, expected) => {
  expect(await told(main, others)).toEqual(expected);
});

const GROUP_OF_RULE =
  variable('port') + variable('cidr') + group(rule('var.port', 'var.port', 'cidr_blocks = [var.cidr]'));
/** A call that is made again and again. */
const calls = (over: string, port: string, cidr: string): string =>
  `module "m" {\n  ${over}\n  source = "./m"\n  port   = ${port}\n  cidr   = ${cidr}\n}\n`;
const RULES = '{ ssh = { port = 22, cidr = "0.0.0.0/0" }, web = { port = 443, cidr = "0.0.0.0/0" } }';

test.each<[string, string, readonly string[]]>([
  ['for_each over a map', calls(`for_each = ${RULES}`, 'each.value.port', 'each.value.cidr'), ['module.m["ssh"]']],
  [
    'for_each over a default',
    variable('rules', RULES) + calls('for_each = var.rules', 'each.value.port', 'each.value.cidr'),
    ['module.m["ssh"]'],
  ],
  [
    'what another one opens',
    calls(`for_each = ${RULES}`, 'each.value.port', 'each.key == "ssh" ? "10.0.0.0/8" : "0.0.0.0/0"'),
    [],
  ],
  [
    'count.index',
    variable('ports', '[443, 22]') + calls('count = length(var.ports)', 'var.ports[count.index]', '"0.0.0.0/0"'),
    ['module.m[1]'],
  ],
  ['what is known later', calls('for_each = var.rules', 'each.value.port', '"0.0.0.0/0"'), []],
  ['all alike', calls(`for_each = ${RULES}`, '22', '"0.0.0.0/0"'), ['module.m']],
])('a module called more than once: %s', async (_, main, expected) => {
  const { findings } = engine.lint(await open(main, { 'm/main.tf': GROUP_OF_RULE }));
  expect(findings.map(({ ruleId, resource }) => `${ruleId} ${resource ?? ''}`)).toEqual(
    expected.map((address) => `${OPEN} ${address}.aws_security_group.x`),
  );
});
