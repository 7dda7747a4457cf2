import { describe, expect, it, test } from 'vitest';
import { editsReadAsMeant, scriptTexts, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, rulesIn } from '../../testing/script';

const URI = 'file:///srv/user-data';

interface Part {
  readonly type: string;
  readonly body: string;
  readonly headers?: string;
}

function message(parts: readonly Part[], boundary = '==BOUNDARY=='): string {
  const texts = parts.map(({ type, body, headers = '' }) => `--${boundary}\nContent-Type: ${type}; charset="us-ascii"\n${headers}\n${body}`); // prettier-ignore
  return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="${boundary}"\n\n${texts.join('')}--${boundary}--\n`;
}

const script = (body: string): string => message([{ type: 'text/x-shellscript', body }]);

describe('multi-part user data is known', () => {
  it.each([
    ['by its version', script('')],
    ['by its content type', script('').replace(/^.*\n/, '')],
    ['with a boundary without quotes', 'Content-Type: multipart/mixed; boundary=xyz\n\n--xyz--\n'],
    [
      'with a boundary on the next line',
      'Content-Type: multipart/mixed;\n boundary="xyz"\nMIME-Version: 1.0\n\n--xyz--\n',
    ],
    ['with CRLF', script('').replaceAll('\n', '\r\n')],
  ])('%s', (_, text) => {
    expect(engine.lint({ uri: URI, text }).kind).toBe('Multi-part user data');
  });

  it.each([
    ['a message of one part', 'MIME-Version: 1.0\nContent-Type: text/plain\n\ntext\n'],
    ['a text that shows one', `See:\n\n${script('')}`],
  ])('not %s', (_, text) => {
    expect(engine.lint({ uri: 'file:///srv/a.txt', text }).kind).toBeUndefined();
  });
});

describe('parts', () => {
  const CALL = `«curl -s ${META}/»\n`;
  it.each([
    ['a script', [{ type: 'text/x-shellscript', body: `#!/bin/sh\n${CALL}` }]],
    ['a script without its first line', [{ type: 'text/x-shellscript', body: CALL }]],
    ['a script for each boot', [{ type: 'text/x-shellscript-per-boot', body: CALL }]],
    ['a boothook', [{ type: 'text/cloud-boothook', body: `#cloud-boothook\n${CALL}` }]],
    ['a script that says so itself', [{ type: 'text/plain', body: `#!/bin/bash\n${CALL}` }]],
    ['a cloud-config', [{ type: 'text/cloud-config', body: `#cloud-config\nruncmd:\n - ${CALL}` }]],
    ['a cloud-config without its first line', [{ type: 'text/cloud-config', body: `runcmd:\n - ${CALL}` }]],
    ['a file within a cloud-config', [{ type: 'text/cloud-config', body: `write_files:\n- path: /a.sh\n  content: |\n    ${CALL}` }]], // prettier-ignore
    ['a job of Upstart', [{ type: 'text/upstart-job', body: `start on x\nscript\n${CALL}end script\n` }]],
    [
      'two',
      [
        { type: 'text/x-shellscript', body: CALL },
        { type: 'text/cloud-config', body: `bootcmd:\n- ${CALL}` },
      ],
    ],
    ['with further headers', [{ type: 'text/x-shellscript', headers: 'MIME-Version: 1.0\nContent-Transfer-Encoding: 7bit\nContent-Disposition: attachment; filename="a.sh"\n', body: CALL }]], // prettier-ignore
    ['a message in a message', [{ type: 'multipart/mixed; boundary="inner"', body: `--inner\nContent-Type: text/x-shellscript\n\n${CALL}--inner--\n` }]], // prettier-ignore
  ])('%s', (_, parts) => {
    expect(judged(message(parts), 'imdsv1-call', URI)).toBe(message(parts));
  });

  it.each([
    ['a list of addresses', 'text/x-include-url', `${META}/\n`],
    ['a Python module', 'text/part-handler', `curl = "${META}/"\n`],
    ['a script of another language', 'text/x-shellscript', `#!/usr/bin/perl\ncurl ${META}/\n`],
    ['a text', 'text/plain', `curl ${META}/\n`],
    ['something compressed', 'application/x-gzip', `curl ${META}/\n`],
  ])('nothing in %s', (_, type, body) => {
    expect(findingsIn(message([{ type, body }]), URI)).toEqual([]);
  });

  test('what is encoded is told and left', () => {
    const body = `${btoa(`#!/bin/sh\ncurl -s ${META}/\n`)}\n`;
    const text = message([{ type: 'text/x-shellscript', headers: 'Content-Transfer-Encoding: base64\n', body }]);
    expect(rulesIn(text, URI)).toEqual(['imdsv1-call']);
    expect(fixed(text, URI)).toBe(text);
  });

  test('stand behind their headers and before the next boundary', () => {
    const parts = [
      { type: 'text/x-shellscript', body: 'a 169.254.169.254\n' },
      { type: 'text/x-shellscript', body: 'b 169.254.169.254\n\n' },
    ];
    expect(scriptTexts(message(parts), 'user-data')).toEqual(parts.map(({ body }) => body));
    // What is cut off is a part to its end.
    const cut = message(parts).replace(/\n--==BOUNDARY==--\n$/, '');
    expect(scriptTexts(cut, 'user-data')).toEqual(['a 169.254.169.254\n', 'b 169.254.169.254\n']);
  });
});

describe('a fix', () => {
  it.each([
    [
      'in a script',
      { type: 'text/x-shellscript', body: `#!/bin/sh\ncurl -s ${META}/\n` },
      { type: 'text/x-shellscript', body: `#!/bin/sh\n${FETCH}\ncurl ${SEND} -s ${META}/\n` },
    ],
    [
      'in a cloud-config',
      { type: 'text/cloud-config', body: `runcmd:\n - curl -s ${META}/\n` },
      { type: 'text/cloud-config', body: `runcmd:\n - '${FETCH}'\n - 'curl ${SEND} -s ${META}/'\n` },
    ],
  ])('%s', (_, part, expected) => {
    const other = { type: 'text/x-shellscript', body: 'echo\n' };
    expect(fixed(message([other, part, other]), URI)).toBe(message([other, expected, other]));
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    expect(fixed(crlf(message([part])), URI)).toBe(crlf(message([expected])));
  });
});

describe('user data of other kinds', () => {
  it('a boothook', () => {
    const text = `#cloud-boothook\n#!/bin/sh\n«curl ${META}/»\n`;
    expect(judged(text, 'imdsv1-call', URI)).toBe(text);
    expect(engine.lint({ uri: URI, text }).kind).toBe('cloud-init boothook');
  });

  it('a list of addresses holds nothing itself', () => {
    const text = `#include\n${META}/\n`;
    expect(engine.lint({ uri: URI, text })).toMatchObject({ kind: 'cloud-init include file', findings: [] });
  });

  it('a file of C is none', () => {
    expect(engine.lint({ uri: 'file:///a.c', text: '#include <stdio.h>\n' }).kind).toBeUndefined();
  });
});

describe('what is written is read', () => {
  const SAMPLE = message([
    { type: 'text/x-shellscript', body: '#!/bin/sh\necho EDIT one TIDE 169.254.169.254\n' },
    { type: 'text/cloud-config', body: '#cloud-config\nruncmd:\n  - echo EDIT two\n  - echo 169.254.169.254\n' },
  ]);
  editsReadAsMeant(SAMPLE, 'user-data');
  editsReadAsMeant(SAMPLE.replaceAll('\n', '\r\n'), 'user-data');
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), '/srv/user-data');
});
