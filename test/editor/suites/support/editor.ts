import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Ec2WardenApi } from '../../../../src/client/api';

/** Longer than anything here takes on a slow machine; a test that waits this long has failed. */
const PATIENCE_MILLISECONDS = 10_000;

export function extension(): vscode.Extension<Ec2WardenApi> {
  const found = vscode.extensions.getExtension<Ec2WardenApi>('ec2-warden.ec2-warden');
  assert.ok(found, 'the extension is not installed');
  return found;
}

/** Waits until `look` gives something else than undefined or false. */
export async function waitFor<T>(what: string, look: () => T | undefined | false): Promise<T> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Writes a file into the workspace and opens it as a user does. */
export async function openFile(name: string, text: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Opens a text that no file holds. */
export async function openUntitled(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** Our diagnostics of a document; other extensions may have theirs. */
export function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'ec2-warden');
}

/** A diagnostic's rule id. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

export async function waitForFindings(document: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> {
  try {
    return await waitFor('findings', () => findings(document).length === count && findings(document));
  } catch {
    return assert.fail(
      `${count} findings were expected, there are: ${findings(document).map(ruleOf).join(', ') || 'none'}`,
    );
  }
}

/** What the lightbulb offers at a place. Edits are resolved. */
export async function codeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind?.value, 100);
}

/** Chooses an entry of the lightbulb's menu. */
export async function choose(document: vscode.TextDocument, range: vscode.Range, title: string): Promise<void> {
  const actions = await codeActions(document, range);
  const action = actions.find((candidate) => candidate.title === title);
  assert.ok(action, `no "${title}" among: ${actions.map((offered) => offered.title).join('; ')}`);
  assert.ok(action.edit, `"${title}" has no edit`);
  assert.ok(await vscode.workspace.applyEdit(action.edit), 'the edit was not applied');
}

/** Sets a setting of the workspace for the time of `body`. */
export async function withSetting(name: string, value: unknown, body: () => Promise<void>): Promise<void> {
  const update = (next: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration().update(name, next, vscode.ConfigurationTarget.Workspace);
  await update(value);
  try {
    await body();
  } finally {
    await update(undefined);
  }
}

/** The whole of a document. */
export function everything(document: vscode.TextDocument): vscode.Range {
  return document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
}
