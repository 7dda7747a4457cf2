import { type Diagnostic, l10n, type LogOutputChannel, Uri, window, type WorkspaceEdit } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { DocumentStatus, FixAnswer, ShownScript } from '../server/protocol';
import type { StatusItem } from './status-item';

/** The language server of this window: started, started anew when asked, stopped with the extension. */
export interface ServerSession {
  start(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
  isRunning(): boolean;
  /** Asks the server. @throws Error where it does not run */
  request<T>(method: string, params: unknown): Promise<T>;
  /** From the protocol's form to the editor's. */
  toWorkspaceEdit(edit: NonNullable<FixAnswer['edit']>): Promise<WorkspaceEdit>;
  toDiagnostics(diagnostics: ShownScript['diagnostics']): Promise<Diagnostic[]>;
}

/** @param onStatus told what became of a document, besides the status item */
export function createServerSession(
  extension: Uri,
  output: LogOutputChannel,
  status: StatusItem,
  onStatus: (status: DocumentStatus) => void,
): ServerSession {
  let client: LanguageClient | undefined;
  // Starts and stops happen one after the other, however quickly they are asked for.
  let last: Promise<void> = Promise.resolve();
  const next = (work: () => Promise<void>): Promise<void> => (last = last.then(work, work));

  const tell = (told: DocumentStatus): void => {
    status.set(told);
    onStatus(told);
  };

  const running = (): LanguageClient => {
    if (client?.isRunning() !== true) throw new Error('The language server of EC2 Warden does not run.');
    return client;
  };

  const gaveUp = (): void => {
    status.setServer('stopped');
    void offerLog(output, l10n.t('The language server of EC2 Warden keeps stopping and is not started again.'));
  };

  const start = async (): Promise<void> => {
    status.setServer('starting');
    const startedAt = performance.now();
    try {
      const { createLanguageClient } = await import('./language-client');
      const serverModule = Uri.joinPath(extension, 'dist', 'server.js');
      client = createLanguageClient(serverModule, extension, output, { status: tell, gaveUp });
      await client.start();
    } catch (error) {
      status.setServer('stopped');
      void offerLog(output, l10n.t('The language server of EC2 Warden could not be started.'));
      throw error;
    }
    status.setServer('running');
    output.info(`The language server has started in ${(performance.now() - startedAt).toFixed(0)} ms.`);
  };

  const stop = async (): Promise<void> => {
    const old = client;
    client = undefined;
    try {
      await old?.dispose();
    } catch (error) {
      output.debug('The language server did not end by itself.', String(error));
    }
  };

  return {
    // Somebody may have restarted it before a document called for it.
    start: () => next(() => (client === undefined ? start() : Promise.resolve())),
    restart: () => next(async () => stop().then(start)),
    stop: () => next(stop),
    isRunning: () => client?.isRunning() === true,
    request: (method, params) => running().sendRequest(method, params),
    toWorkspaceEdit: (edit) => running().protocol2CodeConverter.asWorkspaceEdit(edit),
    toDiagnostics: (diagnostics) => running().protocol2CodeConverter.asDiagnostics([...diagnostics]),
  };
}

async function offerLog(output: LogOutputChannel, message: string): Promise<void> {
  const showLog = l10n.t('Show Log');
  if ((await window.showWarningMessage(message, showLog)) === showLog) output.show();
}
