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
 * Opens an empty untitled document and makes it a shell script, as "Change Language Mode" does.
 * @param {Workbench} workbench
 */
export async function newScript({ page, run }) {
  await page.keyboard.press('ControlOrMeta+Alt+N');
  await page.locator('.tab.active[data-resource-name^="Untitled"]').waitFor();
  await run('Change Language Mode');
  const input = page.locator('.quick-input-widget input.input');
  await page.getByPlaceholder('Select Language Mode').waitFor();
  await input.fill('Shell Script');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'shellscript' }).first().waitFor();
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
  await page.locator('.editor-instance .view-lines').click();
}

/**
 * What the language status says, as a screen reader hears it.
 * @param {Workbench} workbench
 */
export async function statusOf({ page }) {
  return (await page.locator('#status\\.languageStatus').getAttribute('aria-label')) ?? '';
}
