import { type CancellationToken, LSPErrorCodes, type RemoteConsole, ResponseError } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Document, type Engine, lineIndex, type LineIndex, type LintResult } from '../engine';
import { createFailureLog, describeFault } from './faults';
import { type IdentifiedFinding, identify } from './finding-id';
import type { Outcome } from './protocol';
import { type LintSettings, sameSettings } from './settings';
import type { SettingsStore } from './settings-store';

/** One version of a document, judged. */
export interface Linted {
  /** The same for as long as the document and its settings are: LSP's `resultId`. */
  readonly resultId: string;
  readonly version: number;
  readonly document: Document;
  readonly lines: LineIndex;
  readonly settings: LintSettings;
  readonly outcome: Outcome;
  readonly kind: string | undefined;
  readonly findings: readonly IdentifiedFinding[];
}

export interface Linter {
  /**
   * Judges the newest text of an open document, or answers what was found last time if nothing changed. Undefined for a document
   * that is not open.
   * @throws ResponseError (RequestCancelled) when `token` says so.
   */
  lint(uri: string, token: CancellationToken): Promise<Linted | undefined>;
  forget(uri: string): void;
}

const NOTHING: LintResult = { kind: undefined, findings: [], failures: [] };

/** @param onLinted told of each fresh judgement */
export function createLinter(
  engine: Engine,
  open: { get(uri: string): TextDocument | undefined },
  settingsStore: SettingsStore,
  console: RemoteConsole,
  onLinted: (linted: Linted) => void,
): Linter {
  const last = new Map<string, Linted>();
  const failureLog = createFailureLog(console);
  // Another server process must not take a client's old result for its own.
  const epoch = Date.now().toString(36);
  let serial = 0;

  const judge = (document: Document, settings: LintSettings, token: CancellationToken): [Outcome, LintResult] => {
    if (!settings.enabled) return ['disabled', NOTHING];
    if (!engine.couldMatter(document)) return ['nothing-to-check', NOTHING];
    const result = engine.lint(document, settings.engine, token);
    return [result.kind === undefined ? 'unsupported' : 'linted', result];
  };

  const lintFresh = (source: TextDocument, settings: LintSettings, token: CancellationToken): Linted => {
    const { uri, version, languageId } = source;
    const document = { uri, languageId, text: source.getText() };
    let outcome: Outcome = 'failed';
    let result = NOTHING;
    try {
      [outcome, result] = judge(document, settings, token);
    } catch (error) {
      console.error(`Linting ${uri}, version ${version}, failed: ${describeFault(error)}`);
    }
    failureLog.log(uri, version, result.failures);
    return {
      resultId: `${epoch}-${++serial}`,
      version,
      document,
      lines: lineIndex(document.text),
      settings,
      outcome,
      kind: result.kind,
      findings: identify(result.findings, document.text),
    };
  };

  return {
    lint: async (uri, token) => {
      refuseIfCancelled(token);
      if (open.get(uri) === undefined) return undefined;
      const settings = await settingsStore.of(uri);
      refuseIfCancelled(token);
      const source = open.get(uri);
      if (source === undefined) return undefined;
      const previous = last.get(uri);
      if (previous?.version === source.version && sameSettings(previous.settings, settings)) return previous;
      const linted = lintFresh(source, settings, token);
      refuseIfCancelled(token);
      last.set(uri, linted);
      onLinted(linted);
      return linted;
    },
    forget: (uri) => {
      last.delete(uri);
      failureLog.forget(uri);
    },
  };
}

function refuseIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
