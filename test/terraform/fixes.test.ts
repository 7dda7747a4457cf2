/** What the fixes of resources write, in the manner of the file. */
import { expect, test } from 'vitest';
import { applyEdits } from '../../src/engine/text/edits';
import { engine, open } from './opened';

async function fixed(file: string, ruleId: string, title: string, input?: string): Promise<string | undefined> {
  const { findings } = engine.lint(await open(file));
  const finding = findings.find((each) => each.ruleId === ruleId);
  const fix = finding?.fixes.find((each) => each.title.startsWith(title));
  if (!fix) return undefined;
  const after = applyEdits(file, fix.edits(input));
  const again = engine.lint(await open(after));
  expect(again.findings.filter((each) => each.ruleId === ruleId)).toEqual([]);
  return after;
}

const crlf = (text: string): string => text.replace(/\n/g, '\r\n');

const TOKENS: [what: string, before: string, after: string | undefined][] = [
  [
    'a block where there is none',
    'resource "aws_instance" "w" {\n  ami = "ami-1"\n}\n',
    'resource "aws_instance" "w" {\n  ami = "ami-1"\n\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'a block in an empty resource',
    'resource "aws_instance" "w" {}\n',
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'a block in a resource on one line',
    'resource "aws_instance" "w" { ami = "ami-1" }\n',
    'resource "aws_instance" "w" {\n  ami = "ami-1"\n\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'an argument, aligned with the one above',
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_endpoint = "enabled"\n  }\n}\n',
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_endpoint = "enabled"\n    http_tokens   = "required"\n  }\n}\n',
  ],
  [
    'an argument behind a comment',
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_endpoint = "enabled" # on\n  }\n}\n',
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_endpoint = "enabled" # on\n    http_tokens   = "required"\n  }\n}\n',
  ],
  [
    'an argument in a block on one line',
    'resource "aws_instance" "w" {\n  metadata_options { http_endpoint = "enabled" }\n}\n',
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_endpoint = "enabled"\n    http_tokens   = "required"\n  }\n}\n',
  ],
  [
    'an argument in an empty block',
    'resource "aws_instance" "w" {\n  metadata_options {}\n}\n',
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'another value',
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_tokens = "optional"\n  }\n}\n',
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'a value instead of a variable',
    'variable "t" {\n  default = "optional"\n}\nresource "aws_instance" "w" {\n  metadata_options {\n    http_tokens = var.t\n  }\n}\n',
    'variable "t" {\n  default = "optional"\n}\nresource "aws_instance" "w" {\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'tabs and CRLF',
    crlf('resource "aws_instance" "w" {\n\tmetadata_options {\n\t\thttp_endpoint = "enabled"\n\t}\n}\n'),
    crlf(
      'resource "aws_instance" "w" {\n\tmetadata_options {\n\t\thttp_endpoint = "enabled"\n\t\thttp_tokens   = "required"\n\t}\n}\n',
    ),
  ],
  [
    "a module's object",
    'module "i" {\n  source           = "terraform-aws-modules/ec2-instance/aws"\n  metadata_options = { http_tokens = "optional" }\n}\n',
    'module "i" {\n  source           = "terraform-aws-modules/ec2-instance/aws"\n  metadata_options = { http_tokens = "required" }\n}\n',
  ],
  [
    'an object where an old module has none',
    'module "i" {\n  source  = "terraform-aws-modules/ec2-instance/aws"\n  version = "~> 3.0"\n}\n',
    'module "i" {\n  source  = "terraform-aws-modules/ec2-instance/aws"\n  version = "~> 3.0"\n\n  metadata_options = {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'an element in the object of an old module',
    'module "i" {\n  source           = "terraform-aws-modules/ec2-instance/aws"\n  version          = "~> 3.0"\n  metadata_options = { http_endpoint = "enabled" }\n}\n',
    'module "i" {\n  source           = "terraform-aws-modules/ec2-instance/aws"\n  version          = "~> 3.0"\n  metadata_options = {\n    http_endpoint = "enabled"\n    http_tokens   = "required"\n  }\n}\n',
  ],
  [
    'nothing for a module that takes no such argument yet',
    'module "i" {\n  source  = "terraform-aws-modules/autoscaling/aws"\n  version = "~> 3.0"\n}\n',
    undefined,
  ],
  [
    'nothing for a single instance of one',
    'module "i" {\n  source  = "terraform-aws-modules/ec2-instance/aws"\n  version = "2.15.0"\n}\n',
    undefined,
  ],
  [
    'an object where some of the versions take it',
    'module "i" {\n  source  = "terraform-aws-modules/autoscaling/aws"\n  version = ">= 3.0, < 5.0"\n}\n',
    'module "i" {\n  source  = "terraform-aws-modules/autoscaling/aws"\n  version = ">= 3.0, < 5.0"\n\n  metadata_options = {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'a block behind an empty line',
    'resource "aws_instance" "w" {\n  ami = "ami-1"\n\n}\n',
    'resource "aws_instance" "w" {\n  ami = "ami-1"\n\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'a block in nothing but an empty line',
    'resource "aws_instance" "w" {\n\n}\n',
    'resource "aws_instance" "w" {\n\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
  ],
  [
    'what is written in a block that may not be there',
    'resource "aws_instance" "w" {\n  dynamic "metadata_options" {\n    for_each = [1]\n    content {\n      http_tokens = "optional"\n    }\n  }\n}\n',
    'resource "aws_instance" "w" {\n  dynamic "metadata_options" {\n    for_each = [1]\n    content {\n      http_tokens = "required"\n    }\n  }\n}\n',
  ],
  [
    'nothing new in such a block',
    'resource "aws_instance" "w" {\n  dynamic "metadata_options" {\n    for_each = [1]\n    content {\n      http_endpoint = "enabled"\n    }\n  }\n}\n',
    undefined,
  ],
];

