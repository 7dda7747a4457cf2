/** What is in an account, as plain data. Names are AWS's; what AWS leaves out is undefined. */

export type Tags = Readonly<Record<string, string>>;

export type ResourceRecord =
  InstanceRecord | NetworkInterfaceRecord | SecurityGroupRecord | KeyPairRecord | VolumeRecord;
export type RecordKind = ResourceRecord['kind'];

export interface GroupName {
  readonly id: string;
  readonly name: string | undefined;
}

export interface MetadataOptionsRecord {
  readonly tokens: 'optional' | 'required' | undefined;
  readonly endpoint: 'enabled' | 'disabled' | undefined;
  readonly hopLimit: number | undefined;
  readonly ipv6: 'enabled' | 'disabled' | undefined;
  readonly instanceTags: 'enabled' | 'disabled' | undefined;
  /** `pending` while a change is on its way. */
  readonly state: 'pending' | 'applied' | undefined;
}

export interface InstanceRecord {
  readonly kind: 'instance';
  readonly id: string;
  /** The tag `Name`. */
  readonly name: string | undefined;
  readonly arn: string;
  readonly tags: Tags;
  /** `pending`, `running`, `shutting-down`, `terminated`, `stopping`, `stopped`. */
  readonly state: string;
  readonly stateReason: string | undefined;
  readonly type: string;
  /** `x86_64`, `arm64`, `i386`, `x86_64_mac`, `arm64_mac`. */
  readonly architecture: string | undefined;
  /** `Linux/UNIX`, `Windows`, ...; where AWS gives none, `Windows` or undefined. */
  readonly platform: string | undefined;
  readonly image: string | undefined;
  readonly keyName: string | undefined;
  /** ISO 8601. */
  readonly launchTime: string | undefined;
  readonly availabilityZone: string | undefined;
  readonly vpc: string | undefined;
  readonly subnet: string | undefined;
  readonly privateAddress: string | undefined;
  readonly publicAddress: string | undefined;
  readonly publicName: string | undefined;
  readonly ipv6Addresses: readonly string[];
  /** The instance profile's ARN; its last part is as a rule the role's name. */
  readonly instanceProfileArn: string | undefined;
  readonly metadata: MetadataOptionsRecord;
  readonly securityGroups: readonly GroupName[];
  readonly networkInterfaces: readonly string[];
  readonly volumes: readonly { readonly id: string; readonly device: string | undefined }[];
  readonly rootDevice: string | undefined;
  /** The tag `aws:autoscaling:groupName`. */
  readonly autoScalingGroup: string | undefined;
  /** The tag `aws:ec2launchtemplate:id`. */
  readonly launchTemplate: string | undefined;
  /** `spot`, `scheduled`, `capacity-block`; undefined for on demand. */
  readonly lifecycle: string | undefined;
}

export interface AddressRecord {
  readonly address: string;
  readonly isPrimary: boolean;
  readonly publicAddress: string | undefined;
  /** Of an Elastic IP. */
  readonly allocation: string | undefined;
}

export interface NetworkInterfaceRecord {
  readonly kind: 'network-interface';
  readonly id: string;
  readonly name: string | undefined;
  readonly arn: string;
  readonly tags: Tags;
  readonly description: string | undefined;
  /** `available`, `in-use`, ... */
  readonly status: string | undefined;
  /** `interface`, `nat_gateway`, `lambda`, ... */
  readonly type: string | undefined;
  readonly mac: string | undefined;
  readonly vpc: string | undefined;
  readonly subnet: string | undefined;
  readonly availabilityZone: string | undefined;
  readonly addresses: readonly AddressRecord[];
  readonly ipv6Addresses: readonly string[];
  readonly securityGroups: readonly GroupName[];
  readonly instance: string | undefined;
  readonly deviceIndex: number | undefined;
  readonly deleteOnTermination: boolean | undefined;
  /** True for one that an AWS service made and manages. */
  readonly requesterManaged: boolean;
  readonly sourceDestCheck: boolean | undefined;
}

export interface CidrRecord {
  readonly cidr: string;
  readonly description: string | undefined;
}

/** `IpPermission`, its lists in AWS's order. */
export interface PermissionRecord {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly ipv4: readonly CidrRecord[];
  readonly ipv6: readonly CidrRecord[];
  readonly prefixLists: readonly { readonly id: string; readonly description: string | undefined }[];
  readonly groups: readonly {
    readonly id: string | undefined;
    readonly account: string | undefined;
    readonly description: string | undefined;
  }[];
}

export interface SecurityGroupRecord {
  readonly kind: 'security-group';
  readonly id: string;
  /** The group's own name; `nameTag` is the tag's. */
  readonly name: string;
  readonly nameTag: string | undefined;
  readonly arn: string;
  readonly tags: Tags;
  readonly description: string | undefined;
  readonly vpc: string | undefined;
  readonly owner: string | undefined;
  readonly ingress: readonly PermissionRecord[];
  readonly egress: readonly PermissionRecord[];
}

export interface KeyPairRecord {
  readonly kind: 'key-pair';
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly tags: Tags;
  /** `rsa`, `ed25519`. */
  readonly type: string | undefined;
  readonly fingerprint: string | undefined;
  /** ISO 8601. */
  readonly created: string | undefined;
  /** OpenSSH's form. */
  readonly publicKey: string | undefined;
}

export interface VolumeRecord {
  readonly kind: 'volume';
  readonly id: string;
  readonly name: string | undefined;
  readonly arn: string;
  readonly tags: Tags;
  readonly state: string | undefined;
  readonly type: string | undefined;
  /** GiB. */
  readonly size: number | undefined;
  readonly encrypted: boolean;
  readonly kmsKey: string | undefined;
  readonly snapshot: string | undefined;
  readonly availabilityZone: string | undefined;
  readonly created: string | undefined;
  readonly attachments: readonly { readonly instance: string | undefined; readonly device: string | undefined }[];
}

export interface RegionRecord {
  /** `eu-central-1`. */
  readonly name: string;
  /** False for an opt-in region that the account has not enabled. */
  readonly enabled: boolean;
  /** `opt-in-not-required`, `opted-in`, `not-opted-in`. */
  readonly optIn: string | undefined;
}

/** What a page of a list brings. */
export interface Page<T> {
  readonly items: readonly T[];
  /** True for the last. A list that ends without it was not complete, and threw. */
  readonly isLast: boolean;
}

/** User data as its owner wrote it. */
export interface UserData {
  /** Decoded: base64, and gzip where it was compressed. Undefined where there is none, or where it is no text. */
  readonly text: string | undefined;
  /** What had to be undone, outermost first. */
  readonly encodings: readonly ('base64' | 'gzip')[];
  /** Why there is no text, where there is user data all the same. */
  readonly unreadable?: string;
}
