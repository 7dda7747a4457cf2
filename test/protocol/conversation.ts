import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  CodeActionRequest,
  CodeActionResolveRequest,
  ConfigurationRequest,
  type ConfigurationItem,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  FileChangeType,
  type DocumentDiagnosticReport,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeParams,
  type InitializeResult,
  LogMessageNotification,
  type LogMessageParams,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  RegistrationRequest,
  ShowDocumentRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { Engine, FileAccess } from '../../src/engine';
import { type DocumentStatus, LIST_FOLDER_METHOD, READ_FILE_METHOD, STATUS_METHOD } from '../../src/server/protocol';
import { createServer } from '../../src/server/server';

/** What VS Code's client can do, as far as it concerns this server. */
export const FULL_CLIENT: ClientCapabilities = {
  textDocument: {
    diagnostic: { relatedInformation: true },
    publishDiagnostics: { relatedInformation: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
  },
  window: { showDocument: { support: true } },
  experimental: { ec2WardenStatus: true, ec2WardenFiles: true },
};

export interface Conversation {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly logs: LogMessageParams[];
  readonly statuses: DocumentStatus[];
  readonly published: PublishDiagnosticsParams[];
  readonly asked: ConfigurationItem[];
  readonly registered: string[];
  readonly shown: string[];
  readonly refreshes: { count: number };
  /** Files of the client, by URI; what the server reads of them goes through `ec2Warden/readFile`. */
  readonly files: Map<string, string>;
  readonly readFiles: string[];
  /** What the client answers to `workspace/configuration`; a function may throw. */
  settings: unknown;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): Promise<void>;
  close(uri: string): Promise<void>;
  changeSettings(settings: unknown): Promise<void>;
  /** Writes a file of the client's, or deletes it, and tells the server as a watcher does. */
  writeFile(uri: string, text: string | undefined): Promise<void>;
  diagnose(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  diagnostics(uri: string): Promise<Diagnostic[]>;
  codeActions(uri: string, range: Range, context?: Partial<CodeActionContext>): Promise<CodeAction[]>;
  resolve(action: CodeAction): Promise<CodeAction>;
  hover(uri: string, line: number, character: number): Promise<Hover | null>;
}

/** The client with every capability but one, named as in `textDocument.diagnostic`. */
export function clientWithout(path: string): ClientCapabilities {
  const capabilities = structuredClone(FULL_CLIENT);
  let at: unknown = capabilities;
  const names = path.split('.');
  for (const [index, name] of names.entries()) {
    if (typeof at !== 'object' || at === null || !(name in at)) throw new Error(`FULL_CLIENT has no ${path}.`);
    if (index === names.length - 1) Reflect.deleteProperty(at, name);
    else at = Reflect.get(at, name);
  }
  return capabilities;
}

export interface ConversationOptions {
  readonly capabilities?: ClientCapabilities;
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
  /** What the server can read by itself. */
  readonly localFiles?: FileAccess;
  readonly files?: Readonly<Record<string, string>>;
}

/** Starts the real server over a pair of streams, and a client that talks to it in JSON-RPC. */
export async function converse(
  engine: Engine,
  {
    capabilities = FULL_CLIENT,
    settings = {},
    initializationOptions,
    localFiles,
    files = {},
  }: ConversationOptions = {},
): Promise<Conversation> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  createServer(server, engine, localFiles);
  server.listen();
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const logs: LogMessageParams[] = [];
  const statuses: DocumentStatus[] = [];
  const published: PublishDiagnosticsParams[] = [];
  const asked: ConfigurationItem[] = [];
  const registered: string[] = [];
  const shown: string[] = [];
  const refreshes = { count: 0 };
  const filesOfClient = new Map(Object.entries(files));
  const readFiles: string[] = [];

  connection.onNotification(LogMessageNotification.type, (message) => void logs.push(message));
  connection.onNotification(STATUS_METHOD, (status: DocumentStatus) => void statuses.push(status));
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => void published.push(params));
  connection.onRequest(ConfigurationRequest.type, ({ items }) => {
    asked.push(...items);
    return items.map(() => {
      if (self.settings instanceof Error) throw self.settings;
      return self.settings;
    });
  });
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    refreshes.count++;
  });
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    registered.push(...registrations.map(({ method }) => method));
  });
  connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
    shown.push(uri);
    return { success: true };
  });
  connection.onRequest(READ_FILE_METHOD, (uri: string) => {
    // Looked for beside every document; tests of it see what comes of it.
    if (!/\/\.(git|ec2-warden)\b/.test(uri)) readFiles.push(uri);
    return filesOfClient.get(uri) ?? null;
  });
  connection.onRequest(LIST_FOLDER_METHOD, (folder: string) =>
    [...filesOfClient.keys()].filter((uri) => uri.slice(0, uri.lastIndexOf('/')) === folder.replace(/\/$/, '')),
  );
  connection.listen();

  const params = { processId: null, workspaceFolders: null, capabilities, initializationOptions };
  // The type still demands rootUri, which LSP deprecates.
  const initialized = await connection.sendRequest(InitializeRequest.type, params as InitializeParams);
  await connection.sendNotification(InitializedNotification.type, {});

  const diagnose = (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId !== undefined && { previousResultId }),
    });

  const self: Conversation = {
    connection,
    initialized,
    logs,
    statuses,
    published,
    asked,
    registered,
    shown,
    refreshes,
    files: filesOfClient,
    readFiles,
    settings,
    open: (uri, text, languageId = 'shellscript') =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      }),
    change: (uri, version, contentChanges) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges,
      }),
    close: (uri) => connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    changeSettings: (next) => {
      self.settings = next;
      return connection.sendNotification(DidChangeConfigurationNotification.type, { settings: next });
    },
    writeFile: (uri, text) => {
      const type = text === undefined ? FileChangeType.Deleted : FileChangeType.Changed;
      if (text === undefined) filesOfClient.delete(uri);
      else filesOfClient.set(uri, text);
      return connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri, type }] });
    },
    diagnose,
    diagnostics: async (uri) => {
      const report = await diagnose(uri);
      return report.kind === 'full' ? report.items : [];
    },
    codeActions: async (uri, range, context = {}) => {
      const params = { textDocument: { uri }, range, context: { diagnostics: [], ...context } };
      const actions = (await connection.sendRequest(CodeActionRequest.type, params)) ?? [];
      return actions.filter((action): action is CodeAction => 'kind' in action);
    },
    resolve: (action) => connection.sendRequest(CodeActionResolveRequest.type, action),
    hover: (uri, line, character) =>
      connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line, character } }),
  };
  return self;
}

/** Waits until `ready` is true; notifications arrive when they arrive. Fails after two seconds. */
export async function until(ready: () => boolean): Promise<void> {
  const deadline = Date.now() + 2000;
  while (!ready()) {
    if (Date.now() > deadline) throw new Error('What was waited for did not happen within two seconds.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The range of one word of a text, whose lines end in `\n`. */
export function rangeOf(text: string, word: string): Range {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  const line = before.length - 1;
  const character = before[line]?.length ?? 0;
  return { start: { line, character }, end: { line, character: character + word.length } };
}
