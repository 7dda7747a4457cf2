/** What a fix of a resource leaves is a template that says what was meant, and nothing else is changed. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../text/edits';
import { at, parseTemplate } from '../testing/render';
import { asJson, findingsOf, group, stack, verdictsOf } from './testing/verdicts';

/** The template after a fix of its first finding of a rule. */
function afterFix(template: string, ruleId: string, title: RegExp, input?: string): string {
  const finding = findingsOf(template).find((each) => each.ruleId === ruleId);
  const fix = finding?.fixes.find((each) => title.test(each.title));
  if (!fix) throw new Error(`no such fix among ${JSON.stringify(finding?.fixes.map((each) => each.title))}`);
  return applyEdits(template, fix.edits(input));
}

const property = (template: string, id: string, ...path: (string | number)[]): unknown =>
  at(parseTemplate(template), ['Resources', id, 'Properties', ...path]);

describe('tokens are required', () => {
  const REQUIRE = /^Require tokens/;
  it.each([
    [
      'left out',
      stack({ A: ['EC2::Instance', 'ImageId: ami-1\nInstanceType: t3.micro # kept'] }),
      [],
      '      MetadataOptions:\n        HttpTokens: required\n      ImageId: ami-1\n',
    ],
    [
      'with other options',
      stack({ A: ['EC2::Instance', 'MetadataOptions:\n  HttpEndpoint: enabled'] }),
      [],
      '      MetadataOptions:\n        HttpTokens: required\n        HttpEndpoint: enabled\n',
    ],
    [
      'optional',
      stack({ A: ['EC2::Instance', 'MetadataOptions:\n  HttpTokens: optional # old'] }),
      [],
      '        HttpTokens: required # old\n',
    ],
    [
      'optional in quotes',
      stack({ A: ['EC2::Instance', "MetadataOptions:\n  HttpTokens: 'optional'"] }),
      [],
      "        HttpTokens: 'required'\n",
    ],
    [
      'in a flow map',
      stack({ A: ['EC2::Instance', 'MetadataOptions: { HttpEndpoint: enabled }'] }),
      [],
      'MetadataOptions: { HttpTokens: required, HttpEndpoint: enabled }',
    ],
    [
      'in an empty map',
      stack({ A: ['EC2::Instance', 'ImageId: ami-1\nMetadataOptions: {}'] }),
      [],
      'MetadataOptions: { HttpTokens: required }',
    ],
    [
      'of a launch template',
      stack({ A: ['EC2::LaunchTemplate', 'LaunchTemplateData:\n  ImageId: ami-1'] }),
      ['LaunchTemplateData'],
      '        MetadataOptions:\n          HttpTokens: required\n        ImageId: ami-1\n',
    ],
    [
      'of a launch configuration',
      stack({ A: ['AutoScaling::LaunchConfiguration', 'ImageId: ami-1'] }),
      [],
      '      MetadataOptions:\n        HttpTokens: required\n',
    ],
    [
      'with wide indentation',
      'Resources:\n    A:\n        Type: AWS::EC2::Instance\n        Properties:\n            ImageId: ami-1\n',
      [],
      '            MetadataOptions:\n                HttpTokens: required\n            ImageId: ami-1\n',
    ],
    [
      'with CRLF',
      stack({ A: ['EC2::Instance', 'ImageId: ami-1'] }).replaceAll('\n', '\r\n'),
      [],
      '      MetadataOptions:\r\n        HttpTokens: required\r\n',
    ],
  ])('%s', (_, template, path, written) => {
    const after = afterFix(template, 'imdsv1-allowed', REQUIRE);
    expect(after).toContain(written);
    expect(property(after, 'A', ...path, 'MetadataOptions', 'HttpTokens')).toBe('required');
    expect(verdictsOf(after)).toEqual([]);
    const json = asJson(template);
    const fixed = afterFix(json, 'imdsv1-allowed', REQUIRE);
    expect(parseTemplate(fixed)).toEqual(parseTemplate(asJson(after)));
    const line = JSON.stringify(JSON.parse(json));
    expect(parseTemplate(afterFix(line, 'imdsv1-allowed', REQUIRE))).toEqual(parseTemplate(fixed));
  });

  it('in the manner of a JSON template', () => {
    const template = asJson(stack({ A: ['EC2::Instance', 'ImageId: ami-1'] }));
    expect(afterFix(template, 'imdsv1-allowed', REQUIRE)).toBe(
      template.replace(
        '"ImageId"',
        '"MetadataOptions": {\n          "HttpTokens": "required"\n        },\n        "ImageId"',
      ),
    );
  });

  it.each([
    [
      'of a spot fleet, which has no such option',
      stack({ A: ['EC2::SpotFleet', 'SpotFleetRequestConfigData:\n  LaunchSpecifications:\n    - ImageId: ami-1'] }),
    ],
    [
      'that a condition leaves out',
      stack({ A: ['EC2::Instance', 'MetadataOptions: { HttpTokens: !If [C, !Ref AWS::NoValue, required] }'] }),
    ],
  ])('nothing is offered %s', (_, template) => {
    expect(findingsOf(template).find(({ ruleId }) => ruleId === 'imdsv1-allowed')?.fixes).toEqual([]);
  });
});

