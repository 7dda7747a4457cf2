/** Changes of metadata options for sessions: the parts of `Aws` that are about them. */
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { AwsChanges, AwsSecurityGroups, AwsSources, Surroundings } from '../aws';
import { explainFailure } from '../clients/explain-failure';
import { changingTools } from '../identity/changing';
import type { Connections } from '../identity/connections';
import type { Session } from '../identity/session';
import { KINDS } from '../inventory/lists';
import { metadataDefaults } from './defaults';
import { tokenUse } from './evidence';
import { imageSupports } from './image';
import { readEntries } from './log';
import { changeOptions, checkChange, type ChangeTools } from './modify';
import { undoChange } from './undo';
import { templateVersions } from './template';

const DAY = 24 * 3600_000;

export function metadataOptionsChanges(
  connected: Connections,
  surroundings: Surroundings,
  now: () => Date,
): Omit<AwsChanges, keyof AwsSources | keyof AwsSecurityGroups> {
  async function toolsFor(session: Session): Promise<ChangeTools> {
    const changing = await changingTools(session, connected, surroundings, now);
    const client = await connected.client('ec2', session);
    return {
      ...changing,
      client,
      read: async (instance) => {
        const found = await KINDS.instance.find(client, session, instance, undefined).catch((error: unknown) => {
          throw explainFailure(error, { ...session, operation: 'ec2:DescribeInstances' });
        });
        return found?.record;
      },
    };
  }

  async function ask<T>(session: Session, operation: string, question: (client: EC2Client) => Promise<T>): Promise<T> {
    try {
      return await question(await connected.client('ec2', session));
    } catch (error) {
      throw explainFailure(error, { ...session, operation });
    }
  }

  return {
    async *tokenUse(session, instances, { days = 14, signal } = {}) {
      try {
        const client = await connected.client('cloudwatch', session);
        const to = now();
        yield* tokenUse(client, instances, new Date(to.getTime() - days * DAY), to, signal);
      } catch (error) {
        throw explainFailure(error, { ...session, operation: 'cloudwatch:GetMetricData' });
      }
    },
    imageSupports: (session, images, { signal } = {}) =>
      ask(session, 'ec2:DescribeImages', (client) => imageSupports(client, images, signal)),
    metadataDefaults: (session, { signal } = {}) =>
      ask(session, 'ec2:GetInstanceMetadataDefaults', (client) => metadataDefaults(client, signal)),
    templateVersions: (session, template, versions, { signal } = {}) =>
      ask(session, 'ec2:DescribeLaunchTemplateVersions', (client) =>
        templateVersions(client, template, versions, signal),
      ),
    checkMetadataOptions: async (session, instance, change) => checkChange(await toolsFor(session), instance, change),
    changeMetadataOptions: async (session, instance, change, options) =>
      changeOptions(await toolsFor(session), instance, change, options),
    undoMetadataOptions: async (session, entry, options) => undoChange(await toolsFor(session), entry, options),
    changes: async () => (surroundings.changeLog ? readEntries(surroundings.changeLog) : []),
  };
}
