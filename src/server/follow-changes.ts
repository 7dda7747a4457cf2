import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
} from 'vscode-languageserver';
import type { Components } from './components';
import { inBackground } from './faults';
import { publishDiagnostics } from './publish-diagnostics';
import { WATCHED_FILES } from './watched-files';

/** Long enough that a burst of changes is told once. */
const QUIET_MILLISECONDS = 200;

/** Whatever findings depend on besides the text itself: when that changes, the client hears that they are others now. */
export function followChanges(components: Components): void {
  const { connection, client, settings, documents } = components;
  const publisher = client.pullsDiagnostics ? undefined : publishDiagnostics(components);
  const refresher = refreshDiagnostics(components);
  connection.onShutdown(() => {
    publisher?.dispose();
    refresher.dispose();
  });
  connection.onInitialized(() => {
    register(components);
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.changed(pushed);
    publisher?.publishAll();
    refresher.now();
  });

  /** Documents that were read with these files are judged again. */
  const changed = (files: readonly string[]): void => {
    const affected = components.nearby.changed(files);
    for (const uri of affected) {
      settings.forget(uri);
      components.linter.invalidate(uri);
      publisher?.publish(uri);
    }
    if (affected.length > 0) refresher.soon();
  };
  connection.onDidChangeWatchedFiles(({ changes }) => {
    changed(changes.map(({ uri }) => uri));
  });
  // What is typed counts before it is saved, and no longer when it was thrown away.
  documents.onDidChangeContent(({ document: { uri } }) => changed([uri]));
  documents.onDidClose(({ document: { uri } }) => changed([uri]));
}

function register({ connection, client }: Components): void {
  if (client.registersConfigurationChange) {
    const registered = connection.client.register(DidChangeConfigurationNotification.type, { section: 'ec2Warden' });
    inBackground(connection.console, 'client/registerCapability', registered);
  }
  if (client.watchesFiles) {
    const watchers = [{ globPattern: WATCHED_FILES }];
    const registered = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    inBackground(connection.console, 'client/registerCapability', registered);
  }
}

/** Tells a client that asks for diagnostics to ask again. */
function refreshDiagnostics({ connection, client }: Components): { now(): void; soon(): void } & Disposable {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const now = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    if (!client.pullsDiagnostics || !client.refreshesDiagnostics) return;
    inBackground(connection.console, 'workspace/diagnostic/refresh', connection.languages.diagnostics.refresh());
  };
  return {
    now,
    soon: () => {
      clearTimeout(waiting);
      waiting = setTimeout(now, QUIET_MILLISECONDS);
    },
    dispose: () => clearTimeout(waiting),
  };
}
