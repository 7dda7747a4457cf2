/** Rules that calls of terraform-aws-modules give to the groups which those make, each with the verdict. */
import { test } from 'vitest';
import { holds, type Case } from './groups';

const call = (name: string, lines: string): string =>
  `module "m" {\n  source  = "terraform-aws-modules/${name}/aws"\n  version = "~> 6.0"\n${lines}\n}\n`;
const ingress = (rules: string, more = ''): string => `  security_group_ingress_rules = {\n${rules}\n  }\n${more}`;
const OPEN = 'cidr_ipv4 = "0.0.0.0/0"';
const SSH = ['open-management-port module.m.aws_security_group.this'];

const cloudposse = (name: string, lines: string): string =>
  `module "m" {\n  source  = "cloudposse/${name}/aws"\n  version = "2.2.0"\n${lines}\n}\n`;
const object = (lines: string, type = 'ingress'): string =>
  `{ key = "k", type = "${type}", from_port = 22, to_port = 22, protocol = "tcp", ${lines} }`;
const WORLD = 'cidr_blocks = ["0.0.0.0/0"]';

const GROUP = ['open-management-port module.m'];
const LAUNCHED = ['open-management-port module.m.aws_security_group.default'];

const OF_CLOUDPOSSE: readonly Case[] = [
  ['rules', cloudposse('security-group', `  rules = [${object(`${WORLD}, self = null`)}]`), GROUP],
  [
    'rules of a local',
    `locals {\n  r = concat([${object('cidr_blocks = ["10.0.0.0/8"]')}], [${object(WORLD)}])\n}\n${cloudposse('security-group', '  rules = local.r')}`,
    GROUP,
  ],
  [
    'by git',
    cloudposse('x', `  rules = [${object(WORLD)}]`).replace(
      'cloudposse/x/aws',
      'git::https://github.com/cloudposse/terraform-aws-security-group.git?ref=2.2.0',
    ),
    GROUP,
  ],
  ['a map of lists', cloudposse('security-group', `  rules_map = { a = [${object(WORLD)}] }`), GROUP],
  [
    'a matrix',
    cloudposse('security-group', `  rule_matrix = [{ ${WORLD}, rules = [${object('description = ""')}] }]`),
    GROUP,
  ],
  [
    'a matrix of groups',
    cloudposse(
      'security-group',
      `  rule_matrix = [{ source_security_group_ids = ["sg-1"], rules = [${object('description = ""')}] }]`,
    ),
    [],
  ],
  [
    'rules of a group of others',
    cloudposse('security-group', `  create_security_group = false\n  rules = [${object(WORLD)}]`),
    GROUP,
  ],
  ['a bastion', cloudposse('ec2-bastion-server', `  security_group_rules = [${object(WORLD)}]`), LAUNCHED],
  ['more rules', cloudposse('ec2-instance', `  additional_security_group_rules = [${object(WORLD)}]`), LAUNCHED],
  ['an argument of another module', cloudposse('ec2-instance', `  rules = [${object(WORLD)}]`), []],
  ['nothing made', cloudposse('security-group', `  enabled = false\n  rules = [${object(WORLD)}]`), []],
  [
    'no group made',
    cloudposse('ec2-instance', `  security_group_enabled = false\n  security_group_rules = [${object(WORLD)}]`),
    [],
  ],
  ['out', cloudposse('security-group', `  rules = [${object(WORLD, 'egress')}]`), []],
  ['from inside', cloudposse('security-group', `  rules = [${object('cidr_blocks = ["10.0.0.0/8"]')}]`), []],
  ['from what is not known', cloudposse('security-group', `  rules = [${object('cidr_blocks = var.office')}]`), []],
  ['rules that are not known', cloudposse('security-group', '  rules = var.rules'), []],
  [
    'what uses the group',
    `${cloudposse('security-group', `  rules = [${object(WORLD)}]`)}resource "aws_instance" "w" {\n  associate_public_ip_address = true\n  vpc_security_group_ids = [module.m.id]\n}\n`,
    [...GROUP, 'instance-public aws_instance.w'],
  ],
];
test.each(OF_CLOUDPOSSE)('cloudposse: %s', holds);

const CASES: readonly Case[] = [
  [
    'SSH',
    call('ec2-instance', ingress(`    ssh = { from_port = 22, to_port = 22, ip_protocol = "tcp", ${OPEN} }`)),
    SSH,
  ],
  ['SSH by its first port', call('ec2-instance', ingress(`    ssh = { from_port = 22, ${OPEN} }`)), SSH],
  ['SSH over IPv6', call('ec2-instance', ingress('    ssh = { from_port = 22, cidr_ipv6 = "::/0" }')), SSH],
  [
    'everything',
    call('ec2-instance', ingress(`    all = { ip_protocol = "-1", ${OPEN} }`)),
    ['open-all-ports module.m.aws_security_group.this'],
  ],
  [
    'the second of two',
    call(
      'alb',
      ingress(
        `    web = { from_port = 443, to_port = 443, ${OPEN} }\n    db = { from_port = 3306, to_port = 3306, ${OPEN} }`,
      ),
    ),
    ['open-port module.m.aws_security_group.this'],
  ],
  ['the web', call('alb', ingress(`    web = { from_port = 443, to_port = 443, ip_protocol = "tcp", ${OPEN} }`)), []],
  ['SSH from inside', call('ec2-instance', ingress('    ssh = { from_port = 22, cidr_ipv4 = "10.0.0.0/8" }')), []],
  [
    'SSH from a group',
    call('ec2-instance', ingress('    ssh = { from_port = 22, referenced_security_group_id = "sg-1" }')),
    [],
  ],
  [
    'SSH from what is not known',
    call('ec2-instance', ingress('    ssh = { from_port = 22, cidr_ipv4 = var.office }')),
    [],
  ],
  ['a port that is not known', call('ec2-instance', ingress(`    ssh = { from_port = var.port, ${OPEN} }`)), []],
  [
    'a group that is not made',
    call('ec2-instance', ingress(`    ssh = { from_port = 22, ${OPEN} }`, '  create_security_group = false')),
    [],
  ],
  [
    'rules out',
    call('ec2-instance', `  security_group_egress_rules = {\n    ssh = { from_port = 22, ${OPEN} }\n  }`),
    [],
  ],
  ['rules that are not known', call('ec2-instance', '  security_group_ingress_rules = var.rules'), []],
  [
    'nodes of a cluster',
    call(
      'eks',
      '  node_security_group_additional_rules = {\n    ssh = { type = "ingress", protocol = "tcp", from_port = 22, to_port = 22, cidr_blocks = ["0.0.0.0/0"] }\n  }',
    ),
    SSH,
  ],
  [
    'nodes that reach out',
    call(
      'eks',
      '  node_security_group_additional_rules = {\n    all = { type = "egress", protocol = "-1", from_port = 0, to_port = 0, cidr_blocks = ["0.0.0.0/0"] }\n  }',
    ),
    [],
  ],
  [
    'the same words of another module',
    call('alb', ingress(`    ssh = { from_port = 22, ${OPEN} }`)).replace('terraform-aws-modules/', 'acme/'),
    [],
  ],
];

test.each(CASES)('%s', holds);
