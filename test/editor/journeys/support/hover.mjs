import { again } from './again.mjs';

/** @typedef {import('playwright-core').Locator} Locator */

/**
 * Rests the pointer on an element until something is shown. What is drawn anew below a pointer that does not move loses its hover; a person moves it.
 * @param {Locator} element
 * @param {Locator} shown
 * @param {Parameters<Locator['hover']>[0]} [options]
 */
export async function hoverOver(element, shown, options) {
  const rest = async () => {
    await element.hover({ timeout: 5_000, ...options });
    await shown.first().waitFor({ timeout: 5_000 });
  };
  await again(30_000, rest, () => element.page().mouse.move(0, 0));
}
