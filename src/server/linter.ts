import { type CancellationToken, LSPErrorCodes, type RemoteConsole, ResponseError } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Document, type Engine, lineIndex, type LineIndex, type LintResult } from '../engine';
import { createFailureLog, describeFault } from './faults';
import { type IdentifiedFinding, identify } from './finding-id';
import type { NearbyFiles } from './nearby-files';
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
  /** Something that a document was read with has changed: what was found in it counts no longer. */
  invalidate(uri: string): void;
  forget(uri: string): void;
}

const NOTHING: LintResult = { kind: undefined, findings: [], failures: [] };

/** @param onLinted told of each fresh judgement */
export function createLinter(
  engine: Engine,
  open: { get(uri: string): TextDocument | undefined },
  settingsStore: SettingsStore,
  nearby: NearbyFiles,
  console: RemoteConsole,
  onLinted: (linted: Linted) => void,
): Linter {
  const last = new Map<string, Linted>();
  /** How often something beside a document has changed. */
  const revisions = new Map<string, number>();
  const failureLog = createFailureLog(console);
  // Another server process must not take a client's old result for its own.
  const epoch = Date.now().toString(36);
  let serial = 0;

  const prepare = async (document: Document): Promise<Document> => {
    try {
      return await engine.prepare(document, nearby.accessFor(document.uri));
    } catch (error) {
      console.error(`${document.uri} is read without what belongs to it: ${describeFault(error)}`);
      return document;
    }
  };

  /** `document` is prepared where `relevant`; what says nothing of interest has cost no more than a cheap test. */
  const judge = (
    document: Document,
    { enabled, ignored, engine: settings }: LintSettings,
    relevant: boolean,
    token: CancellationToken,
  ): [Outcome, LintResult] => {
    if (!enabled) return ['disabled', NOTHING];
    if (ignored) return ['ignored', NOTHING];
    if (!relevant) return ['nothing-to-check', NOTHING];
    const result = engine.lint(document, settings, token);
    return [result.kind === undefined ? 'unsupported' : 'linted', result];
  };

  const record = (
    document: Document,
    version: number,
    settings: LintSettings,
    judged: () => [Outcome, LintResult],
  ): Linted => {
    let outcome: Outcome = 'failed';
    let result = NOTHING;
    try {
      [outcome, result] = judged();
    } catch (error) {
      console.error(`Linting ${document.uri}, version ${version}, failed: ${describeFault(error)}`);
    }
    failureLog.log(document.uri, version, result.failures);
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
      for (;;) {
        refuseIfCancelled(token);
        if (open.get(uri) === undefined) return undefined;
        const settings = await settingsStore.of(uri);
        refuseIfCancelled(token);
        const source = open.get(uri);
        if (source === undefined) return undefined;
        const { version, languageId } = source;
        const known = (): Linted | undefined => {
          const linted = last.get(uri);
          return linted?.version === version && sameSettings(linted.settings, settings) ? linted : undefined;
        };
        const previous = known();
        if (previous) return previous;
        const document: Document = { uri, languageId, text: source.getText() };
        const relevant = settings.enabled && !settings.ignored && engine.couldMatter(document);
        const revision = revisions.get(uri) ?? 0;
        const prepared = relevant ? await prepare(document) : document;
        refuseIfCancelled(token);
        // Typed, or changed beside it, while its files were read: that text is of yesterday.
        if (open.get(uri)?.version !== version || (revisions.get(uri) ?? 0) !== revision) continue;
        // Another request for the same text may have come first.
        const meanwhile = known();
        if (meanwhile) return meanwhile;
        const linted = record(prepared, version, settings, () => judge(prepared, settings, relevant, token));
        refuseIfCancelled(token);
        last.set(uri, linted);
        onLinted(linted);
        return linted;
      }
    },
    invalidate: (uri) => {
      last.delete(uri);
      if (open.get(uri) !== undefined) revisions.set(uri, (revisions.get(uri) ?? 0) + 1);
    },
    forget: (uri) => {
      last.delete(uri);
      revisions.delete(uri);
      failureLog.forget(uri);
    },
  };
}

function refuseIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
