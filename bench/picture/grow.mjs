/**
 * Puts parts together until the text is about so long, leaving out what leads further away: the same index always gives the same text.
 * @template Make, Part
 * @param {readonly (readonly [Make, number])[]} shares what makes parts, and how often each is taken in relation to the others
 * @param {number} index which of the texts
 * @param {number} bytes
 * @param {(make: Make, n: number) => Part} part the part number `n`
 * @param {(parts: readonly Part[]) => string} write
 */
export function grown(shares, index, bytes, part, write) {
  const random = uniform(index * 7919 + bytes);
  /** @type {readonly Part[]} */
  let parts = [];
  let text = '';
  for (let n = 0, missed = 0; missed < 3; n++) {
    const longer = [...parts, part(taken(shares, random()), n)];
    const next = write(longer);
    if (Math.abs(next.length - bytes) >= Math.abs(text.length - bytes)) missed++;
    else [parts, text, missed] = [longer, next, 0];
  }
  return text;
}

/**
 * @template Make
 * @param {readonly (readonly [Make, number])[]} shares
 * @param {number} at from 0 to 1 (exclusive), over all of them
 */
function taken(shares, at) {
  let left = at * shares.reduce((all, [, share]) => all + share, 0);
  const found = shares.find(([, share]) => (left -= share) < 0) ?? shares[0];
  if (found === undefined) throw new Error('There is nothing to take.');
  return found[0];
}

/**
 * Numbers from 0 to 1 (exclusive), evenly spread and the same for the same seed: the multiples of the golden ratio, from the seed on.
 * @param {number} seed
 */
function uniform(seed) {
  let state = (seed * 0.754877666) % 1;
  return () => (state = (state + 0.6180339887) % 1);
}
