/** What instances are launched from: AWS CloudFormation Template Reference, AWS::EC2 and AWS::AutoScaling. */
import { entry, items, text, type Datum, type Mapping } from '../../../ec2/datum';
import type {
  AutoScalingGroup,
  BlockDevice,
  Instance,
  LaunchConfiguration,
  LaunchSettings,
  LaunchTemplate,
  MetadataOptions,
  Resource,
} from '../../../ec2/model';
import { get, itemsOf, textOf, walk, type Tree } from '../../tree/tree';
import { evaluate, known } from '../evaluate';
import { callOf } from '../functions';
import { allowedValues, storedName } from '../parameter';
import type { Places } from './editor';
import { baseOf, below, firstLine, mappings, property, together, type Reading } from './reading';

type Settings = Omit<LaunchSettings, keyof ReturnType<typeof baseOf>>;

export function instance(reading: Reading): Instance {
  const { properties } = reading;
  const profile = property(reading, 'IamInstanceProfile');
  return {
    kind: 'instance',
    ...launch(reading, properties, profile, 'GroupSet', true),
    nameTag: () => nameIn(property(reading, 'Tags')),
    launchTemplate: templateReference(property(reading, 'LaunchTemplate')),
    interfaces: inInterfaces(property(reading, 'NetworkInterfaces'), 'NetworkInterfaceId').flatMap((id) => id ?? []),
  };
}

export function launchTemplate(reading: Reading): LaunchTemplate | undefined {
  const data = get(reading.properties, 'LaunchTemplateData');
  if (!data || callOf(data)) return undefined;
  const profile = below(reading, data, 'IamInstanceProfile');
  const named = entry(profile, 'Arn') ?? entry(profile, 'Name');
  const nameTag = (): Datum | undefined =>
    items(below(reading, data, 'TagSpecifications'))
      .items.filter(({ datum }) => text(entry(datum, 'ResourceType')) === 'instance')
      .map(({ datum }) => nameIn(entry(datum, 'Tags')))
      .find((name) => name !== undefined);
  return { kind: 'launch-template', ...launch(reading, data, named, 'Groups', true), nameTag };
}

/** The value of the tag `Name` in a list of tags. */
function nameIn(tags: Datum | undefined): Datum | undefined {
  const tag = items(tags).items.find(({ datum }) => text(entry(datum, 'Key')) === 'Name');
  return entry(tag?.datum, 'Value');
}

export function launchConfiguration(reading: Reading): LaunchConfiguration {
  const { properties } = reading;
  const settings = launch(reading, properties, property(reading, 'IamInstanceProfile'), 'Groups', true);
  return { kind: 'launch-configuration', ...settings, publicAddress: property(reading, 'AssociatePublicIpAddress') };
}

/** Launch specifications of a spot fleet, which have no metadata options. */
export function spotFleet(reading: Reading): readonly Resource[] {
  const list = get(reading.properties, 'SpotFleetRequestConfigData', 'LaunchSpecifications');
  return itemsOf(list).flatMap((item): readonly LaunchConfiguration[] => {
    if (item.kind !== 'map' || callOf(item)) return [];
    const profile = below(reading, item, 'IamInstanceProfile', 'Arn');
    const settings = launch(reading, item, profile, 'Groups', false);
    return [{ kind: 'launch-configuration', ...settings, range: item.range, head: firstLine(reading, item.range) }];
  });
}

export function autoScalingGroup(reading: Reading): AutoScalingGroup {
  const mixed = property(reading, 'MixedInstancesPolicy', 'LaunchTemplate', 'LaunchTemplateSpecification');
  return {
    kind: 'auto-scaling-group',
    ...baseOf(reading),
    launchTemplate: templateReference(property(reading, 'LaunchTemplate') ?? mixed),
    launchConfiguration: property(reading, 'LaunchConfigurationName'),
  };
}

function templateReference(specification: Datum | undefined): Datum | undefined {
  return entry(specification, 'LaunchTemplateId') ?? entry(specification, 'LaunchTemplateName');
}

