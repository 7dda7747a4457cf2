import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { given } from './clients.mjs';

/** @typedef {import('../company.mjs').Region} Region */

/**
 * Auto Scaling groups that start instances from launch templates. They have none of their own here: moto would start them with options of its own.
 * @param {{ endpoint: string, credentials: import('@smithy/types').AwsCredentialIdentity }} where
 * @param {Region} region
 * @param {Map<string, string>} templates ids by names
 */
export async function makeAutoScalingGroups({ endpoint, credentials }, { name, scaling = {} }, templates) {
  if (Object.keys(scaling).length === 0) return;
  const client = new AutoScalingClient({ endpoint, region: name, credentials });
  for (const [AutoScalingGroupName, { template, version }] of Object.entries(scaling)) {
    await client.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName,
        MinSize: 0,
        MaxSize: 12,
        DesiredCapacity: 0,
        AvailabilityZones: [`${name}a`, `${name}b`],
        LaunchTemplate: { LaunchTemplateId: given(templates.get(template), template), Version: version },
      }),
    );
  }
  client.destroy();
}
