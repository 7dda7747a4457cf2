import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, fixed, judged, unmarked } from '../../testing/script';

const STACK = 'file:///srv/stack.yaml';
const JSON_STACK = 'file:///srv/stack.json';
const CALL = `curl ${META}/instance-id`;
const FIXED = `curl ${SEND} ${META}/instance-id`;

const stack = (resources: string, sections = ''): string => `${sections}Resources:\n${resources}`;
const rule = (text: string, uri = STACK): string => judged(text, 'imdsv1-call', uri);

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
    stack(`  A:\n    Type: ${type}\n    Properties:\n${text.replace(/^/gm, '      ')}\n`);

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
    const template = properties(type, text);
    expect(rule(template)).toBe(template);
  });

  it('text that is encoded already is read and not written', () => {
    const encoded = Buffer.from(`#!/bin/sh\n${CALL}\n`).toString('base64');
    const template = properties('AWS::EC2::Instance', `UserData: «${encoded}»`);
    expect(rule(template)).toBe(template);
    expect(fixed(unmarked(template), STACK)).toBe(unmarked(template));
  });

  it('a script that two resources share is told about and fixed once', () => {
    const template = stack(
      `  A:\n    Type: AWS::EC2::Instance\n    Properties: &server\n      UserData: !Base64 |\n        «${CALL}»\n  B:\n    Type: AWS::EC2::Instance\n    Properties: *server\n`,
    );
    expect(rule(template)).toBe(template);
    expect(fixed(unmarked(template), STACK)).toBe(
      unmarked(template).replace(`        ${CALL}`, `        ${FETCH}\n        ${FIXED}`),
    );
  });
});

describe('values are known', () => {
  const using = (reference: string, sections: string): string =>
    stack(
      `  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: !Sub\n          - |\n            #!/bin/sh\n            «curl ${META.replace('169.254.169.254', reference)}/»\n          - Own: 169.254.169.254\n            Mapped: !FindInMap [M, a, host]\n            Joined: !Join [., [169.254, 169.254]]\n            Chosen: !If [C, 169.254.169.254, 10.0.0.1]\n`,
      sections,
    );

  it.each([
    ['the default of a parameter', '${P}', 'Parameters:\n  P:\n    Type: String\n    Default: 169.254.169.254\n'],
    ['a value of the function’s own', '${Own}', ''],
    ['a mapping', '${Mapped}', 'Mappings:\n  M:\n    a:\n      host: 169.254.169.254\n'],
    ['a text that is joined', '${Joined}', ''],
  ])('%s', (_, reference, sections) => {
    const template = using(reference, sections);
    expect(rule(template)).toBe(template);
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
    const template = unmarked(using(reference, sections));
    expect(rule(template)).toBe(template);
  });
});

describe('AWS::CloudFormation::Init', () => {
  const init = (config: string): string =>
    stack(
      `  A:\n    Type: AWS::EC2::Instance\n    Metadata:\n      AWS::CloudFormation::Init:\n        configSets:\n          default: [one]\n        one:\n${config.replace(/^/gm, '          ')}\n`,
    );

  it.each([
    ['a command', `commands:\n  a:\n    command: «${CALL}»`],
    ['a command as a list', `commands:\n  a:\n    command: [«curl, "${META}/»"]`],
    ['a shell in a list', `commands:\n  a:\n    command: [bash, -c, "«${CALL}»"]`],
    ['a test', `commands:\n  a:\n    command: ls\n    test: «${CALL}»`],
    ['a command that is joined', `commands:\n  a:\n    command: !Join ["", ["«${CALL}» > /", !Ref P]]`],
    ['with an address of the environment', `commands:\n  a:\n    env:\n      URL: ${META}\n    command: «curl $URL/»`],
    ['a file', `files:\n  /opt/a.sh:\n    content: |\n      #!/bin/sh\n      «${CALL}»`],
    [
      'a file with references',
      `files:\n  /opt/a.sh:\n    content: !Sub |\n      #!/bin/sh\n      «${CALL}»\n      echo \${AWS::Region}`,
    ],
    [
      'a file without an interpreter that a command runs',
      `files:\n  /opt/a:\n    content: |\n      «${CALL}»\ncommands:\n  a:\n    command: sh /opt/a`,
    ],
    ['a file that cron runs', `files:\n  /etc/cron.hourly/a:\n    content: |\n      «${CALL}»`],
    [
      'a unit',
      `files:\n  /etc/systemd/system/a.service:\n    content: |\n      [Service]\n      ExecStart=«/usr/bin/${CALL}»`,
    ],
  ])('%s', (_, config) => {
    const template = init(config);
    expect(rule(template)).toBe(template);
  });

  it('a command stays on its line', () => {
    const template = init(`commands:\n  a:\n    command: ${CALL} > /id`);
    expect(fixed(template, STACK)).toBe(template.replace(`${CALL} > /id`, `'${FETCH}; ${FIXED} > /id'`));
  });

  it('nothing in a file that is not run', () => {
    const template = init(`files:\n  /etc/motd:\n    content: |\n      ${CALL}`);
    expect(rule(template)).toBe(template);
  });
});

