import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AllocateAddressCommand,
  AssignPrivateIpAddressesCommand,
  AssociateAddressCommand,
  AttachVolumeCommand,
  CreateVolumeCommand,
  RegisterImageCommand,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ROOT } from '../../paths.mjs';
import { given } from './clients.mjs';
import { named } from './network.mjs';

/** @typedef {import('../company.mjs').Host} Host */
/** @typedef {import('@aws-sdk/client-ec2').EC2Client} EC2Client */

const USER_DATA = join(ROOT, 'samples/account/user-data');

/** Images that are made; Windows is one that moto has in every region. @type {Record<string, { name: string, architecture: 'x86_64' | 'arm64' }>} */
const IMAGES = {
  linux: { name: 'al2023-ami-2023.9.20261101.0-kernel-6.1-x86_64', architecture: 'x86_64' },
  'linux-arm': { name: 'al2023-ami-2023.9.20261101.0-kernel-6.1-arm64', architecture: 'arm64' },
  ubuntu: { name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261020', architecture: 'x86_64' },
};
const WINDOWS = 'ami-b7e93bce';

/** Image ids by the names that hosts know them by. @param {EC2Client} ec2 @returns {Promise<Record<string, string>>} */
export async function makeImages(ec2) {
  /** @type {Record<string, string>} */
  const ids = { windows: WINDOWS };
  for (const [key, { name, architecture }] of Object.entries(IMAGES)) {
    const { ImageId } = await ec2.send(
      new RegisterImageCommand({ Name: name, Architecture: architecture, RootDeviceName: '/dev/xvda' }),
    );
    ids[key] = given(ImageId, 'image');
  }
  return ids;
}

/**
 * @typedef {object} Surroundings
 * @property {EC2Client} ec2
 * @property {string} region
 * @property {string} account
 * @property {Record<'public' | 'private', string>} subnets
 * @property {Map<string, string>} groups ids of security groups by their names
 * @property {Record<string, string>} images
 * @property {Map<string, string>} templates ids of launch templates by their names
 */

/** Starts a host, in whatever state it is to be found. @param {Surroundings} around @param {Host} host @returns {Promise<string>} its id */
export async function startHost(around, host) {
  const { ec2 } = around;
  const { Instances } = await ec2.send(new RunInstancesCommand(request(around, host)));
  const [instance] = given(Instances, 'instance');
  const id = given(instance?.InstanceId, 'instance id');
  const networkInterface = given(instance?.NetworkInterfaces?.[0]?.NetworkInterfaceId, 'network interface');
  if (host.moreAddresses !== undefined) {
    await ec2.send(
      new AssignPrivateIpAddressesCommand({
        NetworkInterfaceId: networkInterface,
        SecondaryPrivateIpAddressCount: host.moreAddresses,
      }),
    );
  }
  if (host.elasticIp === true) {
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    await ec2.send(new AssociateAddressCommand({ AllocationId: given(AllocationId, 'address'), InstanceId: id }));
  }
  await addVolumes(around, host, id);
  if (host.state === 'stopped') await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  if (host.state === 'terminated') await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
  return id;
}

/** @param {Surroundings} around @param {Host} host @returns {import('@aws-sdk/client-ec2').RunInstancesCommandInput} */
function request({ account, subnets, groups, images, templates }, host) {
  const tags = [
    ...named(host.name),
    { Key: 'team', Value: host.role ?? 'operations' },
    ...(host.group === undefined ? [] : [{ Key: 'aws:autoscaling:groupName', Value: host.group }]),
    ...startedFrom(templates.get(host.group ?? '')),
  ];
  const arn = `arn:aws:iam::${account}:instance-profile/${host.role ?? ''}`;
  return {
    MinCount: 1,
    MaxCount: 1,
    ImageId: given(images[host.image], host.image),
    InstanceType: /** @type {import('@aws-sdk/client-ec2')._InstanceType} */ (host.type),
    SubnetId: subnets[host.subnet],
    SecurityGroupIds: host.groups.map((name) => given(groups.get(name), name)),
    MetadataOptions: {
      HttpTokens: host.imds === 'v2' ? 'required' : 'optional',
      HttpEndpoint: host.imds === 'off' ? 'disabled' : 'enabled',
      HttpPutResponseHopLimit: host.hops ?? 1,
    },
    TagSpecifications: [{ ResourceType: 'instance', Tags: tags }],
    ...(host.key === undefined ? {} : { KeyName: host.key }),
    ...(host.role === undefined ? {} : { IamInstanceProfile: { Arn: arn } }),
    ...userDataOf(host.userData),
  };
}

/** @param {string | undefined} file of samples/account/user-data @returns {{ UserData?: string }} */
export function userDataOf(file) {
  return file === undefined ? {} : { UserData: readFileSync(join(USER_DATA, file)).toString('base64') };
}

/** What EC2 writes on instances that a launch template started. @param {string | undefined} template its id */
function startedFrom(template) {
  return template === undefined
    ? []
    : [
        { Key: 'aws:ec2launchtemplate:id', Value: template },
        { Key: 'aws:ec2launchtemplate:version', Value: '1' },
      ];
}

/** @param {Surroundings} around @param {Host} host @param {string} id */
async function addVolumes({ ec2, region }, host, id) {
  const zone = `${region}${host.subnet === 'public' ? 'a' : 'b'}`;
  for (const [index, { size, encrypted }] of (host.volumes ?? []).entries()) {
    const { VolumeId } = await ec2.send(
      new CreateVolumeCommand({
        AvailabilityZone: zone,
        Size: size,
        Encrypted: encrypted,
        VolumeType: 'gp3',
        TagSpecifications: [{ ResourceType: 'volume', Tags: named(`${host.name} data ${index + 1}`) }],
      }),
    );
    const Device = `/dev/sd${String.fromCharCode('f'.charCodeAt(0) + index)}`;
    await ec2.send(new AttachVolumeCommand({ VolumeId: given(VolumeId, 'volume'), InstanceId: id, Device }));
  }
}
