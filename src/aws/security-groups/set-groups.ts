/** Changes which security groups a network interface has: read just before, written down, sent, read back. */
import { randomUUID } from 'node:crypto';
import { ModifyNetworkInterfaceAttributeCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { ReadOptions } from '../aws';
import { carryOut } from '../change-log/carry-out';
import { append } from '../change-log/change-log';
import { refused } from '../change-log/made-in';
import { cancelled } from '../clients/abortable';
import { explainFailure } from '../clients/explain-failure';
import { wouldBeAllowed } from '../clients/refusal';
import { AwsFailure } from '../clients/failure';
import type { ChangingTools } from '../identity/changing';
import { accountIn } from '../inventory/arn';
import { KINDS } from '../inventory/lists';
import type { NetworkInterfaceRecord } from '../inventory/records';
import { groupsInWords, idsOf, isSameSet, type InterfaceChange } from './change';
import type { InterfaceEntry } from './log';
import { explainInterfaceChange, MODIFY } from './refusal';

export interface GroupTools extends ChangingTools {
  readonly client: Pick<EC2Client, 'send'>;
}

export interface GroupChangeOptions extends ReadOptions {
  readonly undoes?: string;
}

export interface InterfaceResult {
  readonly entry: InterfaceEntry;
  /** As read back. */
  readonly networkInterface: NetworkInterfaceRecord;
  /** `pending`: AWS took it, and did not show it yet when it was read back; `unchanged`: it was so already, and nothing was sent. */
  readonly state: 'done' | 'pending' | 'unchanged';
}

function toInput({ networkInterface, groups }: Pick<InterfaceChange, 'networkInterface' | 'groups'>) {
  return { NetworkInterfaceId: networkInterface, Groups: [...idsOf(groups)] };
}

/** @throws AwsFailure */
function assertSome({ networkInterface, groups }: Pick<InterfaceChange, 'networkInterface' | 'groups'>): void {
  if (groups.length > 0) return;
  throw refused(`${networkInterface} must have at least one security group: EC2 takes no less.`, 'Nothing was sent.');
}

/**
 * Asks AWS by `DryRun` whether it would be allowed.
 * @throws AwsFailure where it would not
 */
export async function checkInterfaceGroups(
  { session, client, guard }: Pick<GroupTools, 'session' | 'client' | 'guard'>,
  change: Pick<InterfaceChange, 'networkInterface' | 'groups'>,
): Promise<void> {
  assertSome(change);
  await guard();
  try {
    await client.send(new ModifyNetworkInterfaceAttributeCommand({ ...toInput(change), DryRun: true }));
  } catch (error) {
    if (wouldBeAllowed(error)) return;
    throw explainInterfaceChange(error, session, change.networkInterface);
  }
}

/**
 * Nothing is sent where the interface has other groups than the change expects. Giving up by the signal counts until something is sent.
 * @throws AwsFailure; where something had been sent, the log has it
 */
export async function setInterfaceGroups(
  tools: GroupTools,
  change: InterfaceChange,
  { signal, undoes }: GroupChangeOptions = {},
): Promise<InterfaceResult> {
  const { session, client, log, now, guard } = tools;
  const { networkInterface, groups, attachedTo } = change;
  assertSome(change);
  await guard();
  let found = await readOrThrow(tools, networkInterface);
  const holds = ({ securityGroups }: NetworkInterfaceRecord): boolean =>
    isSameSet(idsOf(securityGroups), idsOf(groups));
  const { profile, account, arn, region } = session;
  const begun: InterfaceEntry = {
    ...{ id: randomUUID(), step: 'begun', at: now().toISOString(), profile, account, arn, region, networkInterface },
    ...{ before: { groups: found.securityGroups }, sent: { groups } },
    ...(attachedTo === undefined ? {} : { attachedTo }),
    ...(undoes === undefined ? {} : { undoes }),
  };
  assertChangeable(tools, found, change);
  if (holds(found)) {
    const entry: InterfaceEntry = { ...begun, step: 'done', after: begun.before };
    // What somebody else took back is taken back.
    if (undoes !== undefined) await append(log, entry);
    return { entry, networkInterface: found, state: 'unchanged' };
  }
  assertAsExpected(tools, found, change);
  // Reading may have taken its time: whose profile it is, and whether it may change anything, is asked again just before something is sent.
  await guard();
  if (signal?.aborted === true) throw cancelled();
  const { entry, holds: isThere } = await carryOut(tools, {
    begun,
    name: `the groups of ${networkInterface}`,
    send: async () => {
      await client.send(new ModifyNetworkInterfaceAttributeCommand(toInput(change)));
    },
    read: async () => {
      found = (await KINDS['network-interface'].find(client, session, networkInterface, undefined))?.record ?? found;
      return { groups: found.securityGroups };
    },
    holds: () => holds(found),
    explain: (error) => explainInterfaceChange(error, session, networkInterface),
  });
  return { entry, networkInterface: found, state: isThere ? 'done' : 'pending' };
}

async function readOrThrow({ session, client }: GroupTools, id: string): Promise<NetworkInterfaceRecord> {
  const found = await KINDS['network-interface'].find(client, session, id, undefined).catch((error: unknown) => {
    throw explainFailure(error, { ...session, operation: 'ec2:DescribeNetworkInterfaces' });
  });
  if (found) return found.record;
  throw new AwsFailure(`${id} is not in ${session.region} of account ${session.account} any more.`, {
    kind: 'not-found',
    action: 'retry',
    advice: 'It may have been deleted meanwhile: refresh. Nothing was sent.',
    operation: MODIFY,
  });
}

/** @throws AwsFailure for what is somebody else's */
function assertChangeable(
  { session }: GroupTools,
  found: NetworkInterfaceRecord,
  { attachedTo }: InterfaceChange,
): void {
  const owner = accountIn(found.arn);
  if (owner !== session.account) {
    throw refused(`${found.id} belongs to account ${owner}, not to ${session.account}.`, 'Nothing was sent.');
  }
  if (found.requesterManaged) {
    throw refused(`A service of AWS manages ${found.id}.`, 'Nothing was sent. Change its groups where it was made.');
  }
  if (attachedTo !== undefined && found.instance !== attachedTo.id) {
    const now = found.instance === undefined ? 'to nothing' : `to ${found.instance}`;
    throw refused(`${found.id} is attached ${now} by now, and not to ${attachedTo.id}.`, 'Nothing was sent.', 'retry');
  }
}

/** The change is for what the question showed, or for nothing. @throws AwsFailure */
function assertAsExpected({ session }: GroupTools, found: NetworkInterfaceRecord, { expect }: InterfaceChange): void {
  if (isSameSet(idsOf(found.securityGroups), expect)) return;
  const { account, region } = session;
  const now = groupsInWords(found.securityGroups);
  throw refused(
    `Somebody changed the groups of ${found.id} in ${region} of account ${account} meanwhile: it has ${now} by now, and not ${expect.join(', ')}.`,
    'Nothing was sent. Look again at what it is.',
    'retry',
  );
}
