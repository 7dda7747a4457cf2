/** Shannon entropy in bits for a character. */
export function entropyPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Words that people write where a secret has to go. */
const WORDS =
  /example|changeme|change[-_]?this|change[-_]?it|change[-_]?me|placeholder|replace|your|insert|dummy|sample|redacted|removed|xxxx|\*{3,}|\.{3,}|todo|fixme|here|enter|password|passwd|secret|token|default|none|null|undefined|true|false|foo|bar|test|generate|random|insecure/i;

/**
 * True for what stands in for a value: a reference to a variable, a file or a template, a word that says so, the same character again and again, the keys of
 * AWS's own documents.
 */
export function isPlaceholder(value: string): boolean {
  if (/[$`{}<>]|%\w|\[\[|[\ue000-\uf8ff]|^@|^\/|^~|^(?:env|file):/.test(value)) return true;
  return WORDS.test(value) || new Set(value).size < 4 || isCounted(value);
}

/** `abc123def456`: most of a short text counts on from one character to the next, as nobody's secret does. */
function isCounted(value: string): boolean {
  let counted = 0;
  let run = 1;
  for (let at = 1; at <= value.length; at++) {
    if (value.charCodeAt(at) === value.charCodeAt(at - 1) + 1) run++;
    else {
      if (run >= 3) counted += run;
      run = 1;
    }
  }
  return value.length <= 40 && counted >= 9 && counted * 2 > value.length;
}
