import { TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../engine';
import type { ClientTraits } from './client-traits';
import { toRange } from './diagnostics';
import type { Linted } from './linter';

/** The edits as LSP wants them; naming the version they were made for where the client understands that. */
export function toWorkspaceEdit(linted: Linted, edits: readonly TextEdit[], client: ClientTraits): WorkspaceEdit {
  const { uri } = linted.document;
  const textEdits = edits.map(({ range, newText }) => ({ range: toRange(linted.lines, range), newText }));
  return client.versionedEdits
    ? { documentChanges: [TextDocumentEdit.create({ uri, version: linted.version }, textEdits)] }
    : { changes: { [uri]: textEdits } };
}
