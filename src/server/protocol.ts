/** What passes between this server and its VS Code client beyond LSP. Types and names only: both sides import it. */

/**
 * Notification from the server, sent after a document has been judged afresh, to clients whose capabilities say
 * `experimental: { ec2WardenStatus: true }`.
 */
export const STATUS_METHOD = 'ec2Warden/status';

/**
 * Requests to a client whose capabilities say `experimental: { ec2WardenFiles: true }`: the text of a file by its URI (null where it cannot be
 * read), and the URIs of the files in a folder. Asked for what no file system of the server's holds.
 */
export const READ_FILE_METHOD = 'ec2Warden/readFile';
export const LIST_FOLDER_METHOD = 'ec2Warden/listFolder';

/** Request to the client of a server that runs in a browser: the bytes of `tree-sitter.wasm` or of a grammar, in Base64. */
export const READ_GRAMMAR_METHOD = 'ec2Warden/readGrammar';

/** A command that the server executes: opens a rule's page. Its one argument is the rule's id. */
export const SHOW_DOCUMENTATION_COMMAND = 'ec2Warden.rule.showDocumentation';

/** The code action kind that applies every safe fix of a document. */
export const FIX_ALL_KIND = 'source.fixAll.ec2-warden';

/**
 * `linted`: as `kind`. `nothing-to-check`: it mentions nothing that a rule could want. `unsupported`: nothing that EC2 Warden reads.
 * `disabled`: the user switched linting off for it. `failed`: the linter itself failed, the log has the details.
 */
export type Outcome = 'linted' | 'nothing-to-check' | 'unsupported' | 'disabled' | 'failed';

/** What was done with one version of a document. */
export interface DocumentStatus {
  readonly uri: string;
  readonly version: number;
  readonly outcome: Outcome;
  /** What it was linted as, for people ("Shell script"); null where it was not linted. */
  readonly kind: string | null;
  readonly findings: number;
}
