/** How each kind of source is read and changed. */
import { UpdateAutoScalingGroupCommand, type AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import {
  GetInstanceMetadataDefaultsCommand,
  ModifyImageAttributeCommand,
  ModifyInstanceMetadataDefaultsCommand,
  type EC2Client,
  type ModifyInstanceMetadataDefaultsCommandInput,
} from '@aws-sdk/client-ec2';
import { differing, type Settings, type SourceKind, type SourceTarget } from './change';
import { groups, ownImages } from './read';
import { templateAdapter } from './template-adapter';

export interface SourceClients {
  readonly ec2: Pick<EC2Client, 'send'>;
  readonly autoScaling: Pick<AutoScalingClient, 'send'>;
}

export interface Sending {
  /** Of the change, for what has room to be signed with it. */
  readonly id: string;
  readonly before: Settings;
}

export interface Adapter<T extends SourceTarget> {
  /** `ec2:ModifyLaunchTemplate`: what is asked of AWS, and the permission that it takes. */
  readonly operation: (set: Settings) => string;
  /** False where the API cannot be asked without doing it. */
  readonly hasDryRun: boolean;
  /** As it is now; undefined where it is not there. */
  readonly read: (clients: SourceClients, target: T) => Promise<Settings | undefined>;
  /** Dry where `sending` is undefined: AWS then throws `DryRunOperation`. */
  readonly send: (clients: SourceClients, target: T, set: Settings, sending: Sending | undefined) => Promise<void>;
  /** True where what was sent is there. */
  readonly holds: (now: Settings, set: Settings, sending: Sending) => boolean;
}

type Adapters = { readonly [K in SourceKind]: Adapter<Extract<SourceTarget, { kind: K }>> };

const holdsAll = (now: Settings, set: Settings): boolean => differing(now, set).length === 0;
const dry = (sending: Sending | undefined): { DryRun?: boolean } => (sending === undefined ? { DryRun: true } : {});

/** Names of the log, and of the API (EC2 API Reference, ModifyInstanceMetadataDefaults). */
const DEFAULTS = {
  tokens: 'HttpTokens',
  hopLimit: 'HttpPutResponseHopLimit',
  endpoint: 'HttpEndpoint',
  instanceTags: 'InstanceMetadataTags',
  enforced: 'HttpTokensEnforced',
} as const satisfies Record<string, keyof ModifyInstanceMetadataDefaultsCommandInput>;

const DEFAULT_NAMES = Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[];

/** Values that the API would refuse are for the API to refuse. */
function defaultsInput(set: Settings): ModifyInstanceMetadataDefaultsCommandInput {
  return Object.fromEntries(DEFAULT_NAMES.flatMap((name) => (name in set ? [[DEFAULTS[name], set[name]]] : [])));
}

export const ADAPTERS: Adapters = {
  'account-default': {
    operation: () => 'ec2:ModifyInstanceMetadataDefaults',
    hasDryRun: true,
    read: async ({ ec2 }) => {
      const { AccountLevel: level } = await ec2.send(new GetInstanceMetadataDefaultsCommand({}));
      const none = 'no-preference';
      return {
        tokens: level?.HttpTokens ?? none,
        hopLimit: level?.HttpPutResponseHopLimit ?? -1,
        endpoint: level?.HttpEndpoint ?? none,
        instanceTags: level?.InstanceMetadataTags ?? none,
        enforced: level?.HttpTokensEnforced ?? none,
      };
    },
    send: async ({ ec2 }, _target, set, sending) => {
      await ec2.send(new ModifyInstanceMetadataDefaultsCommand({ ...defaultsInput(set), ...dry(sending) }));
    },
    holds: holdsAll,
  },
  'launch-template': templateAdapter,
  'auto-scaling-group': {
    operation: () => 'autoscaling:UpdateAutoScalingGroup',
    hasDryRun: false,
    read: async ({ autoScaling }, { name }) => {
      const [group] = await groups(autoScaling, undefined, [name]);
      const [template] = group?.uses === 'launch-template' ? group.templates : [];
      return template === undefined ? undefined : { template: template.id ?? '', version: template.version };
    },
    send: async ({ autoScaling }, { name }, set, sending) => {
      await autoScaling.send(
        new UpdateAutoScalingGroupCommand({
          AutoScalingGroupName: name,
          LaunchTemplate: {
            LaunchTemplateId: String(sending?.before['template'] ?? ''),
            Version: String(set['version']),
          },
        }),
      );
    },
    holds: holdsAll,
  },
  image: {
    operation: () => 'ec2:ModifyImageAttribute',
    hasDryRun: true,
    read: async ({ ec2 }, { id }) => {
      const [image] = await ownImages(ec2, undefined, id);
      return image === undefined ? undefined : { imdsSupport: image.saysV2 ? 'v2.0' : 'unsaid' };
    },
    send: async ({ ec2 }, { id }, set, sending) => {
      const command = { ImageId: id, ImdsSupport: { Value: String(set['imdsSupport']) }, ...dry(sending) };
      await ec2.send(new ModifyImageAttributeCommand(command));
    },
    holds: holdsAll,
  },
};

/** For a target of any kind. */
export function adapterOf(target: SourceTarget): Adapter<SourceTarget> {
  // Each is only ever handed targets of its own kind: the kind chose it.
  return ADAPTERS[target.kind] as unknown as Adapter<SourceTarget>;
}
