import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('../../harness/open-workbench.mjs').Workbench} Workbench */

/**
 * What the active editor shows, as plain text: the workbench draws spaces as no-break spaces.
 * @param {Workbench} workbench
 */
export async function editorText({ page }) {
  // Lines stand in the page in any order. What runs in the page is handed over as text: types of the DOM are not loaded here.
  const text = await page.evaluate(`
    [...document.querySelectorAll('.editor-instance .view-lines .view-line')]
      .map((row) => ({ top: row.getBoundingClientRect().top, text: row.textContent }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text)
      .join('\\n')`);
  return String(text).replaceAll('\u00a0', ' ');
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

/**
 * The colours of a line on display: each token's text with the class that colours it.
 * @param {Workbench} workbench
 * @param {string} part of the line
 * @returns {Promise<Map<string, string>>}
 */
export async function coloursOf({ page }, part) {
  /** @type {[string, string][]} */
  const tokens = await page.evaluate(`
    (() => {
      const plain = (text) => text.replaceAll('\\u00a0', ' ');
      const rows = [...document.querySelectorAll('.editor-instance .view-line')];
      const row = rows.find(({ textContent }) => plain(textContent).includes(${JSON.stringify(part)}));
      const spans = [...(row?.querySelectorAll('span > span') ?? [])];
      return spans.map((span) => [plain(span.textContent).trim(), span.className]);
    })()`);
  return new Map(tokens);
}
