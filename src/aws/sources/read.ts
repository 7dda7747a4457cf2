/** Reads what new instances start from: launch templates, Auto Scaling groups, images of one's own. */
import {
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
  type LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { AwsFailure } from '../clients/failure';
import { decodeUserData } from '../inventory/user-data';
import type { GroupRecord, GroupTemplate, LaunchTemplateRecord, OwnImageRecord, TemplateState } from './records';

type Ec2 = Pick<EC2Client, 'send'>;
type AutoScaling = Pick<AutoScalingClient, 'send'>;

interface RawPage<T> {
  readonly items: readonly T[] | undefined;
  readonly next: string | undefined;
}

const options = (signal: AbortSignal | undefined): { abortSignal?: AbortSignal } =>
  signal ? { abortSignal: signal } : {};

/** @throws AwsFailure where the same page comes twice */
async function allPages<T>(ask: (token: { NextToken?: string }) => Promise<RawPage<T>>): Promise<T[]> {
  const all: T[] = [];
  const seen = new Set<string>();
  let next: string | undefined;
  do {
    const page = await ask(next === undefined ? {} : { NextToken: next });
    all.push(...(page.items ?? []));
    next = page.next === '' ? undefined : page.next;
    if (next !== undefined && seen.has(next)) {
      const facts = { kind: 'unreadable-answer', action: 'retry', advice: 'Try again.' } as const;
      throw new AwsFailure('AWS gave the same page twice, so the list is not complete.', facts);
    }
    if (next !== undefined) seen.add(next);
  } while (next !== undefined);
  return all;
}

async function toState({ VersionNumber, LaunchTemplateData: data }: LaunchTemplateVersion): Promise<TemplateState> {
  const metadata = data?.MetadataOptions;
  return {
    version: String(VersionNumber),
    tokens: metadata?.HttpTokens,
    endpoint: metadata?.HttpEndpoint,
    hopLimit: metadata?.HttpPutResponseHopLimit,
    image: data?.ImageId,
    userData: await decodeUserData(data?.UserData ?? ''),
  };
}

/**
 * The default and the latest version of every launch template: with neither id nor name the API gives these of all templates (EC2 API Reference,
 * DescribeLaunchTemplateVersions). One request for 200 versions.
 */
export async function latestAndDefaultVersions(
  client: Ec2,
  signal: AbortSignal | undefined,
): Promise<readonly LaunchTemplateVersion[]> {
  return allPages(async (token) => {
    const command = new DescribeLaunchTemplateVersionsCommand({
      Versions: ['$Latest', '$Default'],
      MaxResults: 200,
      ...token,
    });
    const answer = await client.send(command, options(signal));
    return { items: answer.LaunchTemplateVersions, next: answer.NextToken };
  });
}

/** Every launch template with its default and its latest version, user data and all. */
export async function launchTemplates(
  client: Ec2,
  signal: AbortSignal | undefined,
): Promise<readonly LaunchTemplateRecord[]> {
  const versions = await latestAndDefaultVersions(client, signal);
  const byId = new Map<string, LaunchTemplateVersion[]>();
  for (const version of versions) {
    const id = version.LaunchTemplateId;
    if (id === undefined || version.VersionNumber === undefined) continue;
    byId.set(id, [...(byId.get(id) ?? []), version]);
  }
  const records = [...byId].map(async ([id, own]): Promise<LaunchTemplateRecord | undefined> => {
    // Where the default is the latest it comes once or twice.
    const standard = own.find(({ DefaultVersion }) => DefaultVersion === true);
    const latest = own.reduce((a, b) => ((b.VersionNumber ?? 0) > (a.VersionNumber ?? 0) ? b : a));
    if (standard === undefined) return undefined;
    return {
      id,
      name: latest.LaunchTemplateName ?? id,
      standard: await toState(standard),
      latest: await toState(latest),
      operator: latest.Operator?.Managed === true ? latest.Operator.Principal : undefined,
    };
  });
  return (await Promise.all(records)).filter((record) => record !== undefined).sort(byName);
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => a.name.localeCompare(b.name);

/** A group that names no version takes the default (Auto Scaling API Reference, LaunchTemplateSpecification). */
function toGroupTemplate({
  LaunchTemplateId,
  LaunchTemplateName,
  Version,
}: LaunchTemplateSpecification): GroupTemplate {
  return {
    id: LaunchTemplateId,
    name: LaunchTemplateName,
    version: Version === undefined || Version === '' ? '$Default' : Version,
  };
}

function toGroup(group: AutoScalingGroup): GroupRecord {
  const mixed = group.MixedInstancesPolicy?.LaunchTemplate;
  const specifications = mixed
    ? [mixed.LaunchTemplateSpecification, ...(mixed.Overrides ?? []).map((each) => each.LaunchTemplateSpecification)]
    : [group.LaunchTemplate];
  const templates = specifications.flatMap((each) => (each === undefined ? [] : [toGroupTemplate(each)]));
  const configuration = group.LaunchConfigurationName;
  return {
    name: group.AutoScalingGroupName ?? '',
    uses: mixed ? 'mixed' : templates.length > 0 ? 'launch-template' : configuration ? 'configuration' : 'nothing',
    templates,
    configuration,
    instances: group.Instances?.length ?? 0,
  };
}

/** The Auto Scaling groups of a region, or those that are named. One request for 100. */
export async function groups(
  client: AutoScaling,
  signal: AbortSignal | undefined,
  names?: readonly string[],
): Promise<readonly GroupRecord[]> {
  const found = await allPages(async (token) => {
    const chosen = names === undefined ? { MaxRecords: 100 } : { AutoScalingGroupNames: [...names] };
    const answer = await client.send(new DescribeAutoScalingGroupsCommand({ ...chosen, ...token }), options(signal));
    return { items: answer.AutoScalingGroups, next: answer.NextToken };
  });
  return found.map(toGroup).sort(byName);
}

/** Images that this account owns, the latest first, or one of them. One request for 1000. */
export async function ownImages(
  client: Ec2,
  signal: AbortSignal | undefined,
  id?: string,
): Promise<readonly OwnImageRecord[]> {
  const found = await allPages(async (token) => {
    const chosen = id === undefined ? { MaxResults: 1000 } : { ImageIds: [id] };
    const command = new DescribeImagesCommand({ Owners: ['self'], IncludeDeprecated: true, ...chosen, ...token });
    const answer = await client.send(command, options(signal));
    return { items: answer.Images, next: answer.NextToken };
  });
  return found
    .map((image) => ({
      id: image.ImageId ?? '',
      name: image.Name,
      saysV2: image.ImdsSupport === 'v2.0',
      isPublic: image.Public === true,
      created: image.CreationDate,
    }))
    .sort((a, b) => (b.created ?? '').localeCompare(a.created ?? '') || a.id.localeCompare(b.id));
}
