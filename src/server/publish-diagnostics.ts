import { CancellationToken, type Disposable } from 'vscode-languageserver';
import type { Components } from './components';
import { toDiagnostics } from './diagnostics';
import { guarded, inBackground } from './faults';

/** Long enough that a burst of keystrokes is judged once, short enough to feel immediate. */
const QUIET_MILLISECONDS = 150;

/**
 * `textDocument/publishDiagnostics`, for clients that cannot ask for diagnostics (LSP before 3.17): a document's findings are sent
 * when it opens, when it has been left alone for a moment after a change, and when settings change.
 */
export function publishDiagnostics({ connection, documents, linter, rule, client }: Components): {
  publish(uri: string): void;
  publishAll(): void;
} & Disposable {
  const opened = new Set<string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  const publish = (uri: string): Promise<void> =>
    guarded(connection.console, 'textDocument/publishDiagnostics', undefined, async () => {
      const linted = await linter.lint(uri, CancellationToken.None);
      // Newer text is on its way to the linter: its findings follow.
      if (linted === undefined || documents.get(uri)?.version !== linted.version) return;
      const diagnostics = toDiagnostics(linted, rule, client);
      await connection.sendDiagnostics({ uri, version: linted.version, diagnostics });
    });

  const cancel = (uri: string): void => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
  };

  const schedule = (uri: string, milliseconds: number): void => {
    cancel(uri);
    const timer = setTimeout(() => {
      waiting.delete(uri);
      void publish(uri);
    }, milliseconds);
    waiting.set(uri, timer);
  };

  // Fires when a document opens, too.
  documents.onDidChangeContent(({ document: { uri } }) => {
    schedule(uri, opened.has(uri) ? QUIET_MILLISECONDS : 0);
    opened.add(uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    cancel(uri);
    opened.delete(uri);
    const cleared = connection.sendDiagnostics({ uri, diagnostics: [] });
    inBackground(connection.console, 'textDocument/publishDiagnostics', cleared);
  });

  return {
    publish: (uri) => {
      if (opened.has(uri)) schedule(uri, QUIET_MILLISECONDS);
    },
    publishAll: () => {
      for (const uri of documents.keys()) schedule(uri, 0);
    },
    dispose: () => {
      for (const uri of [...waiting.keys()]) cancel(uri);
    },
  };
}