test.each(TOKENS)('tokens: %s', async (_, before, after) => {
  expect(await fixed(before, 'imdsv1-allowed', 'Require tokens')).toBe(after);
});

const ENCRYPTED: [what: string, before: string, after: string][] = [
  [
    'a volume',
    'resource "aws_ebs_volume" "v" {\n  size = 1\n}\n',
    'resource "aws_ebs_volume" "v" {\n  size = 1\n  encrypted = true\n}\n',
  ],
  [
    'a volume that is not',
    'resource "aws_ebs_volume" "v" {\n  encrypted = false\n}\n',
    'resource "aws_ebs_volume" "v" {\n  encrypted = true\n}\n',
  ],
  [
    'a root device',
    'resource "aws_instance" "w" {\n  root_block_device {\n    volume_size = 8\n  }\n}\n',
    'resource "aws_instance" "w" {\n  root_block_device {\n    volume_size = 8\n    encrypted   = true\n  }\n}\n',
  ],
  [
    'the second of several devices',
    'resource "aws_instance" "w" {\n  ebs_block_device {\n    device_name = "a"\n    encrypted   = true\n  }\n  ebs_block_device {\n    device_name = "b"\n  }\n}\n',
    'resource "aws_instance" "w" {\n  ebs_block_device {\n    device_name = "a"\n    encrypted   = true\n  }\n  ebs_block_device {\n    device_name = "b"\n    encrypted   = true\n  }\n}\n',
  ],
  [
    "a template's device",
    'resource "aws_launch_template" "t" {\n  block_device_mappings {\n    device_name = "a"\n    ebs {\n      volume_size = 8\n    }\n  }\n}\n',
    'resource "aws_launch_template" "t" {\n  block_device_mappings {\n    device_name = "a"\n    ebs {\n      volume_size = 8\n      encrypted   = true\n    }\n  }\n}\n',
  ],
];

test.each(ENCRYPTED)('encryption: %s', async (_, before, after) => {
  expect(await fixed(before, 'ebs-unencrypted', 'Encrypt')).toBe(after);
});

const ingress = (source: string): string =>
  `resource "aws_security_group" "x" {\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = ${source}\n  }\n}\n`;
const variable = (value: string): string => `variable "c" {\n  default = ${value}\n}\n`;

const NARROWED: [what: string, before: string, after: string | undefined][] = [
  ['the value', ingress('["0.0.0.0/0"]'), ingress('["198.51.100.0/24"]')],
  [
    'the default that it comes from',
    variable('["0.0.0.0/0"]') + ingress('var.c'),
    variable('["198.51.100.0/24"]') + ingress('var.c'),
  ],
  ['one of several', ingress('["10.0.0.0/8", "0.0.0.0/0"]'), ingress('["10.0.0.0/8", "198.51.100.0/24"]')],
  ['nothing where it is put together', ingress('[format("%s/0", "0.0.0.0")]'), undefined],
];

const both = (ipv4: string, ipv6: string, line = ''): string =>
  ingress(`${ipv4}\n    ipv6_cidr_blocks = ${ipv6}${line}`);

