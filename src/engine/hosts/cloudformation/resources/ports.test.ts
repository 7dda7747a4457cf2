import { describe } from 'vitest';
import { group, judges, stack, type Case } from './testing/verdicts';

const SSH = 'IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0';
const MANAGEMENT = ['open-management-port G'];
const ALL = ['open-all-ports G'];
const OTHER = ['open-port G'];
const NOTHING: readonly string[] = [];

const tcp = (from: number | string, to: number | string = from, source = "CidrIp: '0.0.0.0/0'"): string =>
  `IpProtocol: tcp, FromPort: ${String(from)}, ToPort: ${String(to)}, ${source}`;

describe('ports and protocols', () => {
  judges([
    ['SSH', group(SSH), MANAGEMENT],
    ['SSH as text', group(tcp("'22'")), MANAGEMENT],
    ['RDP', group(tcp(3389)), MANAGEMENT],
    ['WinRM', group(tcp(5985, 5986)), MANAGEMENT],
    ['Docker', group(tcp(2375)), MANAGEMENT],
    ['Telnet', group(tcp(23)), MANAGEMENT],
    ['protocol by number', group('IpProtocol: 6, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0'), MANAGEMENT],
    ['protocol by number as text', group("IpProtocol: '6', FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0"), MANAGEMENT],
    ['protocol in capitals', group('IpProtocol: TCP, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0'), MANAGEMENT],
    ['a range that holds SSH', group(tcp(20, 25)), MANAGEMENT],
    ['a range that holds RDP', group(tcp(1024, 60000)), MANAGEMENT],
    ['all ports of TCP', group(tcp(0, 65535)), ALL],
    ['all ports but the first', group(tcp(1, 65535)), ALL],
    ['all protocols', group("IpProtocol: '-1', CidrIp: 0.0.0.0/0"), ALL],
    ['all protocols as a number', group('IpProtocol: -1, CidrIp: 0.0.0.0/0'), ALL],
    [
      'all protocols with ports that mean nothing',
      group("IpProtocol: '-1', FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0"),
      ALL,
    ],
    ['TCP without ports', group('IpProtocol: tcp, CidrIp: 0.0.0.0/0'), ALL],
    ['TCP with ports of -1', group(tcp(-1)), ALL],
    ['a web server', group(tcp(80), tcp(443)), NOTHING],
    ['a database', group(tcp(3306)), OTHER],
    ['a range of others', group(tcp(8000, 8100)), OTHER],
    ['UDP at the port of SSH', group('IpProtocol: udp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0'), OTHER],
    ['UDP at the port of RDP', group('IpProtocol: udp, FromPort: 3389, ToPort: 3389, CidrIp: 0.0.0.0/0'), MANAGEMENT],
    ['UDP by number', group('IpProtocol: 17, FromPort: 53, ToPort: 53, CidrIp: 0.0.0.0/0'), OTHER],
    ['ICMP', group('IpProtocol: icmp, FromPort: -1, ToPort: -1, CidrIp: 0.0.0.0/0'), NOTHING],
    [
      'ICMP of a type that looks like a port',
      group('IpProtocol: icmp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0'),
      NOTHING,
    ],
    ['ICMPv6', group("IpProtocol: icmpv6, FromPort: -1, ToPort: -1, CidrIpv6: '::/0'"), NOTHING],
    ['ESP', group("IpProtocol: '50', CidrIp: 0.0.0.0/0"), NOTHING],
    ['a wide range for a block', group(tcp(1024, 65535, 'CidrIp: 203.0.113.0/24')), ['wide-port-range G']],
    ['another wide range for a block', group(tcp(0, 32767, 'CidrIp: 198.51.100.0/24')), ['wide-port-range G']],
    ['a wide range for a private block', group(tcp(1024, 65535, 'CidrIp: 10.0.0.0/8')), NOTHING],
    ['ports in a wrong order', group(tcp(30, 20)), NOTHING],
    ['a port that is none', group(tcp('ssh')), NOTHING],
    ['two rules', group(SSH, tcp(3389)), [...MANAGEMENT, ...MANAGEMENT]],
  ]);
});

