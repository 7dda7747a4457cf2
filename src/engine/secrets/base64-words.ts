import type { Range } from '../text/range';

/** Shorter words hold nothing. */
const SHORTEST = 64;
const LONGEST = 20_000;

/** A digit of base64 (RFC 4648, section 4), as a code of UTF-16. */
function isDigit(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || // a to z
    (code >= 65 && code <= 90) || // A to Z
    (code >= 47 && code <= 57) || // / and 0 to 9
    code === 43 // +
  );
}

/**
 * Words of base64 that are long enough to hold something, with their padding; of one that is too long its beginning. A word of so many digits has one at
 * a multiple of their number, so that only every 64th character is looked at: a regular expression looks at each, which took a tenth of the linting.
 */
export function base64Words(text: string): readonly Range[] {
  const words: Range[] = [];
  for (let probe = SHORTEST - 1; probe < text.length; probe += SHORTEST) {
    if (!isDigit(text.charCodeAt(probe))) continue;
    let start = probe;
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--;
    let digits = probe + 1;
    while (digits < text.length && isDigit(text.charCodeAt(digits))) digits++;
    if (digits - start >= SHORTEST) words.push({ start, end: withPadding(text, Math.min(digits, start + LONGEST)) });
    // The next probe lies behind the word.
    while (probe + SHORTEST < digits) probe += SHORTEST;
  }
  return words;
}

function withPadding(text: string, end: number): number {
  let at = end;
  while (at < end + 2 && text.charAt(at) === '=') at++;
  return at;
}
