import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from '../registry';
import { extension, openFile, openUntitled } from './support/editor';

export { run } from '../registry';

test('neither JSON nor YAML nor plain text activates the extension', async () => {
  await openFile('package.json', '{ "scripts": { "x": "curl http://169.254.169.254/latest/meta-data/" } }\n');
  await openFile('template.yaml', 'UserData: |\n  #!/bin/sh\n  curl http://169.254.169.254/latest/meta-data/\n');
  await openFile('notes.txt', 'curl http://169.254.169.254/latest/meta-data/\n');
  await openUntitled('plaintext', 'curl http://169.254.169.254/latest/meta-data/\n');
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(extension().isActive, false);
});

test('a shell script does', async () => {
  const script = await openFile('script.sh', 'true\n');
  assert.equal(script.languageId, 'shellscript');
  const api = await extension().activate();
  await api.started;
  assert.equal(extension().isActive, true);
  assert.ok(api.activationMilliseconds > 0);
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
