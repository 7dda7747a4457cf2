/** What the type of a variable gives attributes that are left out. */
import { test } from 'vitest';
import { group, holds, rule, SSH, type Case } from './groups';

const OPTIONAL = 'cidrs = optional(list(string), ["0.0.0.0/0"])';
const typed = (type: string, value?: string): string =>
  `variable "net" {\n  type = ${type}\n${value === undefined ? '' : `  default = ${value}\n`}}\n`;
const ssh = (source: string): string => group(rule(22, 22, `cidr_blocks = ${source}`));
const each = group(
  '  dynamic "ingress" {\n    for_each = var.net\n    content {\n      from_port = ingress.value.port\n      to_port = ingress.value.port\n      protocol = "tcp"\n      cidr_blocks = ingress.value.cidrs\n    }\n  }',
);

const CASES: readonly Case[] = [
  ['what is left out', typed(`object({ ${OPTIONAL} })`, '{}') + ssh('var.net.cidrs'), SSH],
  ['what is null', typed(`object({ ${OPTIONAL} })`, '{ cidrs = null }') + ssh('var.net.cidrs'), SSH],
  ['what is given', typed(`object({ ${OPTIONAL} })`, '{ cidrs = ["10.0.0.0/8"] }') + ssh('var.net.cidrs'), []],
  ['nothing to complete', typed(`object({ ${OPTIONAL} })`) + ssh('var.net.cidrs'), []],
  ['null in place of the object', typed(`object({ ${OPTIONAL} })`, 'null') + ssh('var.net.cidrs'), []],
  [
    'an object in an object',
    typed(`object({ ssh = optional(object({ ${OPTIONAL} }), {}) })`, '{}') + ssh('var.net.ssh.cidrs'),
    SSH,
  ],
  [
    'an object that has no default',
    typed(`object({ ssh = optional(object({ ${OPTIONAL} })) })`, '{}') + ssh('var.net.ssh.cidrs'),
    [],
  ],
  [
    'an attribute without a default, which is null',
    typed('object({ cidrs = optional(list(string)) })', '{}') + ssh('coalesce(var.net.cidrs, ["0.0.0.0/0"])'),
    SSH,
  ],
  ['objects of a list', typed(`list(object({ port = number, ${OPTIONAL} }))`, '[{ port = 22 }]') + each, SSH],
  ['objects of a map', typed(`map(object({ port = number, ${OPTIONAL} }))`, '{ ssh = { port = 22 } }') + each, SSH],
  [
    'what a file of values gives, and leaves out',
    typed(`object({ name = string, ${OPTIONAL} })`) + ssh('var.net.cidrs'),
    SSH,
    { 'terraform.tfvars': 'net = { name = "a" }\n' },
  ],
];

test.each(CASES)('%s', holds);
