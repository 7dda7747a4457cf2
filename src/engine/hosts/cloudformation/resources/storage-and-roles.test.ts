import { describe } from 'vitest';
import { judges, stack, type Case } from './testing/verdicts';

const NOTHING: readonly string[] = [];
const REQUIRED = 'MetadataOptions: { HttpTokens: required }';

describe('volumes', () => {
  const volume = (properties: string, sections = ''): string =>
    stack({ V: ['EC2::Volume', `Size: 8\n${properties}`] }, sections);
  const device = (inner: string): string =>
    stack({ A: ['EC2::Instance', `${REQUIRED}\nBlockDeviceMappings:\n  - { ${inner} }`] });
  const PARAMETER = 'Parameters:\n  P:\n    Type: String\n    ';
  judges([
    ['encrypted', volume('Encrypted: true'), NOTHING],
    ['encrypted, as text', volume("Encrypted: 'true'"), NOTHING],
    ['encrypted, in the words of YAML 1.1', volume('Encrypted: yes # 1.1'), NOTHING],
    ['not encrypted', volume('Encrypted: false'), ['ebs-unencrypted V']],
    ['not encrypted, as text', volume("Encrypted: 'false'"), ['ebs-unencrypted V']],
    ['not encrypted, in the words of YAML 1.1', volume('Encrypted: no # 1.1'), ['ebs-unencrypted V']],
    ['left out', volume(''), ['ebs-unencrypted V information']],
    ['with a key', volume('KmsKeyId: alias/a'), NOTHING],
    ['of a snapshot', volume('SnapshotId: snap-1'), NOTHING],
    ['by a default', volume('Encrypted: !Ref P', `${PARAMETER}Default: 'false'\n`), ['ebs-unencrypted V']],
    [
      'by a parameter without a default',
      volume('Encrypted: !Ref P', `${PARAMETER}AllowedValues: ['true', 'false']\n`),
      NOTHING,
    ],
    ['by a condition', volume('Encrypted: !If [C, true, false]'), ['ebs-unencrypted V']],
    ['by another stack', volume('Encrypted: !ImportValue encrypted'), NOTHING],
    ['a device that is encrypted', device('DeviceName: /dev/sdb, Ebs: { Encrypted: true }'), NOTHING],
    ['a device that is not', device('DeviceName: /dev/sdb, Ebs: { Encrypted: false }'), ['ebs-unencrypted A']],
    ['a root device that is not', device('DeviceName: /dev/xvda, Ebs: { Encrypted: false }'), ['ebs-unencrypted A']],
    [
      'a device that does not say',
      device('DeviceName: /dev/sdb, Ebs: { VolumeSize: 8 }'),
      ['ebs-unencrypted A information'],
    ],
    ['a device of a snapshot', device('DeviceName: /dev/sdb, Ebs: { SnapshotId: snap-1 }'), NOTHING],
    ['instance store', device('DeviceName: /dev/sdb, VirtualName: ephemeral0'), NOTHING],
    ['a device that is taken away', device('DeviceName: /dev/sdb, NoDevice: {}'), NOTHING],
    [
      'a device of a launch template',
      stack({
        A: [
          'EC2::LaunchTemplate',
          `LaunchTemplateData:\n  ${REQUIRED}\n  BlockDeviceMappings:\n    - { DeviceName: /dev/sdb, Ebs: { Encrypted: false } }`,
        ],
      }),
      ['ebs-unencrypted A'],
    ],
    [
      'a device of a launch configuration',
      stack({
        A: [
          'AutoScaling::LaunchConfiguration',
          `${REQUIRED}\nBlockDeviceMappings:\n  - { DeviceName: /dev/sdb, Ebs: { Encrypted: false } }`,
        ],
      }),
      ['ebs-unencrypted A'],
    ],
    [
      'a device by a condition',
      stack({
        A: [
          'EC2::Instance',
          `${REQUIRED}\nBlockDeviceMappings:\n  - !If [C, { DeviceName: /dev/sdb, Ebs: { Encrypted: false } }, !Ref AWS::NoValue]`,
        ],
      }),
      ['ebs-unencrypted A'],
    ],
    [
      'devices of another stack',
      stack({ A: ['EC2::Instance', `${REQUIRED}\nBlockDeviceMappings: !ImportValue devices`] }),
      NOTHING,
    ],
    [
      'the recipe of an image',
      stack({
        A: [
          'ImageBuilder::ImageRecipe',
          'BlockDeviceMappings:\n  - { DeviceName: /dev/sdb, Ebs: { Encrypted: false } }',
        ],
      }),
      ['ebs-unencrypted A'],
    ],
  ] satisfies readonly Case[]);
});

