/** A region of the tests' own, as far as what new instances start from goes: as EC2 and Auto Scaling document it. */
import { DescribeAutoScalingGroupsCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  GetInstanceMetadataDefaultsCommand,
  ModifyImageAttributeCommand,
  ModifyInstanceMetadataDefaultsCommand,
  ModifyLaunchTemplateCommand,
  type LaunchTemplateVersion,
  type ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import type { SourceClients } from '../adapter';

/** What happens to the next request that changes something. */
export type Fault = 'none' | 'refused' | 'lost before' | 'lost after';

export interface FakeRegion {
  readonly clients: SourceClients;
  /** All of it, to be compared. */
  readonly state: () => unknown;
  fault: Fault;
  /** Names of commands that changed something or tried to, dry runs apart. */
  readonly sent: string[];
  /** Called just before such a one is done. */
  onSend: () => void;
  readonly templates: Map<string, { standard: number; readonly versions: Map<number, LaunchTemplateVersion> }>;
  readonly defaults: Map<string, string | number>;
  readonly groups: Map<string, { template: string; version: string }>;
  readonly images: Map<string, { support: string | undefined }>;
}

const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });

export function fakeRegion(): FakeRegion {
  const region: FakeRegion = {
    fault: 'none',
    sent: [],
    onSend: () => undefined,
    templates: new Map(),
    defaults: new Map(),
    groups: new Map(),
    images: new Map(),
    state: () => ({
      defaults: Object.fromEntries(region.defaults),
      groups: Object.fromEntries(region.groups),
      images: Object.fromEntries(region.images),
      templates: Object.fromEntries(
        [...region.templates].map(([id, { standard, versions }]) => [
          id,
          { standard, versions: [...versions.values()] },
        ]),
      ),
    }),
    clients: {
      ec2: {
        send: (command: unknown) => Promise.resolve().then(() => answer(region, command)),
      } as SourceClients['ec2'],
      autoScaling: {
        send: (command: unknown) => Promise.resolve().then(() => answer(region, command)),
      } as SourceClients['autoScaling'],
    },
  };
  return region;
}

/** A template with one version, its default. */
export function addTemplate(region: FakeRegion, id: string, data: ResponseLaunchTemplateData): void {
  const version = { LaunchTemplateId: id, LaunchTemplateName: id, VersionNumber: 1, LaunchTemplateData: data };
  region.templates.set(id, { standard: 1, versions: new Map([[1, version]]) });
}

function answer(region: FakeRegion, command: unknown): unknown {
  if (command instanceof GetInstanceMetadataDefaultsCommand) {
    return { AccountLevel: { ...Object.fromEntries(region.defaults), ManagedBy: 'account' } };
  }
  if (command instanceof DescribeLaunchTemplateVersionsCommand) return describeVersions(region, command.input);
  if (command instanceof DescribeImagesCommand) {
    const ids = command.input.ImageIds ?? [...region.images.keys()];
    return { Images: ids.map((id) => ({ ImageId: id, ImdsSupport: region.images.get(id)?.support })) };
  }
  if (command instanceof DescribeAutoScalingGroupsCommand) {
    const names = command.input.AutoScalingGroupNames ?? [...region.groups.keys()];
    return {
      AutoScalingGroups: names.flatMap((name) => {
        const group = region.groups.get(name);
        if (group === undefined) return [];
        return [
          {
            AutoScalingGroupName: name,
            LaunchTemplate: { LaunchTemplateId: group.template, Version: group.version },
          },
        ];
      }),
    };
  }
  return change(region, command);
}

function change(region: FakeRegion, command: unknown): unknown {
  const { input, constructor } = command as { input: { DryRun?: boolean }; constructor: { name: string } };
  if (input.DryRun === true) throw named(region.fault === 'refused' ? 'UnauthorizedOperation' : 'DryRunOperation');
  region.sent.push(constructor.name);
  region.onSend();
  const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  if (region.fault === 'refused') throw named('UnauthorizedOperation');
  if (region.fault === 'lost before') throw lost;
  const result = apply(region, command);
  if (region.fault === 'lost after') throw lost;
  return result;
}

