/** Open ports in small configurations: loops, rules apart from their group, modules, what is reached, what others silence. */
import { test } from 'vitest';
import { apart, group, OPEN, rule, SSH, variable, holds, type Case } from './groups';

const LOOPS: readonly Case[] = [
  ['count of zero', group('  count = 0', rule(22)), []],
  ['count of two', group('  count = 2', rule(22)), SSH],
  ['count by a default', variable('on', 'false') + group('  count = var.on ? 1 : 0', rule(22)), []],
  ['count that is not known', group('  count = var.on ? 1 : 0', rule(22)), SSH],
  [
    'count.index',
    variable('c', '["10.0.0.0/8", "0.0.0.0/0"]') +
      group('  count = 2', rule(22, 22, 'cidr_blocks = [var.c[count.index]]')),
    ['open-management-port aws_security_group.x[1]'],
  ],
  [
    'for_each over a set',
    group('  for_each = toset(["10.0.0.0/8", "0.0.0.0/0"])', rule(22, 22, 'cidr_blocks = [each.value]')),
    ['open-management-port aws_security_group.x["0.0.0.0/0"]'],
  ],
  [
    'for_each over a map',
    group(
      '  for_each = { a = { p = 22, c = "10.0.0.0/8" }, b = { p = 80, c = "0.0.0.0/0" } }',
      rule('each.value.p', 'each.value.p', 'cidr_blocks = [each.value.c]'),
    ),
    [],
  ],
  [
    'for_each over a map that opens',
    group(
      '  for_each = { a = { p = 22, c = "0.0.0.0/0" }, b = { p = 80, c = "10.0.0.0/8" } }',
      rule('each.value.p', 'each.value.p', 'cidr_blocks = [each.value.c]'),
    ),
    ['open-management-port aws_security_group.x["a"]'],
  ],
  [
    'for_each over objects by their number',
    `${variable('rules', '[{ p = 80, c = "0.0.0.0/0" }, { p = 22, c = "0.0.0.0/0" }]')}${group()}resource "aws_security_group_rule" "r" {\n  for_each = { for r in var.rules : index(var.rules, r) => r }\n  type = "ingress"\n  security_group_id = aws_security_group.x.id\n  from_port = each.value.p\n  to_port = each.value.p\n  protocol = "tcp"\n  cidr_blocks = [each.value.c]\n}\n`,
    SSH,
  ],
  ['for_each over what is not known', group('  for_each = var.groups', rule('each.value.p', 'each.value.p')), []],
  ['for_each over nothing', group('  for_each = {}', rule(22)), []],
  [
    'a dynamic block',
    group(
      '  dynamic "ingress" {\n    for_each = [22, 443]\n    content {\n      from_port = ingress.value\n      to_port = ingress.value\n      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }',
    ),
    SSH,
  ],
  [
    'a dynamic block with an iterator',
    group(
      '  dynamic "ingress" {\n    for_each = { ssh = 22 }\n    iterator = port\n    content {\n      from_port = port.value\n      to_port = port.value\n      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }',
    ),
    SSH,
  ],
  [
    'a dynamic block over objects',
    group(
      '  dynamic "ingress" {\n    for_each = [{ p = 22, c = ["10.0.0.0/8"] }, { p = 80, c = ["0.0.0.0/0"] }]\n    content {\n      from_port = ingress.value.p\n      to_port = ingress.value["p"]\n      protocol = "tcp"\n      cidr_blocks = ingress.value.c\n    }\n  }',
    ),
    [],
  ],
  [
    'a dynamic block over what is not known',
    group(
      '  dynamic "ingress" {\n    for_each = var.rules\n    content {\n      from_port = ingress.value.p\n      to_port = ingress.value.p\n      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }',
    ),
    [],
  ],
  [
    'a dynamic block that is not there',
    group(
      '  dynamic "ingress" {\n    for_each = []\n    content {\n      from_port = 22\n      to_port = 22\n      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }',
    ),
    [],
  ],
  [
    'a dynamic block that may be there',
    group(
      '  dynamic "ingress" {\n    for_each = var.on ? [1] : []\n    content {\n      from_port = 22\n      to_port = 22\n      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }',
    ),
    SSH,
  ],
  [
    'an attribute instead of blocks',
    group(
      '  ingress = [{ from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"], self = false }]',
    ),
    SSH,
  ],
  [
    'a list that is put together',
    group(
      '  ingress = [for p in [22, 80] : { from_port = p, to_port = p, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"] }]',
    ),
    SSH,
  ],
  [
    'a list in a local',
    `locals {\n  rules = [{ from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"] }]\n}\n${group(
      '  ingress = local.rules',
    )}`,
    SSH,
  ],
  ['no rules at all', group('  ingress = []'), []],
];