describe('images', () => {
  const shared = (groups: string): string =>
    stack({
      A: [
        'ImageBuilder::DistributionConfiguration',
        `Name: a\nDistributions:\n  - Region: us-east-1\n    AmiDistributionConfiguration:\n      LaunchPermissionConfiguration: ${groups}`,
      ],
    });
  judges([
    ['for everybody', shared('{ UserGroups: [all] }'), ['image-public A']],
    ['for an account', shared("{ UserIds: ['123456789012'] }"), NOTHING],
    ['for what is not known', shared('{ UserGroups: !Ref Groups }'), NOTHING],
  ]);
});

describe('roles', () => {
  const TRUST = (service: string): string =>
    `AssumeRolePolicyDocument:\n  Statement:\n    - { Effect: Allow, Principal: { Service: ${service} }, Action: 'sts:AssumeRole' }`;
  const EC2 = TRUST('ec2.amazonaws.com');
  const role = (properties: string, trust = EC2): string => stack({ R: ['IAM::Role', `${trust}\n${properties}`] });
  const inline = (statement: string): string =>
    `Policies:\n  - PolicyName: a\n    PolicyDocument:\n      Statement:\n        - { ${statement} }`;
  const BROAD = ['instance-role-broad R'];
  const ADMIN = 'ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]';
  judges([
    ['an administrator', role(ADMIN), BROAD],
    [
      'an administrator in any partition',
      role("ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess']"),
      BROAD,
    ],
    ['one that may read', role('ManagedPolicyArns: [arn:aws:iam::aws:policy/ReadOnlyAccess]'), NOTHING],
    ['an administrator that is no instance', role(ADMIN, TRUST('lambda.amazonaws.com')), NOTHING],
    ['one of several services', role(ADMIN, TRUST('[lambda.amazonaws.com, ec2.amazonaws.com]')), BROAD],
    ['EC2 by the suffix of its addresses', role(ADMIN, TRUST("!Sub 'ec2.${AWS::URLSuffix}'")), BROAD],
    [
      'an administrator by its profile',
      stack({ R: ['IAM::Role', `${TRUST('!Ref Service')}\n${ADMIN}`], P: ['IAM::InstanceProfile', 'Roles: [!Ref R]'] }),
      BROAD,
    ],
    ['everything', role(inline("Effect: Allow, Action: '*', Resource: '*'")), BROAD],
    ['everything in lists', role(inline("Effect: Allow, Action: ['*'], Resource: ['*']")), BROAD],
    [
      'a statement that is no list',
      role(
        "Policies:\n  - PolicyName: a\n    PolicyDocument:\n      Statement: { Effect: Allow, Action: '*', Resource: '*' }",
      ),
      BROAD,
    ],
    ['everything of one service', role(inline("Effect: Allow, Action: 's3:*', Resource: '*'")), NOTHING],
    ['everything on one resource', role(inline("Effect: Allow, Action: '*', Resource: 'arn:aws:s3:::a'")), NOTHING],
    ['nothing', role(inline("Effect: Deny, Action: '*', Resource: '*'")), NOTHING],
    ['everything but S3', role(inline("Effect: Allow, NotAction: 's3:*', Resource: '*'")), BROAD],
    ['everything but', role(inline("Effect: Allow, NotAction: 'iam:*', Resource: '*'")), NOTHING],
    [
      'everything on a condition',
      role(inline("Effect: Allow, Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } }")),
      NOTHING,
    ],
    [
      'any role to pass on',
      role(inline("Effect: Allow, Action: ['ec2:RunInstances', 'iam:PassRole'], Resource: '*'")),
      BROAD,
    ],
    [
      'one role to pass on',
      role(inline("Effect: Allow, Action: 'iam:PassRole', Resource: !GetAtt Other.Arn")),
      NOTHING,
    ],
    ['actions that are not known', role(inline("Effect: Allow, Action: !Ref Actions, Resource: '*'")), NOTHING],
    [
      'by a condition',
      role(`ManagedPolicyArns:\n  - !If [C, arn:aws:iam::aws:policy/AdministratorAccess, !Ref AWS::NoValue]`),
      BROAD,
    ],
    [
      'a policy of its own',
      stack({
        R: ['IAM::Role', EC2],
        P: [
          'IAM::Policy',
          "PolicyName: a\nRoles: [!Ref R]\nPolicyDocument:\n  Statement:\n    - { Effect: Allow, Action: '*', Resource: '*' }",
        ],
      }),
      BROAD,
    ],
    [
      'a policy of its own for another role',
      stack({
        R: ['IAM::Role', EC2],
        P: [
          'IAM::Policy',
          "PolicyName: a\nRoles: [other]\nPolicyDocument:\n  Statement:\n    - { Effect: Allow, Action: '*', Resource: '*' }",
        ],
      }),
      NOTHING,
    ],
    [
      'a managed policy of the template',
      stack({
        R: ['IAM::Role', `${EC2}\nManagedPolicyArns: [!Ref P]`],
        P: ['IAM::ManagedPolicy', "PolicyDocument:\n  Statement:\n    - { Effect: Allow, Action: '*', Resource: '*' }"],
      }),
      BROAD,
    ],
    [
      'a managed policy that names the role',
      stack({
        R: ['IAM::Role', `RoleName: web\n${EC2}`],
        P: [
          'IAM::ManagedPolicy',
          "Roles: [web]\nPolicyDocument:\n  Statement:\n    - { Effect: Allow, Action: '*', Resource: '*' }",
        ],
      }),
      BROAD,
    ],
  ] satisfies readonly Case[]);
});

