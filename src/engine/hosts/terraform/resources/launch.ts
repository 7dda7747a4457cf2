/** Instances and what they are launched from. */
import type { Datum, List } from '../../../ec2/datum';
import { entry, text } from '../../../ec2/datum';
import type {
  AutoScalingGroup,
  BlockDevice,
  Instance,
  LaunchConfiguration,
  LaunchSettings,
  LaunchTemplate,
  MetadataOptions,
} from '../../../ec2/model';
import { blocksIn, type NestedBlock } from '../nested-blocks';
import { imageNames } from './images';
import { placeOf } from './place';
import { argument, baseOf, blocks, homeOf, nestedArgument, type Reading } from './reading';

/** Several blocks of which only one is meant to be there: what they say is not certain. */
function uncertain(nested: NestedBlock, datum: Datum | undefined, reading: Reading): Datum | undefined {
  if (!nested.isUncertain) return datum;
  return {
    kind: 'unknown',
    why: 'the block may not be there',
    range: datum?.range ?? placeOf(nested.site, reading.uri),
  };
}

export function metadataOptionsOf(reading: Reading): MetadataOptions {
  const [nested] = blocks(reading, 'metadata_options');
  if (!nested) return { httpTokens: undefined, httpEndpoint: undefined, hopLimit: undefined, range: undefined };
  const get = (name: string): Datum | undefined => uncertain(nested, nestedArgument(nested, name, reading), reading);
  return {
    httpTokens: get('http_tokens'),
    httpEndpoint: get('http_endpoint'),
    hopLimit: get('http_put_response_hop_limit'),
    range: homeOf({ source: nested.site.source, range: nested.head }, reading),
  };
}

/** The kinds of block devices, and which of them is the root. */
const DEVICES: readonly (readonly [type: string, isRoot: boolean, isEphemeral: boolean])[] = [
  ['root_block_device', true, false],
  ['ebs_block_device', false, false],
  ['ephemeral_block_device', false, true],
];

const ROOT_NAMES = /^\/dev\/(?:xvda|sda1)$/;

export function blockDevicesOf(reading: Reading): readonly BlockDevice[] {
  const plain = DEVICES.flatMap(([type, isRoot, isEphemeral]) =>
    blocks(reading, type).map((nested, index) =>
      device(reading, nested, nested, { isRoot, isEphemeral, path: ['blockDevices', type, String(index)] }),
    ),
  );
  const mapped = blocks(reading, 'block_device_mappings').map((nested, index) => {
    const [ebs] = blocksIn(nested, 'ebs');
    const isLeftOut = ebs === undefined || nestedArgument(nested, 'no_device', reading) !== undefined;
    const isRoot = ROOT_NAMES.test(text(nestedArgument(nested, 'device_name', reading)) ?? '');
    const path = ['blockDevices', 'block_device_mappings', String(index)];
    return device(reading, nested, ebs ?? nested, { isRoot, isEphemeral: isLeftOut, path });
  });
  return [...plain, ...mapped];
}

function device(
  reading: Reading,
  whole: NestedBlock,
  ebs: NestedBlock,
  rest: Pick<BlockDevice, 'isRoot' | 'isEphemeral' | 'path'>,
): BlockDevice {
  const get = (name: string): Datum | undefined =>
    uncertain(whole, uncertain(ebs, nestedArgument(ebs, name, reading), reading), reading);
  return {
    range: placeOf(whole.site, reading.uri),
    head: homeOf({ source: whole.site.source, range: whole.head }, reading),
    encrypted: get('encrypted'),
    kmsKey: get('kms_key_id'),
    snapshot: get('snapshot_id'),
    ...rest,
  };
}

/** The groups of an instance, its own and those of its network interfaces. */
function securityGroupsOf(reading: Reading): Datum | undefined {
  const own = argument(reading, 'vpc_security_group_ids') ?? argument(reading, 'security_groups');
  const ofInterfaces = blocks(reading, 'network_interfaces').flatMap(
    (nested) => nestedArgument(nested, 'security_groups', reading) ?? [],
  );
  const [first, ...more] = ofInterfaces;
  if (own || !first || more.length === 0) return own ?? first;
  const list: List = { kind: 'list', items: ofInterfaces, range: first.range, complete: true };
  return list;
}

