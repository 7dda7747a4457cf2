/** Changes the metadata options of one instance: logged before it is sent, waited for, read back. */
import { randomUUID } from 'node:crypto';
import { ModifyInstanceMetadataOptionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { abortable, cancelled } from '../clients/abortable';
import { wouldBeAllowed } from '../clients/refusal';
import type { Session } from '../identity/session';
import type { InstanceRecord } from '../inventory/records';
import { assertValues, difference, settingsOf, toInput, type MetadataOptionsChange } from './change';
import { append, type ChangeLog } from '../change-log/change-log';
import type { ChangeEntry } from './log';
import { explainRefusal } from './refusal';
import { readOrThrow, settle, stateOf, unread, waitUntilApplied } from './settle';

export interface ChangeTools {
  readonly session: Session;
  readonly client: Pick<EC2Client, 'send'>;
  /** The instance as it is now; undefined where there is none. */
  readonly read: (instance: string) => Promise<InstanceRecord | undefined>;
  readonly log: ChangeLog;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Throws where nothing may be changed, or where the session's caller is somebody else by now. Asked again just before anything is sent. */
  readonly guard: () => Promise<void> | void;
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

/**
 * Whether the caller may do it, asked of AWS by `DryRun`, which changes nothing.
 * @throws AwsFailure: `denied` with the permission that is missing, or why it could not be found out
 */
export async function checkChange(
  { session, client, guard }: Pick<ChangeTools, 'session' | 'client' | 'guard'>,
  instance: string,
  change: MetadataOptionsChange,
): Promise<void> {
  assertValues(change);
  await guard();
  try {
    await client.send(new ModifyInstanceMetadataOptionsCommand({ ...toInput(instance, change), DryRun: true }));
  } catch (error) {
    if (wouldBeAllowed(error)) return;
    throw explainRefusal(error, session);
  }
}

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
  assertValues(wanted);
  await guard();
  const found = await abortable(readOrThrow(tools, instance), signal);
  const before = settingsOf(found.metadata);
  const sent = difference(found.metadata, wanted);
  const { profile, account, arn, region } = session;
  const at = (): string => now().toISOString();
  const begun: ChangeEntry = {
    ...{ id: randomUUID(), step: 'begun', at: at(), profile, account, arn, region, instance, before, sent },
    ...(found.name === undefined ? {} : { name: found.name }),
    ...(undoes === undefined ? {} : { undoes }),
  };
  if (Object.keys(sent).length === 0) {
    const entry: ChangeEntry = { ...begun, step: 'done', after: before };
    // What somebody else took back is taken back.
    if (undoes !== undefined) await append(log, entry);
    return { entry, instance: found, state: 'unchanged' };
  }
  await guard();
  if (signal?.aborted === true) throw cancelled();
  await append(log, begun);
  const lost = await client.send(new ModifyInstanceMetadataOptionsCommand(toInput(instance, sent))).then(
    () => undefined,
    (error: unknown) => settle(tools, begun, error),
  );
  const after = await waitUntilApplied(tools, begun, signal, progress).catch(async (error: unknown) => {
    throw await unread(tools, begun, error);
  });
  const entry: ChangeEntry = {
    ...{ ...begun, step: 'done', at: at(), after: settingsOf(after.metadata) },
    ...(lost === undefined ? {} : { error: lost }),
  };
  await append(log, entry);
  return { entry, instance: after, state: stateOf(after, sent) };
}
