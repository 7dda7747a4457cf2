import {
  CreateLaunchTemplateCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import { given } from './clients.mjs';
import { userDataOf } from './instances.mjs';
import { named } from './network.mjs';

/** @typedef {import('../company.mjs').Region} Region */
/** @typedef {import('@aws-sdk/client-ec2').EC2Client} EC2Client */

/** Volumes that nothing uses, and snapshots. @param {EC2Client} ec2 @param {Region} region */
export async function makeStorage(ec2, { name: region, looseVolumes = [], snapshots = [] }) {
  /** @param {{ name: string, size: number, encrypted: boolean }} volume */
  const makeVolume = async ({ name, size, encrypted }) => {
    const { VolumeId } = await ec2.send(
      new CreateVolumeCommand({
        AvailabilityZone: `${region}a`,
        Size: size,
        Encrypted: encrypted,
        TagSpecifications: [{ ResourceType: 'volume', Tags: named(name) }],
      }),
    );
    return given(VolumeId, 'volume');
  };
  for (const volume of looseVolumes) await makeVolume(volume);
  for (const { name, size, isPublic } of snapshots) {
    const VolumeId = await makeVolume({ name, size, encrypted: false });
    const { SnapshotId } = await ec2.send(
      new CreateSnapshotCommand({
        VolumeId,
        Description: name,
        TagSpecifications: [{ ResourceType: 'snapshot', Tags: named(name) }],
      }),
    );
    if (isPublic !== true) continue;
    await ec2.send(
      new ModifySnapshotAttributeCommand({
        SnapshotId: given(SnapshotId, 'snapshot'),
        Attribute: 'createVolumePermission',
        OperationType: 'add',
        GroupNames: ['all'],
      }),
    );
  }
}

/** Ids by names. @param {EC2Client} ec2 @param {Region['templates']} templates @returns {Promise<Map<string, string>>} */
export async function makeLaunchTemplates(ec2, templates = {}) {
  /** @type {Map<string, string>} */
  const ids = new Map();
  for (const [LaunchTemplateName, { type, imds, userData }] of Object.entries(templates)) {
    const { LaunchTemplate } = await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName,
        LaunchTemplateData: {
          InstanceType: /** @type {import('@aws-sdk/client-ec2')._InstanceType} */ (type),
          MetadataOptions: { HttpTokens: imds === 'v2' ? 'required' : 'optional', HttpEndpoint: 'enabled' },
          ...userDataOf(userData),
        },
      }),
    );
    ids.set(LaunchTemplateName, given(LaunchTemplate?.LaunchTemplateId, 'launch template'));
  }
  return ids;
}
