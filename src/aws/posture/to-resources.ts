/** A live account in the model that the rules judge, with each value's place in the document that shows the resource. */
import type { Range } from '../../engine';
import type { Datum } from '../../engine/ec2/datum';
import type {
  Instance,
  KeyPair,
  NetworkInterface,
  Permission,
  Resource,
  SecurityGroup,
  Source,
  Volume,
} from '../../engine/ec2/model';
import type {
  InstanceRecord,
  KeyPairRecord,
  NetworkInterfaceRecord,
  PermissionRecord,
  ResourceRecord,
  SecurityGroupRecord,
  VolumeRecord,
} from '../inventory/records';
import { exists, type UseOf } from './uses';

/** Where something stands, by the path of AWS's names: `['MetadataOptions', 'HttpTokens']`; the nearest around it, where it is not there. */
export type PlaceOf = (...path: readonly (string | number)[]) => Range;

/** For resources that no document shows. */
export const anywhere: PlaceOf = () => ({ start: 0, end: 0 });

/** For resources that another document shows: the engine has no findings at such places. */
export const elsewhere: PlaceOf = () => ({ start: -1, end: -1 });

type Value = string | number | boolean | undefined;

function scalar(value: Value, range: Range): Datum | undefined {
  return value === undefined ? undefined : { kind: 'scalar', value, range };
}

function list(items: readonly { readonly value: string; readonly range: Range }[], range: Range): Datum {
  return {
    kind: 'list',
    complete: true,
    range,
    items: items.map((item) => ({ kind: 'scalar', ...item })),
  };
}

const SILENCED: ReadonlyMap<string, string> = new Map();

function base(address: string, at: PlaceOf, idName: string) {
  return { address, range: at(), head: at(idName), silenced: SILENCED };
}

function toInstance(record: InstanceRecord, at: PlaceOf): Instance {
  const { metadata, securityGroups } = record;
  const options = (name: string): Range => at('MetadataOptions', name);
  return {
    ...base(record.id, at, 'InstanceId'),
    kind: 'instance',
    metadataOptions: {
      httpTokens: scalar(metadata.tokens, options('HttpTokens')),
      httpEndpoint: scalar(metadata.endpoint, options('HttpEndpoint')),
      hopLimit: scalar(metadata.hopLimit, options('HttpPutResponseHopLimit')),
      range: at('MetadataOptions'),
    },
    instanceType: scalar(record.type, at('InstanceType')),
    imageId: scalar(record.image, at('ImageId')),
    imageNames:
      record.platform === undefined ? [] : [{ kind: 'scalar', value: record.platform, range: at('PlatformDetails') }],
    keyName: scalar(record.keyName, at('KeyName')),
    instanceProfile: scalar(record.instanceProfileArn, at('IamInstanceProfile', 'Arn')),
    securityGroups: list(
      securityGroups.map(({ id }, index) => ({ value: id, range: at('SecurityGroups', index, 'GroupId') })),
      at('SecurityGroups'),
    ),
    publicAddress: scalar(record.publicAddress !== undefined, at('PublicIpAddress')),
    subnet: scalar(record.subnet, at('SubnetId')),
    // Its volumes are resources of their own.
    blockDevices: [],
    hasUserData: false,
    launchTemplate: undefined,
  };
}

function toPermission(record: PermissionRecord, at: PlaceOf): Permission {
  const sources: Source[] = [];
  const add = (is: Source['is'], value: string | undefined, range: Range): void => {
    if (value !== undefined) sources.push({ is, datum: { kind: 'scalar', value, range } });
  };
  record.ipv4.forEach(({ cidr }, index) => add('ipv4', cidr, at('IpRanges', index, 'CidrIp')));
  record.ipv6.forEach(({ cidr }, index) => add('ipv6', cidr, at('Ipv6Ranges', index, 'CidrIpv6')));
  record.prefixLists.forEach(({ id }, index) => add('prefix-list', id, at('PrefixListIds', index, 'PrefixListId')));
  record.groups.forEach(({ id }, index) => add('group', id, at('UserIdGroupPairs', index, 'GroupId')));
  return {
    range: at(),
    head: at('IpProtocol'),
    protocol: scalar(record.protocol, at('IpProtocol')),
    fromPort: scalar(record.fromPort, at('FromPort')),
    toPort: scalar(record.toPort, at('ToPort')),
    sources,
    when: [],
    silenced: SILENCED,
  };
}

function toSecurityGroup(record: SecurityGroupRecord, at: PlaceOf, useOf: UseOf | undefined): SecurityGroup {
  const permissions = (name: string, records: readonly PermissionRecord[]): readonly Permission[] =>
    records.map((permission, index) => toPermission(permission, (...path) => at(name, index, ...path)));
  return {
    ...base(record.id, at, 'GroupId'),
    kind: 'security-group',
    name: scalar(record.name, at('GroupName')),
    isDefault: record.name === 'default',
    ingress: permissions('IpPermissions', record.ingress),
    egress: permissions('IpPermissionsEgress', record.egress),
    complete: true,
    ...(useOf ? { use: useOf(record.id) } : {}),
  };
}

function toNetworkInterface(record: NetworkInterfaceRecord, at: PlaceOf): NetworkInterface {
  return {
    ...base(record.id, at, 'NetworkInterfaceId'),
    kind: 'network-interface',
    securityGroups: list(
      record.securityGroups.map(({ id }, index) => ({ value: id, range: at('Groups', index, 'GroupId') })),
      at('Groups'),
    ),
    subnet: scalar(record.subnet, at('SubnetId')),
  };
}

function toKeyPair(record: KeyPairRecord, at: PlaceOf): KeyPair {
  return {
    ...base(record.id, at, 'KeyPairId'),
    kind: 'key-pair',
    keyName: scalar(record.name, at('KeyName')),
    keyType: scalar(record.type, at('KeyType')),
    publicKey: scalar(record.publicKey, at('PublicKey')),
  };
}

function toVolume(record: VolumeRecord, at: PlaceOf): Volume {
  return {
    ...base(record.id, at, 'VolumeId'),
    kind: 'volume',
    encrypted: scalar(record.encrypted, at('Encrypted')),
    kmsKey: scalar(record.kmsKey, at('KmsKeyId')),
    snapshot: scalar(record.snapshot, at('SnapshotId')),
  };
}

/** Undefined for what is not judged: an instance that is gone. @param useOf who has a security group; without it that is not judged */
export function toResource(record: ResourceRecord, at: PlaceOf, useOf?: UseOf): Resource | undefined {
  switch (record.kind) {
    case 'instance':
      return exists(record) ? toInstance(record, at) : undefined;
    case 'network-interface':
      return toNetworkInterface(record, at);
    case 'security-group':
      return toSecurityGroup(record, at, useOf);
    case 'key-pair':
      return toKeyPair(record, at);
    case 'volume':
      return toVolume(record, at);
  }
}
