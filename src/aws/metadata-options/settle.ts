/** What has become of a change: whether AWS did it where its answer was lost, and how far it has got where it was accepted. */
import { abortable } from '../clients/abortable';
import { AwsFailure } from '../clients/failure';
import { isRefusal, withAdvice } from '../clients/refusal';
import type { InstanceRecord } from '../inventory/records';
import { isAsWanted, settingsOf, type MetadataOptionsChange } from './change';
import { append } from '../change-log/change-log';
import type { ChangeEntry } from './log';
import type { ChangeResult, ChangeTools } from './modify';
import { explainRefusal, OPERATION } from './refusal';

export async function readOrThrow({ read, session }: ChangeTools, instance: string): Promise<InstanceRecord> {
  const found = await read(instance);
  if (found) return found;
  throw new AwsFailure(`${instance} is not in ${session.region} of account ${session.account}.`, {
    kind: 'not-found',
    action: 'retry',
    advice: 'It may have been terminated meanwhile: refresh.',
    operation: OPERATION,
  });
}

/** Milliseconds before each look at what a request did whose answer was lost: it may still be on its way. */
const AFTERTHOUGHTS = [0, 500, 1500];

/**
 * After a request that got no answer. A refusal is a refusal; a connection that broke leaves it open whether AWS had done it, so AWS is asked.
 * @returns what went wrong, where the change was made all the same
 * @throws AwsFailure where it was not, or where nobody can tell; the log says which
 */
export async function settle(tools: ChangeTools, begun: ChangeEntry, error: unknown): Promise<string> {
  const failure = explainRefusal(error, tools.session);
  const failed = { ...begun, step: 'failed', at: tools.now().toISOString(), error: failure.message } as const;
  if (isRefusal(error, failure)) {
    await append(tools.log, failed);
    throw failure;
  }
  let found: InstanceRecord | undefined;
  for (const milliseconds of AFTERTHOUGHTS) {
    if (milliseconds > 0) await tools.wait(milliseconds);
    found = await tools.read(begun.instance).catch(() => undefined);
    if (found && isAsWanted(found.metadata, begun.sent)) return failure.message;
  }
  if (!found) {
    throw withAdvice(
      failure,
      `Whether AWS changed ${begun.instance} is not known: refresh to see. The change log has it, and it can be taken back.`,
    );
  }
  await append(tools.log, { ...failed, after: settingsOf(found.metadata) });
  throw withAdvice(failure, `${begun.instance} was read again, and nothing was changed. ${failure.facts.advice}`);
}

/** Milliseconds between looks, and how often: about a minute in all. */
const LOOKS = [200, 300, 500, 1000, 2000, 3000, 5000, 5000, 5000, 10_000, 10_000, 20_000];

/** What may be otherwise at the next look. */
const PASSING: ReadonlySet<AwsFailure['facts']['kind']> = new Set([
  'throttled',
  'network',
  'service',
  'unreadable-answer',
]);

export function stateOf({ metadata, state }: InstanceRecord, sent: MetadataOptionsChange): ChangeResult['state'] {
  if (metadata.state === 'applied' && isAsWanted(metadata, sent)) return 'applied';
  return state === 'stopped' || state === 'stopping' ? 'at-start' : 'pending';
}

/**
 * Looks until it holds, until it is clear that it will not soon, or until the signal is given.
 * @throws AwsFailure where the last look failed or the instance is gone
 */
export async function waitUntilApplied(
  tools: ChangeTools,
  { instance, sent }: Pick<ChangeEntry, 'instance' | 'sent'>,
  signal: AbortSignal | undefined,
  progress: ((instance: InstanceRecord) => void) | undefined,
): Promise<InstanceRecord> {
  for (const milliseconds of LOOKS) {
    const found = await look(tools, instance);
    if (!(found instanceof AwsFailure)) {
      progress?.(found);
      if (found.state === 'terminated' || found.state === 'shutting-down') throw goneMeanwhile(found);
      if (stateOf(found, sent) !== 'pending' || signal?.aborted === true) return found;
    }
    await abortable(tools.wait(milliseconds), signal).catch(() => undefined);
  }
  return readOrThrow(tools, instance);
}

/** The instance, or why it could not be read this time. @throws AwsFailure where another look would not help */
async function look(tools: ChangeTools, instance: string): Promise<InstanceRecord | AwsFailure> {
  try {
    return await readOrThrow(tools, instance);
  } catch (error) {
    if (error instanceof AwsFailure && PASSING.has(error.facts.kind)) return error;
    throw error;
  }
}

function goneMeanwhile({ id, state }: InstanceRecord): AwsFailure {
  return new AwsFailure(`${id} is ${state} by now: the change came too late for it.`, {
    kind: 'invalid-request',
    action: 'none',
    advice: 'There is nothing to take back.',
    operation: OPERATION,
  });
}

/** For a change that AWS accepted and that could not be read back. Writes it down. */
export async function unread(tools: ChangeTools, begun: ChangeEntry, error: unknown): Promise<AwsFailure> {
  const failure = explainRefusal(error, tools.session);
  const isGone = failure.facts.kind === 'invalid-request';
  await append(tools.log, {
    ...begun,
    step: isGone ? 'failed' : 'done',
    at: tools.now().toISOString(),
    error: failure.message,
  });
  if (isGone) return failure;
  return new AwsFailure(
    `AWS accepted the change of ${begun.instance}, but it could not be read back. ${failure.message}`,
    { ...failure.facts, advice: `${failure.facts.advice} The change log has it, and it can be taken back.` },
    { cause: failure },
  );
}
