import type { Diagnostic, Range, WorkspaceEdit } from 'vscode-languageserver';

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

/**
 * A command of the client that code actions name where the client says `experimental: { ec2WardenInput: true }`: asks the user for a value and applies
 * the fix with it. Its one argument is a `FixQuestion`.
 */
export const ASK_COMMAND = 'ec2Warden.fix.ask';

/** A fix that wants something that only the user knows. */
export interface FixQuestion {
  readonly title: string;
  readonly prompt: string;
  /** An example. */
  readonly placeholder: string;
  /** Handed back as it is. */
  readonly action: unknown;
}

/** Request to the server: what a fix does with a value. Takes a `ValuedFix`, answers with a `FixAnswer`. */
export const FIX_WITH_VALUE_METHOD = 'ec2Warden/fixWithValue';

export interface ValuedFix {
  readonly action: unknown;
  readonly value: string;
}

/** Either what is wrong with the value, or the edit. Neither where the document has changed. */
export interface FixAnswer {
  readonly problem?: string;
  readonly edit?: WorkspaceEdit;
}

/** Request to the server: the programs that an open document carries. Takes its URI, answers with a list of `ShownScript`. */
export const SCRIPTS_METHOD = 'ec2Warden/scripts';

/** A program as a text of its own. */
export interface ShownScript {
  readonly language: 'shell' | 'powershell';
  readonly text: string;
  /** Where it lies in the document. */
  readonly range: Range;
  /** What is found in it, in coordinates of `text`. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Request to the server: the calls of IMDSv1 in a text that is not open. Takes an `UnopenedText`, answers with a list of `TokenlessCall`, or null where it cannot tell. */
export const TOKENLESS_CALLS_METHOD = 'ec2Warden/tokenlessCalls';

export interface UnopenedText {
  /** Its name helps to tell what it is. */
  readonly uri: string;
  readonly text: string;
}

export interface TokenlessCall {
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

/**
 * Request to the server: what instances a document declares, and what they run. Takes the document's URI; its text where it is not open. Answers with a
 * `ShownDeclarations`.
 */
export const DECLARED_METHOD = 'ec2Warden/declared';

export interface DeclaringDocument {
  readonly uri: string;
  /** Left out for a document that is open. */
  readonly text?: string;
}

export interface ShownDeclarations {
  readonly launches: readonly ShownLaunch[];
  readonly userData: readonly ShownUserData[];
}

/** An instance, or what instances are launched from. */
export interface ShownLaunch {
  readonly kind: 'instance' | 'launch-template' | 'launch-configuration';
  /** Logical id or Terraform address. */
  readonly address: string;
  /** What makes its instances: itself, or the Auto Scaling groups that use it. */
  readonly launchers: readonly string[];
  /** The tag `Name` that its instances get; null where it is not known. */
  readonly name: string | null;
  readonly head: Range;
  /** Null where they are left out. */
  readonly options: Range | null;
  readonly tokens: ShownOption | null;
  readonly endpoint: ShownOption | null;
  readonly hopLimit: ShownOption | null;
}

export interface ShownOption {
  /** Null where it is not known before it is deployed. */
  readonly value: string | null;
  readonly range: Range;
}

/** A text that will be user data. */
export interface ShownUserData {
  /** The address of the launch that it belongs to; null for a document that is user data itself. */
  readonly owner: string | null;
  /** The file that it stands in. */
  readonly uri: string;
  readonly range: Range;
  /** What is known of it in order; null stands for what somebody puts in later. */
  readonly parts: readonly (string | null)[];
  readonly calls: readonly TokenlessCall[];
}

/** A command that the server executes: opens a rule's page. Its one argument is the rule's id. */
export const SHOW_DOCUMENTATION_COMMAND = 'ec2Warden.rule.showDocumentation';

/** The code action kind that applies every safe fix of a document. */
export const FIX_ALL_KIND = 'source.fixAll.ec2-warden';

/**
 * `linted`: as `kind`. `nothing-to-check`: it mentions nothing that a rule could want. `unsupported`: nothing that EC2 Warden reads.
 * `disabled`: the user switched linting off for it. `ignored`: a `.ec2-warden.yaml` leaves it out. `failed`: the linter itself failed, the log has the details.
 */
export type Outcome = 'linted' | 'nothing-to-check' | 'unsupported' | 'disabled' | 'ignored' | 'failed';

/** What was done with one version of a document. */
export interface DocumentStatus {
  readonly uri: string;
  readonly version: number;
  readonly outcome: Outcome;
  /** What it was linted as, for people ("Shell script"); null where it was not linted. */
  readonly kind: string | null;
  readonly findings: number;
}
