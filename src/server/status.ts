import type { Connection } from 'vscode-languageserver';
import { inBackground } from './faults';
import type { Linted } from './linter';
import { type DocumentStatus, STATUS_METHOD } from './protocol';

/** `ec2Warden/status`: tells our own client what a document was linted as, so that it can say why there are no findings. */
export function sendStatus(connection: Connection, { document, version, outcome, kind, findings }: Linted): void {
  const status: DocumentStatus = {
    uri: document.uri,
    version,
    outcome,
    kind: kind ?? null,
    findings: findings.length,
  };
  inBackground(connection.console, STATUS_METHOD, connection.sendNotification(STATUS_METHOD, status));
}
