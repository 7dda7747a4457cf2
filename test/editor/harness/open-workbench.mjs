import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_OUTPUT } from '../../../scripts/paths.mjs';
import { openSession } from './session.mjs';

/**
 * @typedef {object} Workbench
 * @property {import('playwright-core').Page} page
 * @property {string} folder the opened copy of the workspace
 * @property {(name: string) => Promise<void>} openFile opens a file of the workspace in an editor and waits for its text
 * @property {(command: string) => Promise<void>} run runs a command by its title, from the command palette
 * @property {(name: string) => Promise<void>} screenshot keeps a picture as test-output/<name>.png
 * @property {() => Promise<void>} close
 */

/**
 * A visible VS Code with the packaged extension installed and a copy of a workspace open, as a person sees it.
 * @param {import('./session.mjs').SessionOptions} [options]
 * @returns {Promise<Workbench>} whoever opens it closes it
 */
export async function openWorkbench(options = {}) {
  const session = await openSession(options);
  const { page, server, folder } = session;
  const quickInput = page.locator('.quick-input-widget input.input');

  /** Until the search is through, the list holds what was opened or run last. @param {string} text @param {string} entry */
  async function pick(text, entry) {
    await quickInput.waitFor();
    await quickInput.fill(text);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first().click();
  }

  /** @type {Workbench} */
  const workbench = {
    page,
    folder,
    openFile: async (name) => {
      await page.keyboard.press('ControlOrMeta+P');
      await pick(name, name);
      await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
      await page.locator('.editor-instance .view-lines .view-line').first().waitFor();
    },
    run: async (command) => {
      await page.keyboard.press('F1');
      await pick(`>${command}`, command);
    },
    screenshot: async (name) => {
      mkdirSync(TEST_OUTPUT, { recursive: true });
      await page.screenshot({ path: join(TEST_OUTPUT, `${name}.png`) });
    },
    close: session.close,
  };
  try {
    await page.goto(server.address());
    await page.locator('.monaco-workbench .part.editor').waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return workbench;
  } catch (error) {
    await workbench.screenshot('workbench-did-not-open');
    await session.close();
    throw error;
  }
}
