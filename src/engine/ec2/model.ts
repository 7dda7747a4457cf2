/**
 * EC2 resources as rules see them, whatever they come from: a template, a configuration, a live account. Properties are `Datum`s, so that each tells
 * what it is, where it is written and how surely it is known.
 */
import type { FileEdits } from '../finding';
import type { Range, TextEdit } from '../text/range';
import type { Datum } from './datum';

export type Resource =
  | Instance
  | LaunchTemplate
  | LaunchConfiguration
  | AutoScalingGroup
  | SecurityGroup
  | SecurityGroupRule
  | NetworkInterface
  | Volume
  | Snapshot
  | Image
  | KeyPair
  | Role
  | InstanceProfile
  | ElasticIpAssociation
  | AccountDefaults
  | Subnet;

export type ResourceKind = Resource['kind'];

/** What every resource has. */
export interface ResourceBase {
  /** Logical id, Terraform address, or AWS's own id. */
  readonly address: string;
  /** All of it. */
  readonly range: Range;
  /** What to underline for the resource as a whole: its name or the head of its block. */
  readonly head: Range;
  /** The condition under which it exists at all, where there is one. */
  readonly when?: string;
  /** Findings that comments of other scanners silence here, by rule id, with the comment as it is written. */
  readonly silenced: ReadonlyMap<string, string>;
  /** Writes properties in the manner of the document; absent where the resource cannot be written to. */
  readonly edit?: ResourceEditor;
}

/** Changes of one resource as edits of its document; undefined where there is no certain way to write them. */
export interface ResourceEditor {
  /** Gives a property a value, with what has to be there around it. `path` is the model's: `['metadataOptions', 'httpTokens']`. */
  set(path: readonly string[], value: string | number | boolean): readonly TextEdit[] | undefined;
  /** Replaces the text of a value that is written in the document by another value of the same kind. */
  replace(datum: Datum, value: string | number | boolean): readonly TextEdit[] | undefined;
  /** The same for a value that is written in another file. */
  replaceElsewhere?(datum: Datum, value: string | number | boolean): FileEdits | undefined;
  /** Takes a value out of the list that it is written in. */
  drop(datum: Datum): readonly TextEdit[] | undefined;
  /** Takes the resource, or the part of it that `range` is, out and leaves a comment in its place. */
  remove(range: Range, comment: string): readonly TextEdit[] | undefined;
}

/** `MetadataOptions`. Each is undefined where it is left out. */
export interface MetadataOptions {
  /** `optional` or `required`. */
  readonly httpTokens: Datum | undefined;
  /** `enabled` or `disabled`. */
  readonly httpEndpoint: Datum | undefined;
  /** 1 to 64. */
  readonly hopLimit: Datum | undefined;
  /** Where the options as a whole are written, if they are. */
  readonly range: Range | undefined;
}

/** What an instance is launched with, wherever that is written: an instance, a launch template, a launch configuration, a spot request. */
export interface LaunchSettings extends ResourceBase {
  readonly metadataOptions: MetadataOptions;
  readonly instanceType: Datum | undefined;
  readonly imageId: Datum | undefined;
  /** Names that tell something of the image: of a data source's filters, of an SSM parameter. */
  readonly imageNames: readonly Datum[];
  readonly keyName: Datum | undefined;
  readonly instanceProfile: Datum | undefined;
  readonly securityGroups: Datum | undefined;
  readonly publicAddress: Datum | undefined;
  readonly subnet: Datum | undefined;
  readonly blockDevices: readonly BlockDevice[];
  /** True where there is user data, of which the scripts are found by `owner`. */
  readonly hasUserData: boolean;
  /** The tag `Name` that its instances get; a function since no rule asks for it. */
  readonly nameTag?: () => Datum | undefined;
}

export interface Instance extends LaunchSettings {
  readonly kind: 'instance';
  /** The launch template that gives what is left out. */
  readonly launchTemplate: Datum | undefined;
  /** Network interfaces that it gets and that are described apart, each with groups of its own. */
  readonly interfaces?: readonly Datum[];
}

export interface LaunchTemplate extends LaunchSettings {
  readonly kind: 'launch-template';
}

export interface LaunchConfiguration extends LaunchSettings {
  readonly kind: 'launch-configuration';
}

export interface AutoScalingGroup extends ResourceBase {
  readonly kind: 'auto-scaling-group';
  readonly launchTemplate: Datum | undefined;
  readonly launchConfiguration: Datum | undefined;
}

export interface BlockDevice {
  readonly range: Range;
  readonly head: Range;
  readonly encrypted: Datum | undefined;
  readonly kmsKey: Datum | undefined;
  /** A device made from a snapshot is encrypted as that is. */
  readonly snapshot: Datum | undefined;
  /** True for the root device, whose snapshot is the image's. */
  readonly isRoot: boolean;
  /** True for instance store, which is no EBS volume, and for a device that is left out. */
  readonly isEphemeral: boolean;
  /** The editor's path to it: `['blockDevices', '0']`. */
  readonly path: readonly string[];
}

