/** From the SDK's answers to records. Each keeps AWS's order of lists. */
import type {
  Instance,
  IpPermission,
  GroupIdentifier,
  KeyPairInfo,
  NetworkInterface,
  SecurityGroup,
  Tag,
  Volume,
} from '@aws-sdk/client-ec2';
import type { Session } from '../identity/session';
import { arnOf } from './arn';
import { plainName } from './plain-name';
import type {
  GroupName,
  InstanceRecord,
  KeyPairRecord,
  NetworkInterfaceRecord,
  PermissionRecord,
  SecurityGroupRecord,
  Tags,
  VolumeRecord,
} from './records';

export function toTags(tags: readonly Tag[] | undefined): Tags {
  // A tag may be called `__proto__`.
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}

/** EC2 writes "nothing" as an empty text in places. */
function some(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function nameIn(tags: Tags): string | undefined {
  return some(plainName(tags['Name'] ?? ''));
}

function groupNames(groups: readonly GroupIdentifier[] | undefined): readonly GroupName[] {
  return (groups ?? []).map(({ GroupId = '', GroupName }) => ({
    id: GroupId,
    name: GroupName === undefined ? undefined : plainName(GroupName),
  }));
}

function oneOf<T extends string>(value: string | undefined, ...known: readonly T[]): T | undefined {
  return known.find((each) => each === value);
}

export function toInstance(raw: Instance, owner: string | undefined, session: Session): InstanceRecord {
  const id = raw.InstanceId ?? '';
  const tags = toTags(raw.Tags);
  const options = raw.MetadataOptions;
  const state = oneOf(options?.State, 'pending', 'applied');
  return {
    kind: 'instance',
    id,
    name: nameIn(tags),
    arn: arnOf(session, 'instance', id, owner),
    tags,
    state: raw.State?.Name ?? 'unknown',
    stateReason: some(raw.StateReason?.Message),
    type: raw.InstanceType ?? '',
    architecture: raw.Architecture,
    platform: some(raw.PlatformDetails) ?? (raw.Platform?.toLowerCase() === 'windows' ? 'Windows' : undefined),
    image: raw.ImageId,
    keyName: some(raw.KeyName),
    launchTime: raw.LaunchTime?.toISOString(),
    availabilityZone: raw.Placement?.AvailabilityZone,
    vpc: some(raw.VpcId),
    subnet: some(raw.SubnetId),
    privateAddress: some(raw.PrivateIpAddress),
    publicAddress: some(raw.PublicIpAddress),
    publicName: some(raw.PublicDnsName),
    ipv6Addresses: (raw.NetworkInterfaces ?? []).flatMap(({ Ipv6Addresses = [] }) =>
      Ipv6Addresses.flatMap(({ Ipv6Address }) => Ipv6Address ?? []),
    ),
    instanceProfileArn: raw.IamInstanceProfile?.Arn,
    metadata: {
      tokens: oneOf(options?.HttpTokens, 'optional', 'required'),
      endpoint: oneOf(options?.HttpEndpoint, 'enabled', 'disabled'),
      hopLimit: options?.HttpPutResponseHopLimit,
      ipv6: oneOf(options?.HttpProtocolIpv6, 'enabled', 'disabled'),
      instanceTags: oneOf(options?.InstanceMetadataTags, 'enabled', 'disabled'),
      state,
    },
    securityGroups: groupNames(raw.SecurityGroups),
    networkInterfaces: (raw.NetworkInterfaces ?? []).flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []),
    volumes: (raw.BlockDeviceMappings ?? []).flatMap(({ DeviceName, Ebs }) =>
      Ebs?.VolumeId === undefined ? [] : [{ id: Ebs.VolumeId, device: DeviceName }],
    ),
    rootDevice: some(raw.RootDeviceName),
    autoScalingGroup: some(tags['aws:autoscaling:groupName']),
    launchTemplate: some(tags['aws:ec2launchtemplate:id']),
    lifecycle: raw.InstanceLifecycle,
  };
}

