/** Storage, roles, keys and architectures in small configurations, each with the verdict for each resource. */
import { test } from 'vitest';
import { instance, REQUIRED, holds, type Case } from './launches';

const volume = (lines: string): string => `resource "aws_ebs_volume" "v" {\n  size = 1\n${lines}\n}\n`;
const root = (lines: string): string => instance(`${REQUIRED}  root_block_device {\n${lines}\n  }`);
const template = (lines: string): string =>
  `resource "aws_launch_template" "t" {\n${REQUIRED}  block_device_mappings {\n${lines}\n  }\n}\n`;

const STORAGE: readonly Case[] = [
  ['encrypted', volume('  encrypted = true'), []],
  ['not encrypted', volume('  encrypted = false'), ['ebs-unencrypted warning aws_ebs_volume.v']],
  ['not encrypted, as a text', volume('  encrypted = "false"'), ['ebs-unencrypted warning aws_ebs_volume.v']],
  ['nothing said', volume(''), ['ebs-unencrypted information aws_ebs_volume.v']],
  ['not known', volume('  encrypted = var.e'), []],
  ['of a snapshot', volume('  snapshot_id = "snap-1"'), []],
  ['with a key', volume('  kms_key_id = aws_kms_key.k.arn'), []],
  [
    'encrypted by the account',
    `${volume('')}resource "aws_ebs_encryption_by_default" "d" {\n  enabled = true\n}\n`,
    [],
  ],
  [
    'encrypted by the account, which needs no word',
    `${volume('')}resource "aws_ebs_encryption_by_default" "d" {}\n`,
    [],
  ],
  [
    'not encrypted by the account',
    'resource "aws_ebs_encryption_by_default" "d" {\n  enabled = false\n}\n',
    ['ebs-default-encryption-off warning aws_ebs_encryption_by_default.d'],
  ],
  [
    'not encrypted by the account, as a text',
    'resource "aws_ebs_encryption_by_default" "d" {\n  enabled = "false"\n}\n',
    ['ebs-default-encryption-off warning aws_ebs_encryption_by_default.d'],
  ],
  [
    'not encrypted by the account, by a variable',
    'variable "e" {\n  default = false\n}\nresource "aws_ebs_encryption_by_default" "d" {\n  enabled = var.e\n}\n',
    ['ebs-default-encryption-off warning aws_ebs_encryption_by_default.d'],
  ],
  [
    'an account that is not known',
    `${volume('')}resource "aws_ebs_encryption_by_default" "d" {\n  enabled = var.e\n}\n`,
    [],
  ],
  ['a root device', root('    encrypted = true'), []],
  ['a root device that is not', root('    encrypted = false'), ['ebs-unencrypted warning aws_instance.w']],
  ['a root device that says nothing', root('    volume_size = 8'), ['ebs-unencrypted information aws_instance.w']],
  [
    'another device',
    instance(`${REQUIRED}  ebs_block_device {\n    device_name = "/dev/sdb"\n    encrypted = false\n  }`),
    ['ebs-unencrypted warning aws_instance.w'],
  ],
  [
    'an instance store',
    instance(
      `${REQUIRED}  ephemeral_block_device {\n    device_name = "/dev/sdb"\n    virtual_name = "ephemeral0"\n  }`,
    ),
    [],
  ],
  [
    "a template's device",
    template('    device_name = "/dev/xvda"\n    ebs {\n      encrypted = false\n    }'),
    ['ebs-unencrypted warning aws_launch_template.t'],
  ],
  [
    "a template's device that is encrypted",
    template('    device_name = "/dev/xvda"\n    ebs {\n      encrypted = "true"\n    }'),
    [],
  ],
  ["a template's instance store", template('    device_name = "/dev/sdb"\n    virtual_name = "ephemeral0"'), []],
  [
    'devices by a dynamic block',
    instance(
      `${REQUIRED}  dynamic "ebs_block_device" {\n    for_each = var.devices\n    content {\n      device_name = ebs_block_device.value\n      encrypted = false\n    }\n  }`,
    ),
    [],
  ],
  ['tfsec says so', `#tfsec:ignore:aws-ec2-enable-volume-encryption\n${volume('  encrypted = false')}`, []],
  [
    'a public image',
    'resource "aws_ami_launch_permission" "p" {\n  image_id = "ami-1"\n  group = "all"\n}\n',
    ['image-public warning aws_ami_launch_permission.p'],
  ],
  [
    'a public image by a variable',
    'variable "g" {\n  default = "all"\n}\nresource "aws_ami_launch_permission" "p" {\n  image_id = "ami-1"\n  group = var.g\n}\n',
    ['image-public warning aws_ami_launch_permission.p'],
  ],
  [
    'an image for a group that is not known',
    'resource "aws_ami_launch_permission" "p" {\n  image_id = "ami-1"\n  group = var.g\n}\n',
    [],
  ],
  [
    'a shared image',
    'resource "aws_ami_launch_permission" "p" {\n  image_id = "ami-1"\n  account_id = "111122223333"\n}\n',
    [],
  ],
  ...(
    [
      ['a public snapshot', '"all"'],
      ['a public snapshot by a local', 'local.all'],
      ['a public snapshot by a function', 'join("", ["a", "ll"])'],
    ] as const
  ).map(([name, value]): Case => [
    name,
    `locals {\n  all = "all"\n}\nresource "aws_snapshot_create_volume_permission" "p" {\n  snapshot_id = "snap-1"\n  account_id = ${value}\n}\n`,
    ['snapshot-public warning aws_snapshot_create_volume_permission.p'],
  ]),
  [
    'a snapshot shared with what is not known',
    'resource "aws_snapshot_create_volume_permission" "p" {\n  snapshot_id = "snap-1"\n  account_id = var.account\n}\n',
    [],
  ],
  [
    'a snapshot of the template, shared with an account by a variable',
    'variable "account" {\n  default = "111122223333"\n}\nresource "aws_snapshot_create_volume_permission" "p" {\n  snapshot_id = aws_ebs_snapshot.s.id\n  account_id = var.account\n}\n',
    [],
  ],
  [
    'a shared snapshot',
    'resource "aws_snapshot_create_volume_permission" "p" {\n  snapshot_id = "snap-1"\n  account_id = "111122223333"\n}\n',
    [],
  ],
];