describe('conditions that say what a parameter is', () => {
  const HERE = 'Parameters:\n  From: { Type: String, Default: 0.0.0.0/0, AllowedValues: [0.0.0.0/0, 10.0.0.0/8] }\n';
  const ANY = 'Parameters:\n  From: { Type: String, Default: 0.0.0.0/0 }\n';
  const conditions = (text: string): string => `Conditions:\n  Open: ${text}\n  Other: !Not [!Condition Open]\n`;
  const OPEN = conditions('!Equals [!Ref From, 0.0.0.0/0]');
  const from = (source: string): string => group(tcp(22, 22, `CidrIp: ${source}`));
  const only = (condition: string, source: string): string =>
    `Resources:\n  G:\n    Type: AWS::EC2::SecurityGroup\n    Condition: ${condition}\n    Properties:\n      GroupDescription: a\n      SecurityGroupIngress:\n        - { ${tcp(22, 22, `CidrIp: ${source}`)} }\n`;
  judges([
    ['it is open', HERE + OPEN + from('!If [Open, !Ref From, 10.0.0.0/8]'), MANAGEMENT],
    ['it is not, by what is left', HERE + OPEN + from('!If [Open, 10.0.0.0/8, !Ref From]'), NOTHING],
    ['it is not, and may be anything else', ANY + OPEN + from('!If [Open, 10.0.0.0/8, !Ref From]'), NOTHING],
    ['the other way round', ANY + OPEN + from('!If [Other, !Ref From, 10.0.0.0/8]'), NOTHING],
    [
      'a condition in a condition',
      ANY + OPEN + from('!If [Open, !If [Other, !Ref From, 10.0.0.0/8], 10.0.0.0/8]'),
      NOTHING,
    ],
    [
      'the same condition again',
      ANY + OPEN + from('!If [Open, !If [Open, 10.0.0.0/8, 0.0.0.0/0], 10.0.0.0/8]'),
      NOTHING,
    ],
    ['a resource that is not there with it', ANY + OPEN + only('Other', '!Ref From'), NOTHING],
    ['a resource that is there with it', ANY + OPEN + only('Open', '!Ref From'), MANAGEMENT],
    [
      'both of two',
      ANY +
        conditions('!And [!Equals [!Ref From, 0.0.0.0/0], !Equals [!Ref AWS::Region, a]]') +
        from('!If [Open, 10.0.0.0/8, !Ref From]'),
      MANAGEMENT,
    ],
    [
      'none of two',
      ANY +
        conditions('!Or [!Equals [0.0.0.0/0, !Ref From], !Equals [!Ref From, a]]') +
        from('!If [Open, 10.0.0.0/8, !Ref From]'),
      NOTHING,
    ],
    [
      'a condition over another parameter',
      ANY + conditions('!Equals [!Ref To, 0.0.0.0/0]') + from('!If [Open, 10.0.0.0/8, !Ref From]'),
      MANAGEMENT,
    ],
    [
      'two parameters that are equal',
      ANY + conditions('!Equals [!Ref From, !Ref To]') + from('!If [Open, 10.0.0.0/8, !Ref From]'),
      MANAGEMENT,
    ],
    [
      'a condition that names itself',
      ANY + conditions('!Not [!Condition Open]') + from('!If [Open, 10.0.0.0/8, !Ref From]'),
      MANAGEMENT,
    ],
  ]);
});