export function toNetworkInterface(raw: NetworkInterface, session: Session): NetworkInterfaceRecord {
  const id = raw.NetworkInterfaceId ?? '';
  const tags = toTags(raw.TagSet);
  const isPrimary = (primary: boolean | undefined, address: string | undefined): boolean =>
    primary ?? address === raw.PrivateIpAddress;
  return {
    kind: 'network-interface',
    id,
    name: nameIn(tags),
    arn: arnOf(session, 'network-interface', id, raw.OwnerId),
    tags,
    description: some(plainName(raw.Description ?? '')),
    status: raw.Status,
    type: raw.InterfaceType,
    mac: raw.MacAddress,
    vpc: some(raw.VpcId),
    subnet: some(raw.SubnetId),
    availabilityZone: raw.AvailabilityZone,
    addresses: (raw.PrivateIpAddresses ?? []).map(({ PrivateIpAddress, Primary, Association }) => ({
      address: PrivateIpAddress ?? '',
      isPrimary: isPrimary(Primary, PrivateIpAddress),
      publicAddress: some(Association?.PublicIp),
      allocation: some(Association?.AllocationId),
    })),
    ipv6Addresses: (raw.Ipv6Addresses ?? []).flatMap(({ Ipv6Address }) => Ipv6Address ?? []),
    securityGroups: groupNames(raw.Groups),
    instance: some(raw.Attachment?.InstanceId),
    deviceIndex: raw.Attachment?.DeviceIndex,
    deleteOnTermination: raw.Attachment?.DeleteOnTermination,
    requesterManaged: raw.RequesterManaged ?? false,
    sourceDestCheck: raw.SourceDestCheck,
  };
}

function toPermission(raw: IpPermission): PermissionRecord {
  return {
    protocol: raw.IpProtocol ?? '',
    fromPort: raw.FromPort,
    toPort: raw.ToPort,
    ipv4: (raw.IpRanges ?? []).map(({ CidrIp = '', Description }) => ({
      cidr: CidrIp,
      description: some(Description),
    })),
    ipv6: (raw.Ipv6Ranges ?? []).map(({ CidrIpv6 = '', Description }) => ({
      cidr: CidrIpv6,
      description: some(Description),
    })),
    prefixLists: (raw.PrefixListIds ?? []).map(({ PrefixListId = '', Description }) => ({
      id: PrefixListId,
      description: some(Description),
    })),
    groups: (raw.UserIdGroupPairs ?? []).map(({ GroupId, UserId, Description }) => ({
      id: GroupId,
      account: UserId,
      description: some(Description),
    })),
  };
}

export function toSecurityGroup(raw: SecurityGroup, session: Session): SecurityGroupRecord {
  const id = raw.GroupId ?? '';
  const tags = toTags(raw.Tags);
  return {
    kind: 'security-group',
    id,
    name: plainName(raw.GroupName ?? id),
    nameTag: nameIn(tags),
    arn: arnOf(session, 'security-group', id, raw.OwnerId),
    tags,
    description: some(plainName(raw.Description ?? '')),
    vpc: some(raw.VpcId),
    owner: raw.OwnerId,
    ingress: (raw.IpPermissions ?? []).map(toPermission),
    egress: (raw.IpPermissionsEgress ?? []).map(toPermission),
  };
}

export function toKeyPair(raw: KeyPairInfo, session: Session): KeyPairRecord {
  const id = raw.KeyPairId ?? '';
  return {
    kind: 'key-pair',
    id,
    name: raw.KeyName ?? id,
    // A key pair's ARN has its name, not its id.
    arn: arnOf(session, 'key-pair', raw.KeyName ?? id),
    tags: toTags(raw.Tags),
    type: raw.KeyType,
    fingerprint: raw.KeyFingerprint,
    created: raw.CreateTime?.toISOString(),
    publicKey: some(raw.PublicKey?.trim()),
  };
}

export function toVolume(raw: Volume, session: Session): VolumeRecord {
  const id = raw.VolumeId ?? '';
  const tags = toTags(raw.Tags);
  return {
    kind: 'volume',
    id,
    name: nameIn(tags),
    arn: arnOf(session, 'volume', id),
    tags,
    state: raw.State,
    type: raw.VolumeType,
    size: raw.Size,
    encrypted: raw.Encrypted ?? false,
    kmsKey: some(raw.KmsKeyId),
    snapshot: some(raw.SnapshotId),
    availabilityZone: raw.AvailabilityZone,
    created: raw.CreateTime?.toISOString(),
    attachments: (raw.Attachments ?? []).map(({ InstanceId, Device }) => ({ instance: InstanceId, device: Device })),
  };
}
