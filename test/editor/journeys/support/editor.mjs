import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('../../harness/open-workbench.mjs').Workbench} Workbench */

/**
 * What the active editor shows, as plain text: the workbench draws spaces as no-break spaces.
 * @param {Workbench} workbench
 */
export async function editorText({ page }) {
  const text = await page.locator('.editor-instance .view-lines').innerText();
  return text.replaceAll('\u00a0', ' ');
}

/**
 * @param {Workbench} workbench
 * @param {{ line: number, column: number }} place both from 1
 */
export async function placeCursor({ page }, { line, column }) {
  await page.keyboard.press('Control+G');
  const input = page.locator('.quick-input-widget input.input');
  await input.waitFor();
  await input.fill(`:${line}:${column}`);
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

/**
 * Opens a new, empty file and puts the cursor in it.
 * @param {Workbench} workbench
 * @param {string} name
 */
export async function newFile({ page, folder, openFile }, name) {
  writeFileSync(join(folder, name), '');
  await openFile(name);
  await page.locator('.editor-instance .view-lines').click();
}

/**
 * What the language status says, as a screen reader hears it.
 * @param {Workbench} workbench
 */
export async function statusOf({ page }) {
  return (await page.locator('#status\\.languageStatus').getAttribute('aria-label')) ?? '';
}
