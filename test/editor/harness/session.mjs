import { cpSync, existsSync, mkdtempSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEditorServer } from '../../../scripts/editor-server.mjs';
import { ensureVsCode } from '../../../scripts/editor-tools.mjs';
import { packagePath } from '../../../scripts/package.mjs';
import { ROOT } from '../../../scripts/paths.mjs';
import { launchBrowser, openPage } from './browser.mjs';
import { terraformSyntax } from './terraform-syntax.mjs';

/**
 * @typedef {object} SessionOptions
 * @property {string} [workspace] a folder, from the root of the checkout; samples/workspace when left out. A copy of it is opened
 * @property {Record<string, unknown>} [settings] user settings
 * @property {readonly string[]} [flags] further flags of the editor's server
 * @property {boolean} [terraform] with an extension for the language Terraform
 * @property {NodeJS.ProcessEnv} [env] further variables of the extension host
 */

/**
 * @typedef {object} Session
 * @property {import('../../../scripts/editor-server.mjs').EditorServer} server
 * @property {import('playwright-core').Page} page
 * @property {string} folder the opened copy of the workspace
 * @property {() => Promise<void>} close
 */

/**
 * A VS Code of its own, with the packaged extension installed, and an empty page in a browser of its own.
 * @param {SessionOptions} options
 * @returns {Promise<Session>} whoever opens it closes it
 */
export async function openSession(options) {
  const { workspace = 'samples/workspace', settings = {}, flags = [], terraform = false, env = {} } = options;
  const vsix = packagePath();
  if (!existsSync(vsix)) throw new Error(`There is no ${vsix}: run \`npm run package\` first.`);
  const tools = await ensureVsCode();
  const dataFolder = realpathSync(mkdtempSync(join(tmpdir(), 'ec2-warden-editor-')));
  /** @type {(() => Promise<unknown>)[]} */
  const undo = [() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const folder = join(dataFolder, 'workspace');
    cpSync(join(ROOT, workspace), folder, { recursive: true });
    const others = terraform ? [await terraformSyntax(join(dataFolder, 'terraform'))] : [];
    const server = await startEditorServer({
      tools,
      dataFolder,
      workspace: folder,
      vsix,
      others,
      settings,
      flags,
      env,
    });
    undo.push(server.stop);
    const browser = await launchBrowser(tools);
    undo.push(() => browser.close());
    return { server, page: await openPage(browser), folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
