import { type ChildProcessWithoutNullStreams, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  LogMessageNotification,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENTRIES, optionsOf, putGrammars } from '../../scripts/build.mjs';
import { until } from './conversation';

// The server as it is delivered, with the real engine: as a process of its own, and as the script of a web worker.

const URI = 'file:///w/user-data.sh';
const SCRIPT = '#!/bin/sh\nID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)\n';
const FINDING = { code: 'imdsv1-call', range: { start: { line: 1, character: 5 }, end: { line: 1, character: 64 } } };
const CAPABILITIES = { textDocument: { diagnostic: {} } };

const folder = mkdtempSync(join(tmpdir(), 'ec2-warden-server-'));

async function bundle(to: string): Promise<string> {
  const entry = ENTRIES.find((candidate) => candidate.to === to) ?? expect.fail(`nothing is built to ${to}`);
  const outfile = join(folder, to.replaceAll('/', '-'));
  await build({ ...optionsOf(entry, false), outfile, write: true, metafile: false, sourcemap: false });
  return outfile;
}

let program = '';
beforeAll(async () => {
  program = await bundle('dist/server.js');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function initialize(connection: ProtocolConnection): Promise<void> {
  connection.listen();
  const params = { processId: process.pid, workspaceFolders: null, capabilities: CAPABILITIES };
  await connection.sendRequest(InitializeRequest.type, params as unknown as InitializeParams);
  await connection.sendNotification(InitializedNotification.type, {});
}

async function diagnose(connection: ProtocolConnection): Promise<unknown> {
  const textDocument = { uri: URI, languageId: 'shellscript', version: 1, text: SCRIPT };
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  return connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: URI } });
}

function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [program, ...args]);
}

async function statusOf(child: NodeJS.EventEmitter): Promise<unknown> {
  const [code] = (await once(child, 'exit')) as unknown[];
  return code;
}

describe('dist/server.js --stdio', () => {
  test('lints, and ends with 0 when it is told to', async () => {
    const child = start('--stdio');
    const ended = statusOf(child);
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    await initialize(connection);
    expect(await diagnose(connection)).toMatchObject({ kind: 'full', items: [FINDING] });
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    expect(await ended).toBe(0);
  });

  test('ends when its editor is gone', async () => {
    const child = start('--stdio');
    const ended = statusOf(child);
    child.stdin.end();
    expect(await ended).toBe(1);
  });

  test('without a transport, says what it is and ends with 2', async () => {
    const child = start();
    const ended = statusOf(child);
    let said = '';
    child.stderr.on('data', (data) => (said += String(data)));
    expect(await ended).toBe(2);
    expect(said).toContain('--stdio');
  });
});

test('dist/server.js --node-ipc, as VS Code forks it, lints and ends', async () => {
  const child = fork(program, ['--node-ipc'], { silent: true });
  const ended = statusOf(child);
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  await initialize(connection);
  expect(await diagnose(connection)).toMatchObject({ kind: 'full', items: [FINDING] });
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  expect(await ended).toBe(0);
});

describe('grammars', () => {
  const TEMPLATE = `Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: |\n${SCRIPT.replace(/^(?=.)/gm, '          ')}`;
  const TERRAFORM = `resource "aws_instance" "web" {\n  user_data = <<-EOF\n${SCRIPT.replace(/^(?=.)/gm, '    ')}  EOF\n}\n`;
  const SETUP = 'Invoke-RestMethod -Uri http://169.254.169.254/latest/meta-data/instance-id\n';

  /** Lints texts one after the other in a server of their own. */
  async function lintAll(
    texts: readonly (readonly [uri: string, languageId: string, text: string])[],
  ): Promise<{ readonly codes: unknown[][]; readonly logs: string[] }> {
    const child = start('--stdio');
    const reader = new StreamMessageReader(child.stdout);
    const connection = createProtocolConnection(reader, new StreamMessageWriter(child.stdin));
    const logs: string[] = [];
    connection.onNotification(LogMessageNotification.type, ({ message }) => void logs.push(message));
    await initialize(connection);
    const codes: unknown[][] = [];
    for (const [uri, languageId, text] of texts) {
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      });
      const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
      codes.push('items' in report ? report.items.map(({ code }) => code) : []);
    }
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    return { codes, logs };
  }

  // The program of these tests lies in a folder without them.
  test('are not touched for shell, YAML, JSON and Terraform', async () => {
    const { codes, logs } = await lintAll([
      [URI, 'shellscript', SCRIPT],
      ['file:///w/template.yaml', 'yaml', TEMPLATE],
      ['file:///w/package.json', 'json', '{ "scripts": { "x": "curl http://169.254.169.254/latest/meta-data/" } }\n'],
      ['file:///w/main.tf', 'terraform', TERRAFORM],
    ]);
    const inTemplate: unknown = expect.arrayContaining(['imdsv1-call']);
    expect(codes).toEqual([['imdsv1-call'], inTemplate, [], inTemplate]);
    expect(logs).toEqual([]);
  });

  test('are read for PowerShell; where they are missing, the log says so', async () => {
    const texts = [['file:///w/setup.ps1', 'powershell', SETUP]] as const;
    const without = await lintAll(texts);
    expect(without.codes).toEqual([[]]);
    expect(without.logs).toHaveLength(1);
    putGrammars(folder);
    const { codes, logs } = await lintAll(texts);
    expect(codes).toEqual([['imdsv1-call']]);
    expect(logs).toEqual([]);
  });
});

test('dist/browser/server.js lints in a worker, where there is nothing of Node', async () => {
  const sent: { id?: number; result?: unknown }[] = [];
  const self: { onmessage?: (event: { data: unknown }) => void } & Record<string, unknown> = {
    addEventListener: () => undefined,
    postMessage: (message: { id?: number }) => void sent.push(message),
  };
  const globals = {
    self,
    console,
    crypto,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    TextEncoder,
    TextDecoder,
  };
  runInContext(readFileSync(await bundle('dist/browser/server.js'), 'utf8'), createContext(globals));
  const post = (message: object): void => self.onmessage?.({ data: { jsonrpc: '2.0', ...message } });
  const answer = async (id: number): Promise<unknown> => {
    await until(() => sent.some((message) => message.id === id));
    return sent.find((message) => message.id === id)?.result;
  };

  post({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: CAPABILITIES } });
  expect(await answer(1)).toMatchObject({ serverInfo: { name: 'ec2-warden' } });
  const textDocument = { uri: URI, languageId: 'shellscript', version: 1, text: SCRIPT };
  post({ method: 'textDocument/didOpen', params: { textDocument } });
  post({ id: 2, method: 'textDocument/diagnostic', params: { textDocument: { uri: URI } } });
  expect(await answer(2)).toMatchObject({ kind: 'full', items: [FINDING] });
});
