/** Base64 (RFC 4648) and the UTF-8 (RFC 3629) in it; the engine has nothing but the language itself. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map(Array.from(ALPHABET, (character, value) => [character.charCodeAt(0), value]));

/** The text that is encoded, or undefined where it is no base64 of a text: something compressed, a picture. */
export function decodeBase64(encoded: string): string | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (let i = 0; i < encoded.length; i++) {
    const code = encoded.charCodeAt(i);
    if (code === 0x3d) break;
    if (code === 0x0a || code === 0x0d || code === 0x20 || code === 0x09) continue;
    const value = VALUES.get(code);
    if (value === undefined) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return decodeUtf8(bytes);
}

function decodeUtf8(bytes: readonly number[]): string | undefined {
  const characters: string[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const first = bytes[i] ?? 0;
    if (first < 0x80) {
      // Control characters that no text has.
      if (first < 0x20 && first !== 0x09 && first !== 0x0a && first !== 0x0d && first !== 0x0c && first !== 0x1b)
        return undefined;
      characters.push(String.fromCharCode(first));
      continue;
    }
    const length =
      first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0;
    if (length === 0) return undefined;
    let code = first & (0x3f >> length);
    for (let k = 1; k <= length; k++) {
      const next = bytes[i + k];
      if (next === undefined || (next & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (next & 0x3f);
    }
    if (code > 0x10ffff) return undefined;
    characters.push(String.fromCodePoint(code));
    i += length;
  }
  return characters.join('');
}
