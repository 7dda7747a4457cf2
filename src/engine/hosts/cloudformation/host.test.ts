import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, fixed, unmarked } from '../../testing/script';
import { judgedCalls as rule, STACK, template } from './testing/judged';

const CALL = `curl ${META}/instance-id`;
const FIXED = `curl ${SEND} ${META}/instance-id`;

describe('a template is known', () => {
  it.each([
    [
      'by its content',
      '/srv/a.template',
      'AWSTemplateFormatVersion: 2010-09-09\nResources:\n  A:\n    Type: AWS::EC2::VPC\n',
    ],
    ['without a version', '/srv/network.yml', '# comment\n\nResources:\n  A:\n    Type: AWS::EC2::VPC\n'],
    ['without a name that says so', '/srv/stack', 'Resources:\n  A:\n    Type: "AWS::EC2::VPC"\n'],
    ['in JSON', '/srv/a.json', '{"Resources": {"A": {"Type": "AWS::EC2::VPC"}}}'],
    ['in JSON on one line, called anything', '/srv/a.txt', '{"Resources":{"A":{"Type":"AWS::EC2::VPC"}}}'],
    [
      'of the Serverless Framework',
      '/srv/serverless.yml',
      'service: a\nresources:\n  Resources:\n    A:\n      Type: AWS::EC2::VPC\n',
    ],
    ['with a byte order mark', '/srv/a.yaml', '\uFEFFResources:\n  A:\n    Type: AWS::EC2::VPC\n'],
    ['with Jinja', '/srv/a.yaml', '{% set a = 1 %}\nResources:\n  A:\n    Type: AWS::EC2::VPC\n'],
  ])('%s', (_, path, text) => {
    expect(engine.lint({ uri: `file://${path}`, text }).kind).toBe('CloudFormation template');
  });

  it.each([
    [
      'a script that writes one',
      '/srv/a.sh',
      '#!/bin/sh\ncat > a.yaml <<EOF\nResources:\n  A:\n    Type: AWS::EC2::VPC\nEOF\n',
    ],
    ['a script without a name', '/srv/a', '#!/bin/sh\necho "Type: AWS::EC2::VPC"\nResources: x\n'],
    ['Terraform', '/srv/a.tf', 'template_body = <<EOF\nResources:\n  A:\n    Type: AWS::EC2::VPC\nEOF\n'],
    ['prose', '/srv/a.md', 'Resources:\n\n    Type: AWS::EC2::VPC\n'],
    ['other YAML', '/srv/a.yaml', 'a:\n  Type: Other::Thing\n'],
  ])('not %s', (_, path, text) => {
    expect(engine.lint({ uri: `file://${path}`, text }).kind).not.toBe('CloudFormation template');
  });
});

