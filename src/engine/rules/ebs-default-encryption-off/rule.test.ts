import { expect, it } from 'vitest';
import { either, unknown, type Plain } from '../../testing/data';
import { judge, offers } from '../../testing/judging';
import { accountDefaults } from '../../testing/resources';
import { ebsDefaultEncryptionOff } from './rule';

it.each<[string, Plain]>([
  ['off', false],
  ['off, as text', 'false'],
  ['off by condition', either({ A: true, 'not A': false })],
])('%s', (_, ebsEncryption) => {
  const account = accountDefaults('ebs', { ebsEncryption });
  expect(judge(ebsDefaultEncryptionOff, [account])).toEqual(['ebs at false']);
  expect(offers(ebsDefaultEncryptionOff, [account])).toEqual([
    'suggestion: Turn encryption by default on -> replace false by true',
  ]);
});

it.each<[string, Plain | undefined]>([
  ['on', true],
  ['unknown', unknown()],
  ['left out', undefined],
])('not %s', (_, ebsEncryption) => {
  const options = ebsEncryption === undefined ? {} : { ebsEncryption };
  expect(judge(ebsDefaultEncryptionOff, [accountDefaults('ebs', options)])).toEqual([]);
});
