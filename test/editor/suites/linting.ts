import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from '../registry';
import {
  choose,
  codeActions,
  everything,
  extension,
  findings,
  openFile,
  openUntitled,
  ruleOf,
  waitFor,
  waitForFindings,
  withSetting,
} from './support/editor';

export { run } from '../registry';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';
const ONE = `#!/bin/bash\nID=$(${CALL})\necho "$ID"\n`;
const TWO = `#!/bin/bash\nID=$(${CALL})\nTYPE=$(curl -s http://169.254.169.254/latest/meta-data/instance-type)\necho "$ID $TYPE"\n`;

test('a finding appears, with its rule, its link and its source', async () => {
  const document = await openFile('one.sh', ONE);
  const [finding] = await waitForFindings(document, 1);
  assert.ok(finding);
  assert.equal(document.getText(finding.range), CALL);
  assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
  assert.ok(typeof finding.code === 'object', 'the code has no link');
  assert.equal(finding.code.value, 'imdsv1-call');
  assert.match(finding.code.target.toString(), /docs\/rules\/imdsv1-call\.md$/);
});

test('it goes when the text is put right, and comes back when that is undone', async () => {
  const document = await openFile('typing.sh', ONE);
  await waitForFindings(document, 1);
  const start = document.getText().indexOf('curl');
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(start), '# ');
  await vscode.workspace.applyEdit(edit);
  await waitForFindings(document, 0);
  await vscode.commands.executeCommand('undo');
  await waitForFindings(document, 1);
});

test('the quick fix is preferred, applies, and leaves nothing to find', async () => {
  const document = await openFile('fix.sh', ONE);
  const [finding] = await waitForFindings(document, 1);
  assert.ok(finding);
  const [first] = await codeActions(document, finding.range, vscode.CodeActionKind.QuickFix);
  assert.equal(first?.isPreferred, true);
  await choose(document, finding.range, first.title);
  assert.match(document.getText(), /-X PUT "?http:\/\/169\.254\.169\.254\/latest\/api\/token/);
  assert.match(document.getText(), /X-aws-ec2-metadata-token: \$TOKEN/);
  await waitForFindings(document, 0);
});

test('the menu lists fixes, then fix all, then disable, then what helps to understand it', async () => {
  const document = await openFile('menu.sh', TWO);
  const [finding] = await waitForFindings(document, 2);
  assert.ok(finding);
  const actions = await codeActions(document, finding.range, vscode.CodeActionKind.QuickFix);
  assert.deepEqual(
    actions.slice(1).map(({ title }) => title),
    [
      'Fix all safe EC2 Warden problems in this file',
      'Disable imdsv1-call for this line',
      'Disable imdsv1-call for the entire file',
      'Show the instances this script runs on',
      'Show documentation for imdsv1-call',
    ],
  );
});

test('several findings are fixed with one token', async () => {
  const document = await openFile('two.sh', TWO);
  const [finding] = await waitForFindings(document, 2);
  assert.ok(finding);
  await choose(document, finding.range, 'Fix all safe EC2 Warden problems in this file');
  assert.equal(document.getText().split('/latest/api/token').length - 1, 1);
  await waitForFindings(document, 0);
});

test('the command fixes the file in the active editor, and says so when there is nothing to fix', async () => {
  const document = await openFile('command.sh', TWO);
  await waitForFindings(document, 2);
  await vscode.commands.executeCommand('ec2Warden.lint.fixAll');
  await waitForFindings(document, 0);
  const fixed = document.getText();
  await vscode.commands.executeCommand('ec2Warden.lint.fixAll');
  assert.equal(document.getText(), fixed);
});

for (const kind of ['source.fixAll.ec2-warden', 'source.fixAll']) {
  test(`saving applies the safe fixes when ${kind} is on`, async () => {
    await withSetting('editor.codeActionsOnSave', { [kind]: 'explicit' }, async () => {
      const document = await openFile(`save-${kind}.sh`, TWO);
      await waitForFindings(document, 2);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(document.lineCount, 0), '# typed\n');
      await vscode.workspace.applyEdit(edit);
      await vscode.commands.executeCommand('workbench.action.files.save');
      await waitForFindings(document, 0);
      assert.equal(document.isDirty, false);
      const saved = Buffer.from(await vscode.workspace.fs.readFile(document.uri)).toString();
      assert.equal(saved, document.getText());
      assert.match(saved, /latest\/api\/token/);
    });
  });
}

