import { describe, expect, it } from 'vitest';
import { reportOn, withOtherFile } from '../testing/report';
import { text } from './text';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';

describe('the format text', () => {
  it('groups findings by file, each with its line, and counts them', () => {
    const report = reportOn({
      'web/user-data.sh': `#!/bin/sh\n\tID=$(${CALL} )\nchmod 777 ~/.aws\n`,
      'ok.sh': 'true\n',
    });
    expect(text(report)).toBe(
      [
        'web/user-data.sh',
        '  2:7  warning  This request carries no token  imdsv1-call',
        '    2 |     ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id )',
        '      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
        '      = 1:1: the script starts here',
        '      = fix: Send a token',
        '      = suggestion: Delete the call',
        '',
        '  3:1  error  Open to everyone: 100% of users, groups  credentials-permissions',
        '    3 | chmod 777 ~/.aws',
        '      | ^^^^^^^^^',
        '      = in WebServer',
        '      = suggestion: Owner only',
        '',
        '2 findings in 1 of 2 files: 1 error, 1 warning. --fix puts 1 of them right.',
        '',
      ].join('\n'),
    );
  });

  it('names the other file that explains a finding, with the place there', () => {
    const report = withOtherFile(reportOn({ 'a.tf': 'true\n' }), 'files/init.sh', '#!/bin/sh\n  echo\n');
    expect(text(report)).toContain('\n      = files/init.sh:2:3: the call\n');
  });

  it.each([
    [{ 'a.sh': 'true\n' }, 'No findings in 1 file.\n'],
    [{ 'a.sh': 'true\n', 'b.sh': 'true\n' }, 'No findings in 2 files.\n'],
    [{}, 'No file was linted.\n'],
    [{ 'a.md': CALL }, 'Nothing was linted: 1 file is no script or template that EC2 Warden reads.\n'],
    [
      { 'a.sh': 'true\n', 'a.md': CALL, 'b.md': '' },
      'No findings in 1 file. 2 other files are no scripts or templates that EC2 Warden reads.\n',
    ],
  ])('says so where nothing was found', (texts, expected) => {
    expect(text(reportOn(texts))).toBe(expected);
  });

  it('says where all can be fixed, and where nothing can', () => {
    expect(text(reportOn({ 'a.sh': CALL, 'b.sh': CALL }))).toMatch(
      /\n2 findings in 2 of 2 files: 2 warnings\. --fix puts all of them right\.\n$/,
    );
    expect(text(reportOn({ 'a.sh': 'chmod 777 x' }))).toMatch(/\n1 finding in 1 of 1 file: 1 error\.\n$/);
  });

  it('numbers lines as an editor does, whatever ends them', () => {
    expect(text(reportOn({ 'a.sh': `#!/bin/sh\r\n\r\n${CALL} \r\n` }))).toContain(`  3:1  warning`);
    expect(text(reportOn({ 'a.sh': `#!/bin/sh\r\n\r\n${CALL} \r\n` }))).toContain(`    3 | ${CALL} \n`);
  });

  it('colours severity, carets and fixes where asked to', () => {
    const coloured = text(reportOn({ 'a.sh': 'chmod 777 x' }, { color: true }));
    expect(coloured).toContain('\u001b[31merror\u001b[39m');
    expect(coloured).toContain('\u001b[31m^^^^^^^^^\u001b[39m');
  });

  it('does not let a file command the terminal', () => {
    const shown = text(reportOn({ 'a\u001b[2J.sh': `chmod 777 \u001b]0;x\u0007` }));
    expect(shown).not.toContain('\u001b');
    expect(shown).not.toContain('\u0007');
    expect(shown).toContain('a␛[2J.sh');
  });
});
