import { describe, expect, it } from 'vitest';
import { createEngine } from '../../index';

const engine = createEngine();
const CALL = 'ID="$(curl http://169.254.169.254/latest/meta-data/instance-id)"';

function found(name: string, text: string): readonly string[] {
  const report = engine.lint({ uri: `file:///infra/${name}`, text });
  return report.findings.map(({ ruleId, range }) => `${ruleId} ${text.slice(range.start, range.start + 4)}`);
}

describe('a part of a script, without a first line that says so', () => {
  it.each([
    ['behind what is put before it', 'snippet.tpl', `# start\n\${prefix}\n${CALL}\n[ "x$\${ID}" = x ] && exit\n`],
    ['in backticks', 'snippet.tftpl', 'ID=`curl http://169.254.169.254/latest/meta-data/ami-id`\n'],
    ['exported', 'snippet.tftpl', `echo hello\nexport ${CALL}\n`],
  ])('%s', (_, name, text) => {
    expect(found(name, text)).toEqual(['imdsv1-call curl']);
  });

  it.each([
    [
      'whose token is set by another part',
      'ID=$(curl -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/instance-id)\n',
    ],
    ['a configuration that shows a call', `Run:\n  it: like this\n  ${CALL}\n`],
    ['a page that shows a call', `{\n${CALL}\n}\n`],
    ['settings', `url = x\n${CALL}\n`],
    ['an image', `FROM alpine\n${CALL}\n`],
  ])('not %s', (_, text) => {
    expect(found('snippet.tftpl', text)).toEqual([]);
  });
});