describe('scripts of resources', () => {
  const properties = (type: string, text: string): string =>
    template(`  A:\n    Type: ${type}\n    Properties:\n${text.replace(/^/gm, '      ')}\n`);

  it.each([
    ['an instance', 'AWS::EC2::Instance', `UserData: !Base64 |\n  #!/bin/sh\n  «${CALL}»`],
    [
      'a launch template',
      'AWS::EC2::LaunchTemplate',
      `LaunchTemplateData:\n  UserData: !Base64 |\n    #!/bin/sh\n    «${CALL}»`,
    ],
    [
      'a launch configuration',
      'AWS::AutoScaling::LaunchConfiguration',
      `UserData:\n  Fn::Base64: |\n    #!/bin/sh\n    «${CALL}»`,
    ],
    [
      'a spot fleet',
      'AWS::EC2::SpotFleet',
      `SpotFleetRequestConfigData:\n  LaunchSpecifications:\n    - UserData: !Base64 |\n        «${CALL}»`,
    ],
    ['something else', 'Custom::Server', `Options:\n  UserData: !Base64 |\n    «${CALL}»`],
    [
      'under another key',
      'AWS::CloudFormation::Stack',
      `Parameters:\n  Script: !Base64 |\n    #!/bin/sh\n    «${CALL}»`,
    ],
    ['without a first line', 'AWS::EC2::Instance', `UserData: !Base64 |\n\n  «${CALL}»`],
    ['that somebody else encodes', 'AWS::EC2::Instance', `UserData: !Sub |\n  #!/bin/sh\n  «${CALL}»`],
    ['cloud-config', 'AWS::EC2::Instance', `UserData: !Base64 |\n  #cloud-config\n  runcmd:\n    - «${CALL}»`],
    [
      'multi-part',
      'AWS::EC2::Instance',
      `UserData: !Base64 |\n  Content-Type: multipart/mixed; boundary="B"\n\n  --B\n  Content-Type: text/x-shellscript\n\n  #!/bin/sh\n  «${CALL}»\n\n  --B--`,
    ],
    [
      'both branches',
      'AWS::EC2::Instance',
      `UserData: !If\n  - C\n  - !Base64 |\n    «${CALL}»\n  - !Base64 |\n    «wget ${META}/»`,
    ],
    [
      'parts of a script by a condition',
      'AWS::EC2::Instance',
      `UserData:\n  Fn::Base64: !Join\n    - "\\n"\n    - - "#!/bin/sh"\n      - !If [C, "«${CALL}»", "«wget ${META}/»"]\n      - «${CALL}»`,
    ],
    ['one of a list', 'AWS::EC2::Instance', `UserData:\n  Fn::Base64: !Select [1, ["echo", "«${CALL}»"]]`],
    [
      'cut by references',
      'AWS::EC2::Instance',
      `UserData:\n  Fn::Base64: !Join ["", ["«curl ${META}/", !Ref P, " -s»\\n"]]`,
    ],
    [
      'a container',
      'AWS::ECS::TaskDefinition',
      `ContainerDefinitions:\n  - Image: a\n    EntryPoint: [sh, -c]\n    Command: ["«${CALL}»"]`,
    ],
    ['a file in a text', 'Custom::File', `Body: |\n  #!/bin/bash\n  «${CALL}»`],
    [
      'an SSM document',
      'AWS::SSM::Document',
      `Content:\n  schemaVersion: '2.2'\n  mainSteps:\n    - action: aws:runShellScript\n      name: a\n      inputs:\n        runCommand:\n          - A=1\n          - «${CALL}»`,
    ],
    [
      'an SSM document of schema 1.2',
      'AWS::SSM::Document',
      `Content:\n  schemaVersion: '1.2'\n  runtimeConfig:\n    aws:runShellScript:\n      properties:\n        - id: a\n          runCommand: ["«${CALL}»"]`,
    ],
    [
      'an SSM document in a text',
      'AWS::SSM::Document',
      `Content: |\n  {"schemaVersion": "2.2", "mainSteps": [{"action": "aws:runShellScript", "inputs": {"runCommand": ["«${CALL}»"]}}]}`,
    ],
    ['an association', 'AWS::SSM::Association', `Name: AWS-RunShellScript\nParameters:\n  commands:\n    - «${CALL}»`],
    [
      'an Image Builder component',
      'AWS::ImageBuilder::Component',
      `Data: |\n  schemaVersion: 1.0\n  phases:\n    - name: build\n      steps:\n        - name: a\n          action: ExecuteBash\n          inputs:\n            commands:\n              - «${CALL}»`,
    ],
  ])('%s', (_, type, text) => {
    const marked = properties(type, text);
    expect(rule(marked)).toBe(marked);
  });

  it.each([
    [
      'an instance that asks with a token',
      'AWS::EC2::Instance',
      `UserData: !Base64 |\n  #!/bin/sh\n  ${FETCH}\n  ${FIXED}`,
    ],
    ['a description', 'AWS::EC2::Instance', `Tags:\n  - Key: Note\n    Value: run ${CALL}`],
    ['Python', 'AWS::EC2::Instance', `UserData: !Base64 |\n  #!/usr/bin/python\n  # ${CALL}\n  curl = 1`],
    [
      'an argument in which a parameter is the address',
      'AWS::EC2::Instance',
      'UserData:\n  Fn::Base64: !Sub |\n    curl ${Url}\n    # 169.254.169.254',
    ],
    [
      'a step of another kind',
      'AWS::SSM::Document',
      `Content:\n  schemaVersion: '0.3'\n  mainSteps:\n    - action: aws:executeScript\n      inputs:\n        Script: '# ${CALL}'`,
    ],
  ])('nothing in %s', (_, type, text) => {
    const marked = properties(type, text);
    expect(rule(marked)).toBe(marked);
  });

  it('text that is encoded already is read and not written', () => {
    const encoded = Buffer.from(`#!/bin/sh\n${CALL}\n`).toString('base64');
    const marked = properties('AWS::EC2::Instance', `UserData: «${encoded}»`);
    expect(rule(marked)).toBe(marked);
    expect(fixed(unmarked(marked), STACK)).toBe(unmarked(marked));
  });

  it('a script that two resources share is told about and fixed once', () => {
    const marked = template(
      `  A:\n    Type: AWS::EC2::Instance\n    Properties: &server\n      UserData: !Base64 |\n        «${CALL}»\n  B:\n    Type: AWS::EC2::Instance\n    Properties: *server\n`,
    );
    expect(rule(marked)).toBe(marked);
    expect(fixed(unmarked(marked), STACK)).toBe(
      unmarked(marked).replace(`        ${CALL}`, `        ${FETCH}\n        ${FIXED}`),
    );
  });
});

describe('values are known', () => {
  const using = (reference: string, sections: string): string =>
    template(
      `  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: !Sub\n          - |\n            #!/bin/sh\n            «curl ${META.replace('169.254.169.254', reference)}/»\n          - Own: 169.254.169.254\n            Mapped: !FindInMap [M, a, host]\n            Joined: !Join [., [169.254, 169.254]]\n            Chosen: !If [C, 169.254.169.254, 10.0.0.1]\n`,
      sections,
    );

  it.each([
    ['the default of a parameter', '${P}', 'Parameters:\n  P:\n    Type: String\n    Default: 169.254.169.254\n'],
    ['a value of the function’s own', '${Own}', ''],
    ['a mapping', '${Mapped}', 'Mappings:\n  M:\n    a:\n      host: 169.254.169.254\n'],
    ['a text that is joined', '${Joined}', ''],
  ])('%s', (_, reference, sections) => {
    const marked = using(reference, sections);
    expect(rule(marked)).toBe(marked);
  });

  it.each([
    ['a parameter without a default', '${P}', 'Parameters:\n  P:\n    Type: String\n'],
    [
      'a parameter of Parameter Store',
      '${P}',
      'Parameters:\n  P:\n    Type: AWS::SSM::Parameter::Value<String>\n    Default: 169.254.169.254\n',
    ],
    ['an attribute', '${B.Host}', ''],
    ['one of two', '${Chosen}', ''],
    ['another host', '${P}', 'Parameters:\n  P:\n    Type: String\n    Default: example.org\n'],
  ])('nothing by %s', (_, reference, sections) => {
    const marked = unmarked(using(reference, sections));
    expect(rule(marked)).toBe(marked);
  });
});
