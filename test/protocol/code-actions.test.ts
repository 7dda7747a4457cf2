import { CancellationTokenSource, CodeActionRequest, ExecuteCommandRequest } from 'vscode-languageserver/node';
import { describe, expect, test } from 'vitest';
import { clientWithout, rangeOf } from './conversation';
import { applied, MANY, ONE, opened, titled, titles, URI, WHOLE } from './scripts';

describe('textDocument/codeAction', () => {
  test('announces the kinds that it answers with', async () => {
    const client = await opened(MANY);
    const { codeActionProvider } = client.initialized.capabilities;
    const everything = await client.codeActions(URI, WHOLE, { only: [''] });
    expect(codeActionProvider).toEqual({
      codeActionKinds: expect.arrayContaining([...new Set(everything.map(({ kind }) => kind))]) as string[],
      resolveProvider: true,
    });
    expect(new Set(everything.map(({ kind }) => kind))).toEqual(new Set(['quickfix', 'source.fixAll.ec2-warden']));
  });

  test('offers fix, disable and documentation for one finding, in that order, and no "all" for one', async () => {
    const client = await opened(ONE);
    const diagnostics = await client.diagnostics(URI);
    const actions = await client.codeActions(URI, rangeOf(ONE, 'V1'), { diagnostics });
    expect(titles(actions)).toEqual([
      'Replace V1',
      'Disable imdsv1-call for this line',
      'Disable imdsv1-call for the entire file',
      'Show documentation for imdsv1-call',
    ]);
    expect(actions.map(({ isPreferred }) => isPreferred)).toEqual([true, undefined, undefined, undefined]);
    expect(actions[0]?.diagnostics).toEqual(diagnostics);
    expect(actions[0]).not.toHaveProperty('edit');
  });

  test('offers to fix all of a rule, and all, where there are more', async () => {
    const client = await opened(MANY);
    const actions = await client.codeActions(URI, rangeOf(MANY, 'V1'));
    expect(titles(actions)).toEqual([
      'Replace V1',
      'Fix all safe imdsv1-call problems in this file',
      'Fix all safe EC2 Warden problems in this file',
      'Disable imdsv1-call for this line',
      'Disable imdsv1-call for the entire file',
      'Show documentation for imdsv1-call',
    ]);
  });

  test('several findings in the range: each has its fix, nothing is offered twice', async () => {
    const client = await opened(MANY);
    const range = { start: { line: 1, character: 0 }, end: { line: 5, character: 6 } };
    expect(titles(await client.codeActions(URI, range))).toEqual([
      'Replace V1',
      'Replace V1',
      'Replace OPEN',
      'Replace FALLBACK',
      'Fix all safe imdsv1-call problems in this file',
      'Fix all safe EC2 Warden problems in this file',
      'Disable imdsv1-call for this line',
      'Disable credentials-permissions for this line',
      'Disable imdsv1-fallback for this line',
      'Disable imdsv1-call for the entire file',
      'Disable credentials-permissions for the entire file',
      'Disable imdsv1-fallback for the entire file',
      'Show documentation for imdsv1-call',
      'Show documentation for credentials-permissions',
      'Show documentation for imdsv1-fallback',
      'Show documentation for secret-in-script',
    ]);
  });

  test('a suggestion is never preferred, and a finding without a fix only offers its documentation', async () => {
    const client = await opened(MANY);
    const suggestion = titled(await client.codeActions(URI, rangeOf(MANY, 'FALLBACK')), 'Replace FALLBACK');
    expect(suggestion.isPreferred).toBeUndefined();
    expect(titles(await client.codeActions(URI, rangeOf(MANY, 'SECRET')))).toEqual([
      'Fix all safe EC2 Warden problems in this file',
      'Show documentation for secret-in-script',
    ]);
  });

  test.each<[string[] | undefined, string[]]>([
    [undefined, ['quickfix']],
    [[], ['quickfix']],
    [['quickfix'], ['quickfix']],
    [['source'], ['source.fixAll.ec2-warden']],
    [['source.fixAll'], ['source.fixAll.ec2-warden']],
    [['source.fixAll.ec2-warden'], ['source.fixAll.ec2-warden']],
    [
      ['quickfix', 'source.fixAll'],
      ['quickfix', 'source.fixAll.ec2-warden'],
    ],
    [['source.fixAll.eslint'], []],
    [['source.fixAll.ec2'], []],
    [['source.organizeImports'], []],
    [['refactor'], []],
  ])('asked for only %j, answers %j', async (only, kinds) => {
    const client = await opened(MANY);
    const actions = await client.codeActions(URI, rangeOf(MANY, 'V1'), only === undefined ? {} : { only });
    expect([...new Set(actions.map(({ kind }) => kind))]).toEqual(kinds);
  });

  test('fix all on save concerns the whole file, wherever the range is, and safe fixes only', async () => {
    const client = await opened(MANY);
    const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const [action, ...more] = await client.codeActions(URI, nowhere, { only: ['source.fixAll'] });
    expect(more).toEqual([]);
    const fixed = applied(MANY, await client.resolve(action ?? expect.fail('no action')));
    expect(fixed).toBe('#!/bin/sh\nTOKEN\ncurl V2\ncurl V2\nchmod SHUT\nif FALLBACK\nSECRET\n');
  });

  test('offers no fix all where there is nothing safe to fix', async () => {
    const text = '#!/bin/sh\nFALLBACK\nSECRET\n';
    const client = await opened(text);
    expect(await client.codeActions(URI, WHOLE, { only: ['source'] })).toEqual([]);
  });

  test.each([
    ['an unknown document', 'file:///w/other.sh', rangeOf(ONE, 'V1')],
    ['a place without findings', URI, rangeOf(ONE, 'curl')],
  ])('%s has no actions', async (_, uri, range) => {
    const client = await opened(ONE.replace('V1', ' V1'));
    expect(await client.codeActions(uri, range)).toEqual([]);
  });

  test.each([
    [
      { line: 999, character: 0 },
      { line: 1000, character: 5 },
    ],
    [
      { line: 1, character: 999 },
      { line: 1, character: 2000 },
    ],
    [
      { line: 9e15, character: 9e15 },
      { line: 0, character: 0 },
    ],
  ])('a range outside the document (%j) is answered', async (start, end) => {
    const client = await opened(ONE);
    const actions = await client.codeActions(URI, { start, end });
    expect(Array.isArray(actions)).toBe(true);
    expect(client.logs).toEqual([]);
  });

  test('nothing is offered when linting is disabled', async () => {
    const client = await opened(MANY, { settings: { lint: { enable: false } } });
    expect(await client.codeActions(URI, WHOLE, { only: [''] })).toEqual([]);
  });

  test('a client without code action literals is offered nothing it could not read', async () => {
    const capabilities = clientWithout('textDocument.codeAction.codeActionLiteralSupport');
    const client = await opened(ONE, { capabilities });
    expect(await client.codeActions(URI, rangeOf(ONE, 'V1'))).toEqual([]);
  });

  test('a cancelled request is refused', async () => {
    const client = await opened(ONE);
    const cancellation = new CancellationTokenSource();
    const params = { textDocument: { uri: URI }, range: rangeOf(ONE, 'V1'), context: { diagnostics: [] } };
    const answer = client.connection.sendRequest(CodeActionRequest.type, params, cancellation.token);
    cancellation.cancel();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
  });
});

