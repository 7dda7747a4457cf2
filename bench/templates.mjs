// Templates as people write them, made by us around the scripts of user-data.mjs: the same every time.
import { userData } from './user-data.mjs';

/** Lines of the script in each instance. */
const SCRIPT_LINES = 60;

/** @param {number} n */
function script(n) {
  return userData(SCRIPT_LINES, n).trimEnd().split('\n');
}

/**
 * As many parts as fit into so many lines, and blank lines or comments to fill up.
 * @param {number} lines
 * @param {readonly string[]} head
 * @param {(n: number) => readonly string[]} part
 * @param {readonly string[]} tail
 * @param {string} filler
 */
function upTo(lines, head, part, tail, filler) {
  const text = [...head];
  for (let n = 1; ; n++) {
    const next = part(n);
    if (text.length + next.length + tail.length > lines) break;
    text.push(...next);
  }
  while (text.length + tail.length < lines) text.push(filler);
  return `${[...text, ...tail].join('\n')}\n`;
}

/** @param {readonly string[]} lines @param {number} columns */
function indented(lines, columns) {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(columns) + line));
}

/** A CloudFormation template in YAML. @param {number} lines */
export function cloudFormationYaml(lines) {
  const head = ['AWSTemplateFormatVersion: "2010-09-09"', 'Description: A fleet', 'Resources:'];
  /** @param {number} n */
  const part = (n) => [
    `  Group${n}:`,
    '    Type: AWS::EC2::SecurityGroup',
    '    Properties:',
    '      GroupDescription: Web',
    '      SecurityGroupIngress:',
    '        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }',
    `        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: ${n % 3 === 0 ? '0.0.0.0/0' : '10.0.0.0/8'} }`,
    `  Host${n}:`,
    '    Type: AWS::EC2::Instance',
    '    Properties:',
    '      InstanceType: t3.micro',
    `      SecurityGroupIds: [!Ref Group${n}]`,
    '      UserData:',
    '        Fn::Base64: |',
    ...indented(script(n), 10),
  ];
  return upTo(lines, head, part, ['Outputs: {}'], '# end');
}

/** The same in JSON, the script joined of its lines. @param {number} lines */
export function cloudFormationJson(lines) {
  const head = ['{', '  "AWSTemplateFormatVersion": "2010-09-09",', '  "Resources": {'];
  const tail = ['    "Last": { "Type": "AWS::SNS::Topic" }', '  }', '}'];
  /** @param {number} n */
  const part = (n) => {
    const joined = script(n).map((line) => JSON.stringify(`${line}\n`));
    return [
      `    "Host${n}": {`,
      '      "Type": "AWS::EC2::Instance",',
      '      "Properties": {',
      '        "InstanceType": "t3.micro",',
      '        "UserData": { "Fn::Base64": { "Fn::Join": ["", [',
      ...joined.map((line, index) => `          ${line}${index < joined.length - 1 ? ',' : ''}`),
      '        ]]}}',
      '      }',
      '    },',
    ];
  };
  return upTo(lines, head, part, tail, '');
}

/** A Terraform configuration. @param {number} lines */
export function terraform(lines) {
  /** @param {number} n */
  const part = (n) => [
    `resource "aws_security_group" "web_${n}" {`,
    `  name = "web-${n}"`,
    '  ingress {',
    '    from_port   = 443',
    '    to_port     = 443',
    '    protocol    = "tcp"',
    '    cidr_blocks = ["0.0.0.0/0"]',
    '  }',
    '}',
    '',
    `resource "aws_instance" "web_${n}" {`,
    '  ami                    = var.ami',
    '  instance_type          = "t3.micro"',
    `  vpc_security_group_ids = [aws_security_group.web_${n}.id]`,
    `  tags                   = merge(local.tags, { Name = "web-${n}" })`,
    '  user_data              = <<-EOF_USER_DATA',
    ...indented(
      script(n).map((line) => line.replaceAll(/[$%](?=\{)/g, (mark) => mark + mark)),
      4,
    ),
    '  EOF_USER_DATA',
    '}',
    '',
  ];
  const head = ['variable "ami" {', '  default = "ami-0"', '}', '', 'locals {', '  tags = { Team = "web" }', '}', ''];
  return upTo(lines, head, part, ['# end'], '');
}

/** User data for Windows. @param {number} lines */
export function powershell(lines) {
  /** @param {number} n */
  const part = (n) => [
    `# Service ${n}`,
    `$id${n} = Invoke-RestMethod -Uri "http://169.254.169.254/latest/meta-data/instance-id"`,
    `if (-not (Test-Path "C:\\app\\${n}")) {`,
    `  New-Item -ItemType Directory -Path "C:\\app\\${n}" | Out-Null`,
    '}',
    `$headers${n} = @{ "X-aws-ec2-metadata-token" = $token; Accept = "text/plain" }`,
    `$zone${n} = Invoke-RestMethod -Headers $headers${n} -Uri "http://169.254.169.254/latest/meta-data/placement/region"`,
    `foreach ($name in @('web', 'worker')) {`,
    `  Set-Service -Name "app-$name-${n}" -StartupType Automatic`,
    `  Write-Output "$name on $id${n} in $zone${n}"`,
    '}',
    '',
  ];
  const head = [
    '$ErrorActionPreference = "Stop"',
    '$token = Invoke-RestMethod -Method Put -Headers @{ "X-aws-ec2-metadata-token-ttl-seconds" = "300" } -Uri "http://169.254.169.254/latest/api/token"',
  ];
  return upTo(lines, head, part, ['exit 0'], '# end');
}

/** YAML that has nothing to do with us. @param {number} lines */
export function manifests(lines) {
  /** @param {number} n */
  const part = (n) => [
    '---',
    'apiVersion: apps/v1',
    'kind: Deployment',
    `metadata: { name: web-${n}, labels: { app: web } }`,
    'spec:',
    `  replicas: ${n}`,
    '  template:',
    '    spec:',
    '      containers:',
    '        - name: web',
    `          image: registry.example.com/web:${n}`,
    '          ports: [{ containerPort: 8080 }]',
  ];
  return upTo(lines, [], part, [], '# end');
}
