import { TextDocumentEdit, type TextEdit as ProtocolEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { lineIndex, type LineIndex, type TextEdit } from '../engine';
import type { Components } from './components';
import { toRange } from './diagnostics';
import type { Linted } from './linter';
import type { PlannedEdits } from './planned-action';

/**
 * The edits as LSP wants them; naming the versions they were made for where the client understands that, null for what is not open. Undefined where a file
 * beside the document is not what it was read as any more.
 */
export function toWorkspaceEdit(
  linted: Linted,
  { here, elsewhere }: PlannedEdits,
  { client, documents }: Pick<Components, 'client' | 'documents'>,
): WorkspaceEdit | undefined {
  const all: { uri: string; version: number | null; edits: ProtocolEdit[] }[] = [];
  if (here.length > 0 || elsewhere.length === 0) {
    all.push({ uri: linted.document.uri, version: linted.version, edits: toEdits(linted.lines, here) });
  }
  for (const { uri, edits } of elsewhere) {
    const text = linted.document.surroundings?.files.get(uri);
    const open = documents.get(uri);
    if (text === undefined || (open !== undefined && open.getText() !== text)) return undefined;
    all.push({ uri, version: open?.version ?? null, edits: toEdits(lineIndex(text), edits) });
  }
  if (!client.versionedEdits) return { changes: Object.fromEntries(all.map(({ uri, edits }) => [uri, edits])) };
  return { documentChanges: all.map(({ uri, version, edits }) => TextDocumentEdit.create({ uri, version }, edits)) };
}

function toEdits(lines: LineIndex, edits: readonly TextEdit[]): ProtocolEdit[] {
  return edits.map(({ range, newText }) => ({ range: toRange(lines, range), newText }));
}
