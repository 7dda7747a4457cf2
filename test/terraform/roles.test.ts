/** Roles in small configurations, each with the verdict for it. */
import { test } from 'vitest';
import { holds, REQUIRED, type Case } from './launches';

const TRUST =
  '  assume_role_policy = jsonencode({\n    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]\n  })\n';
const role = (lines = ''): string => `resource "aws_iam_role" "r" {\n  name = "r"\n${TRUST}${lines}}\n`;
const BROAD = ['instance-role-broad warning aws_iam_role.r'];
const policy = (value: string): string =>
  `${role()}resource "aws_iam_role_policy" "p" {\n  role = aws_iam_role.r.id\n  policy = ${value}\n}\n`;
const document = (lines: string): string =>
  `${policy('data.aws_iam_policy_document.d.json')}data "aws_iam_policy_document" "d" {\n  statement {\n${lines}\n  }\n}\n`;

const called = (lines: string, name = 'ec2-instance'): string =>
  `module "m" {\n  source = "terraform-aws-modules/${name}/aws"\n  version = "6.0.0"\n${REQUIRED.replace(' {', ' = {')}${lines}}\n`;
const ADMIN = '  iam_role_policies = {\n    Admin = "arn:aws:iam::aws:policy/AdministratorAccess"\n  }\n';
const MAKES = '  create_iam_instance_profile = true\n';