/** RFC 4253, section 6.6: fields with their length in front. */
function rsaKey(bits: number): string {
  const field = (bytes: Uint8Array): Uint8Array =>
    Buffer.concat([Buffer.from([0, 0, bytes.length >> 8, bytes.length & 255]), bytes]);
  const modulus = Buffer.alloc(bits / 8 + 1, 0xab);
  modulus[0] = 0;
  return `ssh-rsa ${Buffer.concat([field(Buffer.from('ssh-rsa')), field(Buffer.from([1, 0, 1])), field(modulus)]).toString('base64')}`;
}

const OTHERS: readonly Case[] = [
  [
    'a DSA key',
    'resource "aws_key_pair" "k" {\n  public_key = "ssh-dss AAAAB3NzaC1kc3MAAACBAP"\n}\n',
    ['key-pair-weak warning aws_key_pair.k'],
  ],
  [
    'a short RSA key',
    `resource "aws_key_pair" "k" {\n  public_key = "${rsaKey(1024)}"\n}\n`,
    ['key-pair-weak warning aws_key_pair.k'],
  ],
  [
    'a short RSA key in a file',
    'resource "aws_key_pair" "k" {\n  public_key = file("${path.module}/k.pub")\n}\n',
    ['key-pair-weak warning aws_key_pair.k'],
    { 'k.pub': rsaKey(1024) },
  ],
  ['a long RSA key', `resource "aws_key_pair" "k" {\n  public_key = "${rsaKey(2048)}"\n}\n`, []],
  [
    'a short RSA key that is made here',
    'resource "tls_private_key" "t" {\n  algorithm = "RSA"\n  rsa_bits  = 1024\n}\nresource "aws_key_pair" "k" {\n  public_key = tls_private_key.t.public_key_openssh\n}\n',
    ['key-pair-weak warning aws_key_pair.k'],
  ],
  [
    'a long RSA key that is made here',
    'resource "tls_private_key" "t" {\n  algorithm = "RSA"\n  rsa_bits  = 4096\n}\nresource "aws_key_pair" "k" {\n  public_key = tls_private_key.t.public_key_openssh\n}\n',
    [],
  ],
  [
    'an RSA key of the usual length',
    'resource "tls_private_key" "t" {\n  algorithm = "RSA"\n}\nresource "aws_key_pair" "k" {\n  public_key = tls_private_key.t.public_key_openssh\n}\n',
    [],
  ],
  [
    'an ED25519 key that is made here, for Windows',
    'resource "tls_private_key" "t" {\n  count     = 1\n  algorithm = "ED25519"\n}\nresource "aws_key_pair" "k" {\n  key_name   = "${var.project}-k"\n  public_key = tls_private_key.t[0].public_key_openssh\n}\ndata "aws_ami" "win" {\n  filter {\n    name   = "name"\n    values = ["Windows_Server-2022-English-Full-Base-*"]\n  }\n}\nresource "aws_instance" "w" {\n  ami      = data.aws_ami.win.id\n  key_name = aws_key_pair.k.key_name\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
    ['key-pair-weak warning aws_key_pair.k'],
  ],
  ['a key that is not known', 'resource "aws_key_pair" "k" {\n  public_key = var.key\n}\n', []],
  [
    'an image of another architecture',
    `${instance(
      `  instance_type = "t4g.micro"\n  ami = data.aws_ami.a.id\n${REQUIRED}`,
    )}data "aws_ami" "a" {\n  filter {\n    name = "architecture"\n    values = ["x86_64"]\n  }\n}\n`,
    ['architecture-mismatch warning aws_instance.w'],
  ],
  [
    'an image of the same architecture',
    `${instance(
      `  instance_type = "t4g.micro"\n  ami = data.aws_ami.a.id\n${REQUIRED}`,
    )}data "aws_ami" "a" {\n  filter {\n    name = "architecture"\n    values = ["arm64"]\n  }\n}\n`,
    [],
  ],
  [
    'a binary of another architecture',
    instance(
      `  instance_type = "t4g.micro"\n${REQUIRED}  user_data = <<EOF\n#!/bin/bash\ncurl -o a.zip https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip\nEOF\n`,
    ),
    ['architecture-mismatch warning aws_instance.w'],
  ],
  [
    'a type that is not known',
    `${instance(
      `  instance_type = var.type\n  ami = data.aws_ami.a.id\n${REQUIRED}`,
    )}data "aws_ami" "a" {\n  filter {\n    name = "architecture"\n    values = ["x86_64"]\n  }\n}\n`,
    [],
  ],
];

