import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from '../registry';

export { run } from '../registry';

test('the packaged extension is installed', () => {
  const extension = vscode.extensions.getExtension('ec2-warden.ec2-warden');
  assert.ok(extension, 'ec2-warden.ec2-warden is not among the extensions');
  assert.match(extension.extensionPath, /extensions/);
});

test('the sample workspace is open, and its script is a shell script', async () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'user-data.sh'));
  assert.equal(document.languageId, 'shellscript');
});
