import { TextDocumentEdit } from 'vscode-languageserver/node';
import { describe, expect, test } from 'vitest';
import { ASK_COMMAND, type FixAnswer, FIX_WITH_VALUE_METHOD, type FixQuestion } from '../../src/server/protocol';
import { clientWithout, type Conversation, FULL_CLIENT, rangeOf } from './conversation';
import { opened, titled, URI } from './scripts';

const TEXT = '#!/bin/sh\nopen PORT\n';
const ASKING = { ...FULL_CLIENT, experimental: { ec2WardenInput: true } };

async function question(client: Conversation): Promise<FixQuestion> {
  const actions = await client.codeActions(URI, rangeOf(TEXT, 'PORT'));
  const action = titled(actions, 'Replace PORT');
  expect(action).not.toHaveProperty('edit');
  expect(action).not.toHaveProperty('data');
  const { command } = action;
  expect(command).toMatchObject({ title: 'Replace PORT', command: ASK_COMMAND });
  return command?.arguments?.[0] as FixQuestion;
}

const answer = (client: Conversation, action: unknown, value: string): Promise<FixAnswer> =>
  client.connection.sendRequest(FIX_WITH_VALUE_METHOD, { action, value });

describe('a fix that wants to know something', () => {
  test('is a question for a client that asks', async () => {
    const client = await opened(TEXT, { capabilities: ASKING });
    expect(await question(client)).toMatchObject({ title: 'Replace PORT', prompt: 'Which number', placeholder: '22' });
  });

  test('says what is wrong with an answer, and what becomes of a good one', async () => {
    const client = await opened(TEXT, { capabilities: ASKING });
    const { action } = await question(client);
    expect(await answer(client, action, 'many')).toEqual({ problem: 'That is no number.' });
    const { edit } = await answer(client, action, ' 443 ');
    const [change] = edit?.documentChanges ?? [];
    expect(TextDocumentEdit.is(change) && change).toEqual({
      textDocument: { uri: URI, version: 1 },
      edits: [{ range: rangeOf(TEXT, 'PORT'), newText: '443' }],
    });
  });

  test('does nothing to a text that is another by now', async () => {
    const client = await opened(TEXT, { capabilities: ASKING });
    const { action } = await question(client);
    await client.change(URI, 2, [{ text: `${TEXT}# more\n` }]);
    expect(await answer(client, action, '443')).toEqual({});
  });

  test.each([
    ['nothing', undefined],
    ['another act', { uri: URI, version: 1, plan: { act: 'fix-all' } }],
    ['a finding that is not there', { uri: URI, version: 1, plan: { act: 'fix', finding: 'x', index: 0 } }],
    ['no plan', { uri: URI, version: 1, plan: 3 }],
  ])('is not invented for %s', async (_, action) => {
    const client = await opened(TEXT, { capabilities: ASKING });
    expect(await answer(client, action, '443')).toEqual({});
  });

  test('writes its example for any other client, and says so', async () => {
    const client = await opened(TEXT, { capabilities: clientWithout('experimental') });
    const actions = await client.codeActions(URI, rangeOf(TEXT, 'PORT'));
    const resolved = await client.resolve(titled(actions, 'Replace PORT (writes 22, to be replaced)'));
    expect(resolved.edit?.documentChanges).toMatchObject([{ edits: [{ newText: '22' }] }]);
  });
});
