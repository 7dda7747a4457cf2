/** Volumes, images, keys, networks and what an account does by default. */
import type { Datum } from '../../../ec2/datum';
import { withoutIndex } from '../../../ec2/graph';
import type * as model from '../../../ec2/model';
import { evaluate } from '../../hcl/evaluate';
import { toDatum } from './datum';
import { blockDevicesOf } from './launch';
import { argument, baseOf, blocks, nestedArgument, type Reading } from './reading';

export function volume(reading: Reading): model.Volume {
  return {
    kind: 'volume',
    ...baseOf(reading),
    encrypted: argument(reading, 'encrypted'),
    kmsKey: argument(reading, 'kms_key_id'),
    snapshot: argument(reading, 'snapshot_id'),
  };
}

/** A resource that is nothing but a permission: who takes back what it permits takes all of it out. */
function permissionBase(reading: Reading): ReturnType<typeof baseOf> {
  const base = baseOf(reading);
  const { edit, range } = base;
  return edit ? { ...base, edit: { ...edit, remove: (_part, comment) => edit.remove(range, comment) } } : base;
}

export function snapshotPermission(reading: Reading): model.Snapshot {
  return { kind: 'snapshot', ...permissionBase(reading), sharedWith: argument(reading, 'account_id') };
}

export function image(reading: Reading): model.Image {
  return {
    kind: 'image',
    isRegistered: true,
    ...baseOf(reading),
    sharedWith: undefined,
    imdsSupport: argument(reading, 'imds_support'),
    blockDevices: blockDevicesOf(reading),
    architecture: argument(reading, 'architecture'),
  };
}

export function imagePermission(reading: Reading): model.Image {
  return {
    kind: 'image',
    isRegistered: false,
    ...permissionBase(reading),
    sharedWith: argument(reading, 'group') ?? argument(reading, 'account_id'),
    imdsSupport: undefined,
    blockDevices: [],
    architecture: undefined,
  };
}

export function keyPair(reading: Reading): model.KeyPair {
  const publicKey = argument(reading, 'public_key');
  const made = (name: string): Datum | undefined => (publicKey ? ofMadeKey(reading, publicKey, name) : undefined);
  return {
    kind: 'key-pair',
    ...baseOf(reading),
    keyName: argument(reading, 'key_name'),
    keyType: made('algorithm'),
    keyBits: made('rsa_bits'),
    publicKey,
  };
}

/** An argument of the `tls_private_key` that a public key is from. */
function ofMadeKey({ module, uri }: Reading, publicKey: Datum, name: string): Datum | undefined {
  if (publicKey.kind !== 'reference') return undefined;
  const block = module.blocks.get(withoutIndex(publicKey.target.slice(module.prefix.length)));
  const written = block?.labels[0] === 'tls_private_key' ? block.body.attributes.get(name) : undefined;
  return written && toDatum(evaluate(written.expression, module.scope), uri, publicKey.range);
}

export function networkInterface(reading: Reading): model.NetworkInterface {
  return {
    kind: 'network-interface',
    ...baseOf(reading),
    securityGroups: argument(reading, 'security_groups'),
    subnet: argument(reading, 'subnet_id'),
  };
}

export function subnet(reading: Reading): model.Subnet {
  return { kind: 'subnet', ...baseOf(reading), mapPublicAddresses: argument(reading, 'map_public_ip_on_launch') };
}

export function elasticIp(reading: Reading): model.ElasticIpAssociation {
  return {
    kind: 'elastic-ip-association',
    ...baseOf(reading),
    instance: argument(reading, 'instance') ?? argument(reading, 'instance_id'),
    networkInterface: argument(reading, 'network_interface') ?? argument(reading, 'network_interface_id'),
  };
}

export function ebsDefaults(reading: Reading): model.AccountDefaults {
  const base = baseOf(reading);
  const on: Datum = { kind: 'scalar', value: true, range: base.head };
  return {
    kind: 'account-defaults',
    ...base,
    metadataOptions: undefined,
    ebsEncryption: argument(reading, 'enabled') ?? on,
  };
}

export function metadataDefaults(reading: Reading): model.AccountDefaults {
  const base = baseOf(reading);
  return {
    kind: 'account-defaults',
    ...base,
    metadataOptions: {
      httpTokens: argument(reading, 'http_tokens'),
      httpEndpoint: argument(reading, 'http_endpoint'),
      hopLimit: argument(reading, 'http_put_response_hop_limit'),
      range: base.head,
    },
    ebsEncryption: undefined,
  };
}

export function profile(reading: Reading): model.InstanceProfile {
  return {
    kind: 'instance-profile',
    ...baseOf(reading),
    name: argument(reading, 'name'),
    role: argument(reading, 'role') ?? argument(reading, 'roles'),
  };
}

/** The first nested block's argument, where there is one. */
export function firstNested(reading: Reading, type: string, name: string): Datum | undefined {
  const [nested] = blocks(reading, type);
  return nested && nestedArgument(nested, name, reading);
}
