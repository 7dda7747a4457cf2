import { describe } from 'vitest';
import { judges, type Case } from './testing/verdicts';

const NOTHING: readonly string[] = [];
const RULE = '        - IpProtocol: tcp\n          FromPort: 22\n          ToPort: 22\n          CidrIp: 0.0.0.0/0\n';
const group = (above: string, within = '', between = '', behind = ''): string =>
  `Resources:\n${above}  G:\n    Type: AWS::EC2::SecurityGroup\n${within}    Properties:\n      GroupDescription: a\n      SecurityGroupIngress:\n${between}${RULE.replace('0.0.0.0/0', `0.0.0.0/0${behind}`)}`;
const metadata = (text: string): string => `    Metadata:\n${text.replace(/^(?=.)/gm, '      ')}\n`;
const NAG = 'cfn_nag:\n  rules_to_suppress:\n    - id: W2\n      reason: bastion';
const empty = (id: string, within: string): string =>
  `  ${id}:\n    Type: AWS::EC2::SecurityGroup\n${within}    Properties:\n      GroupDescription: a\n`;
const apart = (ofGroup: string, ofRule = '', ofOther = ''): string =>
  `Resources:\n${empty('G', ofGroup)}${empty('H', ofOther)}  R:\n    Type: AWS::EC2::SecurityGroupIngress\n${ofRule}    Properties:\n      GroupId: !Ref G\n      IpProtocol: tcp\n      FromPort: 22\n      ToPort: 22\n      CidrIp: 0.0.0.0/0\n`;
const SSH = ['open-management-port G'];

describe('comments for other scanners', () => {
  judges([
    ['none', group(''), SSH],
    ['Checkov in the resource', group('', '    # checkov:skip=CKV_AWS_24:bastion\n'), NOTHING],
    ['Checkov in the rule', group('', '', '', ' # checkov:skip=CKV_AWS_24:bastion'), NOTHING],
    ['Checkov for another port', group('', '    # checkov:skip=CKV_AWS_25:bastion\n'), SSH],
    ['Checkov before the resource', group('  # checkov:skip=CKV_AWS_24:bastion\n'), SSH],
    ['Trivy before the rule', group('', '', '        # trivy:ignore:AVD-AWS-0107\n'), NOTHING],
    ['Trivy before the resource', group('  # trivy:ignore:aws-0107\n'), NOTHING],
    ['Trivy on the line', group('', '', '', ' # trivy:ignore:aws-0107'), NOTHING],
    ['Trivy for another rule', group('', '', '        # trivy:ignore:AVD-AWS-0104\n'), SSH],
    ['tfsec before the rule', group('', '', '        # tfsec:ignore:aws-ec2-no-public-ingress-sgr\n'), NOTHING],
    ['KICS before the line', group('', '', '        # kics-scan ignore-block\n'), NOTHING],
    ['KICS before the resource', group('  # kics-scan ignore-block\n'), NOTHING],
    ['KICS in the file', `# kics-scan ignore\n${group('')}`, NOTHING],
    ['KICS before another line', group('  # kics-scan ignore-line\n'), SSH],
  ] satisfies readonly Case[]);
});

describe('metadata for other scanners', () => {
  judges([
    ['Checkov', group('', metadata('checkov:\n  skip:\n    - id: CKV_AWS_24\n      comment: bastion')), NOTHING],
    [
      'Checkov for another port',
      group('', metadata('checkov:\n  skip:\n    - id: CKV_AWS_25\n      comment: bastion')),
      SSH,
    ],
    ['cfn_nag', group('', metadata('cfn_nag:\n  rules_to_suppress:\n    - id: W2\n      reason: bastion')), NOTHING],
    [
      'cfn_nag for another rule',
      group('', metadata('cfn_nag:\n  rules_to_suppress:\n    - id: W9\n      reason: bastion')),
      SSH,
    ],
    // cfn_nag judges a rule apart as a part of the group that it names.
    ['cfn_nag on the group of a rule apart', apart(metadata(NAG)), NOTHING],
    ['cfn_nag on the rule apart', apart('', metadata(NAG)), NOTHING],
    ['cfn_nag on another group', apart('', '', metadata(NAG)), ['open-management-port G']],
    [
      'Checkov on the group of a rule apart',
      apart(metadata('checkov:\n  skip:\n    - id: CKV_AWS_24')),
      ['open-management-port G'],
    ],
    ['Guard', group('', metadata('guard:\n  SuppressedRules: [INCOMING_SSH_DISABLED]')), NOTHING],
    ['Guard for another rule', group('', metadata('guard:\n  SuppressedRules: [EC2_IMDSV2_CHECK]')), SSH],
    [
      'of an instance',
      `Resources:\n  A:\n    Type: AWS::EC2::Instance\n${metadata('checkov:\n  skip:\n    - id: CKV_AWS_79')}    Properties:\n      ImageId: ami-1\n`,
      NOTHING,
    ],
    [
      'of another instance',
      `Resources:\n  A:\n    Type: AWS::EC2::Instance\n${metadata('checkov:\n  skip:\n    - id: CKV_AWS_79')}    Properties:\n      ImageId: ami-1\n  B:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n`,
      ['imdsv1-allowed B information'],
    ],
  ] satisfies readonly Case[]);
});
