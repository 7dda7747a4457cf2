/** Instances that the internet reaches, and groups that are too many for one. */
import { test } from 'vitest';
import { group, holds, rule, SSH, type Case } from './groups';

const web = (lines: string): string =>
  `resource "aws_instance" "w" {\n  vpc_security_group_ids = [aws_security_group.x.id]\n${lines}\n}\n${group(rule(22))}`;
const REACHED = ['instance-public aws_instance.w', ...SSH];

/** An instance behind an interface that is written apart, and an address for what is named. */
const behind = (address: string, groups = '[aws_security_group.x.id]'): string =>
  [
    'resource "aws_instance" "w" {\n  network_interface {\n    network_interface_id = aws_network_interface.n.id\n    device_index = 0\n  }\n}',
    `resource "aws_network_interface" "n" {\n  security_groups = ${groups}\n}`,
    `resource "aws_network_interface" "m" {\n  security_groups = [aws_security_group.x.id]\n}`,
    `${address}\n${group(rule(22))}`,
  ].join('\n');

const REACH: readonly Case[] = [
  ['a public instance', web('  associate_public_ip_address = true'), REACHED],
  ['a private instance', web('  associate_public_ip_address = false'), SSH],
  [
    'an instance in a public subnet',
    `${web('  subnet_id = aws_subnet.s.id')}resource "aws_subnet" "s" {\n  map_public_ip_on_launch = true\n}\n`,
    REACHED,
  ],
  [
    'one of several subnets',
    `${web('  subnet_id = aws_subnet.s[0].id')}resource "aws_subnet" "s" {\n  count = 2\n  map_public_ip_on_launch = true\n}\n`,
    REACHED,
  ],
  [
    'an instance with an Elastic IP',
    `${web('')}resource "aws_eip" "e" {\n  instance = aws_instance.w.id\n}\n`,
    REACHED,
  ],
  [
    'an Elastic IP that is attached apart',
    `${web('')}resource "aws_eip_association" "e" {\n  instance_id = aws_instance.w.id\n}\n`,
    REACHED,
  ],
  [
    'an Elastic IP of its primary interface',
    `${web('')}resource "aws_eip" "e" {\n  network_interface = aws_instance.w.primary_network_interface_id\n}\n`,
    REACHED,
  ],
  [
    'an Elastic IP of an interface apart',
    behind('resource "aws_eip" "e" {\n  network_interface = aws_network_interface.n.id\n}'),
    REACHED,
  ],
  [
    'an Elastic IP that is attached to an interface apart',
    behind('resource "aws_eip_association" "e" {\n  network_interface_id = aws_network_interface.n.id\n}'),
    REACHED,
  ],
  [
    'an Elastic IP of an instance with one interface',
    behind('resource "aws_eip" "e" {\n  instance = aws_instance.w.id\n}'),
    REACHED,
  ],
  [
    "an Elastic IP of an interface that is nobody's",
    behind('resource "aws_eip" "e" {\n  network_interface = aws_network_interface.m.id\n}'),
    SSH,
  ],
  [
    'an Elastic IP of an interface with other groups',
    behind('resource "aws_eip" "e" {\n  network_interface = aws_network_interface.n.id\n}', '["sg-1"]'),
    SSH,
  ],
  ['an interface without an address', behind(''), SSH],
  ['an instance of which nothing is known', web(''), SSH],
  [
    'six groups',
    `resource "aws_instance" "w" {\n  vpc_security_group_ids = [${[1, 2, 3, 4, 5, 6].map((n) => `"sg-${String(n)}"`).join(', ')}]\n}\n`,
    ['security-group-quota aws_instance.w'],
  ],
];

test.each(REACH)('%s', holds);
