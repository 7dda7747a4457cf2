import { describe } from 'vitest';
import { META } from '../../../testing/rewritten';
import { judges, stack, type Case } from './testing/verdicts';

const NOTHING: readonly string[] = [];
const OPEN_SSH =
  'GroupDescription: a\nSecurityGroupIngress:\n  - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }';
const REQUIRED = 'MetadataOptions: { HttpTokens: required }';
const CALLS = `UserData:\n  Fn::Base64: |\n    #!/bin/bash\n    curl ${META}/instance-id`;

describe('tokens', () => {
  const instance = (properties: string, sections = ''): string =>
    stack({ A: ['EC2::Instance', properties === '' ? 'ImageId: ami-1' : properties] }, sections);
  const LEFT_OUT = ['imdsv1-allowed A information'];
  const parameter = (more: string): string => `Parameters:\n  P:\n    Type: String\n    ${more}\n`;
  const templated = (template: string, own: string): string =>
    stack({
      A: ['EC2::Instance', `LaunchTemplate: { LaunchTemplateId: !Ref L, Version: 1 }\n${own}`],
      L: ['EC2::LaunchTemplate', `LaunchTemplateData:\n  ImageId: ami-1\n${template}`],
    });
  judges(
    [
      ['required', instance(REQUIRED), NOTHING],
      ['optional', instance('MetadataOptions: { HttpTokens: optional }'), ['imdsv1-allowed A']],
      ['left out', instance(''), LEFT_OUT],
      ['other options', instance('MetadataOptions: { HttpPutResponseHopLimit: 2 }'), LEFT_OUT],
      ['no endpoint', instance('MetadataOptions: { HttpEndpoint: disabled }'), NOTHING],
      [
        'no endpoint, and optional',
        instance('MetadataOptions: { HttpEndpoint: disabled, HttpTokens: optional }'),
        NOTHING,
      ],
      [
        'by a default',
        instance('MetadataOptions: { HttpTokens: !Ref P }', parameter('Default: optional')),
        ['imdsv1-allowed A'],
      ],
      [
        'by a default that requires them',
        instance('MetadataOptions: { HttpTokens: !Ref P }', parameter('Default: required')),
        NOTHING,
      ],
      [
        'by a parameter without a default',
        instance('MetadataOptions: { HttpTokens: !Ref P }', parameter('AllowedValues: [optional, required]')),
        NOTHING,
      ],
      [
        'by a condition',
        instance('MetadataOptions: { HttpTokens: !If [C, required, optional] }'),
        ['imdsv1-allowed A'],
      ],
      [
        'by a condition or left out',
        instance(`MetadataOptions: !If [C, { HttpTokens: optional }, !Ref AWS::NoValue]`),
        ['imdsv1-allowed A'],
      ],
      [
        'by a condition, required both ways',
        instance(`MetadataOptions: !If [C, { HttpTokens: required }, { HttpTokens: required, HttpEndpoint: enabled }]`),
        NOTHING,
      ],
      ['by another stack', instance('MetadataOptions: { HttpTokens: !ImportValue tokens }'), NOTHING],
      ['options from another stack', instance('MetadataOptions: !ImportValue options'), NOTHING],
      [
        'an image of Amazon Linux 2023',
        instance("ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}'"),
        NOTHING,
      ],
      [
        'an image of Amazon Linux 2023 by a parameter',
        instance(
          'ImageId: !Ref P',
          'Parameters:\n  P:\n    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>\n    Default: /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64\n',
        ),
        NOTHING,
      ],
      [
        'an image of Amazon Linux 2',
        instance("ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2}}'"),
        LEFT_OUT,
      ],
      ['a launch template', stack({ A: ['EC2::LaunchTemplate', 'LaunchTemplateData: { ImageId: ami-1 }'] }), LEFT_OUT],
      [
        'a launch template that requires them',
        stack({ A: ['EC2::LaunchTemplate', `LaunchTemplateData: { ${REQUIRED} }`] }),
        NOTHING,
      ],
      ['a launch configuration', stack({ A: ['AutoScaling::LaunchConfiguration', 'ImageId: ami-1'] }), LEFT_OUT],
      [
        'a launch configuration that requires them',
        stack({ A: ['AutoScaling::LaunchConfiguration', REQUIRED] }),
        NOTHING,
      ],
      [
        'a launch configuration with optional',
        stack({ A: ['AutoScaling::LaunchConfiguration', 'MetadataOptions: { HttpTokens: optional }'] }),
        ['imdsv1-allowed A'],
      ],
      [
        'a spot fleet',
        stack({
          A: ['EC2::SpotFleet', 'SpotFleetRequestConfigData:\n  LaunchSpecifications:\n    - { ImageId: ami-1 }'],
        }),
        LEFT_OUT,
      ],
      ['an instance of a template that requires them', templated(`  ${REQUIRED}`, ''), NOTHING],
      ['an instance of a template that does not', templated('', ''), ['imdsv1-allowed L information']],
      [
        'an instance that requires them of a template that does not',
        templated('', REQUIRED),
        ['imdsv1-allowed L information'],
      ],
      [
        'an instance of a template elsewhere',
        instance('LaunchTemplate: { LaunchTemplateId: lt-1, Version: 1 }'),
        NOTHING,
      ],
      ['a machine of another kind', stack({ A: ['RDS::DBInstance', 'Engine: mysql'] }), NOTHING],
      [
        'a call that will be refused',
        instance(`${REQUIRED}\n${CALLS}`),
        ['imdsv1-call A', 'imdsv2-required-v1-call A'],
      ],
      [
        'a call that will be refused by the template’s options',
        templated(`  ${REQUIRED}`, CALLS),
        ['imdsv1-call A', 'imdsv2-required-v1-call A'],
      ],
      [
        'a call that may be answered',
        instance(`MetadataOptions: { HttpTokens: !Ref P }\n${CALLS}`, parameter('Description: a')),
        ['imdsv1-call A'],
      ],
      [
        'a hop limit',
        instance(`MetadataOptions: { HttpTokens: required, HttpPutResponseHopLimit: 3 }`),
        ['metadata-hop-limit A'],
      ],
      [
        'a hop limit as text',
        instance(`MetadataOptions: { HttpTokens: required, HttpPutResponseHopLimit: '64' }`),
        ['metadata-hop-limit A'],
      ],
      [
        'a hop limit for containers',
        instance(`MetadataOptions: { HttpTokens: required, HttpPutResponseHopLimit: 2 }`),
        NOTHING,
      ],
      [
        'a hop limit that is not known',
        instance(
          'MetadataOptions: { HttpTokens: required, HttpPutResponseHopLimit: !Ref P }',
          parameter('Description: a'),
        ),
        NOTHING,
      ],
    ] satisfies readonly Case[],
    ['ebs-unencrypted information'],
  );
});

