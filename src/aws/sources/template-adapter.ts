/** Launch templates: versions cannot be changed, so that a new one is made of an old one, and another one made the default. */
import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeLaunchTemplateVersionsCommand,
  ModifyLaunchTemplateCommand,
} from '@aws-sdk/client-ec2';
import type { Adapter, SourceClients } from './adapter';
import type { Settings, SourceTarget } from './change';
import { otherDifferences, requiringTokens, templateData } from './new-version';

type Template = Extract<SourceTarget, { kind: 'launch-template' }>;

/** By which a new version is known again, should the answer be lost. */
const signature = (id: string): string => `EC2 Warden ${id.slice(0, 8)}`;

async function read({ ec2 }: SourceClients, { id }: Template): Promise<Settings | undefined> {
  try {
    const { LaunchTemplateVersions: versions = [] } = await ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: ['$Latest', '$Default'] }),
    );
    const standard = versions.find(({ DefaultVersion }) => DefaultVersion === true);
    const latest = versions.reduce(
      (a, b) => ((b.VersionNumber ?? 0) > (a?.VersionNumber ?? 0) ? b : a),
      versions.at(0),
    );
    if (standard === undefined || latest === undefined) return undefined;
    return {
      defaultVersion: String(standard.VersionNumber),
      latestVersion: String(latest.VersionNumber),
      latestDescription: latest.VersionDescription ?? '',
      latestTokens: latest.LaunchTemplateData?.MetadataOptions?.HttpTokens ?? 'unsaid',
    };
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('InvalidLaunchTemplateId.')) return undefined;
    throw error;
  }
}

/** The API tells in its answer that it did not delete (EC2 API Reference, DeleteLaunchTemplateVersions), and not by an error. */
async function deleteVersion({ ec2 }: SourceClients, id: string, version: string, isDry: boolean): Promise<void> {
  const command = new DeleteLaunchTemplateVersionsCommand({
    LaunchTemplateId: id,
    Versions: [version],
    ...(isDry ? { DryRun: true } : {}),
  });
  const { UnsuccessfullyDeletedLaunchTemplateVersions: [refused] = [] } = await ec2.send(command);
  if (refused === undefined) return;
  const { Code: name = 'InvalidRequest', Message: message = '' } = refused.ResponseError ?? {};
  throw Object.assign(new Error(message), { name });
}

/**
 * What a new version has otherwise than the one that it was made of, tokens apart: names, or nothing, as it should be.
 */
export async function differencesFromSource(
  { ec2 }: SourceClients,
  { id }: Template,
  versions: { readonly from: string; readonly to: string },
): Promise<readonly string[]> {
  const [from, to] = await templateData(ec2, id, [versions.from, versions.to]);
  return from === undefined || to === undefined ? [] : otherDifferences(from, to);
}

export const templateAdapter: Adapter<Template> = {
  operation: (set) => {
    if ('newVersionFrom' in set) return 'ec2:CreateLaunchTemplateVersion';
    return 'deleteVersion' in set ? 'ec2:DeleteLaunchTemplateVersions' : 'ec2:ModifyLaunchTemplate';
  },
  hasDryRun: true,
  read,
  send: async (clients, { id }, set, sending) => {
    const { ec2 } = clients;
    const isDry = sending === undefined;
    const dryRun = isDry ? { DryRun: true } : {};
    if ('deleteVersion' in set) {
      await deleteVersion(clients, id, String(set['deleteVersion']), isDry);
    } else if ('newVersionFrom' in set) {
      const source = String(set['newVersionFrom']);
      const [data = {}] = isDry ? [] : await templateData(ec2, id, [source]);
      await ec2.send(
        new CreateLaunchTemplateVersionCommand({
          LaunchTemplateId: id,
          SourceVersion: source,
          VersionDescription: `Version ${source} with IMDSv2 required (${signature(sending?.id ?? '')})`,
          LaunchTemplateData: requiringTokens(data),
          ...dryRun,
        }),
      );
    } else {
      const DefaultVersion = String(set['defaultVersion']);
      await ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId: id, DefaultVersion, ...dryRun }));
    }
  },
  holds: (now, set, { id, before }) => {
    if ('deleteVersion' in set) return now['latestVersion'] !== set['deleteVersion'];
    if (!('newVersionFrom' in set)) return now['defaultVersion'] === set['defaultVersion'];
    const isNew = now['latestVersion'] !== before['latestVersion'];
    return isNew && String(now['latestDescription']).includes(signature(id)) && now['latestTokens'] === 'required';
  },
};
