// A terminal that was closed, or a pipe nobody reads any more, must not stop what is being cleaned up.
process.stdout.on('error', () => undefined);

/** One line on standard output. */
export function say(text = '') {
  process.stdout.write(`${text}\n`);
}

/** A heading between the parts of a long run. @param {string} title */
export function heading(title) {
  say(`\n== ${title} ${'='.repeat(Math.max(3, 74 - title.length))}`);
}

/** How long ago `start` (milliseconds of `Date.now()`) was, in seconds. @param {number} start */
export function secondsSince(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

/**
 * Says what begins, does it, and says how long it took.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const start = Date.now();
  say(`- ${title} ...`);
  const result = await work();
  say(`  done in ${secondsSince(start)}`);
  return result;
}
