import { type CancellationToken, type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine, FileAccess } from '../engine';
import { filesOfClient } from './client-files';
import { type ClientTraits, traitsOf } from './client-traits';
import { codeActionHandler } from './code-action';
import { declaredHandler, NO_DECLARATIONS } from './declared';
import { codeActionResolveHandler } from './code-action-resolve';
import type { Components } from './components';
import { ruleLookup } from './diagnostics';
import { documentDiagnosticHandler, NO_DIAGNOSTICS } from './document-diagnostic';
import { executeCommandHandler } from './execute-command';
import { guarded } from './faults';
import { fixWithValueHandler } from './fix-with-value';
import { followChanges } from './follow-changes';
import { hoverHandler } from './hover';
import { initializeResult } from './initialize';
import { createLinter } from './linter';
import { createNearbyFiles } from './nearby-files';
import { createSettingsStore } from './settings-store';
import { DECLARED_METHOD, FIX_WITH_VALUE_METHOD, SCRIPTS_METHOD, TOKENLESS_CALLS_METHOD } from './protocol';
import { scriptsHandler } from './scripts';
import { tokenlessCallsHandler } from './tokenless-calls';
import { sendStatus } from './status';

/**
 * Puts a language server over `engine` at the end of `connection`, which the caller then starts to listen on.
 * @param localFiles reads `file:` URIs; without it, and for all others, the client is asked where it can be
 */
export function createServer(connection: Connection, engine: Engine, localFiles?: FileAccess): void {
  const documents = new TextDocuments(TextDocument);
  documents.listen(connection);
  connection.onInitialize(({ capabilities, initializationOptions }) => {
    const client = traitsOf(capabilities);
    const components = compose(connection, engine, documents, client, initializationOptions, localFiles);
    answerRequests(components);
    followChanges(components);
    documents.onDidClose(({ document: { uri } }) => {
      components.linter.forget(uri);
      components.settings.forget(uri);
      components.nearby.forget(uri);
    });
    return initializeResult(client);
  });
}

function compose(
  connection: Connection,
  engine: Engine,
  documents: TextDocuments<TextDocument>,
  client: ClientTraits,
  initializationOptions: unknown,
  localFiles: FileAccess | undefined,
): Components {
  const ruleIds = new Set(engine.rules.map(({ id }) => id));
  const files = fileAccess(localFiles, client.servesFiles ? filesOfClient(connection) : undefined);
  const nearby = createNearbyFiles(files, (uri) => documents.get(uri)?.getText(), client.watchesFiles);
  const settings = createSettingsStore(connection, client, ruleIds, initializationOptions, (uri) =>
    engine.configurationOf(uri, nearby.accessFor(uri)),
  );
  const linter = createLinter(engine, documents, settings, nearby, connection.console, (linted) => {
    if (client.wantsStatus) sendStatus(connection, linted);
  });
  return { connection, engine, client, documents, settings, nearby, linter, rule: ruleLookup(engine) };
}

/** Files of this machine where there is a file system, the client's for all else. */
function fileAccess(local: FileAccess | undefined, client: FileAccess | undefined): FileAccess {
  const of = (uri: string): FileAccess | undefined => (local !== undefined && uri.startsWith('file:') ? local : client);
  return {
    read: async (uri) => of(uri)?.read(uri),
    list: async (folder) => (await of(folder)?.list(folder)) ?? [],
  };
}

function answerRequests(components: Components): void {
  const { connection, client } = components;
  const { console } = connection;
  const diagnose = documentDiagnosticHandler(components);
  const act = codeActionHandler(components);
  const resolve = codeActionResolveHandler(components);
  const hover = hoverHandler(components);
  if (client.pullsDiagnostics) {
    connection.languages.diagnostics.on((params, token) =>
      guarded(console, 'textDocument/diagnostic', NO_DIAGNOSTICS, () => diagnose(params, token)),
    );
  }
  connection.onCodeAction((params, token) => guarded(console, 'textDocument/codeAction', [], () => act(params, token)));
  connection.onCodeActionResolve((action, token) =>
    guarded(console, 'codeAction/resolve', action, () => resolve(action, token)),
  );
  connection.onHover((params, token) => guarded(console, 'textDocument/hover', null, () => hover(params, token)));
  const fixWithValue = fixWithValueHandler(components);
  connection.onRequest(FIX_WITH_VALUE_METHOD, (params: unknown, token: CancellationToken) =>
    guarded(console, FIX_WITH_VALUE_METHOD, {}, () => fixWithValue(params, token)),
  );
  const scripts = scriptsHandler(components);
  connection.onRequest(SCRIPTS_METHOD, (uri: unknown, token: CancellationToken) =>
    guarded(console, SCRIPTS_METHOD, [], () => scripts(uri, token)),
  );
  const tokenlessCalls = tokenlessCallsHandler(components);
  connection.onRequest(TOKENLESS_CALLS_METHOD, (params: unknown, token: CancellationToken) =>
    guarded(console, TOKENLESS_CALLS_METHOD, null, () => tokenlessCalls(params, token)),
  );
  const declared = declaredHandler(components);
  connection.onRequest(DECLARED_METHOD, (params: unknown, token: CancellationToken) =>
    guarded(console, DECLARED_METHOD, NO_DECLARATIONS, () => declared(params, token)),
  );
  connection.onExecuteCommand(executeCommandHandler(components));
}