describe('edits fit the template', () => {
  it.each([
    [
      'a line of a block',
      stack(
        `  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: !Sub |\n          #!/bin/sh\n          ${CALL}\n    DependsOn: B\n`,
      ),
      `          ${CALL}\n`,
      `          ${FETCH}\n          ${FIXED}\n`,
      STACK,
    ],
    [
      'an element of a list of strings',
      `{"Resources": {"A": {"Type": "AWS::EC2::Instance", "Properties": {"UserData": {"Fn::Base64": {"Fn::Join": ["", [\n  "#!/bin/sh\\n",\n  "${CALL}\\n"\n]]}}}}}}`,
      `  "${CALL}\\n"`,
      `  ${JSON.stringify(`${FETCH}\n`)},\n  ${JSON.stringify(`${FIXED}\n`)}`,
      JSON_STACK,
    ],
    [
      'an item of an SSM document',
      stack(
        `  A:\n    Type: AWS::SSM::Document\n    Properties:\n      Content:\n        schemaVersion: '2.2'\n        mainSteps:\n          - action: aws:runShellScript\n            inputs:\n              runCommand:\n                - "${CALL}"\n`,
      ),
      `                - "${CALL}"\n`,
      `                - ${JSON.stringify(FETCH)}\n                - ${JSON.stringify(FIXED)}\n`,
      STACK,
    ],
    [
      'an item of an Image Builder component in a text',
      stack(
        `  A:\n    Type: AWS::ImageBuilder::Component\n    Properties:\n      Data: |\n        schemaVersion: 1.0\n        phases:\n          - name: build\n            steps:\n              - action: ExecuteBash\n                inputs:\n                  commands:\n                    - ${CALL}\n`,
      ),
      `                    - ${CALL}\n`,
      `                    - '${FETCH}'\n                    - '${FIXED}'\n`,
      STACK,
    ],
  ])('%s', (_, template, before, after, uri) => {
    expect(template).toContain(before);
    expect(fixed(template, uri)).toBe(template.replace(before, () => after));
  });
});

describe('broken templates', () => {
  const template = stack(
    `  A:\n    Type: AWS::EC2::Instance\n    Metadata:\n      AWS::CloudFormation::Init: &init\n        a: { commands: { b: { command: [sh, -c, "${CALL}"] } } }\n    Properties:\n      UserData:\n        Fn::Base64: !Join\n          - ''\n          - - !Sub ["\${P}", { P: !If [C, 1, 2] }]\n            - "${CALL}\\n"\n  'Fn::ForEach::L': [X, !Ref L, { 'B\${X}': { Type: AWS::EC2::SecurityGroup, Properties: *init } }]\n`,
    'Parameters:\n  P: { Type: String, Default: a }\nMappings:\n  M: { a: { b: c } }\nConditions:\n  C: !Equals [!Ref P, a]\n',
  );

  it.each([
    ['YAML', template, STACK],
    [
      'JSON',
      JSON.stringify({
        Resources: {
          A: {
            Type: 'AWS::EC2::Instance',
            Properties: { UserData: { 'Fn::Base64': { 'Fn::Join': ['', [CALL, { Ref: 'P' }]] } } },
          },
        },
      }),
      JSON_STACK,
    ],
  ])('%s never throws, and edits stay within the text', (_, whole, uri) => {
    const change = fc.record({
      from: fc.nat(whole.length),
      length: fc.nat(12),
      by: fc.constantFrom('', '"', '}', ']', ': ', '\n', '- ', '!Sub ', '*init', '&init ', '{', '[', "'", '|\n'),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(whole.length), (changes, end) => {
        let text = whole;
        for (const { from, length, by } of changes) text = text.slice(0, from) + by + text.slice(from + length);
        for (const broken of [text, whole.slice(0, end), text.slice(0, end)]) {
          const { findings, failures } = engine.lint({ uri, text: broken });
          expect(failures).toEqual([]);
          for (const { fixes } of findings) {
            for (const { range } of fixes.flatMap((fix) => fix.edits())) {
              expect(range.start).toBeGreaterThanOrEqual(0);
              expect(range.end).toBeLessThanOrEqual(broken.length);
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
