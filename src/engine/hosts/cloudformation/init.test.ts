import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { fixed } from '../../testing/script';
import { judgedCalls as rule, STACK, template } from './testing/judged';

const CALL = `curl ${META}/instance-id`;
const FIXED = `curl ${SEND} ${META}/instance-id`;

describe('AWS::CloudFormation::Init', () => {
  const init = (config: string): string =>
    template(
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
    const marked = init(config);
    expect(rule(marked)).toBe(marked);
  });

  it('a command stays on its line', () => {
    const marked = init(`commands:\n  a:\n    command: ${CALL} > /id`);
    expect(fixed(marked, STACK)).toBe(marked.replace(`${CALL} > /id`, `'${FETCH}; ${FIXED} > /id'`));
  });

  it('nothing in a file that is not run', () => {
    const marked = init(`files:\n  /etc/motd:\n    content: |\n      ${CALL}`);
    expect(rule(marked)).toBe(marked);
  });
});
