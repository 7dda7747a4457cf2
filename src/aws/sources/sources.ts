/** What new instances start from, for sessions: the parts of `Aws` that are about it. */
import type { AwsSources, Surroundings } from '../aws';
import { partOf } from '../clients/part';
import type { SdkClients } from '../clients/sdk-clients';
import { changingTools } from '../identity/changing';
import type { Connections } from '../identity/connections';
import type { Session } from '../identity/session';
import { metadataDefaults } from '../metadata-options/defaults';
import { readSourceEntries } from './log';
import { changeSource, checkSource, type SourceTools } from './modify';
import { groups, launchTemplates, ownImages } from './read';
import { undoSource } from './undo';

export function sourcesOfAccounts(connected: Connections, surroundings: Surroundings, now: () => Date): AwsSources {
  const toolsFor = async (session: Session): Promise<SourceTools> => ({
    ...(await changingTools(session, connected, surroundings, now)),
    clients: {
      ec2: await connected.client('ec2', session),
      autoScaling: await connected.client('autoScaling', session),
    },
  });

  const part = <S extends keyof SdkClients, T>(
    service: S,
    operation: string,
    session: Session,
    read: (client: SdkClients[S]) => Promise<T>,
  ) => partOf(session, operation, async () => read(await connected.client(service, session)));

  return {
    sources: async (session, { signal } = {}) => {
      const [defaults, templates, scaling, images] = await Promise.all([
        part('ec2', 'ec2:GetInstanceMetadataDefaults', session, (client) => metadataDefaults(client, signal)),
        part('ec2', 'ec2:DescribeLaunchTemplateVersions', session, (client) => launchTemplates(client, signal)),
        part('autoScaling', 'autoscaling:DescribeAutoScalingGroups', session, (client) => groups(client, signal)),
        part('ec2', 'ec2:DescribeImages', session, (client) => ownImages(client, signal)),
      ]);
      return { defaults, templates, groups: scaling, images };
    },
    checkSource: async (session, change) => checkSource(await toolsFor(session), change),
    changeSource: async (session, change) => changeSource(await toolsFor(session), change),
    undoSource: async (session, entry) => undoSource(await toolsFor(session), entry),
    sourceChanges: async () => (surroundings.changeLog ? readSourceEntries(surroundings.changeLog) : []),
  };
}
