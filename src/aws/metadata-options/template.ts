/** What versions of a launch template start instances with. */
import { DescribeLaunchTemplateVersionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { UserData } from '../inventory/records';
import { decodeUserData } from '../inventory/user-data';

export interface TemplateVersion {
  /** A number. */
  readonly version: string;
  readonly userData: UserData;
}

/** A request takes so many versions (EC2 API Reference, DescribeLaunchTemplateVersions, `MaxResults`). */
const VERSIONS_PER_CALL = 200;

/** By their numbers. One request for 200 versions; all must be of the one template, as the API has it. */
export async function templateVersions(
  client: Pick<EC2Client, 'send'>,
  template: string,
  versions: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, TemplateVersion>> {
  const found = new Map<string, TemplateVersion>();
  for (let at = 0; at < versions.length; at += VERSIONS_PER_CALL) {
    let next: string | undefined;
    do {
      const command = new DescribeLaunchTemplateVersionsCommand({
        LaunchTemplateId: template,
        Versions: versions.slice(at, at + VERSIONS_PER_CALL),
        ...(next === undefined ? {} : { NextToken: next }),
      });
      const answer = await client.send(command, signal ? { abortSignal: signal } : {});
      for (const { VersionNumber, LaunchTemplateData: data } of answer.LaunchTemplateVersions ?? []) {
        const version = String(VersionNumber);
        found.set(version, { version, userData: await decodeUserData(data?.UserData ?? '') });
      }
      next = answer.NextToken;
    } while (next !== undefined);
  }
  return found;
}