describe('simpler clients', () => {
  test('that cannot resolve get the edit with the action', async () => {
    const capabilities = clientWithout('textDocument.codeAction.resolveSupport');
    const client = await opened(MANY, { capabilities });
    expect(client.initialized.capabilities.codeActionProvider).toMatchObject({ resolveProvider: false });
    const actions = await client.codeActions(URI, rangeOf(MANY, 'V1'));
    expect(applied(MANY, titled(actions, 'Replace V1'))).toBe(MANY.replace('V1', 'V2'));
    expect(actions.every((action) => action.edit !== undefined || action.command !== undefined)).toBe(true);
  });

  test('that do not know versions get plain changes', async () => {
    const capabilities = clientWithout('workspace.workspaceEdit.documentChanges');
    const client = await opened(ONE, { capabilities });
    const action = await client.resolve(titled(await client.codeActions(URI, rangeOf(ONE, 'V1')), 'Replace V1'));
    expect(action.edit).toEqual({ changes: { [URI]: [{ range: rangeOf(ONE, 'V1'), newText: 'V2' }] } });
  });

  test('that cannot open a page are not offered one', async () => {
    const client = await opened(ONE, { capabilities: clientWithout('window.showDocument') });
    expect(client.initialized.capabilities.executeCommandProvider).toBeUndefined();
    expect(titles(await client.codeActions(URI, rangeOf(ONE, 'V1')))).not.toContain(
      'Show documentation for imdsv1-call',
    );
  });
});

describe('workspace/executeCommand', () => {
  test("opens a rule's page in the client", async () => {
    const client = await opened(ONE);
    const { command } = titled(await client.codeActions(URI, rangeOf(ONE, 'V1')), 'Show documentation for imdsv1-call');
    await client.connection.sendRequest(ExecuteCommandRequest.type, { ...command, command: command?.command ?? '' });
    expect(client.shown).toEqual(['https://example.com/rules/imdsv1-call']);
  });

  test.each([
    ['an unknown rule', 'ec2Warden.rule.showDocumentation', ['../../etc/passwd']],
    ['no rule', 'ec2Warden.rule.showDocumentation', undefined],
    ['an unknown command', 'ec2Warden.reboot', ['imdsv1-call']],
  ])('%s is refused', async (_, command, args) => {
    const client = await opened(ONE);
    const params = { command, ...(args !== undefined && { arguments: args }) };
    await expect(client.connection.sendRequest(ExecuteCommandRequest.type, params)).rejects.toMatchObject({
      code: -32602,
    });
    expect(client.shown).toEqual([]);
  });
});
