/** Deletes a security group: read just before, written down with all that it held, sent, looked for again. */
import { randomUUID } from 'node:crypto';
import { DeleteSecurityGroupCommand } from '@aws-sdk/client-ec2';
import type { ReadOptions } from '../aws';
import { carryOut } from '../change-log/carry-out';
import { refused } from '../change-log/made-in';
import { cancelled } from '../clients/abortable';
import { explainFailure } from '../clients/explain-failure';
import { wouldBeAllowed } from '../clients/refusal';
import { AwsFailure } from '../clients/failure';
import { KINDS } from '../inventory/lists';
import type { SecurityGroupRecord } from '../inventory/records';
import { groupInWords, type GroupPresence } from './change';
import { obstacleToDeleting } from './deletable';
import type { DeletionEntry } from './log';
import { DELETE, explainDeletion } from './refusal';
import type { GroupTools } from './set-groups';
import { blockersOf, usesOf } from './uses';

export interface DeletionResult {
  readonly entry: DeletionEntry;
  /** `pending`: AWS took it, and still showed the group when it was looked for. */
  readonly state: 'done' | 'pending';
}

/**
 * Asks AWS by `DryRun` whether it would be allowed. What uses the group is not looked at by that.
 * @throws AwsFailure where it would not
 */
export async function checkDeletion(
  tools: Pick<GroupTools, 'session' | 'client' | 'guard'>,
  group: SecurityGroupRecord,
): Promise<void> {
  await tools.guard();
  try {
    await tools.client.send(new DeleteSecurityGroupCommand({ GroupId: group.id, DryRun: true }));
  } catch (error) {
    if (wouldBeAllowed(error)) return;
    throw await explain(tools, error, group);
  }
}

function explain(
  { session, client }: Pick<GroupTools, 'session' | 'client'>,
  error: unknown,
  group: SecurityGroupRecord,
): Promise<AwsFailure> {
  return explainDeletion(error, session, group, async () =>
    blockersOf(await usesOf(client, session, group.id), group.vpc),
  );
}

/**
 * Giving up by the signal counts until something is sent.
 * @param expected the group as the question showed it: another one, or one with other rules by now, is left alone
 * @throws AwsFailure; where something had been sent, the log has it
 */
export async function deleteGroup(
  tools: GroupTools,
  expected: SecurityGroupRecord,
  { signal }: ReadOptions = {},
): Promise<DeletionResult> {
  const { session, client, now, guard } = tools;
  await guard();
  const found = await find(tools, expected.id);
  const name = groupInWords(expected);
  if (found === undefined) {
    throw new AwsFailure(`There is no ${name} in ${session.region} of account ${session.account} any more.`, {
      kind: 'not-found',
      action: 'retry',
      advice: 'Somebody deleted it meanwhile. Nothing was sent.',
      operation: DELETE,
    });
  }
  assertDeletable(tools, found);
  if (contentOf(found) !== contentOf(expected)) {
    throw refused(`Somebody changed ${name} meanwhile.`, 'Nothing was sent. Look again at what it is.', 'retry');
  }
  // Reading may have taken its time: whose profile it is, and whether it may change anything, is asked again just before something is sent.
  await guard();
  if (signal?.aborted === true) throw cancelled();
  const { profile, account, arn, region } = session;
  const begun: DeletionEntry = {
    ...{ id: randomUUID(), step: 'begun', at: now().toISOString(), profile, account, arn, region },
    ...{ securityGroup: found.id, name: found.name },
    ...{ before: { exists: true, was: found }, sent: { exists: false } },
  };
  const { entry, holds } = await carryOut<GroupPresence, DeletionEntry>(tools, {
    begun,
    name,
    send: async () => {
      await client.send(new DeleteSecurityGroupCommand({ GroupId: found.id }));
    },
    read: async () => ({ exists: (await find(tools, found.id)) !== undefined }),
    holds: ({ exists }) => !exists,
    explain: (error) => explain(tools, error, found),
  });
  return { entry, state: holds ? 'done' : 'pending' };
}

async function find({ client, session }: GroupTools, id: string): Promise<SecurityGroupRecord | undefined> {
  try {
    return (await KINDS['security-group'].find(client, session, id, undefined))?.record;
  } catch (error) {
    throw explainFailure(error, { ...session, operation: 'ec2:DescribeSecurityGroups' });
  }
}

/** @throws AwsFailure */
function assertDeletable({ session }: GroupTools, group: SecurityGroupRecord): void {
  switch (obstacleToDeleting(group, session)) {
    case 'default':
      throw refused(
        `${groupInWords(group)} is the default group of its VPC, which AWS deletes for nobody.`,
        'Nothing was sent.',
      );
    case 'foreign':
      throw refused(
        `${groupInWords(group)} belongs to account ${group.owner ?? ''}, not to ${session.account}.`,
        'Nothing was sent. Only its owner can delete it.',
      );
    case undefined:
  }
}

/** All that a question shows of a group. */
function contentOf({ name, vpc, owner, ingress, egress }: SecurityGroupRecord): string {
  return JSON.stringify([name, vpc, owner, ingress, egress]);
}
