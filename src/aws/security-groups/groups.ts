/** Changes of security groups for sessions: the parts of `Aws` that are about them. */
import type { AwsSecurityGroups, Surroundings } from '../aws';
import { explainFailure } from '../clients/explain-failure';
import { changingTools } from '../identity/changing';
import type { Connections } from '../identity/connections';
import type { Session } from '../identity/session';
import { checkDeletion, deleteGroup } from './delete-group';
import { readGroupEntries } from './log';
import { checkInterfaceGroups, setInterfaceGroups, type GroupTools } from './set-groups';
import { undoInterfaceGroups } from './undo';
import { usesOf } from './uses';

export function securityGroupChanges(
  connected: Connections,
  surroundings: Surroundings,
  now: () => Date,
): AwsSecurityGroups {
  const toolsFor = async (session: Session): Promise<GroupTools> => ({
    ...(await changingTools(session, connected, surroundings, now)),
    client: await connected.client('ec2', session),
  });
  return {
    securityGroupUses: async (session, group, { signal } = {}) => {
      try {
        return await usesOf(await connected.client('ec2', session), session, group, { signal });
      } catch (error) {
        throw explainFailure(error, session);
      }
    },
    checkSecurityGroupDeletion: async (session, group) => checkDeletion(await toolsFor(session), group),
    deleteSecurityGroup: async (session, group, options) => deleteGroup(await toolsFor(session), group, options),
    checkInterfaceGroups: async (session, change) => checkInterfaceGroups(await toolsFor(session), change),
    setInterfaceGroups: async (session, change, options) =>
      setInterfaceGroups(await toolsFor(session), change, options),
    undoInterfaceGroups: async (session, entry, options) =>
      undoInterfaceGroups(await toolsFor(session), entry, options),
    groupChanges: async () => (surroundings.changeLog ? readGroupEntries(surroundings.changeLog) : []),
  };
}
