/** EC2 resources as tests write them. What is not named is left out. */
import type * as model from '../ec2/model';
import type { Range, TextEdit } from '../text/range';
import { datum, labelOf, optional, place, type Plain } from './data';

const NOTHING_SILENCED: ReadonlyMap<string, string> = new Map();

/** Writes what it was asked for instead of a document. */
export const EDITOR: model.ResourceEditor = {
  set: (path, value): readonly TextEdit[] => [
    { range: place('new'), newText: `set ${path.join('.')} = ${String(value)}` },
  ],
  replace: (at, value) => [{ range: at.range, newText: `replace ${labelOf(at.range)} by ${String(value)}` }],
  drop: (at) => [{ range: at.range, newText: `drop ${labelOf(at.range)}` }],
  remove: (range, comment) => [{ range, newText: `remove ${labelOf(range)}: ${comment}` }],
};

function base(address: string): {
  readonly address: string;
  readonly range: Range;
  readonly head: Range;
  readonly silenced: ReadonlyMap<string, string>;
  readonly edit: model.ResourceEditor;
} {
  return {
    address,
    range: place(`all of ${address}`),
    head: place(`head of ${address}`),
    silenced: NOTHING_SILENCED,
    edit: EDITOR,
  };
}

/** The same resource where nobody can write to it. */
export function readOnly<R extends model.Resource>(resource: R): R {
  const copy = { ...resource };
  Reflect.deleteProperty(copy, 'edit');
  return copy;
}

/** Properties that hold data may be written plainly. */
type Written<T> = { readonly [K in keyof T]?: T[K] | Plain | undefined };

const DATA = {
  launch: ['instanceType', 'imageId', 'keyName', 'instanceProfile', 'securityGroups', 'publicAddress', 'subnet'],
} as const;

export interface LaunchOptions {
  readonly metadataOptions?: Written<Omit<model.MetadataOptions, 'range'>>;
  readonly instanceType?: Plain;
  readonly imageId?: Plain;
  readonly imageNames?: readonly Plain[];
  readonly keyName?: Plain;
  readonly instanceProfile?: Plain;
  readonly securityGroups?: Plain;
  readonly publicAddress?: Plain;
  readonly subnet?: Plain;
  readonly blockDevices?: readonly model.BlockDevice[];
  readonly hasUserData?: boolean;
  readonly launchTemplate?: Plain;
  readonly silenced?: ReadonlyMap<string, string>;
}

export function metadataOptions({
  httpTokens,
  httpEndpoint,
  hopLimit,
}: Written<Omit<model.MetadataOptions, 'range'>> = {}): model.MetadataOptions {
  const isWritten = [httpTokens, httpEndpoint, hopLimit].some((each) => each !== undefined);
  return {
    httpTokens: optional(httpTokens),
    httpEndpoint: optional(httpEndpoint),
    hopLimit: optional(hopLimit),
    range: isWritten ? place('metadata options') : undefined,
  };
}

function launch(address: string, options: LaunchOptions): Omit<model.LaunchSettings, 'kind'> {
  const data = Object.fromEntries(DATA.launch.map((name) => [name, optional(options[name])]));
  return {
    ...base(address),
    ...(data as Pick<model.LaunchSettings, (typeof DATA.launch)[number]>),
    metadataOptions: metadataOptions(options.metadataOptions),
    imageNames: (options.imageNames ?? []).map(datum),
    blockDevices: options.blockDevices ?? [],
    hasUserData: options.hasUserData ?? false,
    silenced: options.silenced ?? NOTHING_SILENCED,
  };
}

export function instance(address: string, options: LaunchOptions = {}): model.Instance {
  return { ...launch(address, options), kind: 'instance', launchTemplate: optional(options.launchTemplate) };
}

export function launchTemplate(address: string, options: LaunchOptions = {}): model.LaunchTemplate {
  return { ...launch(address, options), kind: 'launch-template' };
}

export function launchConfiguration(address: string, options: LaunchOptions = {}): model.LaunchConfiguration {
  return { ...launch(address, options), kind: 'launch-configuration' };
}

export function blockDevice(options: Written<model.BlockDevice> = {}): model.BlockDevice {
  return {
    range: place('device'),
    head: place('head of device'),
    encrypted: optional(options.encrypted),
    kmsKey: optional(options.kmsKey),
    snapshot: optional(options.snapshot),
    isRoot: options.isRoot === true,
    isEphemeral: options.isEphemeral === true,
    path: ['blockDevices', '0'],
  };
}

export function volume(address: string, options: Written<model.Volume> = {}): model.Volume {
  const { encrypted, kmsKey, snapshot } = options;
  return {
    ...base(address),
    kind: 'volume',
    encrypted: optional(encrypted),
    kmsKey: optional(kmsKey),
    snapshot: optional(snapshot),
  };
}

export interface PermissionOptions {
  readonly protocol?: Plain | undefined;
  /** Both ports. */
  readonly port?: Plain;
  readonly from?: Plain | undefined;
  readonly to?: Plain | undefined;
  readonly ipv4?: Plain;
  readonly ipv6?: Plain;
  readonly prefixList?: Plain;
  readonly group?: Plain;
  readonly when?: readonly string[];
  readonly silenced?: ReadonlyMap<string, string>;
}

