import { describe, expect, it } from 'vitest';
import { readPublicKey } from './public-key';

function field(bytes: readonly number[]): readonly number[] {
  return [bytes.length >>> 24, (bytes.length >>> 16) & 255, (bytes.length >>> 8) & 255, bytes.length & 255, ...bytes];
}

/** An RSA key whose modulus has a leading one bit in the given place; nobody can use it. */
function rsaKey(bits: number): string {
  const modulus = Array.from({ length: Math.ceil(bits / 8) }, () => 0x5a);
  modulus[0] = 1 << ((bits - 1) % 8);
  const signed = modulus[0] >= 0x80 ? [0, ...modulus] : modulus;
  const name = Array.from(new TextEncoder().encode('ssh-rsa'));
  const bytes = [...field(name), ...field([1, 0, 1]), ...field(signed)];
  return `ssh-rsa ${btoa(String.fromCharCode(...bytes))} ops@example.com`;
}

describe('readPublicKey', () => {
  it.each([768, 1023, 1024, 2047, 2048, 3072, 4096])('an RSA key of %d bits', (bits) => {
    expect(readPublicKey(rsaKey(bits))).toEqual({ type: 'rsa', bits });
  });

  it.each([
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKkh0fK2zFz3x8C0yXb9uJ2g0rXK0b7cE3Q5yW8m1nZt ops', 'ed25519'],
    ['ssh-dss AAAAB3NzaC1kc3MAAACBAKs=', 'dsa'],
    ['ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY=', 'other'],
    ['  ssh-ed25519 AAAA  ', 'ed25519'],
    ['ssh-rsa AAAA', 'rsa'],
    ['ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ== cut off', 'rsa'],
  ])('%s', (text, type) => {
    expect(readPublicKey(text)).toEqual({ type });
  });

  it.each(['', 'ssh-rsa', '---- BEGIN SSH2 PUBLIC KEY ----', 'rsa AAAA', '${file("key.pub")}'])(
    '%j is none',
    (text) => {
      expect(readPublicKey(text)).toBeUndefined();
    },
  );
});
