import { describe, expect, it } from 'vitest';
import type { KeyPair, Resource } from '../../ec2/model';
import { either, reference, unknown } from '../../testing/data';
import { findings, judge, messages } from '../../testing/judging';
import { instance, keyPair, launchTemplate } from '../../testing/resources';
import { keyPairWeak } from './rule';

/** An RSA public key of so many bits that nobody can use. */
function rsa(bits: number): string {
  const field = (bytes: readonly number[]): readonly number[] => [
    0,
    0,
    bytes.length >> 8,
    bytes.length & 255,
    ...bytes,
  ];
  const modulus = [0, 0x80, ...Array.from({ length: bits / 8 - 1 }, () => 0x5a)];
  const bytes = [...field(Array.from(new TextEncoder().encode('ssh-rsa'))), ...field([1, 0, 1]), ...field(modulus)];
  return `ssh-rsa ${btoa(String.fromCharCode(...bytes))} ops`;
}

const ED25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKkh0fK2zFz3x8C0yXb9uJ2g0rXK0b7cE3Q5yW8m1nZt ops';

describe('key-pair-weak: the key itself', () => {
  it.each([
    ['RSA 1024', rsa(1024), 'An RSA key of 1024 bits can be broken; 2048 is the least to use.'],
    ['RSA 768', rsa(768), 'An RSA key of 768 bits can be broken; 2048 is the least to use.'],
    ['DSA', 'ssh-dss AAAAB3NzaC1kc3MAAACBAKs= ops', 'A DSA key: EC2 does not take it, and SSH servers refuse it.'],
  ])('%s', (_, publicKey, message) => {
    const pair = keyPair('ops', { publicKey });
    expect(judge(keyPairWeak, [pair])).toEqual([`ops at ${publicKey}`]);
    expect(messages(keyPairWeak, [pair])).toEqual([message]);
  });

  it('RSA 1024 that the configuration makes', () => {
    const pair = keyPair('ops', { publicKey: reference('made'), keyType: 'RSA', keyBits: 1024 });
    expect(messages(keyPairWeak, [pair])).toEqual(['An RSA key of 1024 bits can be broken; 2048 is the least to use.']);
    expect(judge(keyPairWeak, [keyPair('ops', { keyType: 'ED25519', keyBits: 1024 })])).toEqual([]);
    expect(judge(keyPairWeak, [keyPair('ops', { keyType: 'RSA', keyBits: unknown() })])).toEqual([]);
  });

  it('by condition', () => {
    expect(
      judge(keyPairWeak, [keyPair('ops', { publicKey: either({ Old: rsa(1024), 'not Old': rsa(4096) }) })]),
    ).toHaveLength(1);
    expect(
      judge(keyPairWeak, [keyPair('ops', { publicKey: either({ New: rsa(4096), 'not New': rsa(1024) }) })]),
    ).toHaveLength(1);
  });

  it.each([
    ['RSA 2048', keyPair('ops', { publicKey: rsa(2048) })],
    ['RSA 4096', keyPair('ops', { publicKey: rsa(4096) })],
    ['ED25519', keyPair('ops', { publicKey: ED25519 })],
    ['a key that EC2 makes', keyPair('ops', { keyType: 'rsa' })],
    ['an ED25519 key that EC2 makes', keyPair('ops', { keyType: 'ed25519' })],
    ['a key that is not known', keyPair('ops', { publicKey: unknown() })],
    ['a key in a file', keyPair('ops', { publicKey: reference('file') })],
    ['what is no key', keyPair('ops', { publicKey: 'paste your key here' })],
  ])('not %s', (_, pair) => {
    expect(judge(keyPairWeak, [pair])).toEqual([]);
  });
});

describe('key-pair-weak: ED25519 and Windows', () => {
  const pair = (options: Partial<Record<keyof KeyPair, string>> = { keyType: 'ed25519' }): KeyPair =>
    keyPair('ops', { keyName: 'ops-key', ...options });

  it.each<[string, readonly Resource[], string]>([
    [
      'a key that EC2 makes',
      [
        pair(),
        instance('win', {
          keyName: reference('ops', 'key_name'),
          imageNames: ['Windows_Server-2022-English-Full-Base-*'],
        }),
      ],
      'ops at ed25519',
    ],
    [
      'a key that is brought',
      [
        pair({ publicKey: ED25519 }),
        instance('win', {
          keyName: reference('ops'),
          imageNames: ['/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base'],
        }),
      ],
      `ops at ${ED25519}`,
    ],
    [
      'a key by its name',
      [pair(), instance('win', { keyName: 'ops-key', imageNames: ['Windows_Server-2019-*'] })],
      'ops at ed25519',
    ],
    [
      'a key and an image of a launch template',
      [
        pair(),
        instance('win', { launchTemplate: reference('base') }),
        launchTemplate('base', { keyName: reference('ops'), imageNames: ['Windows_Server-2022-*'] }),
      ],
      'ops at ed25519',
    ],
  ])('%s', (_, resources, expected) => {
    expect(judge(keyPairWeak, resources)).toEqual([expected]);
    expect(messages(keyPairWeak, resources)).toEqual([
      'Windows instances cannot use ED25519 key pairs: the administrator password cannot be decrypted.',
    ]);
  });

  it('shows who uses it', () => {
    const resources = [pair(), instance('win', { keyName: reference('ops'), imageNames: ['Windows_Server-2022-*'] })];
    expect(findings(keyPairWeak, resources)[0]?.related?.map(({ message }) => message)).toEqual([
      'win runs Windows and uses it.',
    ]);
  });

  it.each<[string, readonly Resource[]]>([
    [
      'RSA',
      [pair({ keyType: 'rsa' }), instance('win', { keyName: reference('ops'), imageNames: ['Windows_Server-2022-*'] })],
    ],
    ['Linux', [pair(), instance('web', { keyName: reference('ops'), imageNames: ['al2023-ami-*'] })]],
    [
      'an image of which nothing is known',
      [pair(), instance('web', { keyName: reference('ops'), imageId: 'ami-0123456789abcdef0' })],
    ],
    ['another key', [pair(), instance('win', { keyName: 'other', imageNames: ['Windows_Server-2022-*'] })]],
    [
      'a key that is not known',
      [pair(), instance('win', { keyName: unknown(), imageNames: ['Windows_Server-2022-*'] })],
    ],
    [
      'a type that is not known',
      [
        keyPair('ops', { keyType: unknown() }),
        instance('win', { keyName: reference('ops'), imageNames: ['Windows_Server-2022-*'] }),
      ],
    ],
  ])('not with %s', (_, resources) => {
    expect(judge(keyPairWeak, resources)).toEqual([]);
  });
});