/** A rule of a security group; TCP unless it says otherwise. */
export function permission(options: PermissionOptions): model.Permission {
  const { ipv4, ipv6, prefixList, group, port } = options;
  const source = (is: model.Source['is'], plain: Plain | undefined): readonly model.Source[] =>
    plain === undefined ? [] : [{ is, datum: datum(plain) }];
  return {
    range: place('rule'),
    head: place('head of rule'),
    protocol: 'protocol' in options ? optional(options.protocol) : datum('tcp'),
    fromPort: optional('from' in options ? options.from : port),
    toPort: optional('to' in options ? options.to : port),
    sources: [
      ...source('ipv4', ipv4),
      ...source('ipv6', ipv6),
      ...source('prefix-list', prefixList),
      ...source('group', group),
    ],
    when: options.when ?? [],
    silenced: options.silenced ?? NOTHING_SILENCED,
  };
}

export function securityGroup(
  address: string,
  ingress: readonly model.Permission[],
  options: {
    readonly egress?: readonly model.Permission[];
    readonly isDefault?: boolean;
    readonly name?: Plain;
    readonly use?: model.SecurityGroupUse;
  } = {},
): model.SecurityGroup {
  return {
    ...base(address),
    kind: 'security-group',
    name: optional(options.name),
    isDefault: options.isDefault ?? false,
    ingress,
    egress: options.egress ?? [],
    complete: true,
    ...(options.use ? { use: options.use } : {}),
  };
}

/** Rules apart from their group. */
export function securityGroupRule(
  address: string,
  group: Plain | undefined,
  permissions: readonly model.Permission[],
  direction: model.SecurityGroupRule['direction'] = 'ingress',
): model.SecurityGroupRule {
  return { ...base(address), kind: 'security-group-rule', group: optional(group), direction, permissions };
}

export function networkInterface(address: string, securityGroups: Plain): model.NetworkInterface {
  return { ...base(address), kind: 'network-interface', securityGroups: datum(securityGroups), subnet: undefined };
}

export function snapshot(address: string, sharedWith: Plain | undefined): model.Snapshot {
  return { ...base(address), kind: 'snapshot', sharedWith: optional(sharedWith) };
}

export function image(address: string, options: Written<model.Image> = {}): model.Image {
  const { isRegistered, sharedWith, imdsSupport, architecture } = options;
  return {
    ...base(address),
    kind: 'image',
    isRegistered: isRegistered === true,
    sharedWith: optional(sharedWith),
    imdsSupport: optional(imdsSupport),
    blockDevices: [],
    architecture: optional(architecture),
  };
}

export function keyPair(address: string, options: Written<model.KeyPair> = {}): model.KeyPair {
  const { keyName, keyType, keyBits, publicKey } = options;
  return {
    ...base(address),
    kind: 'key-pair',
    keyName: optional(keyName),
    keyType: optional(keyType),
    keyBits: optional(keyBits),
    publicKey: optional(publicKey),
  };
}

export function role(
  address: string,
  policies: readonly model.Policy[],
  options: { readonly isForEc2?: boolean | undefined; readonly name?: Plain } = { isForEc2: true },
): model.Role {
  return { ...base(address), kind: 'role', name: optional(options.name), isForEc2: options.isForEc2, policies };
}

export function managedPolicy(arn: Plain): model.Policy {
  return {
    range: place('policy'),
    head: place('policy'),
    managed: datum(arn),
    statements: [],
    silenced: NOTHING_SILENCED,
  };
}

export function inlinePolicy(...statements: readonly model.PolicyStatement[]): model.Policy {
  return { range: place('policy'), head: place('policy'), managed: undefined, statements, silenced: NOTHING_SILENCED };
}

export function statement(options: {
  readonly effect?: Plain | undefined;
  readonly actions?: Plain;
  readonly notActions?: Plain;
  readonly resources?: Plain;
  readonly hasCondition?: boolean;
}): model.PolicyStatement {
  return {
    range: place('statement'),
    effect: 'effect' in options ? optional(options.effect) : datum('Allow'),
    actions: optional(options.actions),
    notActions: optional(options.notActions),
    resources: optional(options.resources),
    hasCondition: options.hasCondition ?? false,
  };
}

export function instanceProfile(address: string, roleOf: Plain, name?: Plain): model.InstanceProfile {
  return { ...base(address), kind: 'instance-profile', name: optional(name), role: datum(roleOf) };
}

export function elasticIp(
  address: string,
  of: { readonly instance?: Plain; readonly networkInterface?: Plain },
): model.ElasticIpAssociation {
  return {
    ...base(address),
    kind: 'elastic-ip-association',
    instance: optional(of.instance),
    networkInterface: optional(of.networkInterface),
  };
}

export function subnet(address: string, mapPublicAddresses: Plain | undefined): model.Subnet {
  return { ...base(address), kind: 'subnet', mapPublicAddresses: optional(mapPublicAddresses) };
}

export function accountDefaults(
  address: string,
  options: { readonly metadataOptions?: Written<Omit<model.MetadataOptions, 'range'>>; readonly ebsEncryption?: Plain },
): model.AccountDefaults {
  return {
    ...base(address),
    kind: 'account-defaults',
    metadataOptions: options.metadataOptions && metadataOptions(options.metadataOptions),
    ebsEncryption: optional(options.ebsEncryption),
  };
}
