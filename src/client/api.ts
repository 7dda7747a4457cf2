import type { Uri } from 'vscode';
import type { ExplorerApi } from '../explorer';
import type { DocumentStatus } from '../server/protocol';

/** What `extension.exports` offers: enough to tell why a document has the findings it has. Read-only. */
export interface Ec2WardenApi {
  /** Done when the language server answers, which is started when a document concerns it; rejected when it could not be started. */
  readonly started: Promise<void>;
  /** How long `activate` took, in milliseconds. */
  readonly activationMilliseconds: number;
  /** What was done with a document last; undefined where it has not been looked at. */
  readonly statusOf: (uri: Uri) => DocumentStatus | undefined;
  /** What the language status item says about the active editor. */
  readonly statusText: string;
  /** The sidebar. */
  readonly account: ExplorerApi;
}