function profileOf(reading: Reading): Datum | undefined {
  const [nested] = blocks(reading, 'iam_instance_profile').filter(({ form }) => form !== 'none');
  if (!nested) return argument(reading, 'iam_instance_profile');
  return nestedArgument(nested, 'name', reading) ?? nestedArgument(nested, 'arn', reading);
}

export function launchSettings(reading: Reading): Omit<LaunchSettings, 'kind'> {
  const [network] = blocks(reading, 'network_interfaces');
  const imageId = argument(reading, 'ami') ?? argument(reading, 'image_id');
  return {
    ...baseOf(reading),
    metadataOptions: metadataOptionsOf(reading),
    instanceType: argument(reading, 'instance_type'),
    imageId,
    imageNames: imageNames(reading),
    keyName: argument(reading, 'key_name'),
    instanceProfile: profileOf(reading),
    securityGroups: securityGroupsOf(reading),
    publicAddress:
      argument(reading, 'associate_public_ip_address') ??
      (network && nestedArgument(network, 'associate_public_ip_address', reading)),
    subnet: argument(reading, 'subnet_id') ?? (network && nestedArgument(network, 'subnet_id', reading)),
    blockDevices: blockDevicesOf(reading),
    hasUserData: ['user_data', 'user_data_base64'].some((name) => argument(reading, name) !== undefined),
    nameTag: () => entry(argument(reading, 'tags'), 'Name'),
  };
}

/** `launch_template { id = ... }`, or by name. */
function templateIn(nested: NestedBlock | undefined, reading: Reading): Datum | undefined {
  if (!nested) return undefined;
  const given = ['id', 'launch_template_id', 'name', 'launch_template_name']
    .map((name) => nestedArgument(nested, name, reading))
    .find((datum) => datum !== undefined);
  return given ?? { kind: 'unknown', why: 'the template is not named', range: placeOf(nested.site, reading.uri) };
}

export function instance(reading: Reading): Instance {
  const [template] = blocks(reading, 'launch_template');
  const interfaces = ['network_interface', 'primary_network_interface'].flatMap((type) =>
    blocks(reading, type).flatMap((nested) => nestedArgument(nested, 'network_interface_id', reading) ?? []),
  );
  return { kind: 'instance', ...launchSettings(reading), launchTemplate: templateIn(template, reading), interfaces };
}

export function launchTemplate(reading: Reading): LaunchTemplate {
  const nameTag = (): Datum | undefined =>
    blocks(reading, 'tag_specifications')
      .filter((nested) => text(nestedArgument(nested, 'resource_type', reading)) === 'instance')
      .map((nested) => entry(nestedArgument(nested, 'tags', reading), 'Name'))
      .find((name) => name !== undefined);
  return { kind: 'launch-template', ...launchSettings(reading), nameTag };
}

export function launchConfiguration(reading: Reading): LaunchConfiguration {
  return { kind: 'launch-configuration', ...launchSettings(reading) };
}

export function autoScalingGroup(reading: Reading): AutoScalingGroup {
  const [own] = blocks(reading, 'launch_template');
  const [policy] = blocks(reading, 'mixed_instances_policy');
  const [mixed] = policy ? blocksIn(policy, 'launch_template') : [];
  const [specification] = mixed ? blocksIn(mixed, 'launch_template_specification') : [];
  return {
    kind: 'auto-scaling-group',
    ...baseOf(reading),
    launchTemplate: templateIn(own ?? specification, reading),
    launchConfiguration: argument(reading, 'launch_configuration'),
  };
}

/** The launch specifications of a spot fleet, which know no metadata options. */
export function spotFleet(reading: Reading): readonly LaunchConfiguration[] {
  return blocks(reading, 'launch_specification').map((nested, index) => {
    const inner: Reading = {
      ...reading,
      edit: undefined,
      scope: nested.scope,
      block: { ...reading.block, body: nested.body, range: nested.site.range, head: nested.head },
    };
    const range = placeOf(nested.site, reading.uri);
    const later: Datum = { kind: 'unknown', why: 'a spot fleet cannot say', range };
    return {
      ...launchConfiguration(inner),
      address: index === 0 ? reading.address : `${reading.address}[${String(index)}]`,
      metadataOptions: { httpTokens: later, httpEndpoint: later, hopLimit: later, range: undefined },
    };
  });
}
