import { expect, test } from 'vitest';
import { readableParts } from './mime-text';

const SCRIPT = '#!/bin/sh\necho ä\n';
const base64 = (text: string): string => Buffer.from(text).toString('base64').replaceAll(/.{20}/g, '$&\n');

const message = (...parts: readonly string[]): string =>
  `Content-Type: multipart/mixed;\n boundary="==X=="\nMIME-Version: 1.0\n\n${parts
    .map((part) => `--==X==\n${part}\n`)
    .join('')}--==X==--\n`;

const part = (encoding: string, body: string, type = 'text/x-shellscript'): string =>
  `Content-Type: ${type}; charset="utf-8"\nContent-Transfer-Encoding: ${encoding}\n\n${body}`;

test('parts in base64 are shown in clear', () => {
  const other = part('7bit', 'packages: [jq]\n', 'text/cloud-config');
  expect(readableParts(message(part('base64', base64(SCRIPT)), other))).toBe(message(part('8bit', SCRIPT), other));
});

test.each([
  ['a script', SCRIPT],
  ['a message without parts in base64', message(part('7bit', SCRIPT))],
  ['a part that is no text', message(part('base64', base64(SCRIPT), 'application/octet-stream'))],
  ['a part that is no UTF-8', message(part('base64', '//79'))],
  ['a part that is no base64', message(part('base64', '%%%'))],
  ['a message without a boundary', 'Content-Type: multipart/mixed\n\nx\n'],
  ['nothing', ''],
])('%s is shown as it is', (_, text) => {
  expect(readableParts(text)).toBe(text);
});