const ROLES: readonly Case[] = [
  ["an administrator, by a module's argument", called(MAKES + ADMIN), ['instance-role-broad warning module.m']],
  [
    "an administrator, by a module's argument for a group",
    called(MAKES + ADMIN, 'autoscaling'),
    ['instance-role-broad warning module.m'],
  ],
  [
    "a policy of its own, by a module's argument",
    `${called(`${MAKES}  iam_role_policies = { Own = aws_iam_policy.p.arn }\n`)}resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })\n}\n`,
    ['instance-role-broad warning module.m'],
  ],
  ['a role that the module does not make', called(ADMIN), []],
  ['another role of a module', called(`${MAKES}  iam_role_policies = var.policies\n`), []],
  [
    'everything, by jsonencode',
    policy('jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })'),
    BROAD,
  ],
  [
    'everything, in a heredoc',
    policy('<<EOF\n{ "Statement": { "Effect": "Allow", "Action": ["*"], "Resource": "*" } }\nEOF'),
    BROAD,
  ],
  [
    'everything, in a heredoc with a name',
    policy('<<EOF\n{ "Id": "${var.name}", "Statement": { "Effect": "Allow", "Action": ["*"], "Resource": "*" } }\nEOF'),
    BROAD,
  ],
  [
    'everything, in a file',
    policy('file("${path.module}/p.json")'),
    BROAD,
    { 'p.json': '{ "Statement": { "Effect": "Allow", "Action": "*:*", "Resource": "*" } }' },
  ],
  [
    'everything, in a template that is filled in',
    policy('templatefile("p.json.tftpl", { actions = "*" })'),
    BROAD,
    { 'p.json.tftpl': '{ "Statement": { "Effect": "Allow", "Action": "${actions}", "Resource": "*" } }' },
  ],
  [
    'little, in a file',
    policy('file("p.json")'),
    [],
    { 'p.json': '{ "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }' },
  ],
  [
    'a role of another service, by a file',
    `${policy('file("p.json")').replace(TRUST, '  assume_role_policy = file("t.json")\n')}resource "aws_iam_instance_profile" "p" {\n  role = aws_iam_role.r.name\n}\n`,
    [],
    {
      'p.json': '{ "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }',
      't.json': '{ "Statement": { "Action": "sts:AssumeRole", "Principal": { "Service": "lambda.amazonaws.com" } } }',
    },
  ],
  [
    'an administrator by a default in another file',
    `${role()}resource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r.name\n  policy_arn = var.arn\n}\n`,
    BROAD,
    { 'variables.tf': 'variable "arn" {\n  default = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n' },
  ],
  [
    'a default that makes a role in another file an administrator',
    '# Of an aws_iam_role.\nvariable "arn" {\n  default = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n',
    [],
    {
      'iam.tf': `${role('  managed_policy_arns = [var.arn]\n')}resource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r.name\n  policy_arn = var.arn\n}\n`,
    },
  ],
  [
    'a default that lets a role in another file do everything',
    '# Of an aws_iam_role.\nvariable "actions" {\n  default = "*"\n}\n',
    [],
    { 'iam.tf': policy('jsonencode({ Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }] })') },
  ],
  [
    'a document for a role in another file',
    'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["*"]\n    resources = ["*"]\n  }\n}\n',
    BROAD,
    { 'iam.tf': policy('data.aws_iam_policy_document.d.json') },
  ],
  ['everything, in a document', document('    actions = ["*"]\n    resources = ["*"]'), BROAD],
  [
    'a document with a condition',
    document(
      '    actions = ["*"]\n    resources = ["*"]\n    condition {\n      test = "Bool"\n      variable = "aws:MultiFactorAuthPresent"\n      values = ["true"]\n    }',
    ),
    [],
  ],
  ['a document that denies', document('    effect = "Deny"\n    actions = ["*"]\n    resources = ["*"]'), []],
  ['a document of a few', document('    actions = ["s3:GetObject"]\n    resources = ["*"]'), []],
  [
    'everything but S3, by jsonencode',
    policy('jsonencode({ Statement = [{ Effect = "Allow", NotAction = "s3:*", Resource = "*" }] })'),
    BROAD,
  ],
  ['everything but S3, in a document', document('    not_actions = ["s3:*"]\n    resources = ["*"]'), BROAD],
  ['everything but IAM, in a document', document('    not_actions = ["iam:*"]\n    resources = ["*"]'), []],
  ['passing every role', document('    actions = ["iam:PassRole"]\n    resources = ["*"]'), BROAD],
  ['passing one role', document('    actions = ["iam:PassRole"]\n    resources = [aws_iam_role.r.arn]'), []],
  ['actions that are not known', document('    actions = var.actions\n    resources = ["*"]'), []],
  [
    'an administrator',
    `${role()}resource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n`,
    BROAD,
  ],
  [
    'an administrator by a data source',
    `${role()}data "aws_iam_policy" "admin" {\n  name = "AdministratorAccess"\n}\nresource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r.name\n  policy_arn = data.aws_iam_policy.admin.arn\n}\n`,
    BROAD,
  ],
  [
    'an administrator by the name of the role',
    `${role()}resource "aws_iam_role_policy_attachment" "a" {\n  role = "r"\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n`,
    BROAD,
  ],
  [
    'an administrator whose name is put together later',
    `${role().replace('"r"\n', '"${var.project}-r"\n')}resource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n`,
    BROAD,
  ],
  [
    'an administrator that is there once or not at all',
    `${role('  count = var.on ? 1 : 0\n')}resource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r[0].name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n`,
    BROAD,
  ],
  [
    'an administrator of a role that is joined to nothing else',
    `${role('  count = var.on ? 1 : 0\n')}resource "aws_iam_role_policy_attachment" "a" {\n  role = join("", aws_iam_role.r.*.name)\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n`,
    BROAD,
  ],
  [
    'an administrator of any partition',
    `${role()}data "aws_partition" "here" {}\nresource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r.name\n  policy_arn = "arn:\${data.aws_partition.here.partition}:iam::aws:policy/AdministratorAccess"\n}\n`,
    BROAD,
  ],
  [
    'an administrator of any partition, by format',
    `${role()}data "aws_partition" "here" {}\nresource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r.name\n  policy_arn = format("arn:%s:iam::aws:policy/AdministratorAccess", data.aws_partition.here.partition)\n}\n`,
    BROAD,
  ],
  [
    'a policy of its own in the role',
    `${role('  managed_policy_arns = [aws_iam_policy.p.arn]\n')}resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })\n}\n`,
    BROAD,
  ],
  [
    'a narrow policy of its own in the role',
    `${role('  managed_policy_arns = [aws_iam_policy.p.arn]\n')}resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })\n}\n`,
    [],
  ],
  [
    'an administrator in the role',
    role('  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]\n'),
    BROAD,
  ],
  [
    'another policy',
    `${role()}resource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r.name\n  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"\n}\n`,
    [],
  ],
  [
    'policies by for_each',
    `${role()}resource "aws_iam_role_policy_attachment" "a" {\n  for_each = toset(["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", "arn:aws:iam::aws:policy/AdministratorAccess"])\n  role = aws_iam_role.r.name\n  policy_arn = each.value\n}\n`,
    BROAD,
  ],
  [
    'a policy of the configuration',
    `${role()}resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })\n}\nresource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.r.name\n  policy_arn = aws_iam_policy.p.arn\n}\n`,
    BROAD,
  ],
  [
    'an inline policy',
    role(
      '  inline_policy {\n    name = "p"\n    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*:*", Resource = "*" }] })\n  }\n',
    ),
    BROAD,
  ],
  [
    'a role of another service',
    policy('jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })').replace(
      'ec2.amazonaws.com',
      'lambda.amazonaws.com',
    ),
    [],
  ],
  [
    'a role that an instance profile shows',
    `${policy('jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })').replace(TRUST, '  assume_role_policy = var.trust\n')}resource "aws_iam_instance_profile" "p" {\n  role = aws_iam_role.r.name\n}\n`,
    BROAD,
  ],
];

test.each(ROLES)('%s', holds);
