/** What documents say of instances that will live, so that those can be told. */
import { describe, expect, test } from 'vitest';
import type { Declared } from '../../src/engine';
import { engine, open } from './opened';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';

async function declared(
  text: string,
  name = 'main.tf',
  others: Readonly<Record<string, string>> = {},
): Promise<Declared> {
  return engine.declared(await open(text, others, name));
}

/** A launch in a line: what makes its instances, their name, and the options that are declared. */
const inWords = ({ launches }: Declared): readonly string[] =>
  launches.map(
    ({ kind, address, launchers, name = '?', tokens, hopLimit }) =>
      `${kind} ${address} by [${launchers.join()}] named ${name}: ${tokens ? (tokens.value ?? 'unknown') : 'left out'}, ${hopLimit?.value ?? '-'}`,
  );

describe('launches', () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      'an instance of Terraform',
      'main.tf',
      'resource "aws_instance" "web" {\n  tags = { Name = "web-1" }\n  metadata_options {\n    http_tokens = "required"\n    http_put_response_hop_limit = 2\n  }\n}\n',
      ['instance aws_instance.web by [aws_instance.web] named web-1: required, 2'],
    ],
    [
      'an instance whose name and options are not known',
      'main.tf',
      'resource "aws_instance" "web" {\n  tags = merge(var.tags, { Name = "${var.name}-1" })\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n',
      ['instance aws_instance.web by [aws_instance.web] named ?: unknown, -'],
    ],
    [
      'a launch template with its group',
      'main.tf',
      'resource "aws_launch_template" "t" {\n  tag_specifications {\n    resource_type = "volume"\n    tags = { Name = "disk" }\n  }\n  tag_specifications {\n    resource_type = "instance"\n    tags = { Name = "worker" }\n  }\n}\nresource "aws_autoscaling_group" "g" {\n  launch_template {\n    id = aws_launch_template.t.id\n  }\n}\n',
      ['launch-template aws_launch_template.t by [aws_autoscaling_group.g] named worker: left out, -'],
    ],
    [
      'a module',
      'main.tf',
      'module "i" {\n  source  = "terraform-aws-modules/ec2-instance/aws"\n  version = "~> 5.0"\n  name    = "bastion"\n  metadata_options = { http_tokens = "optional" }\n}\n',
      ['instance module.i by [module.i] named bastion: optional, -'],
    ],
    [
      'an instance of CloudFormation, by a condition',
      'stack.yaml',
      'Conditions:\n  C: !Equals [!Ref AWS::Region, us-east-1]\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      MetadataOptions: { HttpTokens: !If [C, required, optional] }\n      Tags:\n        - { Key: Env, Value: prod }\n        - { Key: Name, Value: web-1 }\n',
      ['instance Web by [Web] named web-1: unknown, -'],
    ],
    [
      'a launch template of CloudFormation with its group',
      'stack.yaml',
      'Resources:\n  L:\n    Type: AWS::EC2::LaunchTemplate\n    Properties:\n      LaunchTemplateData:\n        MetadataOptions: { HttpTokens: required }\n        TagSpecifications:\n          - ResourceType: instance\n            Tags: [{ Key: Name, Value: worker }]\n  G:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: { MinSize: 1, LaunchTemplate: { LaunchTemplateId: !Ref L, Version: 1 } }\n',
      ['launch-template L by [G] named worker: required, -'],
    ],
  ])('%s', async (_, name, text, expected) => {
    expect(inWords(await declared(text, name))).toEqual(expected);
  });

  test('have the places that a person would point at', async () => {
    const text = 'resource "aws_instance" "web" {\n  metadata_options {\n    http_tokens = "optional"\n  }\n}\n';
    const [launch] = (await declared(text)).launches;
    const at = (range: { start: number; end: number } | undefined): string => text.slice(range?.start, range?.end);
    expect([at(launch?.head), at(launch?.options), at(launch?.tokens?.range)]).toEqual([
      'resource "aws_instance" "web"',
      'metadata_options',
      '"optional"',
    ]);
  });
});

describe('user data', () => {
  test('in a template, with what is put in later', async () => {
    const text = `Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: !Sub |\n          #!/bin/bash\n          echo \${AWS::StackName}\${Other} \${!HOME}\n          ${CALL}\n`;
    const { userData } = await declared(text, 'stack.yaml');
    expect(userData.map(({ owner, uri, parts }) => ({ owner, uri, parts }))).toEqual([
      { owner: 'Web', uri: undefined, parts: ['#!/bin/bash\necho ', undefined, ` \${HOME}\n${CALL}\n`] },
    ]);
    expect(userData[0]?.calls.map(({ range }) => text.slice(range.start, range.end))).toEqual([CALL]);
  });

  test('in a file that a configuration names', async () => {
    const script = `#!/bin/bash\necho "\${name}"\n${CALL}\n`;
    const { userData } = await declared(
      'resource "aws_instance" "web" {\n  user_data = templatefile("boot.sh.tftpl", { name = var.name })\n}\n',
      'main.tf',
      { 'boot.sh.tftpl': script },
    );
    expect(userData).toMatchObject([
      {
        owner: 'aws_instance.web',
        uri: 'file:///project/boot.sh.tftpl',
        range: { start: 0, end: script.length },
        parts: ['#!/bin/bash\necho "', undefined, `"\n${CALL}\n`],
        calls: [{ range: { start: script.indexOf(CALL), end: script.indexOf(CALL) + CALL.length } }],
      },
    ]);
  });

  test.each([
    ['a script', 'boot.sh', `#!/bin/bash\n${CALL}\n`, [`#!/bin/bash\n${CALL}\n`]],
    [
      'a template',
      'boot.sh.tftpl',
      `#!/bin/bash\nH=$$\{HOME} \${name}\n${CALL}\n`,
      ['#!/bin/bash\nH=${HOME} ', undefined, `\n${CALL}\n`],
    ],
    ['cloud-config', 'init.yaml', `#cloud-config\nruncmd:\n  - ${CALL}\n`, [`#cloud-config\nruncmd:\n  - ${CALL}\n`]],
  ])('that a file is itself: %s', async (_, name, text, parts) => {
    const { launches, userData } = await declared(text, name);
    expect(launches).toEqual([]);
    expect(userData.map((each) => [each.owner, each.parts])).toEqual([[undefined, parts]]);
    expect(userData[0]?.calls).toHaveLength(1);
  });

  test('is nothing in a document that is none', async () => {
    expect(await declared('# Notes\n', 'notes.md')).toEqual({ launches: [], userData: [] });
  });
});
