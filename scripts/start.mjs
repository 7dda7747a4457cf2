// npm start [-- FOLDER]: a real VS Code with the extension in it and a copy of samples/workspace (or FOLDER itself) open.
//
// EC2_WARDEN_EDITOR=desktop|browser  which VS Code; otherwise the desktop's `code` where it works, else one in the browser
// EC2_WARDEN_NO_BROWSER=1            print the address, and leave opening it to you
// EC2_WARDEN_ACCOUNT=demo|own|none   which AWS profiles it sees: those of an emulated company (needs Python 3.10), yours, or none
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openInBrowser } from './browser-opener.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { startDemoAccount } from './account/demo.mjs';
import { findDesktopCode, startDesktopCode } from './desktop-code.mjs';
import { startEditorServer } from './editor-server.mjs';
import { ensureVsCode, removeLeftovers } from './editor-tools.mjs';
import { runAsProgram } from './main-module.mjs';
import { whenNpmIsGone } from './parent.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { say, secondsSince, step } from './progress.mjs';

const DATA_PREFIX = 'start-';
const FIRST_FILE = 'user-data.sh';
const PORTS = '8123-8223';

/** @typedef {{ exited: Promise<number>, stop: () => Promise<number> }} Editor */

/** The folder to open: the one asked for, else a fresh copy of the sample, so that trying a fix leaves the checkout as it was. @param {string} dataFolder */
function workspaceToOpen(dataFolder) {
  const [asked] = process.argv.slice(2);
  if (asked !== undefined) {
    // npm runs this in the checkout; INIT_CWD is where the person was.
    const folder = resolve(process.env['INIT_CWD'] ?? process.cwd(), asked);
    if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
    return folder;
  }
  const copy = join(dataFolder, 'workspace');
  cpSync(join(ROOT, 'samples/workspace'), copy, { recursive: true });
  return copy;
}

/** @param {string} dataFolder @param {string} workspace @param {NodeJS.ProcessEnv} env @returns {Promise<Editor>} */
async function startInBrowser(dataFolder, workspace, env) {
  const tools = await ensureVsCode();
  const { pack } = await import('./package.mjs');
  const vsix = await step('packaging the extension', pack);
  const server = await step('starting VS Code', () =>
    startEditorServer({ tools, dataFolder, workspace, vsix, port: PORTS, env }),
  );
  const first = join(workspace, FIRST_FILE);
  const address = server.address(existsSync(first) ? [['openFile', server.remote(first)]] : []);
  say(`\nVS Code with EC2 Warden is at\n\n  ${address}\n\nCtrl-C ends it.`);
  if (process.env['EC2_WARDEN_NO_BROWSER'] !== '1' && !openInBrowser(address)) say('Open that address in a browser.');
  return server;
}

/** @param {string} program @param {string} dataFolder @param {string} workspace @param {NodeJS.ProcessEnv} env @returns {Editor} */
function startOnDesktop(program, dataFolder, workspace, env) {
  const file = join(workspace, FIRST_FILE);
  const editor = startDesktopCode({ program, dataFolder, extension: ROOT, workspace, file, env });
  say('\nVS Code with EC2 Warden opens in a window of its own. Closing it, or Ctrl-C here, ends it.');
  return editor;
}

/** Ends the program once the editor has ended, or ends the editor when the program is asked to end. @param {Editor} editor @param {string} dataFolder @param {() => Promise<void>} endAccount */
async function untilEnd(editor, dataFolder, endAccount) {
  /** @type {Promise<'asked'>} */
  const asked = new Promise((done) => {
    const ask = () => done('asked');
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, ask);
    whenNpmIsGone(ask);
  });
  const status = await Promise.race([asked, editor.exited]);
  if (status === 'asked') say('\nEnding VS Code ...');
  await Promise.all([editor.stop(), endAccount()]);
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  if (status === 'asked') say('Ended.');
  process.exit(status === 'asked' ? 0 : status);
}

await runAsProgram(import.meta.url, async () => {
  const start = Date.now();
  await ensureDependencies();
  const { build } = await import('./build.mjs');
  await step('building the extension', build);
  removeLeftovers(DATA_PREFIX);
  const dataFolder = join(TOOLS, `${DATA_PREFIX}${process.pid}`);
  mkdirSync(dataFolder, { recursive: true });
  const workspace = workspaceToOpen(dataFolder);
  const account = await startDemoAccount(join(dataFolder, 'aws'));
  const wanted = process.env['EC2_WARDEN_EDITOR'];
  const desktop = wanted === 'browser' ? undefined : await findDesktopCode();
  if (desktop === undefined && wanted === 'desktop')
    throw new Error('There is no desktop VS Code `code` 1.95 or newer on PATH.');
  const editor =
    desktop === undefined
      ? await startInBrowser(dataFolder, workspace, account.env)
      : startOnDesktop(desktop.program, dataFolder, workspace, account.env);
  // The editor can be used, and ended, while the account is still filled.
  void account.filled.then(() => say(`Ready after ${secondsSince(start)}.`));
  await untilEnd(editor, dataFolder, account.end);
});