describe('storage is encrypted', () => {
  it.each([
    ['a volume', stack({ A: ['EC2::Volume', 'Size: 8'] }), ['Encrypted']],
    ['a volume that says no', stack({ A: ['EC2::Volume', 'Size: 8\nEncrypted: false'] }), ['Encrypted']],
    [
      'a device',
      stack({
        A: [
          'EC2::LaunchTemplate',
          'LaunchTemplateData:\n  MetadataOptions: { HttpTokens: required }\n  BlockDeviceMappings:\n    - DeviceName: /dev/sdb\n      Ebs:\n        VolumeSize: 8',
        ],
      }),
      ['LaunchTemplateData', 'BlockDeviceMappings', 0, 'Ebs', 'Encrypted'],
    ],
    [
      'the second device',
      stack({
        A: [
          'EC2::Instance',
          'MetadataOptions: { HttpTokens: required }\nBlockDeviceMappings:\n  - { DeviceName: /dev/sdb, Ebs: { Encrypted: true } }\n  - { DeviceName: /dev/sdc, Ebs: { VolumeSize: 8 } }',
        ],
      }),
      ['BlockDeviceMappings', 1, 'Ebs', 'Encrypted'],
    ],
  ])('%s', (_, template, path) => {
    for (const text of [template, asJson(template)]) {
      const after = afterFix(text, 'ebs-unencrypted', /^Encrypt/);
      expect(property(after, 'A', ...path)).toBe(true);
      expect(verdictsOf(after)).toEqual([]);
    }
  });
});

describe('what a branch or a default leaves off is put right there', () => {
  const conditions = 'Conditions:\n  C: !Equals [!Ref AWS::Region, eu-west-1]\n';
  it.each([
    [
      'tokens in a branch',
      conditions + stack({ A: ['EC2::Instance', 'MetadataOptions:\n  HttpTokens: !If [C, required, optional]'] }),
      'imdsv1-allowed',
      /^Require/,
      'optional',
      'required',
    ],
    [
      'tokens in a default',
      `Parameters:\n  P:\n    Type: String\n    Default: optional\n${stack({ A: ['EC2::Instance', 'MetadataOptions:\n  HttpTokens: !Ref P'] })}`,
      'imdsv1-allowed',
      /^Require/,
      'optional',
      'required',
    ],
    [
      'encryption in a branch',
      conditions + stack({ A: ['EC2::Volume', 'Encrypted: !If [C, true, false]'] }),
      'ebs-unencrypted',
      /^Encrypt/,
      'false',
      'true',
    ],
    [
      'encryption as a text in a branch',
      conditions + stack({ A: ['EC2::Volume', "Encrypted: !If [C, 'true', 'false']"] }),
      'ebs-unencrypted',
      /^Encrypt/,
      'false',
      'true',
    ],
    [
      'encryption of a device in a default',
      `Parameters:\n  P:\n    Type: String\n    Default: false\n${stack({
        A: [
          'EC2::Instance',
          'MetadataOptions: { HttpTokens: required }\nBlockDeviceMappings:\n  - { DeviceName: /dev/sdb, Ebs: { Encrypted: !Ref P } }',
        ],
      })}`,
      'ebs-unencrypted',
      /^Encrypt/,
      'false',
      'true',
    ],
  ])('%s', (_, template, rule, title, off, on) => {
    for (const text of [template, asJson(template)]) {
      const after = afterFix(text, rule, title);
      expect(verdictsOf(after)).toEqual([]);
      expect(JSON.stringify(parseTemplate(after))).toBe(JSON.stringify(parseTemplate(text)).replace(off, on));
    }
  });
});