function templateOf(region: FakeRegion, id: string | undefined) {
  const template = region.templates.get(id ?? '');
  if (template === undefined) throw named('InvalidLaunchTemplateId.NotFound');
  return template;
}

function describeVersions(
  region: FakeRegion,
  { LaunchTemplateId: id, Versions = [] }: { LaunchTemplateId?: string | undefined; Versions?: string[] | undefined },
) {
  const ids = id === undefined ? [...region.templates.keys()] : [id];
  const found = ids.flatMap((each) => {
    const { standard, versions } = templateOf(region, each);
    return Versions.flatMap((wanted) => {
      const number =
        wanted === '$Latest' ? Math.max(...versions.keys()) : wanted === '$Default' ? standard : Number(wanted);
      const version = versions.get(number);
      return version === undefined ? [] : [{ ...version, DefaultVersion: number === standard }];
    });
  });
  return { LaunchTemplateVersions: found };
}

function apply(region: FakeRegion, command: unknown): unknown {
  if (command instanceof ModifyInstanceMetadataDefaultsCommand) {
    for (const [name, value] of Object.entries(command.input)) {
      if (value === 'no-preference' || value === -1) region.defaults.delete(name);
      else region.defaults.set(name, value as string | number);
    }
    return { Return: true };
  }
  if (command instanceof CreateLaunchTemplateVersionCommand) {
    const { LaunchTemplateId: id, SourceVersion, LaunchTemplateData: data, VersionDescription } = command.input;
    const { versions } = templateOf(region, id);
    const VersionNumber = Math.max(...versions.keys()) + 1;
    // Devices from snapshots are not inherited; whatever is given takes the place of what is.
    const source = versions.get(Number(SourceVersion))?.LaunchTemplateData ?? {};
    const { BlockDeviceMappings = [], ...rest } = source;
    const inherited = BlockDeviceMappings.some(({ Ebs }) => Ebs?.SnapshotId !== undefined)
      ? rest
      : { ...rest, ...('BlockDeviceMappings' in source ? { BlockDeviceMappings } : {}) };
    const version = {
      ...{ LaunchTemplateId: id, LaunchTemplateName: id, VersionNumber, VersionDescription },
      LaunchTemplateData: { ...inherited, ...data },
    };
    versions.set(VersionNumber, version);
    return { LaunchTemplateVersion: version };
  }
  if (command instanceof ModifyLaunchTemplateCommand) {
    templateOf(region, command.input.LaunchTemplateId).standard = Number(command.input.DefaultVersion);
    return {};
  }
  if (command instanceof DeleteLaunchTemplateVersionsCommand) {
    const { versions, standard } = templateOf(region, command.input.LaunchTemplateId);
    const [wanted = ''] = command.input.Versions ?? [];
    if (Number(wanted) === standard) {
      const ResponseError = { Code: 'unexpectedError', Message: 'It is the default.' };
      return { UnsuccessfullyDeletedLaunchTemplateVersions: [{ VersionNumber: standard, ResponseError }] };
    }
    versions.delete(Number(wanted));
    return {};
  }
  if (command instanceof UpdateAutoScalingGroupCommand) {
    const { AutoScalingGroupName: name = '', LaunchTemplate } = command.input;
    const group = region.groups.get(name);
    if (group === undefined) throw named('ValidationError', 'AutoScalingGroup name not found');
    region.groups.set(name, {
      template: LaunchTemplate?.LaunchTemplateId ?? '',
      version: LaunchTemplate?.Version ?? '',
    });
    return {};
  }
  if (command instanceof ModifyImageAttributeCommand) {
    region.images.set(command.input.ImageId ?? '', { support: command.input.ImdsSupport?.Value });
    return {};
  }
  throw new Error('Nobody asks for that.');
}
