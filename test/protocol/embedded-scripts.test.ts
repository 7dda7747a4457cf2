import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { expect, test } from 'vitest';
import { SCRIPTS_METHOD, type ShownScript } from '../../src/server/protocol';
import { rangeOf } from './conversation';
import { opened, URI } from './scripts';

const TEXT = '#!/bin/sh\n{curl V1\nSECRET\n}\n{true}\nOPEN\n';

test('the scripts of a document come with their place, their text and what is found in them', async () => {
  const client = await opened(TEXT);
  const scripts = await client.connection.sendRequest<ShownScript[]>(SCRIPTS_METHOD, URI);
  expect(scripts.map(({ text, language, range }) => ({ text, language, range }))).toEqual([
    { text: 'curl V1\nSECRET\n', language: 'shell', range: place(1, 0, 3, 1) },
    { text: 'true', language: 'shell', range: place(4, 0, 4, 6) },
  ]);
  expect(scripts[0]?.diagnostics).toMatchObject([
    {
      code: 'imdsv1-call',
      severity: DiagnosticSeverity.Warning,
      source: 'ec2-warden',
      range: rangeOf('curl V1\nSECRET\n', 'V1'),
      codeDescription: { href: 'https://example.com/rules/imdsv1-call' },
    },
    { code: 'secret-in-script', range: rangeOf('curl V1\nSECRET\n', 'SECRET') },
  ]);
});

function place(line: number, character: number, endLine: number, endCharacter: number): object {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

test.each([['file:///w/never-opened.yaml'], [3], [null]])('%s has none', async (uri) => {
  const client = await opened(TEXT);
  expect(await client.connection.sendRequest(SCRIPTS_METHOD, uri)).toEqual([]);
});

test('a document that is not linted has none', async () => {
  const client = await opened(TEXT, { settings: { lint: { enable: false } } });
  expect(await client.connection.sendRequest(SCRIPTS_METHOD, URI)).toEqual([]);
});
