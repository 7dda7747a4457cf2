import { type ClientCapabilities, MarkupKind } from 'vscode-languageserver';

/** What a client says it can do, reduced to what changes our answers. */
export interface ClientTraits {
  /** Asks for diagnostics itself (LSP 3.17); a client that does not gets them published. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfigurationChange: boolean;
  /** Tells about changes of files when asked to. */
  readonly watchesFiles: boolean;
  /** Reads files for the server: our own client. */
  readonly servesFiles: boolean;
  readonly relatedInformation: boolean;
  readonly codeActionLiterals: boolean;
  /** Resolves the edit of a code action when somebody chooses it, and keeps its `data` until then. */
  readonly resolvesEdits: boolean;
  /** Asks the user for what a fix wants to know: our own client. */
  readonly asksForInput: boolean;
  /** Accepts edits that name the version of the document they were made for. */
  readonly versionedEdits: boolean;
  readonly markdownHover: boolean;
  readonly showsDocuments: boolean;
  /** Wants to be told what each document was linted as: our own client. */
  readonly wantsStatus: boolean;
}

export function traitsOf(capabilities: ClientCapabilities): ClientTraits {
  const { textDocument, workspace, window } = capabilities;
  const codeAction = textDocument?.codeAction;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfigurationChange: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    servesFiles: hasExperimental(capabilities.experimental, 'ec2WardenFiles'),
    relatedInformation:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    codeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
    resolvesEdits: codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    asksForInput: hasExperimental(capabilities.experimental, 'ec2WardenInput'),
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    showsDocuments: window?.showDocument?.support === true,
    wantsStatus: hasExperimental(capabilities.experimental, 'ec2WardenStatus'),
  };
}

function hasExperimental(experimental: unknown, name: string): boolean {
  return typeof experimental === 'object' && experimental !== null && Reflect.get(experimental, name) === true;
}
