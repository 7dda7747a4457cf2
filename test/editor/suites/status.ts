import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { skip, test } from '../registry';
import { extension, openFile, waitFor, waitForFindings } from './support/editor';

export { run } from '../registry';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';
const ONE = `#!/bin/bash\nID=$(${CALL})\n`;

/** Waits until the language status item of the active editor says `text`. */
async function waitForStatus(text: RegExp): Promise<void> {
  const api = await extension().activate();
  await waitFor(`the status ${text.source}, not "${api.statusText}",`, () => text.test(api.statusText));
}

test('says what was linted as what, and how much was found', async () => {
  const document = await openFile('one.sh', ONE);
  await waitForFindings(document, 1);
  await waitForStatus(/^Shell script, 1 finding$/);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(1, 0), `${CALL}\n`);
  await vscode.workspace.applyEdit(edit);
  await waitForStatus(/^Shell script, 2 findings$/);
  const api = await extension().activate();
  assert.deepEqual(api.statusOf(document.uri), {
    uri: document.uri.toString(),
    version: document.version,
    outcome: 'linted',
    kind: 'Shell script',
    findings: 2,
  });
});

test('says why it is silent', async () => {
  await openFile('boring.sh', '#!/bin/sh\necho hello\n');
  await waitForStatus(/^No findings$/);
});

test('follows the active editor', async () => {
  const document = await openFile('one.sh', ONE);
  await waitForStatus(/^Shell script, /);
  await openFile('boring.sh', '#!/bin/sh\necho hello\n');
  await waitForStatus(/^No findings$/);
  await vscode.window.showTextDocument(document);
  await waitForStatus(/^Shell script, /);
});

test('the server is restarted by the command', async () => {
  const document = await openFile('restart.sh', ONE);
  await waitForFindings(document, 1);
  const before = serverProcesses();
  await vscode.commands.executeCommand('ec2Warden.server.restart');
  await waitForFindings(document, 1);
  await waitForStatus(/^Shell script, 1 finding$/);
  assert.notDeepEqual(serverProcesses(), before);
});

test('two restarts at once leave one server', async () => {
  await Promise.all([
    vscode.commands.executeCommand('ec2Warden.server.restart'),
    vscode.commands.executeCommand('ec2Warden.server.restart'),
  ]);
  const document = await openFile('restart-twice.sh', ONE);
  await waitForFindings(document, 1);
  await waitFor('a single server', () => process.platform === 'win32' || serverProcesses().length === 1);
});

if (process.platform === 'win32') {
  skip('a server that crashes comes back by itself', 'processes are found by ps');
} else {
  test('a server that crashes comes back by itself', async () => {
    const document = await openFile('crash.sh', ONE);
    await waitForFindings(document, 1);
    const [server] = serverProcesses();
    assert.ok(server, 'there is no server process');
    process.kill(server, 'SIGKILL');
    await waitFor('another server', () => serverProcesses().some((id) => id !== server));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 0), `${CALL}\n`);
    await vscode.workspace.applyEdit(edit);
    await waitForFindings(document, 2);
    await waitForStatus(/^Shell script, 2 findings$/);
  });

  test('a server that keeps crashing is given up, and comes back when somebody asks', async () => {
    await vscode.commands.executeCommand('ec2Warden.server.restart');
    const document = await openFile('crash-loop.sh', ONE);
    await waitForFindings(document, 1);
    const api = await extension().activate();
    const crashes = 5;
    /** What the server that was killed had said last: each says it anew. */
    let said: unknown;
    for (let crash = 1; crash <= crashes; crash++) {
      // One that is killed while it starts counts twice: its connection ends, and so does its initialization.
      await waitFor('an answer', () => ![undefined, said].includes(api.statusOf(document.uri)));
      const [server] = await waitFor('a server', () => serverProcesses().length === 1 && serverProcesses());
      assert.ok(server);
      process.kill(server, 'SIGKILL');
      await waitFor('its end', () => !serverProcesses().includes(server));
      said = api.statusOf(document.uri);
    }
    await waitForStatus(/^Not running$/);
    await vscode.commands.executeCommand('ec2Warden.server.restart');
    await waitForStatus(/^Shell script, 1 finding$/);
  });
}

/** The language servers that this extension host started. */
function serverProcesses(): number[] {
  if (process.platform === 'win32') return [];
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, id, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === process.pid && command.includes('server.js') ? [Number(id)] : [];
  });
}
