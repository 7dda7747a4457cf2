import { CancellationTokenSource, type CodeAction, CodeActionResolveRequest } from 'vscode-languageserver/node';
import { describe, expect, test } from 'vitest';
import { converse, rangeOf } from './conversation';
import { fakeEngine } from './fake-engine';
import { applied, MANY, ONE, opened, titled, URI } from './scripts';

describe('codeAction/resolve', () => {
  test.each([
    ['Replace V1', '#!/bin/sh\ncurl V2\ncurl V1\nchmod OPEN\nif FALLBACK\nSECRET\n'],
    [
      'Fix all safe imdsv1-call problems in this file',
      '#!/bin/sh\nTOKEN\ncurl V2\ncurl V2\nchmod OPEN\nif FALLBACK\nSECRET\n',
    ],
    [
      'Fix all safe EC2 Warden problems in this file',
      '#!/bin/sh\nTOKEN\ncurl V2\ncurl V2\nchmod SHUT\nif FALLBACK\nSECRET\n',
    ],
    ['Disable imdsv1-call for this line', MANY.replace('curl', '# disable line imdsv1-call\ncurl')],
    ['Disable imdsv1-call for the entire file', MANY.replace('curl', '# disable file imdsv1-call\ncurl')],
  ])('%s', async (title, after) => {
    const client = await opened(MANY);
    const action = titled(await client.codeActions(URI, rangeOf(MANY, 'V1')), title);
    expect(applied(MANY, await client.resolve(action))).toBe(after);
  });

  test('the second of two equal findings fixes the second', async () => {
    const client = await opened(MANY);
    const range = { start: { line: 2, character: 5 }, end: { line: 2, character: 7 } };
    const action = titled(await client.codeActions(URI, range), 'Replace V1');
    expect(applied(MANY, await client.resolve(action))).toBe(MANY.replace('V1\ncurl V1', 'V1\ncurl V2'));
  });

  test('an action made for another version is refused', async () => {
    const client = await opened(ONE);
    const action = titled(await client.codeActions(URI, rangeOf(ONE, 'V1')), 'Replace V1');
    await client.change(URI, 2, [{ text: `${ONE}# typed since\n` }]);
    await expect(client.resolve(action)).rejects.toMatchObject({ code: -32801 });
    const again = titled(await client.codeActions(URI, rangeOf(ONE, 'V1')), 'Replace V1');
    expect(applied(`${ONE}# typed since\n`, await client.resolve(again), 2)).toBe(
      '#!/bin/sh\ncurl V2\n# typed since\n',
    );
  });

  test('an action for a document that was closed, or a rule switched off since, is refused', async () => {
    const client = await opened(ONE);
    const action = titled(await client.codeActions(URI, rangeOf(ONE, 'V1')), 'Replace V1');
    await client.changeSettings({ rules: { 'imdsv1-call': 'off' } });
    await expect(client.resolve(action)).rejects.toMatchObject({ code: -32801 });
    await client.close(URI);
    await expect(client.resolve(action)).rejects.toMatchObject({ code: -32801 });
  });

  test.each([
    undefined,
    null,
    'data',
    { uri: URI },
    { uri: URI, version: 1, plan: null },
    { uri: URI, version: 1, plan: { act: 'format-disk' } },
    { uri: URI, version: 1, plan: { act: 'fix', finding: 7, index: 0 } },
    { uri: URI, version: 1, plan: { act: 'suppress', finding: 'x', scope: 'world' } },
  ])('data that is not ours (%j) is handed back as it came', async (data) => {
    const client = await opened(ONE);
    const action: CodeAction = { title: 'Of another', kind: 'quickfix', ...(data !== undefined && { data }) };
    expect(await client.resolve(action)).toEqual(action);
  });

  test('a finding or a fix that does not exist is refused', async () => {
    const client = await opened(ONE);
    const plan = (titled(await client.codeActions(URI, rangeOf(ONE, 'V1')), 'Replace V1').data as { plan: object })
      .plan;
    for (const wrong of [
      { ...plan, index: 9 },
      { ...plan, finding: 'imdsv1-call:nope' },
    ]) {
      const action = { title: 'x', kind: 'quickfix', data: { uri: URI, version: 1, plan: wrong } };
      await expect(client.resolve(action)).rejects.toMatchObject({ code: -32801 });
    }
  });

  test('a fix that throws changes nothing and goes to the log', async () => {
    const client = await converse(
      fakeEngine({
        fixAll: () => {
          throw new Error('hunter2');
        },
      }),
    );
    await client.open(URI, ONE);
    const [action] = await client.codeActions(URI, rangeOf(ONE, 'V1'), { only: ['source.fixAll'] });
    const resolved = await client.resolve(action ?? expect.fail('no action'));
    expect(resolved).not.toHaveProperty('edit');
    expect(client.logs).toMatchObject([
      { message: expect.stringMatching(/^codeAction\/resolve failed: Error\n/) as string },
    ]);
    expect(client.logs[0]?.message).not.toContain('hunter2');
  });

  test('cancellation is honoured', async () => {
    const client = await opened(ONE);
    const action = titled(await client.codeActions(URI, rangeOf(ONE, 'V1')), 'Replace V1');
    const cancellation = new CancellationTokenSource();
    const answer = client.connection.sendRequest(CodeActionResolveRequest.type, action, cancellation.token);
    cancellation.cancel();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
  });
});
