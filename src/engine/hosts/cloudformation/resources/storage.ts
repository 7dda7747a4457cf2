/** Volumes, images that are shared, and key pairs. */
import { entry } from '../../../ec2/datum';
import type { Image, KeyPair, Volume } from '../../../ec2/model';
import { blockDevices } from './launch';
import { baseOf, mappings, property, together, type Reading } from './reading';

export function volume(reading: Reading): Volume {
  return {
    kind: 'volume',
    ...baseOf(reading, { encrypted: { in: reading.properties, keys: ['Encrypted'] } }),
    encrypted: property(reading, 'Encrypted'),
    kmsKey: property(reading, 'KmsKeyId'),
    snapshot: property(reading, 'SnapshotId'),
  };
}

/** Image Builder's recipe: the image that it makes has these volumes. */
export function imageRecipe(reading: Reading): Image {
  const { devices, places } = blockDevices(reading, reading.properties, 'BlockDeviceMappings', ['Ebs']);
  return {
    kind: 'image',
    isRegistered: false,
    ...baseOf(reading, places),
    sharedWith: undefined,
    imdsSupport: undefined,
    blockDevices: devices,
    architecture: undefined,
  };
}

/** Image Builder's distribution: who may use the image. */
export function imageDistribution(reading: Reading): Image {
  const groups = mappings(property(reading, 'Distributions')).all.map(({ mapping }) =>
    entry(mapping, 'AmiDistributionConfiguration', 'LaunchPermissionConfiguration', 'UserGroups'),
  );
  return {
    kind: 'image',
    isRegistered: false,
    ...baseOf(reading),
    sharedWith: together(...groups),
    imdsSupport: undefined,
    blockDevices: [],
    architecture: undefined,
  };
}

export function keyPair(reading: Reading): KeyPair {
  return {
    kind: 'key-pair',
    ...baseOf(reading),
    keyName: property(reading, 'KeyName'),
    keyType: property(reading, 'KeyType'),
    publicKey: property(reading, 'PublicKeyMaterial'),
  };
}
