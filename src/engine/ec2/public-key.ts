/** OpenSSH's public keys: RFC 4253, section 6.6; RFC 8709 for Ed25519. */
import { decodeBase64 } from '../text/base64';

export interface PublicKey {
  readonly type: 'rsa' | 'dsa' | 'ed25519' | 'other';
  /** Length of an RSA modulus. */
  readonly bits?: number;
}

/** Reads `ssh-rsa AAAA... comment`; undefined where the text is no such key. */
export function readPublicKey(text: string): PublicKey | undefined {
  const match = /^\s*(ssh-rsa|ssh-dss|ssh-ed25519|ecdsa-sha2-\S+)\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(text);
  const [, algorithm, encoded = ''] = match ?? [];
  if (algorithm === undefined) return undefined;
  if (algorithm === 'ssh-dss') return { type: 'dsa' };
  if (algorithm === 'ssh-ed25519') return { type: 'ed25519' };
  if (algorithm !== 'ssh-rsa') return { type: 'other' };
  const bits = modulusBits(encoded);
  return bits === undefined ? { type: 'rsa' } : { type: 'rsa', bits };
}

/** The third field of the key's data, after its name and the exponent, as a number of bits. */
function modulusBits(encoded: string): number | undefined {
  const bytes = decodeBase64(encoded) ?? new Uint8Array();
  let at = 0;
  let field = new Uint8Array();
  for (let index = 0; index < 3; index++) {
    if (at + 4 > bytes.length) return undefined;
    const length =
      ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    at += 4;
    if (length < 0 || at + length > bytes.length) return undefined;
    field = bytes.slice(at, at + length);
    at += length;
  }
  const significant = field.slice(field.findIndex((byte) => byte !== 0));
  const [first = 0] = significant;
  return significant.length === 0 || first === 0 ? undefined : (significant.length - 1) * 8 + (32 - Math.clz32(first));
}