const APART: readonly Case[] = [
  ['a rule apart', apart(OPEN), SSH],
  ['a rule apart of another direction', apart(OPEN).replace('"ingress"', '"egress"'), []],
  ['a rule apart of no known direction', apart(OPEN).replace('"ingress"', 'var.direction'), []],
  [
    'a rule apart for a group that is not here',
    apart(OPEN).replace('aws_security_group.x.id', 'var.group'),
    ['open-management-port aws_security_group_rule.r'],
  ],
  [
    'a rule apart with a group as source',
    apart(OPEN.replace('cidr_blocks = ["0.0.0.0/0"]', 'source_security_group_id = aws_security_group.x.id')),
    [],
  ],
  [
    'rules apart by for_each',
    apart(
      '  for_each = toset(["22", "443"])\n  from_port = each.value\n  to_port = each.value\n  protocol = "tcp"\n  cidr_blocks = ["0.0.0.0/0"]',
    ),
    SSH,
  ],
  [
    'two halves in two rules apart',
    group() +
      ['0.0.0.0/1', '128.0.0.0/1']
        .map(
          (half, index) =>
            `resource "aws_security_group_rule" "r${String(index)}" {\n  type = "ingress"\n  security_group_id = aws_security_group.x.id\n${OPEN.replace('0.0.0.0/0', half)}\n}\n`,
        )
        .join(''),
    [...SSH, ...SSH],
  ],
  [
    'a VPC rule',
    `${group()}resource "aws_vpc_security_group_ingress_rule" "r" {\n  security_group_id = aws_security_group.x.id\n  from_port = 22\n  to_port = 22\n  ip_protocol = "tcp"\n  cidr_ipv4 = "0.0.0.0/0"\n}\n`,
    SSH,
  ],
  [
    'a VPC rule for IPv6',
    `${group()}resource "aws_vpc_security_group_ingress_rule" "r" {\n  security_group_id = aws_security_group.x.id\n  from_port = 22\n  to_port = 22\n  ip_protocol = "tcp"\n  cidr_ipv6 = "::/0"\n}\n`,
    SSH,
  ],
  [
    'a VPC rule for everything',
    `${group()}resource "aws_vpc_security_group_ingress_rule" "r" {\n  security_group_id = aws_security_group.x.id\n  ip_protocol = "-1"\n  cidr_ipv4 = "0.0.0.0/0"\n}\n`,
    ['open-all-ports aws_security_group.x'],
  ],
  [
    'a VPC rule out',
    `${group()}resource "aws_vpc_security_group_egress_rule" "r" {\n  security_group_id = aws_security_group.x.id\n  from_port = 22\n  to_port = 22\n  ip_protocol = "tcp"\n  cidr_ipv4 = "0.0.0.0/0"\n}\n`,
    [],
  ],
  [
    'a VPC rule with a referenced group',
    `${group()}resource "aws_vpc_security_group_ingress_rule" "r" {\n  security_group_id = aws_security_group.x.id\n  from_port = 22\n  to_port = 22\n  ip_protocol = "tcp"\n  referenced_security_group_id = aws_security_group.x.id\n}\n`,
    [],
  ],
  [
    'the default group',
    `resource "aws_default_security_group" "d" {\n${rule(22)}\n}\n`,
    ['default-security-group-open aws_default_security_group.d', 'open-management-port aws_default_security_group.d'],
  ],
  [
    'the default group for its own block',
    `resource "aws_default_security_group" "d" {\n${rule(443, 443, 'cidr_blocks = ["10.0.0.0/8"]')}\n}\n`,
    ['default-security-group-open aws_default_security_group.d'],
  ],
  ['the default group, closed', 'resource "aws_default_security_group" "d" {\n  vpc_id = aws_vpc.main.id\n}\n', []],
  [
    'a group of another file',
    `resource "aws_security_group_rule" "r" {\n  type = "ingress"\n  security_group_id = aws_security_group.x.id\n${OPEN}\n}\n`,
    SSH,
    { 'groups.tf': group() },
  ],
  [
    'a rule of another file, which is judged there',
    group(),
    [],
    {
      'rules.tf': `resource "aws_security_group_rule" "r" {\n  type = "ingress"\n  security_group_id = aws_security_group.x.id\n${OPEN}\n}\n`,
    },
  ],
];

