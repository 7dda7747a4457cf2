import {
  AllocateAddressCommand,
  CreateNatGatewayCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  ModifySubnetAttributeCommand,
} from '@aws-sdk/client-ec2';
import { given } from './clients.mjs';

/** @typedef {import('@aws-sdk/client-ec2').IpPermission} IpPermission */

/** Each region's VPC has a block of its own: 10.20.0.0/16, 10.30.0.0/16, ... @type {Record<string, string>} */
const BLOCKS = { 'eu-central-1': '10.20', 'us-east-1': '10.30', 'ap-southeast-2': '10.60' };

/** @param {string} name */
export const named = (name) => [{ Key: 'Name', Value: name }];

/**
 * A VPC with a public and a private subnet.
 * @param {import('@aws-sdk/client-ec2').EC2Client} ec2
 * @param {import('../company.mjs').Region} region
 */
export async function makeNetwork(ec2, region) {
  const block = BLOCKS[region.name] ?? '10.90';
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: `${block}.0.0/16`,
      TagSpecifications: [{ ResourceType: 'vpc', Tags: named('main') }],
    }),
  );
  const vpc = given(Vpc?.VpcId, 'VPC');
  /** @param {string} name @param {number} third @param {string} zone */
  const subnet = async (name, third, zone) => {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: vpc,
        CidrBlock: `${block}.${third}.0/24`,
        AvailabilityZone: `${region.name}${zone}`,
        TagSpecifications: [{ ResourceType: 'subnet', Tags: named(name) }],
      }),
    );
    return given(Subnet?.SubnetId, 'subnet');
  };
  const subnets = { public: await subnet('public', 1, 'a'), private: await subnet('private', 11, 'b') };
  await ec2.send(new ModifySubnetAttributeCommand({ SubnetId: subnets.public, MapPublicIpOnLaunch: { Value: true } }));
  if (region.natGateway === true) {
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    await ec2.send(
      new CreateNatGatewayCommand({ SubnetId: subnets.public, AllocationId: given(AllocationId, 'address') }),
    );
  }
  if (region.unusedElasticIp === true) await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  return { vpc, subnets };
}

/**
 * The region's security groups, by their names.
 * @param {import('@aws-sdk/client-ec2').EC2Client} ec2
 * @param {string} vpc
 * @param {import('../company.mjs').Region['groups']} groups
 * @returns {Promise<Map<string, string>>}
 */
export async function makeSecurityGroups(ec2, vpc, groups) {
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
  );
  const ids = new Map([['default', given(SecurityGroups[0]?.GroupId, 'default security group')]]);
  for (const name of Object.keys(groups)) {
    if (ids.has(name)) continue;
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: name, Description: `Tidewater ${name}`, VpcId: vpc }),
    );
    ids.set(name, given(GroupId, 'security group'));
  }
  for (const [name, rules] of Object.entries(groups)) {
    const permissions = rules.map((rule) => permission(rule, ids));
    if (permissions.length === 0) continue;
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: given(ids.get(name), 'security group'),
        IpPermissions: permissions,
      }),
    );
  }
  return ids;
}

/** `tcp 8000-8080 10.0.0.0/8` as AWS wants it. @param {string} rule @param {Map<string, string>} ids @returns {IpPermission} */
function permission(rule, ids) {
  const words = rule.split(' ');
  const source = words.pop() ?? '';
  const [protocol = '', ports = ''] = words;
  const [from = '', to = from] = ports.split('-');
  const number = protocol === 'icmp' ? { FromPort: -1, ToPort: -1 } : { FromPort: Number(from), ToPort: Number(to) };
  const sources = source.startsWith('@')
    ? { UserIdGroupPairs: [{ GroupId: given(ids.get(source.slice(1)), source) }] }
    : source.includes(':')
      ? { Ipv6Ranges: [{ CidrIpv6: source }] }
      : { IpRanges: [{ CidrIp: source }] };
  return protocol === 'all' ? { IpProtocol: '-1', ...sources } : { IpProtocol: protocol, ...number, ...sources };
}

/** @param {import('@aws-sdk/client-ec2').EC2Client} ec2 @param {string} id @param {Record<string, string>} tags */
export async function tag(ec2, id, tags) {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
}
