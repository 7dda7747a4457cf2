/** Open ports in small configurations: what is open, and to whom. */
import { expect, test } from 'vitest';
import { apart, group, OPEN, rule, SSH, variable, holds, verdicts, type Case } from './groups';

const ALL = ['open-all-ports aws_security_group.x'];
const PORTS: readonly Case[] = [
  ['SSH', group(rule(22)), SSH],
  ['RDP', group(rule(3389)), SSH],
  ['RDP over UDP', group(rule(3389, 3389, undefined, '"udp"')), SSH],
  ['WinRM', group(rule(5985, 5986)), SSH],
  ['Docker', group(rule(2375)), SSH],
  ['Telnet', group(rule(23)), SSH],
  ['a range that holds SSH', group(rule(20, 25)), SSH],
  ['a range that holds RDP', group(rule(3000, 4000)), SSH],
  ['a range beside SSH', group(rule(23, 24)), SSH],
  ['the web', group(rule(80), rule(443)), []],
  ['another port', group(rule(8080)), ['open-port aws_security_group.x']],
  ['SSH over UDP', group(rule(22, 22, undefined, '"udp"')), ['open-port aws_security_group.x']],
  ['all TCP', group(rule(0, 65535)), ['open-all-ports aws_security_group.x']],
  ['everything', group(rule(0, 0, undefined, '"-1"')), ['open-all-ports aws_security_group.x']],
  ['everything, as a number', group(rule(0, 0, undefined, '-1')), ['open-all-ports aws_security_group.x']],
  ['everything, by name', group(rule(0, 0, undefined, '"all"')), ['open-all-ports aws_security_group.x']],
  // Where Checkov, tfsec or KICS judge otherwise: their fixtures have the like.
  ['everything, with a port that EC2 does not look at', group(rule(443, 443, undefined, '"-1"')), ALL],
  ['everything, with the ports of all', group(rule(0, 65535, undefined, '"-1"')), ALL],
  ['TCP with ports of -1', group(rule(-1, -1, undefined, '"tcp"')), ALL],
  ['the port 0 of TCP, which is not all', group(rule(0)), ['open-port aws_security_group.x']],
  ['no protocol', group(rule(0, 0, undefined, '""')), []],
  ['itself and everybody', group(rule(22, 22, 'self = true\n    cidr_blocks = ["0.0.0.0/0"]')), SSH],
  ['neither itself nor anybody', group(rule(0, 0, 'self = false', '"-1"')), []],
  ['a range of UDP around RDP', group(rule(3380, 3450, undefined, '"udp"')), ['open-port aws_security_group.x']],
  ['private addresses as far as the prefix goes', group(rule(22, 22, 'cidr_blocks = ["10.0.0.0/0"]')), SSH],
  ['a block that begins with zeros', group(rule(22, 22, 'cidr_blocks = ["0.0.0.0/16"]')), []],
  ['ICMP', group(rule(-1, -1, undefined, '"icmp"')), []],
  ['TCP by number', group(rule(22, 22, undefined, '"6"')), SSH],
  ['ports as texts', group(rule('"22"', '"22"')), SSH],
  ['an unknown protocol', group(rule(22, 22, undefined, 'var.protocol')), []],
  ['an unknown port', group(rule('var.port', 'var.port')), []],
  ['an unknown end', group(rule(1, 'var.port')), []],
  ['egress', group(rule(22).replace('ingress', 'egress')), []],
];

const SOURCES: readonly Case[] = [
  ['IPv6', group(rule(22, 22, 'ipv6_cidr_blocks = ["::/0"]')), SSH],
  ['IPv6 spelled otherwise', group(rule(22, 22, 'ipv6_cidr_blocks = ["0::0/0"]')), SSH],
  ['an odd spelling of everything', group(rule(22, 22, 'cidr_blocks = ["10.0.0.0/0"]')), SSH],
  ['a private block', group(rule(22, 22, 'cidr_blocks = ["10.0.0.0/8"]')), []],
  ['a public block', group(rule(22, 22, 'cidr_blocks = ["203.0.113.0/24"]')), []],
  ['0.0.0.0/8', group(rule(22, 22, 'cidr_blocks = ["0.0.0.0/8"]')), []],
  ['two halves in one rule', group(rule(22, 22, 'cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]')), SSH],
  ['one half', group(rule(22, 22, 'cidr_blocks = ["0.0.0.0/1"]')), []],
  ['the second of several', group(rule(22, 22, 'cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]')), SSH],
  [
    'both families are one finding',
    group(rule(22, 22, 'cidr_blocks = ["0.0.0.0/0"]\n ipv6_cidr_blocks = ["::/0"]')),
    SSH,
  ],
  ['a group as source', group(rule(22, 22, 'security_groups = [aws_security_group.x.id]')), []],
  ['itself', group(rule(22, 22, 'self = true')), []],
  ['a prefix list', group(rule(22, 22, 'prefix_list_ids = ["pl-1"]')), []],
  ['nobody', group(rule(22, 22, 'cidr_blocks = []')), []],
  ['null', group(rule(22, 22, 'cidr_blocks = null')), []],
  ['a data source', group(rule(22, 22, 'cidr_blocks = [data.http.me.response_body]')), []],
  ['a text around a data source', group(rule(22, 22, 'cidr_blocks = ["${data.http.me.response_body}/32"]')), []],
  [
    'a VPC',
    `${group(
      rule(22, 22, 'cidr_blocks = [aws_vpc.main.cidr_block]'),
    )}resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n`,
    [],
  ],
  [
    'a wide range by a variable',
    variable('p', '60000') + group(rule(1024, 'var.p', 'cidr_blocks = ["203.0.113.0/24"]')),
    ['wide-port-range aws_security_group.x'],
  ],
  [
    'a wide range from outside',
    group(rule(1024, 60000, 'cidr_blocks = ["203.0.113.0/24"]')),
    ['wide-port-range aws_security_group.x'],
  ],
];

