/** What `amazon.aws.ec2_instance` and `ec2_launch_template` launch: the documentation of these modules. */
import { entry, items, truth, type Datum } from '../../../ec2/datum';
import type { BlockDevice, Instance, LaunchSettings, LaunchTemplate } from '../../../ec2/model';
import type { Reading } from './reading';

export function instance(reading: Reading): readonly Instance[] {
  const { valueOf } = reading;
  const image = valueOf('image_id') ?? valueOf('image', 'id') ?? valueOf('image');
  const launchTemplate =
    valueOf('launch_template', 'id') ?? valueOf('launch_template', 'name') ?? valueOf('launch_template');
  // Without one it starts, stops or tags what is there.
  if (!image && !launchTemplate) return [];
  const settings: LaunchSettings = {
    ...common(reading, image),
    instanceProfile: valueOf('iam_instance_profile') ?? valueOf('instance_role'),
    securityGroups: valueOf('security_groups') ?? valueOf('security_group'),
    publicAddress: flag(valueOf('network', 'assign_public_ip') ?? valueOf('network_interfaces')),
    subnet: valueOf('vpc_subnet_id') ?? valueOf('subnet_id'),
    blockDevices: devices(valueOf('volumes'), reading),
  };
  return [{ ...settings, kind: 'instance', launchTemplate }];
}

export function launchTemplate(reading: Reading): readonly LaunchTemplate[] {
  const { valueOf } = reading;
  const settings: LaunchSettings = {
    ...common(reading, valueOf('image_id')),
    instanceProfile: valueOf('iam_instance_profile'),
    securityGroups: valueOf('security_group_ids') ?? valueOf('security_groups'),
    publicAddress: undefined,
    subnet: undefined,
    blockDevices: devices(valueOf('block_device_mappings'), reading),
  };
  return [{ ...settings, kind: 'launch-template' }];
}

function common({ base, valueOf }: Reading, imageId: Datum | undefined) {
  return {
    ...base,
    metadataOptions: {
      httpTokens: valueOf('metadata_options', 'http_tokens'),
      httpEndpoint: valueOf('metadata_options', 'http_endpoint'),
      hopLimit: valueOf('metadata_options', 'http_put_response_hop_limit'),
      range: valueOf('metadata_options')?.range,
    },
    instanceType: valueOf('instance_type'),
    imageId,
    imageNames: [],
    keyName: valueOf('key_name'),
    hasUserData: valueOf('user_data') !== undefined,
  };
}

function devices(mappings: Datum | undefined, { firstLine }: Reading): readonly BlockDevice[] {
  return items(mappings).items.flatMap(({ datum }, index): BlockDevice[] => {
    const ebs = entry(datum, 'ebs');
    if (datum?.kind !== 'mapping' || !ebs) return [];
    return [
      {
        range: datum.range,
        head: firstLine(datum.range),
        encrypted: flag(entry(ebs, 'encrypted')),
        kmsKey: entry(ebs, 'kms_key_id'),
        snapshot: entry(ebs, 'snapshot_id'),
        isRoot: false,
        isEphemeral: false,
        path: ['blockDevices', String(index)],
      },
    ];
  });
}

/** YAML 1.1 has more words for true and false, and Ansible takes them all. */
export function flag(datum: Datum | undefined): Datum | undefined {
  if (datum?.kind !== 'scalar' || truth(datum) !== undefined) return datum;
  const word = String(datum.value).toLowerCase();
  if (/^(?:yes|on|y|1)$/.test(word)) return { ...datum, value: true };
  return /^(?:no|off|n|0)$/.test(word) ? { ...datum, value: false } : datum;
}
