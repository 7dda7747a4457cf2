import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from '../registry';
import { extension, openFile, waitFor } from './support/editor';

export { run } from '../registry';

/** Whether dist/aws.js has been loaded into this extension host. */
function hasLoadedAws(): boolean {
  return Object.keys(require.cache).some((path) => /[\\/]dist[\\/]aws\.js$/.test(path));
}

test('linting a script loads nothing of AWS', async () => {
  await openFile('script.sh', '#!/bin/sh\ncurl http://169.254.169.254/latest/meta-data/\n');
  const api = await extension().activate();
  await api.started;
  assert.equal(api.account.isAwsLoaded, false);
  assert.equal(hasLoadedAws(), false);
});

test('activation takes at most 50 ms', async () => {
  const { activationMilliseconds } = await extension().activate();
  assert.ok(activationMilliseconds <= 50, `it took ${activationMilliseconds} ms`);
});

test('looking at the sidebar does', async () => {
  const { account } = await extension().activate();
  await vscode.commands.executeCommand('ec2Warden.account.focus');
  await waitFor('the library for AWS', () => account.isAwsLoaded && hasLoadedAws());
});

test('settings that decide where requests go cannot be set by a workspace', async () => {
  const settings = vscode.workspace.getConfiguration('ec2Warden.account');
  for (const name of ['configFile', 'credentialsFile', 'readOnlyProfiles']) {
    await assert.rejects(async () => settings.update(name, 'x', vscode.ConfigurationTarget.Workspace), name);
  }
});