describe('public instances', () => {
  const reached = (properties: string, more: Parameters<typeof stack>[0] = {}): string =>
    stack({ G: ['EC2::SecurityGroup', OPEN_SSH], A: ['EC2::Instance', `${REQUIRED}\n${properties}`], ...more });
  const PORT = 'open-management-port G';
  const BOTH = ['instance-public A', PORT];
  judges([
    [
      'by its interface',
      reached('NetworkInterfaces:\n  - { DeviceIndex: 0, AssociatePublicIpAddress: true, GroupSet: [!Ref G] }'),
      BOTH,
    ],
    [
      'by its interface, as text',
      reached(
        "NetworkInterfaces:\n  - { DeviceIndex: '0', AssociatePublicIpAddress: 'true', GroupSet: [!GetAtt G.GroupId] }",
      ),
      BOTH,
    ],
    [
      'not by its interface',
      reached('NetworkInterfaces:\n  - { DeviceIndex: 0, AssociatePublicIpAddress: false, GroupSet: [!Ref G] }'),
      [PORT],
    ],
    ['by an address', reached('SecurityGroupIds: [!Ref G]', { E: ['EC2::EIP', 'InstanceId: !Ref A'] }), BOTH],
    [
      'by an association',
      reached('SecurityGroupIds: [!Ref G]', { E: ['EC2::EIPAssociation', 'InstanceId: !Ref A\nAllocationId: a'] }),
      BOTH,
    ],
    [
      'by an association of its interface',
      reached('NetworkInterfaces:\n  - { DeviceIndex: 0, NetworkInterfaceId: !Ref N }', {
        N: ['EC2::NetworkInterface', 'SubnetId: s\nGroupSet: [!Ref G]'],
        E: ['EC2::EIPAssociation', 'NetworkInterfaceId: !Ref N\nAllocationId: a'],
      }),
      BOTH,
    ],
    [
      'by its interface that gets no address',
      reached('NetworkInterfaces:\n  - { DeviceIndex: 0, NetworkInterfaceId: !Ref N }', {
        N: ['EC2::NetworkInterface', 'SubnetId: s\nGroupSet: [!Ref G]'],
      }),
      [PORT],
    ],
    [
      'by its subnet',
      reached('SecurityGroupIds: [!Ref G]\nSubnetId: !Ref S', { S: ['EC2::Subnet', 'MapPublicIpOnLaunch: true'] }),
      BOTH,
    ],
    [
      'in a private subnet',
      reached('SecurityGroupIds: [!Ref G]\nSubnetId: !Ref S', { S: ['EC2::Subnet', 'MapPublicIpOnLaunch: false'] }),
      [PORT],
    ],
    ['in a subnet elsewhere', reached('SecurityGroupIds: [!Ref G]\nSubnetId: subnet-1'), [PORT]],
    ['with another group', reached('SecurityGroupIds: [sg-1]', { E: ['EC2::EIP', 'InstanceId: !Ref A'] }), [PORT]],
    [
      'with a group by a condition',
      reached('SecurityGroupIds: [!If [C, !Ref G, sg-1]]', { E: ['EC2::EIP', 'InstanceId: !Ref A'] }),
      BOTH,
    ],
    [
      'by an address that is not known',
      reached(
        'NetworkInterfaces:\n  - { DeviceIndex: 0, AssociatePublicIpAddress: !ImportValue public, GroupSet: [!Ref G] }',
      ),
      [PORT],
    ],
    [
      'with groups that are not known',
      reached('SecurityGroupIds: !ImportValue groups', { E: ['EC2::EIP', 'InstanceId: !Ref A'] }),
      [PORT],
    ],
  ]);
});