describe('a hop limit is set', () => {
  it.each([
    ['a number', '64', 2],
    ['a text', "'64'", '2'],
  ])('%s', (_, limit, expected) => {
    const template = stack({
      A: ['EC2::Instance', `MetadataOptions: { HttpTokens: required, HttpPutResponseHopLimit: ${limit} }`],
    });
    for (const text of [template, asJson(template)]) {
      const after = afterFix(text, 'metadata-hop-limit', /^Set/);
      expect(property(after, 'A', 'MetadataOptions', 'HttpPutResponseHopLimit')).toBe(expected);
    }
  });
});

const SSH = 'IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0';

describe('a port is opened to one block', () => {
  const NARROW = /^Let only/;
  const BLOCK = '198.51.100.0/24';
  it.each<[what: string, template: string, block?: string]>([
    ['where it is written', group(SSH)],
    ['in quotes', group(SSH.replace('0.0.0.0/0', "'0.0.0.0/0'"))],
    [
      'in a block map',
      stack({
        G: [
          'EC2::SecurityGroup',
          'GroupDescription: a\nSecurityGroupIngress:\n  - IpProtocol: tcp\n    FromPort: 22\n    ToPort: 22\n    CidrIp: "0.0.0.0/0" # office',
        ],
      }),
    ],
    [
      'in the default of a parameter',
      `Parameters:\n  P:\n    Type: String\n    Default: 0.0.0.0/0\n${group(SSH.replace('0.0.0.0/0', '!Ref P'))}`,
    ],
    [
      'in a mapping',
      `Mappings:\n  M:\n    a:\n      cidr: 0.0.0.0/0\n${group(SSH.replace('0.0.0.0/0', '!FindInMap [M, a, cidr]'))}`,
    ],
    ['in a branch', group(SSH.replace('0.0.0.0/0', '!If [C, 0.0.0.0/0, 10.0.0.0/8]'))],
    ['for IPv6', group(SSH.replace('CidrIp: 0.0.0.0/0', "CidrIpv6: '::/0'")), '2001:db8::/48'],
  ])('%s', (_, template, block = BLOCK) => {
    for (const text of [template, asJson(template)]) {
      const after = afterFix(text, 'open-management-port', NARROW, block);
      expect(after).toContain(block);
      expect(verdictsOf(after)).toEqual([]);
      expect(JSON.stringify(parseTemplate(after))).toBe(
        JSON.stringify(parseTemplate(text)).replace(/0\.0\.0\.0\/0|::\/0/, block),
      );
    }
  });

  it.each([
    [
      'one of a list in a default',
      `Parameters:\n  P:\n    Type: CommaDelimitedList\n    Default: 0.0.0.0/0,10.0.0.0/8\n${group(SSH.replace('0.0.0.0/0', '!Select [0, !Ref P]'))}`,
    ],
    ['put together', group(SSH.replace('0.0.0.0/0', "!Join ['/', [0.0.0.0, '0']]"))],
  ])('not %s', (_, template) => {
    const titles = findingsOf(template).flatMap(({ fixes }) => fixes.map(({ title }) => title));
    expect(titles.some((title) => title.startsWith('Let only'))).toBe(false);
  });
});