export interface SecurityGroup extends ResourceBase {
  readonly kind: 'security-group';
  readonly name: Datum | undefined;
  /** True for the group that every VPC has. */
  readonly isDefault: boolean;
  readonly ingress: readonly Permission[];
  readonly egress: readonly Permission[];
  /** False where there may be rules that are not seen. */
  readonly complete: boolean;
  /** Who has it, in a live account. Absent in files: others than those in them may have it. */
  readonly use?: SecurityGroupUse;
}

/** What a security group is attached to. */
export interface SecurityGroupUse {
  /** How many network interfaces, of whatever service; undefined where not all of them are known. */
  readonly networkInterfaces: number | undefined;
  /** Those of the instances that are known. */
  readonly instances: readonly GroupMember[];
}

/** An instance, and what tells its purpose. */
export interface GroupMember {
  /** Its name, or else its id. */
  readonly name: string;
  readonly image: string | undefined;
  readonly instanceProfile: string | undefined;
  readonly autoScalingGroup: string | undefined;
}

/** Rules that are written apart from their group. */
export interface SecurityGroupRule extends ResourceBase {
  readonly kind: 'security-group-rule';
  readonly group: Datum | undefined;
  readonly direction: 'ingress' | 'egress' | undefined;
  readonly permissions: readonly Permission[];
}

/** What one rule lets through, and from where. */
export interface Permission {
  readonly range: Range;
  /** What to underline where no source is to blame. */
  readonly head: Range;
  readonly protocol: Datum | undefined;
  readonly fromPort: Datum | undefined;
  readonly toPort: Datum | undefined;
  readonly sources: readonly Source[];
  /** Conditions under which the rule is there. */
  readonly when: readonly string[];
  readonly silenced: ReadonlyMap<string, string>;
}

export interface Source {
  readonly is: 'ipv4' | 'ipv6' | 'prefix-list' | 'group' | 'self';
  readonly datum: Datum;
}

export interface NetworkInterface extends ResourceBase {
  readonly kind: 'network-interface';
  readonly securityGroups: Datum | undefined;
  readonly subnet: Datum | undefined;
}

export interface Volume extends ResourceBase {
  readonly kind: 'volume';
  readonly encrypted: Datum | undefined;
  readonly kmsKey: Datum | undefined;
  readonly snapshot: Datum | undefined;
}

export interface Snapshot extends ResourceBase {
  readonly kind: 'snapshot';
  /** Who may make volumes of it: account ids, or `all`. */
  readonly sharedWith: Datum | undefined;
}

export interface Image extends ResourceBase {
  readonly kind: 'image';
  /** True where it is registered here, and all that is said of it. */
  readonly isRegistered: boolean;
  readonly sharedWith: Datum | undefined;
  /** `v2.0` where it brings required tokens. */
  readonly imdsSupport: Datum | undefined;
  readonly blockDevices: readonly BlockDevice[];
  readonly architecture: Datum | undefined;
}

export interface KeyPair extends ResourceBase {
  readonly kind: 'key-pair';
  readonly keyName: Datum | undefined;
  /** `rsa` or `ed25519`, where EC2 or the configuration makes the key. */
  readonly keyType: Datum | undefined;
  /** The length of an RSA key that the configuration makes. */
  readonly keyBits?: Datum | undefined;
  /** OpenSSH's form, where the key is brought. */
  readonly publicKey: Datum | undefined;
}

export interface Role extends ResourceBase {
  readonly kind: 'role';
  readonly name: Datum | undefined;
  /** True where EC2 may take the role on; undefined where its trust policy is not known. */
  readonly isForEc2: boolean | undefined;
  readonly policies: readonly Policy[];
}

export interface Policy {
  readonly range: Range;
  readonly head: Range;
  /** ARN or name of a policy that stands elsewhere. */
  readonly managed: Datum | undefined;
  readonly statements: readonly PolicyStatement[];
  readonly silenced: ReadonlyMap<string, string>;
}

export interface PolicyStatement {
  readonly range: Range;
  readonly effect: Datum | undefined;
  readonly actions: Datum | undefined;
  /** All but these. */
  readonly notActions: Datum | undefined;
  readonly resources: Datum | undefined;
  /** True where conditions narrow it. */
  readonly hasCondition: boolean;
}

export interface InstanceProfile extends ResourceBase {
  readonly kind: 'instance-profile';
  readonly name: Datum | undefined;
  readonly role: Datum | undefined;
}

export interface ElasticIpAssociation extends ResourceBase {
  readonly kind: 'elastic-ip-association';
  readonly instance: Datum | undefined;
  readonly networkInterface: Datum | undefined;
}

/** What an account gives to every launch in a region, and to every volume. */
export interface AccountDefaults extends ResourceBase {
  readonly kind: 'account-defaults';
  readonly metadataOptions: MetadataOptions | undefined;
  readonly ebsEncryption: Datum | undefined;
}

export interface Subnet extends ResourceBase {
  readonly kind: 'subnet';
  readonly mapPublicAddresses: Datum | undefined;
}