const VALUES: readonly Case[] = [
  ['a variable with a default', variable('c', '["0.0.0.0/0"]') + group(rule(22, 22, 'cidr_blocks = var.c')), SSH],
  ['a variable in a list', variable('c', '"0.0.0.0/0"') + group(rule(22, 22, 'cidr_blocks = [var.c]')), SSH],
  ['a variable in a text', variable('c', '"0.0.0.0"') + group(rule(22, 22, 'cidr_blocks = ["${var.c}/0"]')), SSH],
  ['a variable without a default', `variable "c" {}\n${group(rule(22, 22, 'cidr_blocks = var.c'))}`, []],
  ['a variable that is nowhere', group(rule(22, 22, 'cidr_blocks = var.c')), []],
  ['a variable that is empty', variable('c', '[]') + group(rule(22, 22, 'cidr_blocks = var.c')), []],
  ['a variable that is null', variable('c', 'null') + group(rule(22, 22, 'cidr_blocks = var.c')), []],
  ['a variable that is narrow', variable('c', '["10.0.0.0/8"]') + group(rule(22, 22, 'cidr_blocks = var.c')), []],
  [
    'a variable of another file',
    group(rule(22, 22, 'cidr_blocks = var.c')),
    SSH,
    { 'variables.tf': variable('c', '["0.0.0.0/0"]') },
  ],
  [
    'a default here, used in another file',
    variable('aws_security_group_cidr', '["0.0.0.0/0"]'),
    [],
    { 'group.tf': group(rule(22, 22, 'cidr_blocks = var.aws_security_group_cidr')) },
  ],
  [
    'a module called in another file, with a value of here',
    `locals {\n  # for aws_security_group\n  open = ["0.0.0.0/0"]\n}\n`,
    [],
    {
      'call.tf':
        'module "m" {\n  source = "terraform-aws-modules/security-group/aws"\n  ingress_rules = ["ssh-tcp"]\n  ingress_cidr_blocks = local.open\n}\n',
    },
  ],
  [
    'terraform.tfvars over the default',
    variable('c', '["0.0.0.0/0"]') + group(rule(22, 22, 'cidr_blocks = var.c')),
    [],
    { 'terraform.tfvars': 'c = ["10.0.0.0/8"]\n' },
  ],
  [
    'terraform.tfvars that opens',
    `variable "c" {}\n${group(rule(22, 22, 'cidr_blocks = var.c'))}`,
    SSH,
    { 'terraform.tfvars': 'c = ["0.0.0.0/0"]\n' },
  ],
  [
    'an automatic file over terraform.tfvars',
    `variable "c" {}\n${group(rule(22, 22, 'cidr_blocks = var.c'))}`,
    SSH,
    { 'terraform.tfvars': 'c = ["10.0.0.0/8"]\n', 'a.auto.tfvars': 'c = ["0.0.0.0/0"]\n' },
  ],
  [
    'another .tfvars, which nobody reads',
    `variable "c" {}\n${group(rule(22, 22, 'cidr_blocks = var.c'))}`,
    [],
    { 'prod.tfvars': 'c = ["0.0.0.0/0"]\n' },
  ],
  ['a local', `locals {\n  c = ["0.0.0.0/0"]\n}\n${group(rule(22, 22, 'cidr_blocks = local.c'))}`, SSH],
  [
    'a local of a local',
    `locals {\n  a = "0.0.0.0/0"\n  c = [local.a]\n}\n${group(rule(22, 22, 'cidr_blocks = local.c'))}`,
    SSH,
  ],
  [
    'a local of another file',
    group(rule(22, 22, 'cidr_blocks = local.c')),
    SSH,
    { 'locals.tf': 'locals {\n  c = ["0.0.0.0/0"]\n}\n' },
  ],
  ['a local that leads to itself', `locals {\n  c = local.c\n}\n${group(rule(22, 22, 'cidr_blocks = local.c'))}`, []],
  ['a port in a variable', variable('p', '22') + group(rule('var.p', 'var.p')), SSH],
  ['a port in a map', variable('p', '{ ssh = 22, web = 80 }') + group(rule('var.p["ssh"]', 'var.p.ssh')), SSH],
  ['a port that is computed', group(rule('20 + 2', '44 / 2')), SSH],
  ['lookup', variable('p', '{ ssh = 22 }') + group(rule('lookup(var.p, "ssh", 80)', 'lookup(var.p, "ssh", 80)')), SSH],
  ['element', group(rule(22, 22, 'cidr_blocks = [element(["10.0.0.0/8", "0.0.0.0/0"], 1)]')), SSH],
  ['concat', group(rule(22, 22, 'cidr_blocks = concat(["10.0.0.0/8"], ["0.0.0.0/0"])')), SSH],
  ['concat with what is not known', group(rule(22, 22, 'cidr_blocks = concat(var.more, ["0.0.0.0/0"])')), SSH],
  ['flatten', group(rule(22, 22, 'cidr_blocks = flatten([["10.0.0.0/8"], ["0.0.0.0/0"]])')), SSH],
  ['split', group(rule(22, 22, 'cidr_blocks = split(",", "10.0.0.0/8,0.0.0.0/0")')), SSH],
  ['toset and tolist', group(rule(22, 22, 'cidr_blocks = tolist(toset(["0.0.0.0/0"]))')), SSH],
  ['compact and distinct', group(rule(22, 22, 'cidr_blocks = compact(distinct(["", "0.0.0.0/0"]))')), SSH],
  ['coalesce', group(rule(22, 22, 'cidr_blocks = [coalesce("", "0.0.0.0/0")]')), SSH],
  ['try', group(rule(22, 22, 'cidr_blocks = [try(local.missing.x, "10.0.0.0/8")]')), []],
  ['format', group(rule(22, 22, 'cidr_blocks = [format("%s/%d", "0.0.0.0", 0)]')), SSH],
  ['cidrsubnet', group(rule(22, 22, 'cidr_blocks = [cidrsubnet("10.0.0.0/8", 8, 1)]')), []],
  ['for', group(rule(22, 22, 'cidr_blocks = [for c in ["0.0.0.0"] : "${c}/0"]')), SSH],
  [
    'for with a condition',
    group(rule(22, 22, 'cidr_blocks = [for c in ["0.0.0.0/0", "10.0.0.0/8"] : c if c != "0.0.0.0/0"]')),
    [],
  ],
  ['a condition that is decided', group(rule(22, 22, 'cidr_blocks = true ? ["10.0.0.0/8"] : ["0.0.0.0/0"]')), []],
  [
    'a condition over a default',
    variable('open', 'true') + group(rule(22, 22, 'cidr_blocks = var.open ? ["0.0.0.0/0"] : []')),
    SSH,
  ],
  [
    'a condition over a default that says no',
    variable('open', 'false') + group(rule(22, 22, 'cidr_blocks = var.open ? ["0.0.0.0/0"] : []')),
    [],
  ],
  ['a function that is not known', group(rule(22, 22, 'cidr_blocks = nobody("0.0.0.0/0")')), []],
  ['an output of an unknown module', group(rule(22, 22, 'cidr_blocks = module.vpc.cidrs')), []],
];

