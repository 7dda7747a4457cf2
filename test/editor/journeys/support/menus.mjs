import { again } from './again.mjs';

/**
 * VS Code lets a menu take clicks a tenth of a second after it is drawn, so that the click that opens it does not choose something (menu.ts,
 * `runOnceToEnableMouseUp`). On a quiet machine Playwright is sooner, and its click is lost.
 */
export const DEAF_FOR_MS = 250;

/**
 * Opens the menu of an element and chooses an entry. A menu that opens while the tree is being drawn has lost its node: it is opened again.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} element
 * @param {string} entry a part of its text
 * @param {import('playwright-core').Locator} opens what is there when it was chosen
 */
export async function chooseFromMenu(page, element, entry, opens) {
  const choose = async () => {
    await element.click({ button: 'right', timeout: 5_000 });
    const action = page.locator('.context-view .action-label', { hasText: entry }).first();
    await action.waitFor({ timeout: 5_000 });
    await page.waitForTimeout(DEAF_FOR_MS);
    await action.click({ timeout: 5_000 });
    await opens.waitFor({ timeout: 15_000 });
  };
  await again(60_000, choose, () => page.keyboard.press('Escape'));
}
