import { CancellationTokenSource, DiagnosticSeverity, DocumentDiagnosticRequest } from 'vscode-languageserver/node';
import { describe, expect, test } from 'vitest';
import { clientWithout, converse, rangeOf, until } from './conversation';
import { fakeEngine } from './fake-engine';

const URI = 'file:///w/user-data.sh';
const TEXT = '#!/bin/sh\ncurl V1\nchmod OPEN\n';

describe('textDocument/diagnostic', () => {
  test('a finding becomes a diagnostic with its code, link, related places and id', async () => {
    const client = await converse(fakeEngine());
    await client.open(URI, TEXT);
    const [first, second, ...rest] = await client.diagnostics(URI);
    expect(rest).toEqual([]);
    expect(first).toEqual({
      range: rangeOf(TEXT, 'V1'),
      severity: DiagnosticSeverity.Warning,
      code: 'imdsv1-call',
      codeDescription: { href: 'https://example.com/rules/imdsv1-call' },
      source: 'ec2-warden',
      message: 'V1 is wrong.',
      relatedInformation: [
        {
          location: { uri: URI, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } } },
          message: 'The script starts here.',
        },
      ],
      data: { id: expect.any(String) as string },
    });
    expect(second).toMatchObject({ code: 'credentials-permissions', range: rangeOf(TEXT, 'OPEN') });
  });

  test('what has not changed is not sent again', async () => {
    const engine = fakeEngine();
    const client = await converse(engine);
    await client.open(URI, TEXT);
    const first = await client.diagnose(URI);
    expect(first.kind).toBe('full');
    expect(await client.diagnose(URI, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    expect(engine.linted).toEqual([URI]);
  });

  test('an incremental change is judged anew', async () => {
    const client = await converse(fakeEngine());
    await client.open(URI, TEXT);
    const first = await client.diagnose(URI);
    await client.change(URI, 2, [{ range: rangeOf(TEXT, 'V1'), text: 'V2' }]);
    const second = await client.diagnose(URI, first.resultId);
    expect(second).toMatchObject({ kind: 'full', items: [{ code: 'credentials-permissions' }] });
    expect(second.resultId).not.toBe(first.resultId);
  });

  test('a result of a document that was closed and opened again is not taken for its new one', async () => {
    const engine = fakeEngine();
    const client = await converse(engine);
    await client.open(URI, TEXT);
    const first = await client.diagnose(URI);
    await client.close(URI);
    await client.open(URI, '#!/bin/sh\n');
    expect(await client.diagnose(URI, first.resultId)).toMatchObject({ kind: 'full', items: [] });
  });

  test('findings keep their ids while the text around them moves, and equal texts have different ids', async () => {
    const client = await converse(fakeEngine());
    await client.open(URI, '#!/bin/sh\nV1\nV1\nOPEN\n');
    const ids = (await client.diagnostics(URI)).map(({ data }) => (data as { id: string }).id);
    expect(new Set(ids).size).toBe(3);
    await client.change(URI, 2, [{ range: rangeOf('#!/bin/sh\n', '#!/bin/sh'), text: '#!/bin/sh\n# more' }]);
    expect((await client.diagnostics(URI)).map(({ data }) => (data as { id: string }).id)).toEqual(ids);
  });

  test.each([
    ['never opened', 'file:///w/nothing.sh'],
    ['not even a URI', 'not a uri'],
    ['empty', ''],
  ])('a document that is %s has no findings', async (_, uri) => {
    const client = await converse(fakeEngine());
    expect(await client.diagnose(uri)).toEqual({ kind: 'full', items: [] });
    expect(client.asked).toEqual([]);
  });

  test('a change to a document that was never opened does no harm', async () => {
    const client = await converse(fakeEngine());
    await client.change('file:///w/nothing.sh', 7, [{ text: 'V1' }]);
    await client.close('file:///w/nothing.sh');
    await client.open(URI, TEXT);
    expect(await client.diagnostics(URI)).toHaveLength(2);
  });

  test('related places are left out for a client that does not know them', async () => {
    const capabilities = clientWithout('textDocument.diagnostic.relatedInformation');
    delete capabilities.textDocument?.publishDiagnostics;
    const client = await converse(fakeEngine(), { capabilities });
    await client.open(URI, TEXT);
    expect((await client.diagnostics(URI))[0]).not.toHaveProperty('relatedInformation');
  });

  test('a request that was cancelled before its turn is refused, and nothing is linted for it', async () => {
    const engine = fakeEngine();
    const client = await converse(engine);
    await client.open(URI, TEXT);
    const cancellation = new CancellationTokenSource();
    const params = { textDocument: { uri: URI } };
    const answer = client.connection.sendRequest(DocumentDiagnosticRequest.type, params, cancellation.token);
    cancellation.cancel();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
    expect(engine.linted).toEqual([]);
    expect(await client.diagnostics(URI)).toHaveLength(2);
  });

  test('the engine is handed the token of the request', async () => {
    const engine = fakeEngine();
    const cancelled: unknown[] = [];
    const client = await converse({
      ...engine,
      lint: (document, settings, cancellation) => {
        cancelled.push(cancellation?.isCancellationRequested);
        return engine.lint(document, settings, cancellation);
      },
    });
    await client.open(URI, TEXT);
    await client.diagnostics(URI);
    expect(cancelled).toEqual([false]);
  });
});