describe('sources', () => {
  const from = (source: string): string => group(tcp(22, 22, source));
  judges([
    ['IPv6', from("CidrIpv6: '::/0'"), MANAGEMENT],
    ['IPv6 at length', from("CidrIpv6: '0000:0000:0000:0000:0000:0000:0000:0000/0'"), MANAGEMENT],
    ['IPv6 with a zero', from("CidrIpv6: '0::0/0'"), MANAGEMENT],
    ['an address with a mask of nothing', from('CidrIp: 10.0.0.0/0'), MANAGEMENT],
    ['another one', from('CidrIp: 192.168.1.7/0'), MANAGEMENT],
    ['both families', from("CidrIp: 0.0.0.0/0, CidrIpv6: '::/0'"), MANAGEMENT],
    ['a block', from('CidrIp: 203.0.113.0/24'), NOTHING],
    ['a host', from('CidrIp: 203.0.113.7/32'), NOTHING],
    ['a private block', from('CidrIp: 10.0.0.0/8'), NOTHING],
    ['a network that begins alike', from('CidrIp: 0.0.0.0/8'), NOTHING],
    ['half of the internet', from('CidrIp: 0.0.0.0/1'), NOTHING],
    [
      'the internet in two halves',
      group(tcp(22, 22, 'CidrIp: 0.0.0.0/1'), tcp(22, 22, 'CidrIp: 128.0.0.0/1')),
      [...MANAGEMENT, ...MANAGEMENT],
    ],
    [
      'halves for different ports',
      group(tcp(22, 22, 'CidrIp: 0.0.0.0/1'), tcp(23, 23, 'CidrIp: 128.0.0.0/1')),
      NOTHING,
    ],
    ['a group', from('SourceSecurityGroupId: sg-12345678'), NOTHING],
    ['a group by name', from('SourceSecurityGroupName: bastion'), NOTHING],
    ['a prefix list', from('SourcePrefixListId: pl-12345678'), NOTHING],
    ['a text that is no block', from('CidrIp: everywhere'), NOTHING],
    ['no source', group('IpProtocol: tcp, FromPort: 22, ToPort: 22'), NOTHING],
    [
      'outbound',
      stack({ G: ['EC2::SecurityGroup', `GroupDescription: a\nSecurityGroupEgress:\n  - { ${SSH} }`] }),
      NOTHING,
    ],
    ['no rules', stack({ G: ['EC2::SecurityGroup', 'GroupDescription: a'] }), NOTHING],
    [
      'one rule that is no list',
      stack({ G: ['EC2::SecurityGroup', `GroupDescription: a\nSecurityGroupIngress: { ${SSH} }`] }),
      MANAGEMENT,
    ],
  ]);
});

