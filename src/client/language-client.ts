import type { LogOutputChannel, Uri } from 'vscode';
import {
  CloseAction,
  type ErrorHandler,
  LanguageClient,
  RevealOutputChannelOn,
  type StaticFeature,
  TransportKind,
} from 'vscode-languageclient/node';
import { type DocumentStatus, STATUS_METHOD } from '../server/protocol';
import { LINT_SELECTOR } from './documents';
import { IGNORING_MIDDLEWARE } from './middleware';
import { serveFiles } from './served-files';

/** What a language client tells the rest of the extension. */
export interface ClientEvents {
  readonly status: (status: DocumentStatus) => void;
  /** The server ended and will not be started again by itself. */
  readonly gaveUp: () => void;
}

/**
 * Makes a client for the server in `serverModule`; the caller starts it. This module loads vscode-languageclient, which takes longer than
 * all the rest of the extension: it is imported after activation.
 */
export function createLanguageClient(
  serverModule: Uri,
  workingDirectory: Uri,
  outputChannel: LogOutputChannel,
  events: ClientEvents,
): LanguageClient {
  const client: LanguageClient = new LanguageClient(
    'ec2Warden',
    'EC2 Warden',
    {
      module: serverModule.fsPath,
      transport: TransportKind.ipc,
      // Not the workspace: Windows would not let anybody rename a folder that a process runs in.
      options: { cwd: workingDirectory.fsPath },
    },
    {
      documentSelector: LINT_SELECTOR,
      outputChannel,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: IGNORING_MIDDLEWARE,
      diagnosticPullOptions: { onChange: true, onSave: false, onFocus: false, onTabs: false },
      errorHandler: quietly(() => client.createDefaultErrorHandler(), events),
      initializationFailedHandler: (error) => {
        outputChannel.error('The language server could not be initialised.', String(error));
        return false;
      },
    },
  );
  client.registerFeature(STATUS_FEATURE);
  serveFiles(client);
  client.onNotification(STATUS_METHOD, events.status);
  return client;
}

/** Tells the server that this client understands its status notifications, and asks the user for what a fix wants to know. */
const STATUS_FEATURE: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    const others = capabilities.experimental as object | undefined;
    capabilities.experimental = { ...others, ec2WardenStatus: true, ec2WardenInput: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

/** The library's policy (four restarts in three minutes), without its notifications: a restart that worked concerns nobody. */
function quietly(createPolicy: () => ErrorHandler, events: ClientEvents): ErrorHandler {
  let policy: ErrorHandler | undefined;
  const theirs = (): ErrorHandler => (policy ??= createPolicy());
  return {
    error: async (...problem) => ({ ...(await theirs().error(...problem)), handled: true }),
    closed: async () => {
      const result = await theirs().closed();
      if (result.action === CloseAction.DoNotRestart) events.gaveUp();
      return { ...result, handled: true };
    },
  };
}