test.each<[what: string, typed: string, before: string, after: string]>([
  ['of IPv4 leaves no IPv6', '198.51.100.0/24', both('["0.0.0.0/0"]', '["::/0"]'), both('["198.51.100.0/24"]', '[]')],
  ['of IPv6 leaves no IPv4', '2001:db8::/48', both('["0.0.0.0/0"]', '[ "::/0" ]'), both('[]', '[ "2001:db8::/48" ]')],
  [
    'leaves what is not open',
    '198.51.100.0/24',
    both('["10.0.0.0/8", "0.0.0.0/0"]', '["fd00::/8", "::/0"]'),
    both('["10.0.0.0/8", "198.51.100.0/24"]', '["fd00::/8"]'),
  ],
  [
    'leaves what stands behind',
    '198.51.100.0/24',
    both('["0.0.0.0/0"]', '[\n      "::/0",\n      "fd00::/8",\n    ]'),
    both('["198.51.100.0/24"]', '[\n      "fd00::/8",\n    ]'),
  ],
  [
    'leaves what stands before',
    '198.51.100.0/24',
    both('["0.0.0.0/0"]', '[\n      "fd00::/8",\n      "::/0",\n    ]'),
    both('["198.51.100.0/24"]', '[\n      "fd00::/8",\n    ]'),
  ],
  ['stands for two halves', '198.51.100.0/24', ingress('["0.0.0.0/1", "128.0.0.0/1"]'), ingress('["198.51.100.0/24"]')],
  [
    'of IPv6 alone',
    '2001:db8::/48',
    ingress('[]\n    ipv6_cidr_blocks = ["::/0"]'),
    ingress('[]\n    ipv6_cidr_blocks = ["2001:db8::/48"]'),
  ],
])('a block that the user types %s', async (_, typed, before, after) => {
  expect(await fixed(before, 'open-management-port', 'Let only', typed)).toBe(after);
});

test.each<[what: string, before: string, after: string | undefined]>([
  ['blocks', ingress('["10.0.0.0/8", "0.0.0.0/0"]'), ingress('["10.0.0.0/8"]')],
  ['a family of them', both('["10.0.0.0/8"]', '["::/0"]'), both('["10.0.0.0/8"]', '[]')],
  [
    'a group',
    ingress('["0.0.0.0/0"]\n    security_groups = [aws_security_group.y.id]'),
    ingress('[]\n    security_groups = [aws_security_group.y.id]'),
  ],
  ['itself', ingress('["0.0.0.0/0"]\n    self = true'), ingress('[]\n    self = true')],
  ['nobody', ingress('["0.0.0.0/0"]\n    self = false'), undefined],
  ['what is not known', ingress('["0.0.0.0/0"]\n    security_groups = var.groups'), undefined],
])('other sources of a rule: %s', async (_, before, after) => {
  expect(await fixed(before, 'open-management-port', 'Let only its other')).toBe(after);
});

test('a rule for a service is removed for a word about groups', async () => {
  expect(await fixed(ingress('["0.0.0.0/0"]').replaceAll('22', '3306'), 'open-port', 'Remove the rule')).toBe(
    'resource "aws_security_group" "x" {\n  # Let in the security groups that need TCP 3306, not addresses.\n}\n',
  );
});

test.each(NARROWED)('a block that the user types: %s', async (_, before, after) => {
  expect(await fixed(before, 'open-management-port', 'Let only', '198.51.100.0/24')).toBe(after);
});

const COMMENT = '# Connect through AWS Systems Manager Session Manager: no open port is needed.';

test.each([
  ['a rule in its group', ingress('["0.0.0.0/0"]'), `resource "aws_security_group" "x" {\n  ${COMMENT}\n}\n`],
  [
    'a rule apart',
    'resource "aws_vpc_security_group_ingress_rule" "r" {\n  security_group_id = "sg-1"\n  ip_protocol       = "-1"\n  cidr_ipv4         = "0.0.0.0/0"\n}\n',
    `${COMMENT}\n`,
  ],
])('removed: %s', async (_, before, after) => {
  const rule = before.includes('-1"\n  cidr') ? 'open-all-ports' : 'open-management-port';
  expect(await fixed(before, rule, 'Remove the rule')).toBe(after);
});

test('a rule that something else depends on is not removed', async () => {
  const file =
    'resource "aws_security_group_rule" "ssh" {\n  type              = "ingress"\n  security_group_id = "sg-1"\n  protocol          = "tcp"\n  from_port         = 22\n  to_port           = 22\n  cidr_blocks       = ["0.0.0.0/0"]\n}\n';
  expect(await fixed(file, 'open-management-port', 'Remove the rule')).toBe(`${COMMENT}\n`);
  const depends = 'resource "aws_instance" "w" {\n  depends_on = [aws_security_group_rule.ssh]\n}\n';
  expect(await fixed(file + depends, 'open-management-port', 'Remove the rule')).toBeUndefined();
  const { findings } = engine.lint(await open(file, { 'w.tf': depends }));
  expect(findings.flatMap(({ fixes }) => fixes.map(({ title }) => title))).toEqual([
    'Let only one address block connect…',
  ]);
});

