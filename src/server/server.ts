import { type Connection, DidChangeConfigurationNotification, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine';
import { type ClientTraits, traitsOf } from './client-traits';
import { codeActionHandler } from './code-action';
import { codeActionResolveHandler } from './code-action-resolve';
import type { Components } from './components';
import { ruleLookup } from './diagnostics';
import { documentDiagnosticHandler, NO_DIAGNOSTICS } from './document-diagnostic';
import { executeCommandHandler } from './execute-command';
import { guarded, inBackground } from './faults';
import { hoverHandler } from './hover';
import { initializeResult } from './initialize';
import { createLinter } from './linter';
import { publishDiagnostics } from './publish-diagnostics';
import { createSettingsStore } from './settings-store';
import { sendStatus } from './status';

/** Puts a language server over `engine` at the end of `connection`, which the caller then starts to listen on. */
export function createServer(connection: Connection, engine: Engine): void {
  const documents = new TextDocuments(TextDocument);
  documents.listen(connection);
  connection.onInitialize(({ capabilities, initializationOptions }) => {
    const client = traitsOf(capabilities);
    const components = compose(connection, engine, documents, client, initializationOptions);
    answerRequests(components);
    followSettings(components);
    documents.onDidClose(({ document: { uri } }) => {
      components.linter.forget(uri);
      components.settings.forget(uri);
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
): Components {
  const ruleIds = new Set(engine.rules.map(({ id }) => id));
  const settings = createSettingsStore(connection, client, ruleIds, initializationOptions);
  const linter = createLinter(engine, documents, settings, connection.console, (linted) => {
    if (client.wantsStatus) sendStatus(connection, linted);
  });
  return { connection, engine, client, documents, settings, linter, rule: ruleLookup(engine) };
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
  connection.onExecuteCommand(executeCommandHandler(components));
}

function followSettings(components: Components): void {
  const { connection, client, settings } = components;
  const publisher = client.pullsDiagnostics ? undefined : publishDiagnostics(components);
  if (publisher !== undefined) connection.onShutdown(() => publisher.dispose());
  connection.onInitialized(() => {
    if (!client.registersConfigurationChange) return;
    const registered = connection.client.register(DidChangeConfigurationNotification.type, { section: 'ec2Warden' });
    inBackground(connection.console, 'client/registerCapability', registered);
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.changed(pushed);
    publisher?.publishAll();
    if (client.pullsDiagnostics && client.refreshesDiagnostics) {
      inBackground(connection.console, 'workspace/diagnostic/refresh', connection.languages.diagnostics.refresh());
    }
  });
}
