import { describe, expect, it } from 'vitest';
import { applyEdits } from './index';
import { engine, findingsIn, SCRIPT, scriptDocument } from './testing/script';

const CALL = 'curl http://169.254.169.254/latest/meta-data/';

/** The text with its last finding silenced; undefined where there is no room for the comment. */
function silenced(text: string, scope: 'line' | 'file', uri = SCRIPT): string | undefined {
  const finding = findingsIn(text, uri).at(-1);
  if (!finding) throw new Error('nothing is found');
  const edits = engine.suppress(scriptDocument(text, uri), finding, scope);
  return edits && applyEdits(text, edits);
}

describe('suppress on the line', () => {
  it.each([
    ['the first line', `${CALL}\n`, `# ec2-warden-disable-next-line imdsv1-call\n${CALL}\n`],
    [
      'a last line without an end',
      `#!/bin/sh\n${CALL}`,
      `#!/bin/sh\n# ec2-warden-disable-next-line imdsv1-call\n${CALL}`,
    ],
    [
      'an indented line',
      `if true; then\n\t  ${CALL}\nfi\n`,
      `if true; then\n\t  # ec2-warden-disable-next-line imdsv1-call\n\t  ${CALL}\nfi\n`,
    ],
    ['CRLF', `#!/bin/sh\r\n${CALL}\r\n`, `#!/bin/sh\r\n# ec2-warden-disable-next-line imdsv1-call\r\n${CALL}\r\n`],
    ['a byte order mark', `\uFEFF${CALL}\n`, `\uFEFF# ec2-warden-disable-next-line imdsv1-call\n${CALL}\n`],
    [
      'a comment for another rule',
      `# ec2-warden-disable-next-line credentials-permissions -- why\n${CALL}; chmod 777 ~/.aws/config\n`,
      `# ec2-warden-disable-next-line credentials-permissions, imdsv1-call -- why\n${CALL}; chmod 777 ~/.aws/config\n`,
    ],
    [
      'a command over two lines',
      `curl \\\n  -s http://169.254.169.254/latest/\n`,
      `# ec2-warden-disable-next-line imdsv1-call\ncurl \\\n  -s http://169.254.169.254/latest/\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(silenced(text, 'line')).toBe(expected);
    expect(findingsIn(expected)).toEqual([]);
  });

  it('has no place in the middle of a command that goes on', () => {
    expect(silenced(`echo a \\\n  "$(${CALL})"\n`, 'line')).toBeUndefined();
  });
});

describe('suppress in the file', () => {
  it.each([
    ['behind the shebang', `#!/bin/sh\n\n${CALL}\n`, `#!/bin/sh\n# ec2-warden-disable-file imdsv1-call\n\n${CALL}\n`],
    ['at the top without one', `${CALL}\n`, `# ec2-warden-disable-file imdsv1-call\n${CALL}\n`],
    ['behind a byte order mark', `\uFEFF${CALL}\n`, `\uFEFF# ec2-warden-disable-file imdsv1-call\n${CALL}\n`],
    [
      'behind a byte order mark and shebang',
      `\uFEFF#!/bin/sh\r\n${CALL}\r\n`,
      `\uFEFF#!/bin/sh\r\n# ec2-warden-disable-file imdsv1-call\r\n${CALL}\r\n`,
    ],
    [
      'in the comment that is there',
      `# ec2-warden-disable-file credentials-permissions\nchmod 777 ~/.aws/config\n${CALL}\n`,
      `# ec2-warden-disable-file credentials-permissions, imdsv1-call\nchmod 777 ~/.aws/config\n${CALL}\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(silenced(text, 'file')).toBe(expected);
    expect(findingsIn(expected)).toEqual([]);
  });
});

describe('suppress in other hosts', () => {
  it('a unit', () => {
    const uri = 'file:///etc/systemd/system/id.service';
    const unit = `[Service]\nExecStart=/bin/sh -c '${CALL}'\n`;
    const expected = `[Service]\n# ec2-warden-disable-next-line imdsv1-call\nExecStart=/bin/sh -c '${CALL}'\n`;
    expect(silenced(unit, 'line', uri)).toBe(expected);
    expect(findingsIn(expected, uri)).toEqual([]);
  });
});
