import fc from '../fast-check';
import { expect, test } from 'vitest';
import { couldConcern } from '../../src/client/could-concern';
import { createEngine } from '../../src/engine';

// The client starts a language server for what could concern it. That test must never be stricter than the engine's own.

const engine = createEngine();

const NAMES = [
  ...[
    'user-data.sh',
    'main.tf',
    'main.tf.json',
    'template.yaml',
    'template.json',
    'a.pkr.hcl',
    'Dockerfile',
    'Makefile',
  ],
  ...['setup.ps1', 'playbook.yml', '.github/workflows/a.yml', '.gitlab-ci.yml', 'app.service', 'stack.py', 'stack.ts'],
  ...['.ec2-warden.yaml', 'cloud-config', 'x.conf', 'user-data'],
];

/** Whatever the hosts look for, and what they are recognised by. */
const FRAGMENTS = [
  ...['http://169.254.169.254/', 'fd00:ec2::254', 'instance-data', '2852039166', '0xa9fea9fe', '0251.0376'],
  ...[
    '~/.aws',
    '~/.ssh',
    'key.pem',
    'id_rsa',
    'chmod',
    'install',
    'mkdir',
    'umask',
    'encoding: b64',
    'encoding: base64',
  ],
  ...[
    'AWSTemplateFormatVersion',
    'Resources:',
    'AWS::EC2::Instance',
    '"AWS::EC2::SecurityGroup"',
    'Fn::Base64',
    'UserData',
  ],
  ...['resource "aws_instance" "x" {', 'module "x" {', 'aws_security_group', 'user_data', 'templatefile("x.sh", {})'],
  ...['file("${path.module}/x.sh")', 'locals {', 'provisioner "remote-exec" {', 'cloudinit_config', 'variable "x" {}'],
  ...['#cloud-config', 'runcmd:', 'write_files:', '#!/bin/bash', '<powershell>', 'Invoke-RestMethod', '$env:X'],
  ...[
    'aws ec2 authorize-security-group-ingress',
    'modify-instance-metadata-options',
    'modify-snapshot-attribute',
    'FROM alpine',
    'RUN curl',
    '[Service]',
    'ExecStart=',
    'hosts: all',
    'tasks:',
    'shell:',
    'on: push',
    'jobs:',
    'script:',
  ],
  ...[
    'kind: Pod',
    'command:',
    'AKIAIOSFODNN7EXAMPLE',
    'aws_secret_access_key=',
    'password=',
    '-----BEGIN RSA PRIVATE KEY-----',
  ],
  ...['export TOKEN=', 'ec2-warden-disable', '"builders": [', '"provisioners": [', 'source "amazon-ebs" "x" {', 'true'],
  ...[
    'inline = [',
    '"inline": [',
    'source = "./modules/x"',
    '"source": "./x"',
    'source = "terraform-aws-modules/security-group/aws"',
  ],
  ...[
    'terraform-aws-modules/autoscaling/aws',
    'spot_fleet',
    'AWS::SSM::Document',
    'schemaVersion: "2.2"',
    'phases:',
    'userData:',
  ],
];

test('what could matter to the engine could concern it', () => {
  let mattered = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES),
      fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 5 }),
      (name, fragments) => {
        const text = `${fragments.join('\n')}\n`;
        const matters = engine.couldMatter({ uri: `file:///w/${name}`, text });
        if (matters) mattered++;
        return !matters || couldConcern(`/w/${name}`, text);
      },
    ),
    { numRuns: 3000, examples: [['user-data.sh', ['<powershell>', 'AKIAIOSFODNN7EXAMPLE']]] },
  );
  expect(mattered).toBeGreaterThan(200);
});

test.each([
  ['package.json', '{ "name": "x", "scripts": { "build": "tsc" }, "dependencies": { "react": "19.0.0" } }'],
  ['compose.yaml', 'services:\n  web:\n    image: nginx\n    ports: ["80:80"]\n'],
  ['deployment.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n'],
  ['index.ts', 'export const sum = (a: number, b: number): number => a + b;\n'],
])('%s does not', (name, text) => {
  expect(couldConcern(`/w/${name}`, text)).toBe(false);
});
