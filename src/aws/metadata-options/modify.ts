/** Changes the metadata options of one instance: logged before it is sent, waited for, read back. */
import { randomUUID } from 'node:crypto';
import { ModifyInstanceMetadataOptionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { abortable } from '../clients/abortable';
import { explainFailure } from '../clients/explain-failure';
import { AwsFailure } from '../clients/failure';
import type { Session } from '../identity/session';
import type { InstanceRecord } from '../inventory/records';
import { chosen, difference, isAsWanted, settingsOf, toInput, type MetadataOptionsChange } from './change';
import { writeEntry, type ChangeEntry, type ChangeLog } from './log';

export interface ChangeTools {
  readonly session: Session;
  readonly client: Pick<EC2Client, 'send'>;
  /** The instance as it is now; undefined where there is none. */
  readonly read: (instance: string) => Promise<InstanceRecord | undefined>;
  readonly log: ChangeLog;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Throws where nothing may be changed. */
  readonly guard: () => void;
}

export interface ChangeResult {
  readonly entry: ChangeEntry;
  /** As read back. */
  readonly instance: InstanceRecord;
  /**
   * `applied`: it holds; `at-start`: it will when the instance starts; `pending`: AWS had not finished when the waiting ended; `unchanged`: nothing differed, and
   * nothing was sent.
   */
  readonly state: 'applied' | 'at-start' | 'pending' | 'unchanged';
}

export interface ChangeOptions {
  readonly signal?: AbortSignal;
  /** What is read while it applies. */
  readonly progress?: (instance: InstanceRecord) => void;
  readonly undoes?: string;
}

const OPERATION = 'ec2:ModifyInstanceMetadataOptions';

/**
 * Whether the caller may do it, asked of AWS by `DryRun`, which changes nothing.
 * @throws AwsFailure: `denied` with the permission that is missing, or why it could not be found out
 */
export async function checkChange(
  { session, client, guard }: Pick<ChangeTools, 'session' | 'client' | 'guard'>,
  instance: string,
  change: MetadataOptionsChange,
): Promise<void> {
  guard();
  try {
    await client.send(new ModifyInstanceMetadataOptionsCommand({ ...toInput(instance, change), DryRun: true }));
  } catch (error) {
    if (error instanceof Error && error.name === 'DryRunOperation') return;
    throw explainFailure(error, { ...session, operation: OPERATION });
  }
}

async function readOrThrow({ read, session }: ChangeTools, instance: string): Promise<InstanceRecord> {
  const found = await read(instance);
  if (found) return found;
  throw new AwsFailure(`${instance} is not in ${session.region} of account ${session.account}.`, {
    kind: 'not-found',
    action: 'retry',
    advice: 'It may have been terminated meanwhile: refresh.',
    operation: OPERATION,
  });
}

/** Milliseconds between looks, and how often: about a minute in all. */
const LOOKS = [200, 300, 500, 1000, 2000, 3000, 5000, 5000, 5000, 10_000, 10_000, 20_000];

/**
 * Sends only what differs from what is there. Giving up by the signal ends the waiting; what was sent stays sent, and the log says so.
 * @throws AwsFailure; where something had been sent, the log has it
 */
export async function changeOptions(
  tools: ChangeTools,
  instance: string,
  wanted: MetadataOptionsChange,
  { signal, progress, undoes }: ChangeOptions = {},
): Promise<ChangeResult> {
  const { session, client, log, now, guard } = tools;
  guard();
  const found = await abortable(readOrThrow(tools, instance), signal);
  const before = settingsOf(found.metadata);
  const sent = difference(found.metadata, wanted);
  const { profile, account, arn, region } = session;
  const begun: ChangeEntry = {
    ...{
      id: randomUUID(),
      step: 'begun',
      at: now().toISOString(),
      profile,
      account,
      arn,
      region,
      instance,
      before,
      sent,
    },
    ...(undoes === undefined ? {} : { undoes }),
  };
  if (Object.keys(sent).length === 0) {
    const entry: ChangeEntry = { ...begun, step: 'done', after: before };
    // What somebody else took back is taken back.
    if (undoes !== undefined) await writeEntry(log, entry);
    return { entry, instance: found, state: 'unchanged' };
  }
  await writeEntry(log, begun);
  const at = (): string => now().toISOString();
  try {
    await client.send(new ModifyInstanceMetadataOptionsCommand(toInput(instance, sent)));
  } catch (error) {
    const failure = explainFailure(error, { ...session, operation: OPERATION });
    await settle(tools, begun, failure);
    throw failure;
  }
  const after = await waitUntilApplied(tools, instance, sent, signal, progress);
  const entry: ChangeEntry = { ...begun, step: 'done', at: at(), after: settingsOf(after.metadata) };
  await writeEntry(log, entry);
  return { entry, instance: after, state: stateOf(after, sent) };
}

/** A refusal is a refusal; a connection that broke leaves it open whether AWS had done it, so AWS is asked. */
async function settle(tools: ChangeTools, begun: ChangeEntry, failure: AwsFailure): Promise<void> {
  const error = failure.message;
  const at = tools.now().toISOString();
  if (!['network', 'service', 'unreadable-answer', 'cancelled'].includes(failure.facts.kind)) {
    await writeEntry(tools.log, { ...begun, step: 'failed', at, error });
    return;
  }
  const found = await tools.read(begun.instance).catch(() => undefined);
  // Nobody can tell: the entry stays begun, and can be taken back.
  if (!found) return;
  const isDone = isAsWanted(found.metadata, begun.sent);
  await writeEntry(tools.log, {
    ...begun,
    step: isDone ? 'done' : 'failed',
    at,
    after: settingsOf(found.metadata),
    error,
  });
}

function stateOf({ metadata, state }: InstanceRecord, sent: MetadataOptionsChange): ChangeResult['state'] {
  if (metadata.state === 'applied' && isAsWanted(metadata, sent)) return 'applied';
  return state === 'stopped' || state === 'stopping' ? 'at-start' : 'pending';
}

async function waitUntilApplied(
  tools: ChangeTools,
  instance: string,
  sent: MetadataOptionsChange,
  signal: AbortSignal | undefined,
  progress: ((instance: InstanceRecord) => void) | undefined,
): Promise<InstanceRecord> {
  let found = await readOrThrow(tools, instance);
  for (const milliseconds of LOOKS) {
    progress?.(found);
    if (stateOf(found, sent) !== 'pending' || signal?.aborted) return found;
    await abortable(tools.wait(milliseconds), signal).catch(() => undefined);
    found = await readOrThrow(tools, instance);
  }
  return found;
}

/** Takes a change back: every option that it changed becomes what it was before; the others stay as they are now. */
export async function undoChange(
  tools: ChangeTools,
  entry: ChangeEntry,
  options: ChangeOptions = {},
): Promise<ChangeResult> {
  const { session } = tools;
  if (entry.account !== session.account || entry.region !== session.region) {
    const made = `${entry.region} of account ${entry.account}`;
    throw new AwsFailure(`That change was made in ${made}, not in ${session.region} of ${session.account}.`, {
      kind: 'guard',
      action: 'connect',
      advice: `Connect as ${entry.profile}.`,
    });
  }
  return changeOptions(tools, entry.instance, chosen(entry.before, entry.sent), { ...options, undoes: entry.id });
}