function launch(
  reading: Reading,
  data: Tree,
  instanceProfile: Datum | undefined,
  groupsKey: string,
  hasOptions: boolean,
): Settings & ReturnType<typeof baseOf> {
  const value = (key: string): Datum | undefined => below(reading, data, key);
  const devices = blockDevices(reading, data, 'BlockDeviceMappings', ['Ebs']);
  const places: Record<string, Places[string]> = { ...devices.places };
  if (hasOptions) {
    for (const [name, key] of Object.entries(OPTIONS))
      places[`metadataOptions.${name}`] = { in: data, keys: ['MetadataOptions', key] };
  }
  const [network] = items(value('NetworkInterfaces')).items;
  const image = get(data, 'ImageId');
  return {
    ...baseOf(reading, places),
    metadataOptions: metadataOptions(reading, data),
    instanceType: orAllowed(reading, get(data, 'InstanceType'), value('InstanceType')),
    imageId: value('ImageId'),
    imageNames: image ? imageNames(reading, image) : [],
    keyName: value('KeyName'),
    instanceProfile,
    securityGroups: together(
      value('SecurityGroupIds'),
      value('SecurityGroups'),
      ...inInterfaces(value('NetworkInterfaces'), groupsKey),
    ),
    publicAddress: entry(network?.datum, 'AssociatePublicIpAddress'),
    subnet: value('SubnetId') ?? entry(network?.datum, 'SubnetId'),
    blockDevices: devices.devices,
    hasUserData: get(data, 'UserData') !== undefined,
  };
}

function inInterfaces(interfaces: Datum | undefined, key: string): readonly (Datum | undefined)[] {
  return items(interfaces).items.map(({ datum }) => entry(datum, key));
}

const OPTIONS = {
  httpTokens: 'HttpTokens',
  httpEndpoint: 'HttpEndpoint',
  hopLimit: 'HttpPutResponseHopLimit',
} as const;

function metadataOptions(reading: Reading, data: Tree): MetadataOptions {
  const options = below(reading, data, 'MetadataOptions');
  return {
    httpTokens: entry(options, OPTIONS.httpTokens),
    httpEndpoint: entry(options, OPTIONS.httpEndpoint),
    hopLimit: entry(options, OPTIONS.hopLimit),
    range: options?.kind === 'mapping' ? firstLine(reading, options.range) : options?.range,
  };
}

/** A parameter that may only be one of some types is one of these, though it has no default. */
function orAllowed({ template }: Reading, tree: Tree | undefined, datum: Datum | undefined): Datum | undefined {
  if (!tree || datum?.kind !== 'unknown') return datum;
  const call = callOf(tree);
  const name = call?.name === 'Ref' ? textOf(call.argument) : undefined;
  return name === undefined ? datum : (allowedValues(name, template.parameters.get(name), datum.range) ?? datum);
}

/** Names of images in Parameter Store, wherever the id of an image is taken from one. */
function imageNames({ template, scope }: Reading, image: Tree): readonly Datum[] {
  const names: Datum[] = [];
  walk(image, (node) => {
    const call = callOf(node);
    const parameter = call?.name === 'Ref' ? template.parameters.get(textOf(call.argument) ?? '') : undefined;
    const stored = storedName(parameter, node.range);
    if (stored) names.push(stored);
    const path = node.kind === 'scalar' ? /\{\{resolve:ssm:([\w./-]+)/.exec(textOf(node) ?? '')?.[1] : undefined;
    if (path !== undefined) names.push(known(path, node.range));
    return true;
  });
  return names.length > 0 ? names : [evaluate(image, scope)].filter((datum) => datum !== undefined);
}

interface Devices {
  readonly devices: readonly BlockDevice[];
  readonly places: Places;
}

/** Devices that instance store or nothing is mapped to; a device without `Ebs` is no volume either. */
export function blockDevices(reading: Reading, data: Tree, key: string, ebs: readonly string[]): Devices {
  const list = get(data, key);
  const places: Record<string, Places[string]> = {};
  const found = mappings(list && evaluate(list, reading.scope)).all;
  const devices = found.map(({ mapping }, index): BlockDevice => {
    const volume = entry(mapping, ...ebs);
    const path = ['blockDevices', String(index)];
    const item = list && itemsOf(list).find(({ range }) => isSame(range, mapping));
    places[[...path, 'encrypted'].join('.')] = { in: item, keys: [...ebs, 'Encrypted'] };
    const name = text(entry(mapping, 'DeviceName')) ?? '';
    return {
      range: mapping.range,
      head: firstLine(reading, mapping.range),
      encrypted: entry(volume, 'Encrypted'),
      kmsKey: entry(volume, 'KmsKeyId'),
      snapshot: entry(volume, 'SnapshotId'),
      isRoot: name === '/dev/xvda' || name === '/dev/sda1',
      isEphemeral: volume === undefined || entry(mapping, 'NoDevice') !== undefined,
      path,
    };
  });
  return { devices, places };
}

function isSame(range: Mapping['range'], mapping: Mapping): boolean {
  return range.start === mapping.range.start && range.end === mapping.range.end;
}