describe('values', () => {
  const parameter = (type: string, more: string): string =>
    `Parameters:\n  P:\n    Type: ${type}\n${more.replace(/^(?=.)/gm, '    ')}\n`;
  const cidr = (value: string, sections = ''): string => sections + group(tcp(22, 22, `CidrIp: ${value}`));
  const port = (value: string, sections = ''): string => sections + group(tcp(value, value));
  const MAP = 'Mappings:\n  M:\n    dev: { cidr: 0.0.0.0/0, port: 22 }\n    prod: { cidr: 10.0.0.0/8, port: 443 }\n';
  const CONDITION = 'Conditions:\n  C: !Equals [!Ref AWS::Region, us-east-1]\n';
  judges([
    ['the default of a parameter', cidr('!Ref P', parameter('String', 'Default: 0.0.0.0/0')), MANAGEMENT],
    ['a default that is a block', cidr('!Ref P', parameter('String', 'Default: 203.0.113.0/24')), NOTHING],
    ['a parameter without a default', cidr('!Ref P', parameter('String', 'Description: a')), NOTHING],
    [
      'a parameter without a default, with allowed values',
      cidr('!Ref P', parameter('String', 'AllowedValues: [0.0.0.0/0, 10.0.0.0/8]')),
      NOTHING,
    ],
    [
      'a default and allowed values',
      cidr('!Ref P', parameter('String', 'Default: 10.0.0.0/8\nAllowedValues: [0.0.0.0/0, 10.0.0.0/8]')),
      NOTHING,
    ],
    [
      'a parameter of Parameter Store',
      cidr('!Ref P', parameter('AWS::SSM::Parameter::Value<String>', 'Default: 0.0.0.0/0')),
      NOTHING,
    ],
    ['a parameter that is not there', cidr('!Ref Q'), NOTHING],
    ['a port by a parameter', port('!Ref P', parameter('Number', 'Default: 22')), MANAGEMENT],
    ['a port by a parameter as text', port('!Ref P', parameter('String', "Default: '3389'")), MANAGEMENT],
    ['a port by a parameter without a default', port('!Ref P', parameter('Number', 'MinValue: 1')), NOTHING],
    [
      'a list of blocks, one of them',
      cidr('!Select [1, !Ref P]', parameter('CommaDelimitedList', 'Default: "10.0.0.0/8, 0.0.0.0/0"')),
      MANAGEMENT,
    ],
    [
      'a list of blocks, another of them',
      cidr('!Select [0, !Ref P]', parameter('CommaDelimitedList', 'Default: "10.0.0.0/8, 0.0.0.0/0"')),
      NOTHING,
    ],
    ['Sub', cidr("!Sub '${P}/0'", parameter('String', 'Default: 0.0.0.0')), MANAGEMENT],
    ['Sub with what is not known', cidr("!Sub '${Q.PublicIp}/0'"), NOTHING],
    ['Sub with a value of its own', cidr("!Sub ['${A}/0', { A: 0.0.0.0 }]"), MANAGEMENT],
    ['Join', cidr("!Join ['/', [0.0.0.0, '0']]"), MANAGEMENT],
    ['Join with what is not known', cidr("!Join ['/', [!Ref Q, '32']]"), NOTHING],
    ['Split', cidr("!Select [1, !Split ['|', 'a|0.0.0.0/0']]"), MANAGEMENT],
    ['a mapping', cidr('!FindInMap [M, dev, cidr]', MAP), MANAGEMENT],
    ['a mapping, another key', cidr('!FindInMap [M, prod, cidr]', MAP), NOTHING],
    [
      'a mapping by a parameter',
      cidr('!FindInMap [M, !Ref P, cidr]', parameter('String', 'Default: dev') + MAP),
      MANAGEMENT,
    ],
    [
      'a mapping by what is not known, one of several',
      cidr('!FindInMap [M, !Ref P, cidr]', parameter('String', 'Description: a') + MAP),
      MANAGEMENT,
    ],
    ['a mapping that has no such key', cidr('!FindInMap [M, test, cidr]', MAP), NOTHING],
    [
      'a port and a block of different keys',
      MAP +
        group(
          'IpProtocol: tcp, FromPort: !FindInMap [M, !Ref AWS::Region, port], ToPort: !FindInMap [M, !Ref AWS::Region, port], CidrIp: !FindInMap [M, prod, cidr]',
        ),
      NOTHING,
    ],
    ['a condition', cidr('!If [C, 0.0.0.0/0, 10.0.0.0/8]', CONDITION), MANAGEMENT],
    ['a condition the other way', cidr('!If [C, 10.0.0.0/8, 0.0.0.0/0]', CONDITION), MANAGEMENT],
    ['a condition between blocks', cidr('!If [C, 10.0.0.0/8, 192.168.0.0/16]', CONDITION), NOTHING],
    ['a condition and nothing', group(`!If [C, { ${SSH} }, !Ref AWS::NoValue]`), MANAGEMENT],
    ['a condition over ports', CONDITION + group(tcp('!If [C, 22, 3389]')), MANAGEMENT],
    ['a condition over ports of others', CONDITION + group(tcp('!If [C, 80, 443]')), NOTHING],
    [
      'ports and sources by one condition, never together',
      CONDITION + group(tcp('!If [C, 22, 443]', '!If [C, 22, 443]', 'CidrIp: !If [C, 10.0.0.0/8, 0.0.0.0/0]')),
      NOTHING,
    ],
    [
      'all rules by a condition',
      CONDITION +
        stack({
          G: [
            'EC2::SecurityGroup',
            `GroupDescription: a\nSecurityGroupIngress: !If [C, [{ ${SSH} }], !Ref AWS::NoValue]`,
          ],
        }),
      MANAGEMENT,
    ],
    [
      'a group and a source by one condition, never together',
      `${CONDITION}Resources:\n  G:\n    Type: AWS::EC2::SecurityGroup\n    Condition: C\n    Properties:\n      SecurityGroupIngress:\n        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !If [C, 10.0.0.0/8, 0.0.0.0/0] }\n`,
      NOTHING,
    ],
    [
      'a group by a condition',
      `${CONDITION}Resources:\n  G:\n    Type: AWS::EC2::SecurityGroup\n    Condition: C\n    Properties:\n      SecurityGroupIngress:\n        - { ${SSH} }\n`,
      MANAGEMENT,
    ],
    ['a protocol that is not known', group('IpProtocol: !Ref Q, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0'), NOTHING],
    [
      'an end of the range that is not known',
      group('IpProtocol: tcp, FromPort: 22, ToPort: !ImportValue port, CidrIp: 0.0.0.0/0'),
      NOTHING,
    ],
    [
      'rules of another stack',
      stack({ G: ['EC2::SecurityGroup', 'GroupDescription: a\nSecurityGroupIngress: !ImportValue rules'] }),
      NOTHING,
    ],
    ['what another stack exports', cidr('!ImportValue office'), NOTHING],
    ['a dynamic reference', cidr("'{{resolve:ssm:/office/cidr}}'"), NOTHING],
    ['an attribute', cidr('!GetAtt Vpc.CidrBlock'), NOTHING],
    [
      'what a macro puts in',
      stack({
        G: [
          'EC2::SecurityGroup',
          "GroupDescription: a\nFn::Transform: { Name: AWS::Include, Parameters: { Location: 's3://a' } }",
        ],
      }),
      NOTHING,
    ],
  ]);
});