describe('architectures', () => {
  const FETCHES = (name: string): string =>
    `UserData:\n  Fn::Base64: |\n    #!/bin/bash\n    curl -O https://example.org/${name}`;
  const instance = (properties: string, sections = ''): string =>
    stack({ A: ['EC2::Instance', `${REQUIRED}\n${properties}`] }, sections);
  const image = (name: string): string => `ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/${name}}}'`;
  const type = (more: string): string => `Parameters:\n  T:\n    Type: String\n    ${more}\n`;
  judges([
    [
      'Graviton and an image for x86_64',
      instance(`InstanceType: t4g.micro\n${image('al2023-ami-kernel-default-x86_64')}`),
      ['architecture-mismatch A'],
    ],
    [
      'Graviton and its image',
      instance(`InstanceType: t4g.micro\n${image('al2023-ami-kernel-default-arm64')}`),
      NOTHING,
    ],
    [
      'x86_64 and an image for Graviton',
      instance(`InstanceType: m5.large\n${image('al2023-ami-kernel-default-arm64')}`),
      ['architecture-mismatch A'],
    ],
    [
      'a type by its default',
      instance(`InstanceType: !Ref T\n${image('al2023-ami-kernel-default-x86_64')}`, type('Default: c7g.large')),
      ['architecture-mismatch A'],
    ],
    [
      'a type that is one of several alike',
      instance(
        `InstanceType: !Ref T\n${image('al2023-ami-kernel-default-x86_64')}`,
        type('AllowedValues: [c7g.large, m6g.large]'),
      ),
      ['architecture-mismatch A'],
    ],
    [
      'a type that is one of several',
      instance(
        `InstanceType: !Ref T\n${image('al2023-ami-kernel-default-x86_64')}`,
        type('AllowedValues: [c7g.large, m5.large]'),
      ),
      NOTHING,
    ],
    [
      'a type that is not known',
      instance(`InstanceType: !Ref T\n${image('al2023-ami-kernel-default-x86_64')}`, type('Description: a')),
      NOTHING,
    ],
    ['an image that is not known', instance('InstanceType: t4g.micro\nImageId: !ImportValue image'), NOTHING],
    ['a GPU type', instance(`InstanceType: g5.xlarge\n${image('al2023-ami-kernel-default-x86_64')}`), NOTHING],
  ]);
  judges(
    [
      [
        'a program for x86_64 on Graviton',
        instance(`InstanceType: t4g.micro\n${FETCHES('awscli-exe-linux-x86_64.zip')}`),
        ['architecture-mismatch A'],
      ],
      [
        'a program for Graviton there',
        instance(`InstanceType: t4g.micro\n${FETCHES('awscli-exe-linux-aarch64.zip')}`),
        NOTHING,
      ],
      [
        'a program of a type that is not known',
        instance(`InstanceType: !ImportValue type\n${FETCHES('awscli-exe-linux-x86_64.zip')}`),
        NOTHING,
      ],
    ],
    [],
  );
});

describe('secrets', () => {
  /** Made here, given to nobody. */
  const PASSWORD = 'Vq7!kRz2pX';
  const script = (lines: string, base64 = 'Fn::Base64: |'): string =>
    stack({ A: ['EC2::Instance', `${REQUIRED}\nUserData:\n  ${base64}\n    #!/bin/bash\n    ${lines}`] });
  judges([
    ['a password', script(`DB_PASSWORD='${PASSWORD}'`), ['secret-in-script A']],
    ['a password in Sub', script(`DB_PASSWORD='${PASSWORD}'`, 'Fn::Base64: !Sub |'), ['secret-in-script A']],
    ['a parameter', script("DB_PASSWORD='${Password}'", 'Fn::Base64: !Sub |'), NOTHING],
    ['a dynamic reference', script("DB_PASSWORD='{{resolve:secretsmanager:db}}'"), NOTHING],
  ]);
});