describe('a rule is removed', () => {
  const REMOVE = /^Remove/;
  const HTTPS = 'IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0';
  it.each([
    ['the first', group(SSH, HTTPS), [443]],
    ['the last', group(HTTPS, SSH), [443]],
    ['the only one', group(SSH), []],
    [
      'of several lines',
      stack({
        G: [
          'EC2::SecurityGroup',
          'GroupDescription: a\nSecurityGroupIngress:\n  - IpProtocol: tcp\n    FromPort: 22\n    ToPort: 22\n    CidrIp: 0.0.0.0/0\n  - IpProtocol: tcp\n    FromPort: 443\n    ToPort: 443\n    CidrIp: 0.0.0.0/0\nVpcId: v',
        ],
      }),
      [443],
    ],
    [
      'between brackets',
      stack({ G: ['EC2::SecurityGroup', `GroupDescription: a\nSecurityGroupIngress: [{ ${SSH} }, { ${HTTPS} }]`] }),
      [443],
    ],
    [
      'last between brackets',
      stack({ G: ['EC2::SecurityGroup', `GroupDescription: a\nSecurityGroupIngress: [{ ${HTTPS} }, { ${SSH} }]`] }),
      [443],
    ],
    [
      'the only one between brackets',
      stack({ G: ['EC2::SecurityGroup', `GroupDescription: a\nSecurityGroupIngress: [{ ${SSH} }]`] }),
      [],
    ],
  ])('%s', (_, template, ports) => {
    for (const text of [template, asJson(template), template.replaceAll('\n', '\r\n')]) {
      const after = afterFix(text, 'open-management-port', REMOVE);
      expect(verdictsOf(after)).toEqual([]);
      const left = property(after, 'G', 'SecurityGroupIngress') as { FromPort: number }[];
      expect(left.map(({ FromPort }) => FromPort)).toEqual(ports);
    }
  });

  it('the only one between brackets leaves nothing between them', () => {
    const after = afterFix(asJson(group(SSH)), 'open-management-port', REMOVE);
    expect(after).toContain('"SecurityGroupIngress": []');
  });

  it('a comment says what to do instead', () => {
    const template = group(HTTPS, SSH);
    expect(afterFix(template, 'open-management-port', REMOVE)).toBe(
      template.replace(
        `- { ${SSH} }`,
        '# Connect through AWS Systems Manager Session Manager: no open port is needed.',
      ),
    );
  });

  it('in a branch of a condition, nothing takes its place', () => {
    const template = stack({
      G: [
        'EC2::SecurityGroup',
        `GroupDescription: a\nSecurityGroupIngress:\n  - !If [C, { ${SSH} }, !Ref AWS::NoValue]`,
      ],
    });
    const after = afterFix(template, 'open-management-port', REMOVE);
    expect(property(after, 'G', 'SecurityGroupIngress', 0)).toEqual({
      'Fn::If': ['C', { Ref: 'AWS::NoValue' }, { Ref: 'AWS::NoValue' }],
    });
  });

  it('a rule of its own', () => {
    const template = stack({
      G: ['EC2::SecurityGroup', 'GroupDescription: a'],
      R: ['EC2::SecurityGroupIngress', `GroupId: !Ref G\n${SSH.replace(/, /g, '\n')}`],
    });
    for (const text of [template, asJson(template)]) {
      const after = afterFix(text, 'open-management-port', REMOVE);
      expect(Object.keys(at(parseTemplate(after), ['Resources']) as object)).toEqual(['G']);
    }
  });

  it('not a rule that something else depends on', () => {
    const template = `${stack({ G: ['EC2::SecurityGroup', 'GroupDescription: a'], R: ['EC2::SecurityGroupIngress', `GroupId: !Ref G\n${SSH.replace(/, /g, '\n')}`] })}  B:\n    Type: AWS::EC2::VPC\n    DependsOn: R\n`;
    const titles = findingsOf(template).flatMap(({ fixes }) => fixes.map(({ title }) => title));
    expect(titles.some((title) => title.startsWith('Remove'))).toBe(false);
  });
});

it.each([
  ['', 'true', 'false'],
  ['as text', "'true'", "'false'"],
])('a public address is refused where it is asked for %s', (_, asked, refused) => {
  const withAddress = (address: string): string =>
    stack({
      G: ['EC2::SecurityGroup', `SecurityGroupIngress:\n  - { ${SSH} }`],
      A: [
        'EC2::Instance',
        `NetworkInterfaces:\n  - AssociatePublicIpAddress: ${address}\n    DeviceIndex: 0\n    GroupSet: [!Ref G]`,
      ],
    });
  const after = afterFix(withAddress(asked), 'instance-public', /^Give it no public address/);
  expect(after).toBe(withAddress(refused));
  expect(verdictsOf(after)).not.toContain('instance-public A');
});
