/** @typedef {import('playwright-core').Locator} Locator */

/**
 * Rests the pointer on an element until something is shown. What is drawn anew below a pointer that does not move loses its hover; a person moves it.
 * @param {Locator} element
 * @param {Locator} shown
 * @param {Parameters<Locator['hover']>[0]} [options]
 */
export async function hoverOver(element, shown, options) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await element.hover({ timeout: 5_000, ...options });
      await shown.first().waitFor({ timeout: 5_000 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await element.page().mouse.move(0, 0);
    }
  }
}
