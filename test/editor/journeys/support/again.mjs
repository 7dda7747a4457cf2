/**
 * Tries until it works: the tree is drawn anew at any time, and what a pointer or a menu had of it is gone then.
 * @param {number} milliseconds after which a failure is told
 * @param {() => Promise<void>} attempt
 * @param {() => Promise<void>} before the next attempt
 */
export async function again(milliseconds, attempt, before) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await before();
    }
  }
}