test('settings take effect at once', async () => {
  const document = await openFile('settings.sh', ONE);
  await waitForFindings(document, 1);
  await withSetting('ec2Warden.rules', { 'imdsv1-call': 'error' }, async () => {
    await waitFor('an error', () => findings(document)[0]?.severity === vscode.DiagnosticSeverity.Error);
  });
  await withSetting('ec2Warden.rules', { 'imdsv1-call': 'off' }, async () => {
    await waitForFindings(document, 0);
  });
  await waitForFindings(document, 1);
  await withSetting('ec2Warden.lint.enable', false, async () => {
    await waitForFindings(document, 0);
    const { statusText } = await extension().activate();
    assert.equal(statusText, 'Linting is off');
  });
  await waitForFindings(document, 1);
});

test('a token lives as long as the setting says', async () => {
  await withSetting('ec2Warden.lint.tokenTtlSeconds', 77, async () => {
    const document = await openFile('ttl.sh', ONE);
    await waitForFindings(document, 1);
    await vscode.commands.executeCommand('ec2Warden.lint.fixAll');
    assert.match(document.getText(), /X-aws-ec2-metadata-token-ttl-seconds: 77\b/);
  });
});

test('a finding is disabled for its line, and a rule for the file', async () => {
  const document = await openFile('disable.sh', TWO);
  const [first] = await waitForFindings(document, 2);
  assert.ok(first);
  await choose(document, first.range, 'Disable imdsv1-call for this line');
  const [second] = await waitForFindings(document, 1);
  assert.ok(second);
  assert.match(document.getText(), /# ec2-warden-disable-next-line imdsv1-call/);
  await choose(document, second.range, 'Disable imdsv1-call for the entire file');
  await waitFor('silence', () => !findings(document).some((finding) => ruleOf(finding) === 'imdsv1-call'));
  assert.match(document.getText(), /^#!\/bin\/bash\n/);
});

test('a hover explains the rule', async () => {
  const document = await openFile('hover.sh', ONE);
  const [finding] = await waitForFindings(document, 1);
  assert.ok(finding);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    finding.range.start,
  );
  const text = hovers.flatMap(({ contents }) =>
    contents.map((part) => (part instanceof vscode.MarkdownString ? part.value : '')),
  );
  assert.match(text.join('\n'), /\[More about imdsv1-call\]\(https:/);
});

test('user data is linted whatever its language id is', async () => {
  const document = await openFile('user-data.cfg', ONE);
  await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
  await waitForFindings(document, 1);
});

test('an untitled script is linted', async () => {
  await waitForFindings(await openUntitled('shellscript', ONE), 1);
});

test('documents that only show something else are not linted', async () => {
  const provider = vscode.workspace.registerTextDocumentContentProvider('review', {
    provideTextDocumentContent: () => ONE,
  });
  try {
    const shown = await vscode.workspace.openTextDocument(vscode.Uri.parse('review:/one.sh'));
    await vscode.window.showTextDocument(shown);
    assert.equal(shown.languageId, 'shellscript');
    const control = await openFile('control.sh', ONE);
    await waitForFindings(control, 1);
    assert.deepEqual(findings(shown), []);
    assert.deepEqual(
      (await codeActions(shown, everything(shown))).filter(({ title }) => title.includes('imdsv1')),
      [],
    );
  } finally {
    provider.dispose();
  }
});

test('closing a file takes its findings away', async () => {
  const document = await openFile('close.sh', ONE);
  await waitForFindings(document, 1);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await waitForFindings(document, 0);
});