const module = (lines: string, source = 'terraform-aws-modules/security-group/aws'): string =>
  `module "sg" {\n  source = "${source}"\n${lines}\n}\n`;
const MODULE_SSH = ['open-management-port module.sg'];
const child = (cidr: string): Readonly<Record<string, string>> => ({
  'sg/main.tf': `variable "cidrs" {${cidr}}\nresource "aws_security_group" "x" {\n${rule(22, 22, 'cidr_blocks = var.cidrs')}\n}\n`,
});

const MODULES: readonly Case[] = [
  ['named rules', module('  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = ["ssh-tcp"]'), MODULE_SSH],
  [
    'named rules of the web',
    module('  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = ["https-443-tcp", "http-80-tcp"]'),
    [],
  ],
  [
    'named rules for everything',
    module('  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = ["all-all"]'),
    ['open-all-ports module.sg'],
  ],
  ['named rules for nobody', module('  ingress_rules = ["ssh-tcp"]'), []],
  ['named rules for a few', module('  ingress_cidr_blocks = ["10.0.0.0/8"]\n  ingress_rules = ["ssh-tcp"]'), []],
  ['a rule that nobody knows', module('  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = ["nobody-tcp"]'), []],
  ['named rules for IPv6', module('  ingress_ipv6_cidr_blocks = ["::/0"]\n  ingress_rules = ["rdp-tcp"]'), MODULE_SSH],
  [
    'rules with blocks',
    module(
      '  ingress_with_cidr_blocks = [{ from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = "0.0.0.0/0" }]',
    ),
    MODULE_SSH,
  ],
  [
    'rules with several blocks',
    module(
      '  ingress_with_cidr_blocks = [{ from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = "10.0.0.0/8,0.0.0.0/0" }]',
    ),
    MODULE_SSH,
  ],
  [
    'rules with blocks, by name',
    module('  ingress_with_cidr_blocks = [{ rule = "ssh-tcp", cidr_blocks = "0.0.0.0/0" }]'),
    MODULE_SSH,
  ],
  [
    'rules with the shared blocks',
    module('  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_with_cidr_blocks = [{ rule = "ssh-tcp" }]'),
    MODULE_SSH,
  ],
  [
    'rules with a group',
    module('  ingress_with_source_security_group_id = [{ rule = "ssh-tcp", source_security_group_id = "sg-1" }]'),
    [],
  ],
  [
    'computed rules',
    module(
      '  ingress_cidr_blocks = ["0.0.0.0/0"]\n  computed_ingress_rules = ["ssh-tcp"]\n  number_of_computed_ingress_rules = 1',
    ),
    MODULE_SSH,
  ],
  [
    'a submodule',
    module('  ingress_cidr_blocks = ["0.0.0.0/0"]', 'terraform-aws-modules/security-group/aws//modules/ssh'),
    MODULE_SSH,
  ],
  [
    'a submodule of the web',
    module('  ingress_cidr_blocks = ["0.0.0.0/0"]', 'terraform-aws-modules/security-group/aws//modules/https-443'),
    [],
  ],
  [
    'from GitHub',
    module(
      '  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = ["ssh-tcp"]',
      'github.com/terraform-aws-modules/terraform-aws-security-group?ref=v5.1.0',
    ),
    MODULE_SSH,
  ],
  [
    'a fork of it',
    module(
      '  ingress_with_cidr_blocks = [{ from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = "0.0.0.0/0" }]',
      'git::ssh://git@github.com/acme/terraform-aws-security-group.git?ref=v5.1.1',
    ),
    MODULE_SSH,
  ],
  [
    "a copy of it in a registry of one's own",
    module(
      '  ingress_with_cidr_blocks = [{ rule = "ssh-tcp", cidr_blocks = "0.0.0.0/0" }]',
      'app.terraform.io/acme/security-group/aws',
    ),
    MODULE_SSH,
  ],
  [
    'another module with such an argument',
    module(
      '  ingress_with_cidr_blocks = [{ rule = "ssh-tcp", cidr_blocks = "0.0.0.0/0" }]',
      'git::https://github.com/acme/terraform-aws-network.git',
    ),
    [],
  ],
  ['not created', module('  create = false\n  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = ["ssh-tcp"]'), []],
  [
    'another module',
    module('  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = ["ssh-tcp"]', 'example/security-group/aws'),
    [],
  ],
  [
    'a local module that is given too much',
    module('  cidrs = ["0.0.0.0/0"]', './sg'),
    ['open-management-port module.sg.aws_security_group.x'],
    child(''),
  ],
  [
    'a local module that is given little',
    module('  cidrs = ["10.0.0.0/8"]', './sg'),
    [],
    child('\n  default = ["0.0.0.0/0"]\n'),
  ],
  [
    'a local module that opens by itself, which is judged there',
    module('', './sg'),
    [],
    child('\n  default = ["0.0.0.0/0"]\n'),
  ],
  ['a local module that is not there', module('  cidrs = ["0.0.0.0/0"]', './sg'), []],
  [
    'a module that hands on what it is given',
    module('  open = ["0.0.0.0/0"]', './outer'),
    ['open-management-port module.sg.module.inner.aws_security_group.x'],
    {
      'outer/main.tf':
        'variable "open" {}\nmodule "inner" {\n  source = "../sg"\n  cidrs = var.open\n}\nmodule "closed" {\n  source = "../sg"\n  cidrs = ["10.0.0.0/8"]\n}\n',
      ...child(''),
    },
  ],
  [
    'a module that opens of itself, told of there',
    module('', './outer'),
    [],
    { 'outer/main.tf': 'module "inner" {\n  source = "../sg"\n  cidrs = ["0.0.0.0/0"]\n}\n', ...child('') },
  ],
  [
    'an output of a local module',
    `module "net" {\n  source = "./net"\n}\n${group(rule(22, 22, 'cidr_blocks = module.net.cidrs'))}`,
    SSH,
    { 'net/main.tf': 'output "cidrs" {\n  value = ["0.0.0.0/0"]\n}\n' },
  ],
];

const SILENCED: readonly Case[] = [
  ['Checkov, in the block', group('  # checkov:skip=CKV_AWS_24:bastion', rule(22)), []],
  ['Checkov for another port', group('  # checkov:skip=CKV_AWS_25:bastion', rule(22)), SSH],
  [
    'tfsec, on the line above',
    group(rule(22).replace('    cidr', '    # tfsec:ignore:aws-ec2-no-public-ingress-sgr\n    cidr')),
    [],
  ],
  ['tfsec, behind the line', group(rule(22, 22, 'cidr_blocks = ["0.0.0.0/0"] #tfsec:ignore:AWS008')), []],
  ['Trivy, above the resource', `#trivy:ignore:avd-aws-0107\n${group(rule(22))}`, []],
  ['Trivy for another rule', `#trivy:ignore:avd-aws-0028\n${group(rule(22))}`, SSH],
  [
    'ours',
    group(rule(22).replace('    cidr', '    # ec2-warden-disable-next-line open-management-port -- bastion\n    cidr')),
    [],
  ],
];

test.each([...LOOPS, ...APART, ...MODULES, ...SILENCED])('%s', holds);
