import { generateKeyPairSync } from 'node:crypto';
import { CreateKeyPairCommand, ImportKeyPairCommand } from '@aws-sdk/client-ec2';

/**
 * @param {import('@aws-sdk/client-ec2').EC2Client} ec2
 * @param {import('../company.mjs').Region['keys']} keys
 */
export async function makeKeyPairs(ec2, keys) {
  for (const [KeyName, kind] of Object.entries(keys)) {
    switch (kind) {
      case 'rsa':
      case 'ed25519':
        await ec2.send(new CreateKeyPairCommand({ KeyName, KeyType: kind, KeyFormat: 'pem' }));
        break;
      case 'ppk':
        await ec2.send(new CreateKeyPairCommand({ KeyName, KeyType: 'rsa', KeyFormat: 'ppk' }));
        break;
      case 'imported-rsa':
      case 'imported-rsa-1024': {
        const publicKey = openSshRsa(kind === 'imported-rsa' ? 2048 : 1024, `${KeyName}@tidewater.example`);
        await ec2.send(new ImportKeyPairCommand({ KeyName, PublicKeyMaterial: Buffer.from(publicKey) }));
        break;
      }
    }
  }
}

/** The public half of a key nobody has, as `ssh-keygen` writes it (RFC 4253, section 6.6). @param {number} bits @param {string} comment */
function openSshRsa(bits, comment) {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const parts = [Buffer.from('ssh-rsa'), positive(e), positive(n)].map((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return Buffer.concat([length, part]);
  });
  return `ssh-rsa ${Buffer.concat(parts).toString('base64')} ${comment}`;
}

/** A number of SSH's `mpint`: a first bit that is set would make it negative. @param {string} text */
function positive(text) {
  const bytes = Buffer.from(text, 'base64url');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}