test.each([...PORTS, ...SOURCES, ...VALUES])('%s', holds);

/** Ways to write the same that must give the same. */
const SAME: [string, string, string, Readonly<Record<string, string>>?][] = [
  [
    'a value and a variable with that default',
    group(rule(22)),
    variable('c', '["0.0.0.0/0"]') + group(rule(22, 22, 'cidr_blocks = var.c')),
  ],
  [
    'a value and a local',
    group(rule(22)),
    `locals {\n  c = "0.0.0.0/0"\n}\n${group(rule(22, 22, 'cidr_blocks = [local.c]'))}`,
  ],
  ['a rule in its group and apart', group(rule(22)), apart(OPEN)],
  [
    'a rule apart in the old way and in the new',
    apart(OPEN),
    `${group()}resource "aws_vpc_security_group_ingress_rule" "r" {\n  security_group_id = aws_security_group.x.id\n  from_port = 22\n  to_port = 22\n  ip_protocol = "tcp"\n  cidr_ipv4 = "0.0.0.0/0"\n}\n`,
  ],
  [
    'blocks and a dynamic block',
    group(rule(22), rule(8080)),
    group(
      '  dynamic "ingress" {\n    for_each = [22, 8080]\n    content {\n      from_port = ingress.value\n      to_port = ingress.value\n      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }',
    ),
  ],
  [
    'one file and two',
    variable('p', '22') + group(rule('var.p')),
    group(rule('var.p')),
    { 'variables.tf': variable('p', '22') },
  ],
  ['line ends', group(rule(22)), group(rule(22)).replace(/\n/g, '\r\n')],
];

test.each(SAME)('%s are the same', async (_, one, other, others) => {
  const expected = await verdicts(one);
  expect(expected.length).toBeGreaterThan(0);
  expect(await verdicts(other, others)).toEqual(expected);
});

test('JSON is the same as HCL', async () => {
  const ingress = [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['${var.c}'] }];
  const json = { variable: { c: { default: '0.0.0.0/0' } }, resource: { aws_security_group: { x: { ingress } } } };
  expect(await verdicts(JSON.stringify(json, null, 2), {}, 'main.tf.json')).toEqual(SSH);
});
