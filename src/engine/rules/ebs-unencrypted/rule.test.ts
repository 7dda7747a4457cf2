import { describe, expect, it } from 'vitest';
import { either, reference, unknown } from '../../testing/data';
import { judge, messages, offers } from '../../testing/judging';
import {
  accountDefaults,
  blockDevice,
  instance,
  launchConfiguration,
  launchTemplate,
  volume,
} from '../../testing/resources';
import { ebsUnencrypted } from './rule';

describe('ebs-unencrypted: volumes', () => {
  it.each([
    ['explicitly', volume('data', { encrypted: false }), 'data at false'],
    ['as text', volume('data', { encrypted: 'false' }), 'data at false'],
    [
      'from a snapshot, explicitly',
      volume('data', { encrypted: false, snapshot: 'snap-0123456789abcdef0' }),
      'data at false',
    ],
    [
      'by condition',
      volume('data', { encrypted: either({ IsProduction: true, 'not IsProduction': false }) }),
      'data at false',
    ],
    ['left out', volume('data'), 'information: data at head of data'],
  ])('%s', (_, resource, expected) => {
    expect(judge(ebsUnencrypted, [resource])).toEqual([expected]);
  });

  it.each([
    ['encrypted', volume('data', { encrypted: true })],
    ['encrypted, as text', volume('data', { encrypted: 'true' })],
    ['of a snapshot, which decides', volume('data', { snapshot: 'snap-0123456789abcdef0' })],
    ['with a key', volume('data', { kmsKey: reference('key', 'arn') })],
    ['unknown', volume('data', { encrypted: unknown() })],
    ['what another resource says', volume('data', { encrypted: reference('var') })],
    ['encrypted or unknown', volume('data', { encrypted: either({ A: true, 'not A': unknown() }) })],
  ])('not %s', (_, resource) => {
    expect(judge(ebsUnencrypted, [resource])).toEqual([]);
  });

  it('a condition is told', () => {
    const resource = volume('data', { encrypted: either({ IsProduction: true, 'not IsProduction': false }) });
    expect(messages(ebsUnencrypted, [resource])).toEqual(['This volume is not encrypted where not IsProduction.']);
  });

  it('offers to encrypt', () => {
    expect(offers(ebsUnencrypted, [volume('data', { encrypted: false })])).toEqual([
      'suggestion: Encrypt the volume -> set encrypted = true',
    ]);
  });
});

describe('ebs-unencrypted: block devices', () => {
  it.each([
    ['of an instance', instance('web', { blockDevices: [blockDevice({ encrypted: false })] })],
    ['of a launch template', launchTemplate('web', { blockDevices: [blockDevice({ encrypted: false })] })],
    ['of a launch configuration', launchConfiguration('web', { blockDevices: [blockDevice({ encrypted: false })] })],
    [
      'that is the root, explicitly',
      instance('web', { blockDevices: [blockDevice({ encrypted: false, isRoot: true })] }),
    ],
    [
      'that is the root, by condition',
      instance('web', {
        blockDevices: [blockDevice({ encrypted: either({ A: true, 'not A': false }), isRoot: true })],
      }),
    ],
  ])('%s', (_, resource) => {
    expect(judge(ebsUnencrypted, [resource])).toEqual(['web at false']);
  });

  it('the root may be encrypted by its image', () => {
    const root = instance('web', { blockDevices: [blockDevice({ isRoot: true })] });
    const other = instance('web', { blockDevices: [blockDevice()] });
    expect(judge(ebsUnencrypted, [root])).toEqual(['information: web at head of device']);
    expect(messages(ebsUnencrypted, [root])[0]).toContain('unless its image is, or the account encrypts');
    expect(messages(ebsUnencrypted, [other])[0]).toContain('unless the account encrypts');
  });

  it.each([
    ['instance store', blockDevice({ isEphemeral: true })],
    ['a snapshot', blockDevice({ snapshot: 'snap-0123456789abcdef0' })],
    ['encrypted', blockDevice({ encrypted: true })],
    ['unknown', blockDevice({ encrypted: unknown() })],
  ])('not %s', (_, device) => {
    expect(judge(ebsUnencrypted, [instance('web', { blockDevices: [device] })])).toEqual([]);
  });

  it('offers to encrypt the device', () => {
    expect(offers(ebsUnencrypted, [instance('web', { blockDevices: [blockDevice({ encrypted: false })] })])).toEqual([
      'suggestion: Encrypt the volume -> set blockDevices.0.encrypted = true',
    ]);
  });
});

describe('ebs-unencrypted: what the account does', () => {
  const resources = [volume('data', { encrypted: false }), volume('logs')];

  it('an account that encrypts every volume encrypts these', () => {
    expect(judge(ebsUnencrypted, [...resources, accountDefaults('ebs', { ebsEncryption: true })])).toEqual([]);
  });

  it('an account that does not, does not', () => {
    expect(judge(ebsUnencrypted, [...resources, accountDefaults('ebs', { ebsEncryption: false })])).toHaveLength(2);
  });

  it('where that is not known, what is left out is not either', () => {
    expect(judge(ebsUnencrypted, [...resources, accountDefaults('ebs', { ebsEncryption: unknown() })])).toEqual([
      'data at false',
    ]);
  });
});
