import {
  CreateLaunchTemplateCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { given } from './clients.mjs';
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

/** @param {EC2Client} ec2 @param {Region['templates']} templates */
export async function makeLaunchTemplates(ec2, templates = {}) {
  for (const [LaunchTemplateName, { type, imds }] of Object.entries(templates)) {
    await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName,
        LaunchTemplateData: {
          InstanceType: /** @type {import('@aws-sdk/client-ec2')._InstanceType} */ (type),
          MetadataOptions: { HttpTokens: imds === 'v2' ? 'required' : 'optional', HttpEndpoint: 'enabled' },
        },
      }),
    );
  }
}

const HOURS = 6;
const HOUR_MS = 3_600_000;

/**
 * `MetadataNoToken` of the last hours: how many requests without a token each instance answered.
 * @param {import('@aws-sdk/client-cloudwatch').CloudWatchClient} cloudWatch
 * @param {readonly { id: string, count: number }[]} hosts
 */
export async function tellMetadataUse(cloudWatch, hosts) {
  for (const { id, count } of hosts) {
    const MetricData = Array.from({ length: HOURS }, (_, hour) => ({
      MetricName: 'MetadataNoToken',
      Dimensions: [{ Name: 'InstanceId', Value: id }],
      Timestamp: new Date(Date.now() - hour * HOUR_MS),
      Value: count,
      Unit: /** @type {const} */ ('Count'),
    }));
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData }));
  }
}