describe('rules of their own', () => {
  const rule = (properties: string, type = 'Ingress'): string =>
    stack({
      G: ['EC2::SecurityGroup', 'GroupDescription: a'],
      R: [`EC2::SecurityGroup${type}`, properties.replace(/, /g, '\n')],
    });
  judges([
    ['of a group of the template', rule(`${SSH}, GroupId: !Ref G`), MANAGEMENT],
    ['by an attribute', rule(`${SSH}, GroupId: !GetAtt G.GroupId`), MANAGEMENT],
    ['by Sub', rule(`${SSH}, GroupId: !Sub '\${G.GroupId}'`), MANAGEMENT],
    ['of a group elsewhere', rule(`${SSH}, GroupId: sg-12345678`), ['open-management-port R']],
    ['outbound', rule(`${SSH}, GroupId: !Ref G`, 'Egress'), NOTHING],
    ['for a block', rule('IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8, GroupId: !Ref G'), NOTHING],
    [
      'of the default group',
      rule(`${SSH}, GroupId: !GetAtt Vpc.DefaultSecurityGroup`),
      ['default-security-group-open R', 'open-management-port R'],
    ],
    [
      'the default group from a block',
      rule('IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8, GroupId: !GetAtt Vpc.DefaultSecurityGroup'),
      ['default-security-group-open R'],
    ],
    [
      'halves of the internet in the group and apart',
      stack({
        G: [
          'EC2::SecurityGroup',
          `GroupDescription: a\nSecurityGroupIngress:\n  - { ${tcp(22, 22, 'CidrIp: 0.0.0.0/1')} }`,
        ],
        R: ['EC2::SecurityGroupIngress', `GroupId: !Ref G\n${tcp(22, 22, 'CidrIp: 128.0.0.0/1').replace(/, /g, '\n')}`],
      }),
      [...MANAGEMENT, ...MANAGEMENT],
    ],
    [
      'in a loop',
      `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Ports:\n    - Port\n    - ['22', '443', '3389']\n    - Rule\${Port}:\n        Type: AWS::EC2::SecurityGroupIngress\n        Properties: { GroupId: sg-1, IpProtocol: tcp, FromPort: !Ref Port, ToPort: !Ref Port, CidrIp: 0.0.0.0/0 }\n`,
      ['open-management-port Rule22', 'open-management-port Rule3389'],
    ],
    [
      'in a loop over what is not known',
      `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Ports:\n    - Port\n    - !Ref Ports\n    - Rule\${Port}:\n        Type: AWS::EC2::SecurityGroupIngress\n        Properties: { GroupId: sg-1, IpProtocol: tcp, FromPort: !Ref Port, ToPort: !Ref Port, CidrIp: 0.0.0.0/0 }\n`,
      NOTHING,
    ],
    [
      'shared by an anchor',
      `Resources:\n  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupIngress:\n        - &ssh { ${SSH} }\n  H:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupIngress:\n        - *ssh\n`,
      MANAGEMENT,
    ],
  ] satisfies readonly Case[]);
});
