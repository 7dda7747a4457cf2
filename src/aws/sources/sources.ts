/** What new instances start from, for sessions: the parts of `Aws` that are about it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsSources, Surroundings } from '../aws';
import { explainFailure } from '../clients/explain-failure';
import { AwsFailure } from '../clients/failure';
import type { SdkClients } from '../clients/sdk-clients';
import type { Connections } from '../identity/connections';
import { assertMayChange } from '../identity/guard';
import type { Session } from '../identity/session';
import { metadataDefaults } from '../metadata-options/defaults';
import { readSourceEntries } from './log';
import { changeSource, checkSource, type SourceTools } from './modify';
import { groups, launchTemplates, ownImages } from './read';
import type { Part } from './records';
import { undoSource } from './undo';

export function sourcesOfAccounts(connected: Connections, surroundings: Surroundings, now: () => Date): AwsSources {
  async function toolsFor(session: Session): Promise<SourceTools> {
    const guard = async (): Promise<void> => {
      assertMayChange(session, surroundings.settings().readOnly);
      await connected.confirm(session);
    };
    await guard();
    if (!surroundings.changeLog) {
      const facts = { kind: 'guard', action: 'none', advice: 'Nothing was sent.' } as const;
      throw new AwsFailure('There is no place to write changes down, so nothing is changed.', facts);
    }
    return {
      session,
      clients: {
        ec2: await connected.client('ec2', session),
        autoScaling: await connected.client('autoScaling', session),
      },
      log: surroundings.changeLog,
      now,
      wait: (milliseconds) => sleep(milliseconds),
      guard,
    };
  }

  /** One list; that it failed is an answer, unless the work was given up. */
  async function part<S extends keyof SdkClients, T>(
    service: S,
    operation: string,
    session: Session,
    read: (client: SdkClients[S]) => Promise<T>,
  ): Promise<Part<T>> {
    try {
      return { is: 'read', value: await read(await connected.client(service, session)) };
    } catch (error) {
      const failure = explainFailure(error, { ...session, operation });
      if (failure.facts.kind === 'cancelled') throw failure;
      return { is: 'failed', failure };
    }
  }

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
