/** A folder of the metadata, or a value. */
export type Tree = { readonly [name: string]: Tree } | string;
type Folder = Exclude<Tree, string>;

/**
 * Versions of the tree. Source: EC2 User Guide, "Access instance metadata for an EC2 instance", "Get the available versions
 * of the instance metadata".
 */
export const VERSIONS: readonly string[] = [
  ...['1.0', '2007-01-19', '2007-03-01', '2007-08-29', '2007-10-10', '2007-12-15', '2008-02-01', '2008-09-01'],
  ...['2009-04-04', '2011-01-01', '2011-05-01', '2012-01-12', '2014-02-25', '2014-11-05', '2015-10-20', '2016-04-19'],
  ...['2016-06-30', '2016-09-02', '2018-03-28', '2018-08-17', '2018-09-24', '2019-10-01', '2020-10-27', '2021-01-03'],
  ...['2021-03-23', 'latest'],
];

const MAC = '0e:49:61:0f:c3:11';
const SECOND_MAC = '0e:49:61:0f:c3:77';

function networkInterface(device: number, mac: string, address: string): Tree {
  return {
    'device-number': String(device),
    'interface-id': `eni-0a1b2c3d4e5f6000${device}`,
    'local-hostname': `ip-${address.replaceAll('.', '-')}.eu-west-1.compute.internal`,
    'local-ipv4s': address,
    mac,
    'owner-id': '123456789012',
    'public-ipv4s': `203.0.113.${10 + device}`,
    'security-group-ids': 'sg-0aaa1111bbbb2222c\nsg-0ddd3333eeee4444f',
    'security-groups': 'web\nssh',
    'subnet-id': `subnet-0123456789abcdef${device}`,
    'subnet-ipv4-cidr-block': '10.0.1.0/24',
    'vpc-id': 'vpc-0fedcba9876543210',
    'vpc-ipv4-cidr-block': '10.0.0.0/16',
  };
}

/** Source: EC2 User Guide, "Instance identity documents for Amazon EC2 instances". */
const IDENTITY_DOCUMENT = `{
  "accountId" : "123456789012",
  "architecture" : "x86_64",
  "availabilityZone" : "eu-west-1b",
  "imageId" : "ami-0abcdef1234567890",
  "instanceId" : "i-0123456789abcdef0",
  "instanceType" : "t3.micro",
  "pendingTime" : "2025-11-22T03:00:00Z",
  "privateIp" : "10.0.1.23",
  "region" : "eu-west-1",
  "version" : "2017-09-30"
}`;

/** Source: EC2 User Guide, "Retrieve security credentials from instance metadata". The values are made up. */
const ROLE_CREDENTIALS = `{
  "Code" : "Success",
  "LastUpdated" : "2025-11-22T03:00:00Z",
  "Type" : "AWS-HMAC",
  "AccessKeyId" : "ASIAEXAMPLEEXAMPLE00",
  "SecretAccessKey" : "example-secret-of-the-test-suite",
  "Token" : "example-session-token-of-the-test-suite",
  "Expiration" : "2025-11-22T09:00:00Z"
}`;

/** Source: EC2 User Guide, "Instance metadata categories for EC2 instances". */
const METADATA: Folder = {
  'ami-id': 'ami-0abcdef1234567890',
  'ami-launch-index': '0',
  'ami-manifest-path': '(unknown)',
  'block-device-mapping': { ami: 'xvda', ebs1: 'sdb', root: '/dev/xvda' },
  events: { maintenance: { history: '[]', scheduled: '[]' } },
  hostname: 'ip-10-0-1-23.eu-west-1.compute.internal',
  iam: {
    info: '{\n  "Code" : "Success",\n  "InstanceProfileArn" : "arn:aws:iam::123456789012:instance-profile/web"\n}',
    'security-credentials': { 'web-role': ROLE_CREDENTIALS },
  },
  'instance-action': 'none',
  'instance-id': 'i-0123456789abcdef0',
  'instance-life-cycle': 'on-demand',
  'instance-type': 't3.micro',
  'local-hostname': 'ip-10-0-1-23.eu-west-1.compute.internal',
  'local-ipv4': '10.0.1.23',
  mac: MAC,
  network: {
    interfaces: {
      macs: {
        [MAC]: networkInterface(0, MAC, '10.0.1.23'),
        [SECOND_MAC]: networkInterface(1, SECOND_MAC, '10.0.1.24'),
      },
    },
  },
  placement: {
    'availability-zone': 'eu-west-1b',
    'availability-zone-id': 'euw1-az2',
    region: 'eu-west-1',
  },
  profile: 'default-hvm',
  'public-hostname': 'ec2-203-0-113-10.eu-west-1.compute.amazonaws.com',
  'public-ipv4': '203.0.113.10',
  'public-keys': { '0': { 'openssh-key': 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDExample my-public-key' } },
  'reservation-id': 'r-0fedcba9876543210',
  'security-groups': 'web\nssh',
  services: { domain: 'amazonaws.com', partition: 'aws' },
  // Present once tags in instance metadata are allowed: EC2 User Guide, "View tags for your EC2 instances using instance metadata".
  tags: { instance: { Environment: 'test', Name: 'web-1' } },
};

/** Source: EC2 User Guide, "Spot Instance interruption notices": 404 until the instance is marked. */
const INTERRUPTION: Tree = {
  'instance-action': '{"action":"terminate","time":"2025-11-22T08:22:00Z"}',
  'termination-time': '2025-11-22T08:22:00Z',
};

function versionTree(interrupted: boolean): Tree {
  return {
    dynamic: {
      fws: { 'instance-monitoring': 'disabled' },
      'instance-identity': {
        document: IDENTITY_DOCUMENT,
        pkcs7: 'MIICiTCCAfICCQD6m7oRw0uX',
        signature: 'dExamplesignature=',
      },
    },
    'meta-data': interrupted ? { ...METADATA, spot: INTERRUPTION } : METADATA,
    'user-data': 'ROLE=web\nCLUSTER=blue\n',
  };
}

function listing(tree: Folder, path: string): string {
  if (path.endsWith('/meta-data/public-keys')) return '0=my-public-key';
  return Object.keys(tree)
    .sort()
    .map((name) => (typeof tree[name] === 'string' ? name : `${name}/`))
    .join('\n');
}

/**
 * What a path holds: a value, or the list of a folder (EC2 User Guide, "Responses and error messages": a list, one item a line).
 * Like the service, and unlike the wording there, the last line of a list has no line feed. A folder answers with and
 * without its closing slash. Undefined is 404.
 */
export function lookUp(path: string, interrupted: boolean): string | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const [version, ...rest] = parts;
  if (version === undefined) return VERSIONS.join('\n');
  if (!VERSIONS.includes(version)) return undefined;
  let tree = versionTree(interrupted);
  for (const part of rest) {
    if (typeof tree === 'string') return undefined;
    const next: Tree | undefined = Object.hasOwn(tree, part) ? tree[part] : undefined;
    if (next === undefined) return undefined;
    tree = next;
  }
  if (typeof tree !== 'string') return listing(tree, `/${parts.join('/')}`);
  return path.endsWith('/') ? undefined : tree;
}
