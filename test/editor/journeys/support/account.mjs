import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { companyEnvironment, environmentWith, openAccount } from '../../../account/account.mjs';
import { openWorkbench } from '../../harness/open-workbench.mjs';

/** @typedef {import('../../harness/open-workbench.mjs').Workbench} Workbench */

/**
 * A workbench on an emulated account, with the sidebar open.
 * @typedef {object} AccountWorkbench
 * @property {Workbench} workbench
 * @property {import('../../../account/account.mjs').TestAccount} account
 * @property {string} profiles the folder of `config` and `credentials`
 * @property {() => Promise<void>} close
 */

/**
 * @param {{ files?: (endpoint: string) => { config: string, credentials: string } }} [options] other profiles than those of samples/account
 * @returns {Promise<AccountWorkbench>} whoever opens it closes it
 */
export async function openAccountWorkbench({ files } = {}) {
  const account = await openAccount();
  const profiles = mkdtempSync(join(tmpdir(), 'ec2-warden-profiles-'));
  try {
    await account.fill();
    account.proxy.calls.length = 0;
    const env =
      files === undefined
        ? companyEnvironment(profiles, account.endpoint)
        : environmentWith(profiles, files(account.endpoint));
    const workbench = await openWorkbench({ env });
    await openSidebar(workbench);
    return {
      workbench,
      account,
      profiles,
      close: async () => {
        await workbench.close();
        await account.close();
        rmSync(profiles, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await account.close();
    throw error;
  }
}

/** @param {Workbench} workbench */
async function openSidebar({ page }) {
  await page.locator('.activitybar .action-label[aria-label^="EC2 Warden"]').click();
  await page.locator('.sidebar .composite.title', { hasText: 'EC2 Warden' }).first().waitFor();
}

/**
 * The rows of the tree that hold a text.
 * @param {Workbench} workbench
 * @param {string | RegExp} text
 */
export function row({ page }, text) {
  return page.locator('.sidebar .tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: text });
}

/**
 * Opens the first node that holds a text, and waits for what is to be below it.
 * @param {Workbench} workbench
 * @param {string | RegExp} text
 * @param {string | RegExp} [below]
 */
export async function expand(workbench, text, below) {
  const node = row(workbench, text).first();
  await node.waitFor();
  if ((await node.getAttribute('aria-expanded')) !== 'true') await node.locator('.monaco-tl-twistie').click();
  if (below !== undefined) await row(workbench, below).first().waitFor({ timeout: 30_000 });
}

/** Closes the first node that holds a text. @param {Workbench} workbench @param {string | RegExp} text */
export async function collapse(workbench, text) {
  const node = row(workbench, text).first();
  if ((await node.getAttribute('aria-expanded')) === 'true') await node.locator('.monaco-tl-twistie').click();
}
