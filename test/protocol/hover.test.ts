import { describe, expect, test } from 'vitest';
import { clientWithout, converse, rangeOf } from './conversation';
import { fakeEngine } from './fake-engine';

const URI = 'file:///w/user-data.sh';
const TEXT = '#!/bin/sh\ncurl V1\nchmod OPEN\nSECRET\n';

describe('textDocument/hover', () => {
  test('says what, why and how it would be fixed, with a link', async () => {
    const client = await converse(fakeEngine());
    await client.open(URI, TEXT);
    expect(await client.hover(URI, 1, 6)).toEqual({
      contents: {
        kind: 'markdown',
        value: [
          '**Metadata request without a token**',
          'What imdsv1-call finds.',
          'Fix: Replace V1',
          '[More about imdsv1-call](https://example.com/rules/imdsv1-call)',
        ].join('\n\n'),
      },
      range: rangeOf(TEXT, 'V1'),
    });
  });

  test('a title is text, not markup', async () => {
    const client = await converse(fakeEngine());
    await client.open(URI, TEXT);
    expect(await client.hover(URI, 2, 6)).toMatchObject({
      contents: { value: expect.stringContaining('**Open\\_credential\\_files**') as string },
    });
  });

  test('a finding without a fix promises none', async () => {
    const client = await converse(fakeEngine());
    await client.open(URI, TEXT);
    expect(JSON.stringify(await client.hover(URI, 3, 0))).not.toMatch(/Fix:|Suggestion:/);
  });

  test('is plain text for a client that reads no markdown', async () => {
    const capabilities = clientWithout('textDocument.hover.contentFormat');
    const client = await converse(fakeEngine(), { capabilities });
    await client.open(URI, TEXT);
    expect((await client.hover(URI, 1, 5))?.contents).toEqual({
      kind: 'plaintext',
      value:
        'Metadata request without a token (imdsv1-call)\nWhat imdsv1-call finds.\nFix: Replace V1\nhttps://example.com/rules/imdsv1-call',
    });
  });

  test.each([
    ['before a finding', URI, 1, 4],
    ['just after it', URI, 1, 7],
    ['beyond the end of the line', URI, 0, 999],
    ['beyond the end of the document', URI, 999, 0],
    ['in a document that is not open', 'file:///w/other.sh', 1, 5],
  ])('%s there is none', async (_, uri, line, character) => {
    const client = await converse(fakeEngine());
    await client.open(URI, TEXT);
    expect(await client.hover(uri, line, character)).toBeNull();
    expect(client.logs).toEqual([]);
  });
});