describe('key pairs', () => {
  const pair = (properties: string, sections = ''): string =>
    stack({ K: ['EC2::KeyPair', `KeyName: a\n${properties}`] }, sections);
  judges([
    ['made by EC2', pair('KeyType: rsa'), NOTHING],
    ['DSA', pair("PublicKeyMaterial: 'ssh-dss AAAAB3NzaC1kc3MAAAA='"), ['key-pair-weak K']],
    ['that is not known', pair('PublicKeyMaterial: !Ref P', 'Parameters:\n  P:\n    Type: String\n'), NOTHING],
    [
      'ED25519 for Windows',
      stack({
        K: ['EC2::KeyPair', 'KeyName: a\nKeyType: ed25519'],
        A: [
          'EC2::Instance',
          `${REQUIRED}\nKeyName: !Ref K\nImageId: '{{resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base}}'`,
        ],
      }),
      ['key-pair-weak K'],
    ],
    [
      'ED25519 for Linux',
      stack({
        K: ['EC2::KeyPair', 'KeyName: a\nKeyType: ed25519'],
        A: ['EC2::Instance', `${REQUIRED}\nKeyName: !Ref K`],
      }),
      NOTHING,
    ],
  ]);
});

describe('quotas', () => {
  const rules = (count: number): string =>
    stack({
      G: [
        'EC2::SecurityGroup',
        `GroupDescription: a\nSecurityGroupIngress:\n${Array.from({ length: count }, (_, i) => `  - { IpProtocol: tcp, FromPort: ${String(i + 1000)}, ToPort: ${String(i + 1000)}, CidrIp: 10.0.0.0/8 }\n`).join('')}`,
      ],
    });
  judges([
    ['rules enough', rules(60), NOTHING],
    ['a rule too many', rules(61), ['security-group-quota G']],
    [
      'groups that are not known',
      stack({ A: ['EC2::Instance', `${REQUIRED}\nSecurityGroupIds: !ImportValue groups`] }),
      NOTHING,
    ],
    ['groups enough', stack({ A: ['EC2::Instance', `${REQUIRED}\nSecurityGroupIds: [a, b, c, d, e]`] }), NOTHING],
    [
      'a group too many',
      stack({ A: ['EC2::Instance', `${REQUIRED}\nSecurityGroupIds: [a, b, c, d, e, f]`] }),
      ['security-group-quota A'],
    ],
    [
      'groups too many of an interface',
      stack({ A: ['EC2::NetworkInterface', 'SubnetId: s\nGroupSet: [a, b, c, d, e, f]'] }),
      ['security-group-quota A'],
    ],
  ]);
});
