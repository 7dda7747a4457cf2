import { type CodeAction, TextDocumentEdit, type TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { expect } from 'vitest';
import { type Conversation, converse, type ConversationOptions } from './conversation';
import { fakeEngine } from './fake-engine';

export const URI = 'file:///w/user-data.sh';
export const ONE = '#!/bin/sh\ncurl V1\n';
export const WHOLE = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
export const MANY = '#!/bin/sh\ncurl V1\ncurl V1\nchmod OPEN\nif FALLBACK\nSECRET\n';

export async function opened(text: string, options?: ConversationOptions): Promise<Conversation> {
  const client = await converse(fakeEngine(), options);
  await client.open(URI, text);
  return client;
}

export function titles(actions: readonly CodeAction[]): string[] {
  return actions.map(({ title }) => title);
}

export function titled(actions: readonly CodeAction[], title: string): CodeAction {
  const action = actions.find((candidate) => candidate.title === title);
  if (action === undefined) throw new Error(`No action "${title}" among: ${titles(actions).join('; ')}`);
  return action;
}

/** The text after an action, whose edit must name the version it was made for. */
export function applied(text: string, action: CodeAction, version = 1): string {
  const [change] = action.edit?.documentChanges ?? [];
  if (!TextDocumentEdit.is(change)) throw new Error('The action carries no versioned edit.');
  expect(change.textDocument).toEqual({ uri: URI, version });
  return TextDocument.applyEdits(TextDocument.create(URI, 'shellscript', 1, text), change.edits as TextEdit[]);
}
