/** Metadata options in small configurations, each with the verdict for each resource. */
import { test } from 'vitest';
import { instance, OPTIONAL, REQUIRED, holds, type Case } from './launches';

const LEFT_OUT = ['imdsv1-allowed information aws_instance.w'];
const ALLOWED = ['imdsv1-allowed warning aws_instance.w'];
const CALLS = '  user_data = <<EOF\n#!/bin/bash\ncurl http://169.254.169.254/latest/meta-data/\nEOF\n';

/** The modules that everybody uses, of a version, saying nothing about tokens. */
function modules(
  rows: readonly (readonly [name: string, version: string, severity: 'information' | undefined])[],
): readonly Case[] {
  return rows.map(([name, version, severity]) => [
    `${name} of version ${version}`,
    `module "i" {\n  source = "terraform-aws-modules/${name}/aws"\n  version = ${version}\n}\n`,
    severity ? [`imdsv1-allowed ${severity} module.i`] : [],
  ]);
}

const oldModule = (line: string): string =>
  `module "i" {\n  source = "terraform-aws-modules/ec2-instance/aws"\n  version = "~> 3.0"\n  ${line}\n}\n`;

const TOKENS: readonly Case[] = [
  ['required', instance(REQUIRED), []],
  ['optional', instance(OPTIONAL), ALLOWED],
  ['nothing said', instance('  ami = "ami-1"'), LEFT_OUT],
  ['other options said', instance('  metadata_options {\n    http_endpoint = "enabled"\n  }'), LEFT_OUT],
  ['turned off', instance('  metadata_options {\n    http_endpoint = "disabled"\n  }'), []],
  ['not known', instance('  metadata_options {\n    http_tokens = var.tokens\n  }'), []],
  [
    'a default that requires',
    `variable "tokens" {\n  default = "required"\n}\n${instance('  metadata_options {\n    http_tokens = var.tokens\n  }')}`,
    [],
  ],
  [
    'a default that does not',
    `variable "tokens" {\n  default = "optional"\n}\n${instance('  metadata_options {\n    http_tokens = var.tokens\n  }')}`,
    ALLOWED,
  ],
  ['null', instance('  metadata_options {\n    http_tokens = null\n  }'), LEFT_OUT],
  [
    'a dynamic block',
    instance(
      '  dynamic "metadata_options" {\n    for_each = [1]\n    content {\n      http_tokens = "optional"\n    }\n  }',
    ),
    ALLOWED,
  ],
  [
    'a dynamic block that is not known',
    instance(
      '  dynamic "metadata_options" {\n    for_each = var.options\n    content {\n      http_tokens = metadata_options.value.tokens\n    }\n  }',
    ),
    [],
  ],
  [
    'a dynamic block that may be there',
    instance(
      '  dynamic "metadata_options" {\n    for_each = var.on ? [1] : []\n    content {\n      http_tokens = "required"\n    }\n  }',
    ),
    [],
  ],
  [
    'an image that requires',
    `${instance(
      '  ami = data.aws_ami.a.id',
    )}data "aws_ami" "a" {\n  filter {\n    name   = "name"\n    values = ["al2023-ami-2023*-x86_64"]\n  }\n}\n`,
    [],
  ],
  [
    'an image that does not',
    `${instance(
      '  ami = data.aws_ami.a.id',
    )}data "aws_ami" "a" {\n  filter {\n    name   = "name"\n    values = ["amzn2-ami-hvm-*-x86_64-gp2"]\n  }\n}\n`,
    LEFT_OUT,
  ],
  [
    'a parameter whose image requires',
    `${instance(
      '  ami = data.aws_ssm_parameter.a.value',
    )}data "aws_ssm_parameter" "a" {\n  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"\n}\n`,
    [],
  ],
  [
    'a launch template that requires',
    `${instance(
      '  launch_template {\n    id = aws_launch_template.t.id\n  }',
    )}resource "aws_launch_template" "t" {\n${REQUIRED}}\n`,
    [],
  ],
  [
    'a launch template that does not',
    `${instance(
      '  launch_template {\n    id = aws_launch_template.t.id\n  }',
    )}resource "aws_launch_template" "t" {\n${OPTIONAL}}\n`,
    ['imdsv1-allowed warning aws_launch_template.t'],
  ],
  [
    'a launch template by name',
    `${instance(
      '  launch_template {\n    name = "t"\n  }',
    )}resource "aws_launch_template" "t" {\n  name = "t"\n${REQUIRED}}\n`,
    [],
  ],
  ['a launch template that is not here', instance('  launch_template {\n    id = var.template\n  }'), []],
  [
    'a launch template of another file',
    instance('  launch_template {\n    id = aws_launch_template.t.id\n  }'),
    [],
    { 'templates.tf': `resource "aws_launch_template" "t" {\n${OPTIONAL}}\n` },
  ],
  [
    'the account requires',
    `${instance('  ami = "ami-1"')}resource "aws_ec2_instance_metadata_defaults" "d" {\n  http_tokens = "required"\n}\n`,
    [],
  ],
  [
    'the account requires, in another file',
    instance('  ami = "ami-1"'),
    [],
    { 'account.tf': 'resource "aws_ec2_instance_metadata_defaults" "d" {\n  http_tokens = "required"\n}\n' },
  ],
  [
    'the account does not require',
    'resource "aws_ec2_instance_metadata_defaults" "d" {\n  http_tokens = "optional"\n}\n',
    ['imdsv1-allowed warning aws_ec2_instance_metadata_defaults.d'],
  ],
  [
    'many hops by default',
    'resource "aws_ec2_instance_metadata_defaults" "d" {\n  http_tokens = "required"\n  http_put_response_hop_limit = 5\n}\n',
    ['metadata-hop-limit information aws_ec2_instance_metadata_defaults.d'],
  ],
  [
    'many hops by default, where nothing answers',
    'resource "aws_ec2_instance_metadata_defaults" "d" {\n  http_endpoint = "disabled"\n  http_put_response_hop_limit = 5\n}\n',
    [],
  ],
  [
    'two hops by default',
    'resource "aws_ec2_instance_metadata_defaults" "d" {\n  http_put_response_hop_limit = 2\n}\n',
    [],
  ],
  [
    'a launch configuration',
    'resource "aws_launch_configuration" "c" {\n  image_id = "ami-1"\n}\n',
    ['imdsv1-allowed information aws_launch_configuration.c'],
  ],
  [
    'a spot request',
    `resource "aws_spot_instance_request" "s" {\n${OPTIONAL}}\n`,
    ['imdsv1-allowed warning aws_spot_instance_request.s'],
  ],
  [
    'a spot fleet, which cannot say',
    'resource "aws_spot_fleet_request" "f" {\n  launch_specification {\n    ami = "ami-1"\n  }\n}\n',
    [],
  ],
  ['none of them', instance(`  count = 0\n${OPTIONAL}`), []],
  [
    'the module that requires',
    `module "i" {\n  source = "terraform-aws-modules/ec2-instance/aws"\n  metadata_options = { http_tokens = "required" }\n}\n`,
    [],
  ],
  [
    'the module that does not',
    `module "i" {\n  source = "terraform-aws-modules/ec2-instance/aws"\n  metadata_options = { http_tokens = "optional" }\n}\n`,
    ['imdsv1-allowed warning module.i'],
  ],
  ['the module that says nothing', 'module "i" {\n  source = "terraform-aws-modules/ec2-instance/aws"\n}\n', []],
  ...modules([
    ['ec2-instance', '"~> 3.0"', 'information'],
    ['ec2-instance', '"5.7.1"', 'information'],
    ['ec2-instance', '"~> 5.7.0"', 'information'],
    ['ec2-instance', '">= 4.0, < 5.8"', 'information'],
    ['ec2-instance', '"< 5.0"', 'information'],
    ['ec2-instance', '"<= 5.7.1"', 'information'],
    ['ec2-instance', '"= 5.0.0"', 'information'],
    ['ec2-instance', '"~> 5.0"', undefined],
    ['ec2-instance', '"~> 3"', undefined],
    ['ec2-instance', '">= 3.0"', undefined],
    ['ec2-instance', '"<= 5.8.0"', undefined],
    ['ec2-instance', '"!= 5.8.0"', undefined],
    ['ec2-instance', '"> 5.8.0, < 5.8.0"', undefined],
    ['ec2-instance', '"latest"', undefined],
    ['ec2-instance', 'var.version', undefined],
    ['ec2-instance', '"5.8.0"', undefined],
    ['ec2-instance', '"~> 6.0"', undefined],
    ['autoscaling', '"~> 6.0"', 'information'],
    ['autoscaling', '"8.3.1"', 'information'],
    ['autoscaling', '"~> 8"', undefined],
    ['autoscaling', '"~> 9.0"', undefined],
  ]),
  [
    'an old module by a tag',
    'module "i" {\n  source = "git::https://github.com/terraform-aws-modules/terraform-aws-ec2-instance.git?ref=v3.2.1"\n}\n',
    ['imdsv1-allowed information module.i'],
  ],
  [
    'a module by a branch',
    'module "i" {\n  source = "git::https://github.com/terraform-aws-modules/terraform-aws-ec2-instance.git?ref=master"\n}\n',
    [],
  ],
  ['an old module with its own options', oldModule('metadata_options = { http_tokens = "required" }'), []],
  ['an old module with options of somebody', oldModule('metadata_options = var.options'), []],
  ['an old module with a template', oldModule('launch_template = { id = "lt-1" }'), []],
  [
    'an old module with other options',
    oldModule('metadata_options = { http_endpoint = "enabled" }'),
    ['imdsv1-allowed information module.i'],
  ],
  ['an old module without metadata', oldModule('metadata_options = { http_endpoint = "disabled" }'), []],
  [
    'a new module, and the script calls',
    `module "i" {\n  source = "terraform-aws-modules/ec2-instance/aws"\n  version = "~> 6.0"\n${CALLS}}\n`,
    ['imdsv2-required-v1-call error module.i'],
  ],
  [
    'a new module that is told not to, and the script calls',
    `module "i" {\n  source = "terraform-aws-modules/ec2-instance/aws"\n  version = "~> 6.0"\n  metadata_options = null\n${CALLS}}\n`,
    [],
  ],
  [
    'a module of auto scaling with a template of somebody',
    'module "a" {\n  source = "terraform-aws-modules/autoscaling/aws"\n  version = "~> 6.0"\n  create_launch_template = false\n  launch_template_id = "lt-1"\n}\n',
    [],
  ],
  [
    'the module of auto scaling',
    `module "a" {\n  source = "terraform-aws-modules/autoscaling/aws"\n  metadata_options = { http_tokens = "optional" }\n}\n`,
    ['imdsv1-allowed warning module.a'],
  ],
  [
    'a local module that is given tokens',
    `module "m" {\n  source = "./m"\n  tokens = "optional"\n}\n`,
    ['imdsv1-allowed warning module.m.aws_instance.w'],
    { 'm/main.tf': `variable "tokens" {}\n${instance('  metadata_options {\n    http_tokens = var.tokens\n  }')}` },
  ],
  ['Checkov says so', instance(`  # checkov:skip=CKV_AWS_79:old agent\n${OPTIONAL}`), []],
  ['required, and the script calls', instance(REQUIRED + CALLS), ['imdsv2-required-v1-call error aws_instance.w']],
  [
    'required by the template, and the script calls',
    `${instance(
      `  launch_template {\n    id = aws_launch_template.t.id\n  }\n${CALLS}`,
    )}resource "aws_launch_template" "t" {\n${REQUIRED}}\n`,
    ['imdsv2-required-v1-call error aws_instance.w'],
  ],
  ['optional, and the script calls', instance(OPTIONAL + CALLS), ALLOWED],
  [
    'many hops',
    instance('  metadata_options {\n    http_tokens = "required"\n    http_put_response_hop_limit = 5\n  }'),
    ['metadata-hop-limit information aws_instance.w'],
  ],
  [
    'many hops by a variable',
    `variable "hops" {\n  default = 9\n}\n${instance('  metadata_options {\n    http_tokens = "required"\n    http_put_response_hop_limit = var.hops\n  }')}`,
    ['metadata-hop-limit information aws_instance.w'],
  ],
  [
    'two hops',
    instance('  metadata_options {\n    http_tokens = "required"\n    http_put_response_hop_limit = 2\n  }'),
    [],
  ],
  [
    'hops that are not known',
    instance('  metadata_options {\n    http_tokens = "required"\n    http_put_response_hop_limit = var.hops\n  }'),
    [],
  ],
];

test.each([...TOKENS])('%s', holds);
