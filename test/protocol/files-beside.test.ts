import { describe, expect, test } from 'vitest';
import type { Document, Engine, FileAccess } from '../../src/engine';
import { clientWithout, type Conversation, converse, type ConversationOptions, until } from './conversation';
import { fakeEngine } from './fake-engine';

// A template is read with the files that it names. The engine of these tests takes every `@name` for one, and `@*` for the whole folder; what it
// reads is put behind the text.

const URI = 'vfs://host/w/main.tf';
const PART = 'vfs://host/w/part.sh';

function engineWithFiles(): Engine & { readonly prepared: string[] } {
  const engine = fakeEngine();
  const prepared: string[] = [];
  const texts = new WeakMap<Document, string>();
  const whole = (document: Document): Document => ({ ...document, text: texts.get(document) ?? document.text });
  return {
    ...engine,
    prepared,
    prepare: async (document, files) => {
      prepared.push(document.uri);
      const folder = document.uri.slice(0, document.uri.lastIndexOf('/'));
      const names = [...document.text.matchAll(/@([\w.-]+)/g)].map(([, name = '']) => `${folder}/${name}`);
      const listed = document.text.includes('@*') ? ((await files?.list(folder)) ?? []) : [];
      const read = files ? await Promise.all([...names, ...listed].map((uri) => files.read(uri))) : [];
      const copy = { ...document };
      texts.set(copy, [document.text, ...read.map((text) => text ?? '')].join('\n'));
      return copy;
    },
    lint: (document, settings) => engine.lint(whole(document), settings),
  };
}

async function opened(text: string, options: ConversationOptions = {}): Promise<Conversation> {
  const client = await converse(engineWithFiles(), options);
  await client.open(URI, text, 'terraform');
  return client;
}

describe('files beside a document', () => {
  test('are read with it, once', async () => {
    const client = await opened('#!x\n@part.sh\n', { files: { [PART]: 'V1' } });
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'imdsv1-call' }]);
    await client.change(URI, 2, [{ text: '#!x\n# typed\n@part.sh\n' }]);
    expect(await client.diagnostics(URI)).toHaveLength(1);
    expect(client.readFiles).toEqual([PART]);
  });

  test('count again when they have changed: the client is told to ask', async () => {
    const client = await opened('#!x\n@part.sh\n', { files: { [PART]: 'V1' } });
    const first = await client.diagnose(URI);
    await client.writeFile(PART, 'V1 OPEN');
    await until(() => client.refreshes.count === 1);
    expect(await client.diagnose(URI, first.resultId)).toMatchObject({ kind: 'full', items: [{}, {}] });
    await client.writeFile(PART, undefined);
    await until(() => client.refreshes.count === 2);
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  test('that another document does not use leave it alone', async () => {
    const client = await opened('#!x\n@part.sh\n', { files: { [PART]: 'V1' } });
    const first = await client.diagnose(URI);
    await client.writeFile('vfs://host/w/other.sh', 'V1');
    expect(await client.diagnose(URI, first.resultId)).toMatchObject({ kind: 'unchanged' });
    expect(client.refreshes.count).toBe(0);
  });

  test('that appear in a folder that was looked through are seen', async () => {
    const client = await opened('#!x\n@*\n');
    expect(await client.diagnostics(URI)).toEqual([]);
    await client.writeFile('vfs://host/w/new.tf', 'V1');
    await until(() => client.refreshes.count === 1);
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });

  test('count as they stand in the editor, saved or not', async () => {
    const client = await opened('#!x\n@part.sh\n', { files: { [PART]: 'V1' } });
    expect(await client.diagnostics(URI)).toHaveLength(1);
    await client.open(PART, 'V1 OPEN');
    expect(await client.diagnostics(URI)).toHaveLength(2);
    await client.change(PART, 2, [{ text: 'nothing' }]);
    await until(() => client.refreshes.count > 0);
    expect(await client.diagnostics(URI)).toEqual([]);
    await client.close(PART);
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });

  test('are published anew for clients that cannot ask', async () => {
    const client = await opened('#!x\n@part.sh\n', {
      files: { [PART]: 'V1' },
      capabilities: clientWithout('textDocument.diagnostic'),
    });
    await until(() => client.published.length === 1);
    await client.writeFile(PART, 'V1 OPEN');
    await until(() => client.published.length === 2);
    expect(client.published[1]?.diagnostics).toHaveLength(2);
  });

  test('are the business of the server itself where they have a place on its disk', async () => {
    const asked: string[] = [];
    const localFiles: FileAccess = {
      read: (uri) => Promise.resolve(uri.endsWith('part.sh') && asked.push(uri) > 0 ? 'V1' : undefined),
      list: () => Promise.resolve([]),
    };
    const client = await converse(engineWithFiles(), { localFiles, files: { [PART]: 'OPEN' } });
    await client.open('file:///w/main.tf', '#!x\n@part.sh\n', 'terraform');
    expect(await client.diagnostics('file:///w/main.tf')).toMatchObject([{ code: 'imdsv1-call' }]);
    await client.open(URI, '#!x\n@part.sh\n', 'terraform');
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'credentials-permissions' }]);
    expect(asked).toEqual(['file:///w/part.sh']);
    expect(client.readFiles).toEqual([PART]);
  });

  test('are not asked of a client that reads none', async () => {
    const client = await opened('#!x\n@part.sh V1\n', {
      files: { [PART]: 'OPEN' },
      capabilities: clientWithout('experimental.ec2WardenFiles'),
    });
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'imdsv1-call' }]);
    expect(client.readFiles).toEqual([]);
  });

  test('cost nothing where the text is of no interest', async () => {
    const engine = engineWithFiles();
    const client = await converse(engine, { files: { [PART]: 'V1' } });
    await client.open(URI, '#!x\nBORING @part.sh\n', 'yaml');
    expect(await client.diagnostics(URI)).toEqual([]);
    expect(engine.prepared).toEqual([]);
    expect(client.readFiles).toEqual([]);
  });

  test('that cannot be had cost a line in the log, and no finding of the text itself', async () => {
    const client = await converse(
      fakeEngine({ prepare: () => Promise.reject(new Error('the hcl grammar, "hunter2"')) }),
    );
    await client.open(URI, '#!x\nV1\n', 'terraform');
    expect(await client.diagnostics(URI)).toHaveLength(1);
    expect(client.logs).toHaveLength(1);
    expect(client.logs[0]?.message).not.toContain('hunter2');
  });

  test('are waited for, and a text that was typed meanwhile is the one that is judged', async () => {
    const engine = engineWithFiles();
    const waiting: (() => void)[] = [];
    const client = await converse({
      ...engine,
      prepare: async (document, files) => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return engine.prepare(document, files);
      },
    });
    await client.open(URI, '#!x\nV1\n', 'terraform');
    const answer = client.diagnostics(URI);
    await until(() => waiting.length === 1);
    await client.change(URI, 2, [{ text: '#!x\nV1 OPEN\n' }]);
    const action = client.codeActions(URI, { start: { line: 1, character: 0 }, end: { line: 1, character: 2 } });
    await until(() => waiting.length === 2);
    waiting.shift()?.();
    await until(() => waiting.length === 2);
    for (const resolve of waiting) resolve();
    expect(await answer).toHaveLength(2);
    expect((await action).length).toBeGreaterThan(0);
    expect(client.statuses).toMatchObject([{ version: 2, findings: 2 }]);
  });
});