describe('faults', () => {
  test('a rule that throws is logged once per version, without the text it choked on; other findings stay', async () => {
    const client = await converse(fakeEngine());
    await client.open(URI, '#!/bin/sh\nCRASH\nOPEN\n');
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'credentials-permissions' }]);
    await client.changeSettings({ lint: { tokenTtlSeconds: 60 } });
    await client.diagnostics(URI);
    expect(client.logs.filter(({ message }) => message.includes('imdsv1-call'))).toHaveLength(1);
    await client.change(URI, 2, [{ text: '#!/bin/sh\nCRASH\n' }]);
    await client.diagnostics(URI);
    const logged = client.logs.filter(({ message }) => message.includes('imdsv1-call')).map(({ message }) => message);
    expect(logged).toHaveLength(2);
    expect(logged[0]).toContain(`${URI}, version 1`);
    expect(logged[0]).toContain('TypeError');
    expect(logged.join()).not.toContain('hunter2');
  });

  test('an engine that throws costs one log line and no answer', async () => {
    const client = await converse(
      fakeEngine({
        lint: () => {
          throw new RangeError('the text says hunter2');
        },
      }),
    );
    await client.open(URI, TEXT);
    expect(await client.diagnostics(URI)).toEqual([]);
    expect(await client.codeActions(URI, rangeOf(TEXT, 'V1'))).toEqual([]);
    expect(await client.hover(URI, 1, 5)).toBeNull();
    const messages = client.logs.map(({ message }) => message);
    expect(messages).toEqual([expect.stringContaining('RangeError')]);
    expect(messages.join()).not.toContain('hunter2');
    expect(client.statuses).toMatchObject([{ outcome: 'failed' }]);
  });
});

describe('clients that cannot ask for diagnostics', () => {
  const capabilities = clientWithout('textDocument.diagnostic');

  test('are sent them on open, on change and on close', async () => {
    const client = await converse(fakeEngine(), { capabilities });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(URI, TEXT);
    await until(() => client.published.length === 1);
    expect(client.published[0]).toMatchObject({ uri: URI, version: 1, diagnostics: [{ code: 'imdsv1-call' }, {}] });
    await client.change(URI, 2, [{ range: rangeOf(TEXT, 'V1'), text: 'V2' }]);
    await until(() => client.published.length === 2);
    expect(client.published[1]).toMatchObject({ version: 2, diagnostics: [{ code: 'credentials-permissions' }] });
    await client.close(URI);
    await until(() => client.published.length === 3);
    expect(client.published[2]).toEqual({ uri: URI, diagnostics: [] });
  });

  test('a burst of changes is judged once', async () => {
    const engine = fakeEngine();
    const client = await converse(engine, { capabilities });
    await client.open(URI, TEXT);
    await until(() => client.published.length === 1);
    for (let version = 2; version < 12; version++)
      await client.change(URI, version, [{ text: `${TEXT}# ${version}\n` }]);
    await until(() => client.published.length === 2);
    expect(client.published[1]?.version).toBe(11);
    expect(engine.linted).toHaveLength(2);
  });

  test('are sent them again when settings change', async () => {
    const client = await converse(fakeEngine(), { capabilities });
    await client.open(URI, TEXT);
    await until(() => client.published.length === 1);
    await client.changeSettings({ lint: { enable: false } });
    await until(() => client.published.length === 2);
    expect(client.published[1]?.diagnostics).toEqual([]);
  });
});
