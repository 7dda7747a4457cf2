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
  return WORDS.test(value) || new Set(value).size < 4;
}
