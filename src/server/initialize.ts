import { type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import { version } from '../../package.json';
import type { ClientTraits } from './client-traits';
import { CODE_ACTION_KINDS } from './code-action-kinds';
import { DIAGNOSTIC_SOURCE } from './diagnostics';
import { SHOW_DOCUMENTATION_COMMAND } from './protocol';

/** `initialize`: what this server can do for this client. */
export function initializeResult(client: ClientTraits): InitializeResult {
  return {
    serverInfo: { name: 'ec2-warden', version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS], resolveProvider: client.resolvesEdits },
      ...(client.showsDocuments && { executeCommandProvider: { commands: [SHOW_DOCUMENTATION_COMMAND] } }),
      ...(client.pullsDiagnostics && {
        diagnosticProvider: {
          identifier: DIAGNOSTIC_SOURCE,
          interFileDependencies: true,
          workspaceDiagnostics: false,
        },
      }),
    },
  };
}
