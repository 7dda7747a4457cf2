/** What a new version of a launch template is made of, so that it differs from the old one in nothing but tokens. */
import { isDeepStrictEqual } from 'node:util';
import {
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type RequestLaunchTemplateData,
  type ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';

export type TemplateData = ResponseLaunchTemplateData;

/**
 * What is sent beside `SourceVersion`. The options of metadata are sent as a whole, as it is not documented whether those left out are inherited; and so are block
 * devices from snapshots, which are not (EC2 API Reference, CreateLaunchTemplateVersion, `SourceVersion`).
 */
export function requiringTokens({
  MetadataOptions,
  BlockDeviceMappings = [],
}: TemplateData): RequestLaunchTemplateData {
  const options = Object.fromEntries(Object.entries(MetadataOptions ?? {}).filter(([name]) => name !== 'State'));
  const hasSnapshots = BlockDeviceMappings.some(({ Ebs }) => Ebs?.SnapshotId !== undefined);
  return {
    MetadataOptions: { ...options, HttpTokens: 'required' },
    ...(hasSnapshots ? { BlockDeviceMappings } : {}),
  };
}

/** The names of what differs, apart from the options of metadata. */
export function otherDifferences(a: TemplateData, b: TemplateData): readonly string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof TemplateData>;
  names.delete('MetadataOptions');
  return [...names].filter((name) => !isDeepStrictEqual(a[name], b[name])).sort();
}

/** What versions hold, in the order asked for; undefined for one that is not there. One request. */
export async function templateData(
  client: Pick<EC2Client, 'send'>,
  id: string,
  versions: readonly string[],
): Promise<readonly (TemplateData | undefined)[]> {
  const command = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [...versions] });
  const { LaunchTemplateVersions: found = [] } = await client.send(command);
  return versions.map(
    (version) => found.find(({ VersionNumber }) => String(VersionNumber) === version)?.LaunchTemplateData,
  );
}
