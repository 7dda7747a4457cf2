import {
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import type { Components } from './components';
import { toDiagnostics } from './diagnostics';

export const NO_DIAGNOSTICS: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

/** `textDocument/diagnostic`: what is wrong in a document; "unchanged" if the client has that already. */
export function documentDiagnosticHandler({ linter, rule, client }: Components) {
  return async (params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> => {
    const linted = await linter.lint(params.textDocument.uri, token);
    if (linted === undefined) return NO_DIAGNOSTICS;
    const { resultId } = linted;
    if (params.previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: toDiagnostics(linted, rule, client) };
  };
}
