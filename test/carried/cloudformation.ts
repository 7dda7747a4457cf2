import { blockHeader, indented, linesOf, type Carrier, type Form, type Step } from './form';

const sub = (text: string): string => text.replaceAll('${', '${!');
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const quoted = (text: string): string => JSON.stringify(text);

const PROPERTY = ['Resources', 'Server', 'Properties', 'UserData'] as const;
const TEMPLATE = ['Resources', 'Template', 'Properties', 'LaunchTemplateData', 'UserData'] as const;

const at = (...path: readonly string[]): readonly Step[] => [{ by: 'python', steps: [['cfn', ...path]] }];

function template(userData: string): Carrier {
  const text = `AWSTemplateFormatVersion: "2010-09-09"
Description: One server
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      InstanceType: t4g.small
      UserData:
${userData}
  Topic:
    Type: AWS::SNS::Topic
`;
  return { name: 'server.yaml', text };
}

function launchTemplate(userData: string): Carrier {
  const text = `Resources:
    Template:
        Type: AWS::EC2::LaunchTemplate
        Properties:
            LaunchTemplateData:
                UserData: ${userData}`;
  return { name: 'launch.template', text };
}

function jsonTemplate(userData: unknown): Carrier {
  const server = { Type: 'AWS::EC2::Instance', Properties: { UserData: userData, InstanceType: 't4g.small' } };
  return { name: 'server.json', text: json({ AWSTemplateFormatVersion: '2010-09-09', Resources: { Server: server } }) };
}

function init(file: string): Carrier {
  const text = `Resources:
  Server:
    Type: AWS::EC2::Instance
    Metadata:
      AWS::CloudFormation::Init:
        config:
          files:
            /opt/app/boot.sh:
              content: ${file}
              mode: "000755"
    Properties:
      InstanceType: t4g.small
`;
  return { name: 'init.yml', text };
}

const FILE = [
  'Resources',
  'Server',
  'Metadata',
  'AWS::CloudFormation::Init',
  'config',
  'files',
  '/opt/app/boot.sh',
  'content',
];

const block = (script: string, by: number): string =>
  `${blockHeader(script, 2)}\n${indented(script, by).replace(/\n$/, '')}`;

export const CLOUDFORMATION: readonly Form[] = [
  {
    name: 'CloudFormation YAML, !Sub in a block',
    wrap: (script) => template(`        Fn::Base64: !Sub ${block(sub(script), 10)}`),
    render: at(...PROPERTY),
  },
  {
    name: 'CloudFormation YAML, !Base64 of a block',
    wrap: (script) => template(`        !Base64 ${block(script, 10)}`),
    render: at(...PROPERTY),
  },
  {
    name: 'CloudFormation YAML, Fn::Sub with variables',
    wrap: (script) =>
      template(
        `        Fn::Base64:\n          Fn::Sub:\n            - ${block(sub(script), 14)}\n            - Stage: production`,
      ),
    render: at(...PROPERTY),
  },
  {
    name: 'CloudFormation YAML, !Join of lines with their ends',
    wrap: (script) =>
      template(
        `        Fn::Base64: !Join\n          - ""\n${linesOf(script)
          .map((line, index) => `          ${index === 0 ? '- -' : '  -'} ${quoted(line)}`)
          .join('\n')}`,
      ),
    render: at(...PROPERTY),
  },
  {
    name: 'CloudFormation YAML, Fn::Join by line ends, flow',
    wrap: (script) =>
      template(
        `        Fn::Base64:\n          Fn::Join: ["\\n", [${script
          .split('\n')
          .map((line) => (/^[^']*$/.test(line) ? `'${line}'` : quoted(line)))
          .join(', ')}]]`,
      ),
    render: at(...PROPERTY),
  },
  {
    name: 'CloudFormation YAML, double quotes',
    wrap: (script) => template(`        Fn::Base64: ${quoted(script)}`),
    render: at(...PROPERTY),
  },
  {
    name: 'CloudFormation YAML, launch template, deep block at the end of the file',
    wrap: (script) =>
      launchTemplate(`\n                    Fn::Base64:\n                        !Sub ${block(sub(script), 28)}\n`),
    render: at(...TEMPLATE),
  },
  {
    name: 'CloudFormation YAML, block without its last line end',
    wrap: (script) => {
      const short = script.replace(/\n+$/, '');
      return template(`        Fn::Base64: !Sub ${block(sub(short), 10)}`);
    },
    render: at(...PROPERTY),
  },
  { name: 'cfn-init file, !Sub', wrap: (script) => init(`!Sub ${block(sub(script), 16)}`), render: at(...FILE) },
  { name: 'cfn-init file, block', wrap: (script) => init(block(script, 16)), render: at(...FILE) },
  {
    name: 'CloudFormation JSON, Fn::Join of lines with their ends',
    wrap: (script) => jsonTemplate({ 'Fn::Base64': { 'Fn::Join': ['', linesOf(script)] } }),
    render: at(...PROPERTY),
  },
  {
    name: 'CloudFormation JSON, Fn::Join by line ends',
    wrap: (script) => jsonTemplate({ 'Fn::Base64': { 'Fn::Join': ['\n', script.split('\n')] } }),
    render: at(...PROPERTY),
  },
  {
    name: 'CloudFormation JSON, Fn::Sub',
    wrap: (script) => jsonTemplate({ 'Fn::Base64': { 'Fn::Sub': sub(script) } }),
    render: at(...PROPERTY),
  },
  {
    name: 'CloudFormation JSON, text',
    wrap: (script) => jsonTemplate({ 'Fn::Base64': script }),
    render: at(...PROPERTY),
  },
  {
    name: 'SSM document, runCommand',
    wrap: (script) => ({
      name: 'document.yaml',
      text: `schemaVersion: "2.2"
description: Boot
mainSteps:
  - action: aws:runShellScript
    name: boot
    inputs:
      timeoutSeconds: "60"
      runCommand:
${script
  .replaceAll('{{', '{ {')
  .replace(/\n$/, '')
  .split('\n')
  .map((line) => `        - ${quoted(line)}\n`)
  .join('')}`,
    }),
    render: [{ by: 'python', steps: [['yaml', 'mainSteps', 0, 'inputs', 'runCommand'], ['lines']] }],
  },
];