/** Made here, given to nobody. */
const PASSWORD = 'Vq7!kRz2pX';
const script = (lines: string): string => instance(`${REQUIRED}  user_data = <<EOF\n#!/bin/bash\n${lines}\nEOF\n`);

const SECRETS: readonly Case[] = [
  ['a password', script(`DB_PASSWORD='${PASSWORD}'`), ['secret-in-script error aws_instance.w']],
  [
    'a password in base64encode',
    instance(`${REQUIRED}  user_data = base64encode("#!/bin/bash\\nDB_PASSWORD='${PASSWORD}'\\n")`),
    ['secret-in-script error aws_instance.w'],
  ],
  ['a password of a variable', script("DB_PASSWORD='${var.password}'"), []],
  [
    "a variable's default, told of where it is put in first",
    `${script(
      "DB_PASSWORD='${var.chosen}'\ncurl -u 'deploy:${var.chosen}' https://a.example.com/\nmysql -u shop -p${var.chosen} < a",
    )}variable "chosen" {\n  default = "${PASSWORD}"\n}\n`,
    ['secret-in-script error aws_instance.w'],
  ],
  [
    'the same literal twice, told of where it stands',
    script(`DB_PASSWORD='${PASSWORD}'\nmysql -u shop -p${PASSWORD} < a`),
    ['secret-in-script error aws_instance.w', 'secret-in-script error aws_instance.w'],
  ],
  ['a password by a parameter', script('DB_PASSWORD=$(aws ssm get-parameter --name /db --with-decryption)'), []],
];

test.each([...STORAGE, ...OTHERS, ...SECRETS])('%s', holds);
