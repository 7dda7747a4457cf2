/** Fixes are written as the template around them is, and change nothing that is used elsewhere. */
import { expect, it } from 'vitest';
import { applyEdits } from '../../../text/edits';
import { asJson, findingsOf, stack } from './testing/verdicts';

function afterFix(template: string, ruleId: string, title: string, input?: string): string | undefined {
  const finding = findingsOf(template).find((each) => each.ruleId === ruleId);
  const fix = finding?.fixes.find((each) => each.title.startsWith(title));
  return fix && applyEdits(template, fix.edits(input));
}

const json = (...properties: string[]): string =>
  `{\n    "Resources" : {\n        "A" : {\n            "Type" : "AWS::EC2::Instance",\n            "Properties" : {\n${properties.map((each) => `                ${each}`).join(',\n')}\n            }\n        }\n    }\n}\n`;

it.each([
  [
    'a blank in front of the colon',
    json('"ImageId" : "ami-1"'),
    json(
      '"MetadataOptions" : {\n                    "HttpTokens" : "required"\n                }',
      '"ImageId" : "ami-1"',
    ),
  ],
  [
    'colons in a column',
    json('"ImageId"      : "ami-1"', '"InstanceType" : "t3.micro"'),
    json(
      '"MetadataOptions" : {\n                    "HttpTokens" : "required"\n                }',
      '"ImageId"      : "ami-1"',
      '"InstanceType" : "t3.micro"',
    ),
  ],
  [
    'no blank behind the colon',
    json('"ImageId":"ami-1"'),
    json('"MetadataOptions":{\n                    "HttpTokens":"required"\n                }', '"ImageId":"ami-1"'),
  ],
])('JSON with %s', (_, before, after) => {
  expect(afterFix(before, 'imdsv1-allowed', 'Require tokens')).toBe(after);
});

it('a comment stands in front of a list that is left empty', () => {
  const template = stack({
    G: [
      'EC2::SecurityGroup',
      'GroupDescription: a\nSecurityGroupIngress:\n  - IpProtocol: tcp\n    FromPort: 22\n    ToPort: 22\n    CidrIp: 0.0.0.0/0\nVpcId: v',
    ],
  });
  expect(afterFix(template, 'open-management-port', 'Remove')).toBe(
    stack({
      G: [
        'EC2::SecurityGroup',
        'GroupDescription: a\n# Connect through AWS Systems Manager Session Manager: no open port is needed.\nSecurityGroupIngress: []\nVpcId: v',
      ],
    }),
  );
});

const withEgress = (egress: string): string =>
  `Parameters:\n  Office:\n    Type: String\n    Default: 0.0.0.0/0\n${stack({
    G: [
      'EC2::SecurityGroup',
      `GroupDescription: a\nSecurityGroupIngress:\n  - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Office }\nSecurityGroupEgress:\n  - { IpProtocol: -1, CidrIp: ${egress} }`,
    ],
  })}`;

it.each([
  ['a tag', '!Ref Office', '198.51.100.0/24'],
  ['a function', '{ Ref: Office }', '198.51.100.0/24'],
])('a default is left alone that says where traffic may go to: %s', (_, reference, instead) => {
  const narrowed = (template: string): string | undefined =>
    afterFix(template, 'open-management-port', 'Let only', '198.51.100.0/24');
  const template = (egress: string): string => withEgress(egress).replace('!Ref Office', reference);
  expect(narrowed(template('0.0.0.0/0'))).toContain('Default: 198.51.100.0/24');
  expect(narrowed(template('!Ref Office'))).toBe(template('!Ref Office').replace(reference, instead));
  const below = template('!Ref Office').replace(
    `{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: ${reference} }`,
    'IpProtocol: tcp\n          FromPort: 22\n          CidrIp:\n            Ref: Office\n          ToPort: 22',
  );
  expect(below).toContain('\n            Ref');
  expect(narrowed(below)).toBe(below.replace('\n            Ref: Office', ' 198.51.100.0/24'));
  const json = asJson(template('!Ref Office'));
  expect(narrowed(json)?.replace(/\s/g, '')).toBe(
    json.replace(/\s/g, '').replace('{"Ref":"Office"}', '"198.51.100.0/24"'),
  );
});
