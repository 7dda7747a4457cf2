import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged } from '../../testing/script';

const FILE = 'file:///srv/.ebextensions/01.config';
const CALL = `curl ${META}/instance-id`;
const rule = (text: string): string => judged(text, 'imdsv1-call', FILE);

it('a configuration is known by its folder', () => {
  expect(engine.lint({ uri: FILE, text: 'packages: {}\n' }).kind).toBe('Elastic Beanstalk configuration');
  expect(engine.lint({ uri: 'file:///srv/web.config', text: 'packages: {}\n' }).kind).toBeUndefined();
});

describe('beside resources of a template', () => {
  const resources = (rest: string): string => `Resources:\n  G:\n    Type: AWS::EC2::SecurityGroup\n${rest}`;

  it('commands and files are read', () => {
    const content = `\n      Fn::Join:\n        - ''\n        - - "export A='"\n          - Ref: AWS::Region\n          - "\\n"\n          - export B='$(«${CALL}»)\n`;
    const text = `${resources('')}files:\n  /opt/a.sh:\n    content:${content}commands:\n  a:\n    command: «${CALL}»\n`;
    expect(rule(text)).toBe(text);
  });

  it('the resources are read', () => {
    const group = resources(
      `    Properties:\n      GroupDescription: web\n      SecurityGroupIngress:\n        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n`,
    );
    expect(findingsIn(group, FILE).map(({ ruleId }) => ruleId)).toEqual(['open-management-port']);
  });
});

describe('scripts', () => {
  it.each([
    ['a command', `commands:\n  a:\n    command: «${CALL}»\n`],
    ['a command of several lines', `container_commands:\n  a:\n    command: |\n      A=1\n      «${CALL}»\n`],
    ['a test', `commands:\n  a:\n    command: ls\n    test: «${CALL}»\n`],
    ['a command as a list', `commands:\n  a:\n    command: [sh, -c, "«${CALL}»"]\n`],
    [
      'with an address of the environment',
      `commands:\n  a:\n    env:\n      URL: ${META}\n    command: «curl $URL/»\n`,
    ],
    ['a file', `files:\n  /opt/a.sh:\n    mode: '000755'\n    content: |\n      #!/bin/bash\n      «${CALL}»\n`],
    [
      'a file that is joined',
      `files:\n  /opt/a.sh:\n    content:\n      Fn::Join:\n        - "\\n"\n        - - "#!/bin/bash"\n          - «${CALL}»\n          - { Ref: AWSEBLoadBalancer }\n`,
    ],
    ['JSON', `{"commands": {"a": {"command": "«${CALL}»"}}}`],
  ])('%s', (_, text) => {
    expect(rule(text)).toBe(text);
  });

  it.each([
    ['options', `option_settings:\n  - namespace: a\n    value: ${CALL}\n`],
    ['a file that is not run', `files:\n  /etc/motd:\n    content: |\n      ${CALL}\n`],
  ])('nothing in %s', (_, text) => {
    expect(rule(text)).toBe(text);
  });

  it('a fix is written as the file has it', () => {
    const text = `files:\n  /opt/a.sh:\n    content: |\n      #!/bin/bash\n      ${CALL}\n`;
    expect(fixed(text, FILE)).toBe(
      text.replace(`      ${CALL}`, () => `      ${FETCH}\n      curl ${SEND} ${META}/instance-id`),
    );
  });
});
