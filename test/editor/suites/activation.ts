import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from '../registry';
import { extension, openFile, openUntitled, waitForFindings } from './support/editor';

export { run } from '../registry';

test('what concerns nothing of ours starts no server', async () => {
  await openFile('notes.txt', 'curl http://169.254.169.254/latest/meta-data/\n');
  await openUntitled('plaintext', 'hello\n');
  await openFile('package.json', '{ "scripts": { "x": "node index.js" } }\n');
  await openFile('values.yaml', 'replicas: 2\n');
  await openFile('script.sh', 'true\n');
  const api = await extension().activate();
  assert.ok(api.activationMilliseconds > 0);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.equal(api.statusText, 'No findings');
  assert.equal(await Promise.race([api.started.then(() => 'started'), Promise.resolve('waiting')]), 'waiting');
});

test('what is typed starts it', async () => {
  const document = await openFile('typed.yaml', '#cloud-config\nruncmd:\n');
  const api = await extension().activate();
  const edit = new vscode.WorkspaceEdit();
  edit.insert(
    document.uri,
    new vscode.Position(2, 0),
    '  - curl -s http://169.254.169.254/latest/meta-data/hostname\n',
  );
  await vscode.workspace.applyEdit(edit);
  await api.started;
  await waitForFindings(document, 1);
});

const SCRIPT = '#!/bin/bash\ntrue\n';

for (const name of ['user-data', 'user_data.txt', 'USERDATA.tpl', 'user-data-web.txt', 'web.sh.tpl', 'web.sh.tftpl']) {
  test(`${name} is a shell script by its name`, async () => {
    assert.equal((await openFile(name, 'true\n')).languageId, 'shellscript');
  });
}

for (const name of ['user-data-web', 'web.tftpl', 'user-data.web']) {
  test(`${name} is a shell script by its first line`, async () => {
    assert.equal((await openFile(`bare/${name}`, 'true\n')).languageId === 'shellscript', false);
    assert.equal((await openFile(name, SCRIPT)).languageId, 'shellscript');
  });
}

for (const [name, language] of [
  ['UserData.java', 'java'],
  ['user-data.yaml', 'yaml'],
  ['userdata.json', 'json'],
  ['user_data.py', 'python'],
  ['user-data.ps1', 'powershell'],
  ['user-data.md', 'markdown'],
] as const) {
  test(`${name} stays ${language}`, async () => {
    assert.equal((await openFile(name, '# text\n')).languageId, language);
  });
}

test('every command that the manifest names exists', async () => {
  const { contributes } = extension().packageJSON as { contributes: { commands: { command: string }[] } };
  const known = await vscode.commands.getCommands(true);
  assert.deepEqual(
    contributes.commands.filter(({ command }) => !known.includes(command)),
    [],
  );
});