test('names that are no names break nothing', async () => {
  const file =
    'resource "aws_security_group_rule" "s(" {\n  type              = "ingress"\n  security_group_id = "sg-1"\n  protocol          = "tcp"\n  from_port         = 22\n  to_port           = 22\n  cidr_blocks       = ["0.0.0.0/0"]\n}\n';
  expect(await fixed(file, 'open-management-port', 'Remove the rule')).toBe(`${COMMENT}\n`);
});

test.each([
  ['count', 'count = length(var.ports)', 'var.ports[count.index]'],
  ['for_each', 'for_each = toset(var.ports)', 'each.value'],
])(
  'a resource that makes whatever rules it is given by %s is not removed for the one of today',
  async (_, over, port) => {
    const file = `variable "ports" {\n  default = ["22"]\n}\n\nresource "aws_security_group_rule" "r" {\n  ${over}\n  type              = "ingress"\n  from_port         = ${port}\n  to_port           = ${port}\n  protocol          = "tcp"\n  cidr_blocks       = ["0.0.0.0/0"]\n  security_group_id = "sg-1"\n}\n`;
    expect(await fixed(file, 'open-management-port', 'Let only', '198.51.100.7/32')).toBe(
      file.replace('0.0.0.0/0', '198.51.100.7/32'),
    );
    expect(await fixed(file, 'open-management-port', 'Remove the rule')).toBeUndefined();
  },
);

test('a rule that does not depend on the repetition of its only resource is removed', async () => {
  const file = SSH_GROUP.replace('{\n', '{\n  count = 1\n  name  = "g${count.index}"\n\n');
  expect(await fixed(file, 'open-management-port', 'Remove the rule')).toContain(COMMENT);
});

test('one of several rules that a block stands for is not removed', async () => {
  const file =
    'resource "aws_security_group" "x" {\n  dynamic "ingress" {\n    for_each = [22, 443]\n    content {\n      from_port   = ingress.value\n      to_port     = ingress.value\n      protocol    = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n}\n';
  expect(await fixed(file, 'open-management-port', 'Remove the rule')).toBeUndefined();
});

const SSH_GROUP =
  'resource "aws_security_group" "g" {\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n';

test.each<[what: string, before: string, after: string | undefined]>([
  [
    'by its own argument',
    'resource "aws_instance" "w" {\n  associate_public_ip_address = true\n  vpc_security_group_ids      = [aws_security_group.g.id]\n}\n',
    'resource "aws_instance" "w" {\n  associate_public_ip_address = false\n  vpc_security_group_ids      = [aws_security_group.g.id]\n}\n',
  ],
  [
    'by its launch template',
    'resource "aws_launch_template" "t" {\n  network_interfaces {\n    associate_public_ip_address = true\n    security_groups             = [aws_security_group.g.id]\n  }\n}\nresource "aws_instance" "w" {\n  launch_template {\n    id = aws_launch_template.t.id\n  }\n}\n',
    'resource "aws_launch_template" "t" {\n  network_interfaces {\n    associate_public_ip_address = false\n    security_groups             = [aws_security_group.g.id]\n  }\n}\nresource "aws_instance" "w" {\n  launch_template {\n    id = aws_launch_template.t.id\n  }\n}\n',
  ],
  [
    'by its subnet',
    'resource "aws_subnet" "s" {\n  map_public_ip_on_launch = true\n}\nresource "aws_instance" "w" {\n  subnet_id              = aws_subnet.s.id\n  vpc_security_group_ids = [aws_security_group.g.id]\n}\n',
    'resource "aws_subnet" "s" {\n  map_public_ip_on_launch = true\n}\nresource "aws_instance" "w" {\n  subnet_id              = aws_subnet.s.id\n  vpc_security_group_ids = [aws_security_group.g.id]\n  associate_public_ip_address = false\n}\n',
  ],
  [
    'not by an Elastic IP',
    'resource "aws_eip" "e" {\n  instance = aws_instance.w.id\n}\nresource "aws_instance" "w" {\n  vpc_security_group_ids = [aws_security_group.g.id]\n}\n',
    undefined,
  ],
])('a public address: %s', async (_, before, after) => {
  const whole = after === undefined ? undefined : SSH_GROUP + after;
  expect(await fixed(SSH_GROUP + before, 'instance-public', 'Give it no public address')).toBe(whole);
});

test('a script that calls where tokens are required gets them', async () => {
  const file =
    'resource "aws_instance" "w" {\n  metadata_options {\n    http_tokens = "required"\n  }\n  user_data = <<-EOF\n    #!/bin/bash\n    curl http://169.254.169.254/latest/meta-data/\n  EOF\n}\n';
  const after = await fixed(file, 'imdsv2-required-v1-call', 'Fetch a token');
  expect(after).toContain('    curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/\n');
});
