/** Changes what new instances start from: checked, written down, sent, read back. */
import { randomUUID } from 'node:crypto';
import { explainFailure } from '../clients/explain-failure';
import { wouldBeAllowed } from '../clients/refusal';
import { AwsFailure } from '../clients/failure';
import { carryOut } from '../change-log/carry-out';
import { append } from '../change-log/change-log';
import type { ChangingTools } from '../identity/changing';
import type { Session } from '../identity/session';
import { adapterOf, type Sending, type SourceClients } from './adapter';
import { differing, targetName, type Settings, type SourceChange, type SourceTarget } from './change';
import type { SourceEntry } from './log';
import { differencesFromSource } from './template-adapter';

export interface SourceTools extends ChangingTools {
  readonly clients: SourceClients;
}

export interface SourceResult {
  readonly entry: SourceEntry;
  /** `pending`: AWS took it, and did not show it yet when it was read back; `unchanged`: it was so already, and nothing was sent. */
  readonly state: 'done' | 'pending' | 'unchanged';
  /** What a new version of a launch template has otherwise than tokens; empty, as it should be. */
  readonly differences: readonly string[];
}

/**
 * Asks AWS by `DryRun` whether it would be allowed. `untold`: the API has no way to ask.
 * @throws AwsFailure where it would not
 */
export async function checkSource(
  { session, clients, guard }: Pick<SourceTools, 'session' | 'clients' | 'guard'>,
  { target, set }: SourceChange,
): Promise<'allowed' | 'untold'> {
  await guard();
  const adapter = adapterOf(target);
  if (!adapter.hasDryRun) return 'untold';
  try {
    await adapter.send(clients, target, set, undefined);
    return 'allowed';
  } catch (error) {
    if (wouldBeAllowed(error)) return 'allowed';
    throw explainFailure(error, { ...session, operation: adapter.operation(set) });
  }
}

/** @throws AwsFailure; where something had been sent, the log has it */
export async function changeSource(
  tools: SourceTools,
  { target, set, expect = {} }: SourceChange,
  undoes?: string,
): Promise<SourceResult> {
  const { session, clients, log, now, guard } = tools;
  const adapter = adapterOf(target);
  const operation = adapter.operation(set);
  await guard();
  const before = await readOrThrow(tools, target, operation);
  assertAsExpected(session, target, before, expect);
  // Reading may have taken its time: whose profile it is, and whether it may change anything, is asked again just before something is sent.
  await guard();
  const id = randomUUID();
  const sending: Sending = { id, before };
  const { profile, account, arn, region } = session;
  const begun: SourceEntry = {
    ...{ id, step: 'begun', at: now().toISOString(), profile, account, arn, region, target, before, sent: set },
    ...(undoes === undefined ? {} : { undoes }),
  };
  if (adapter.holds(before, set, sending)) {
    const entry: SourceEntry = { ...begun, step: 'done', after: before };
    // What somebody else took back is taken back.
    if (undoes !== undefined) await append(log, entry);
    return { entry, state: 'unchanged', differences: [] };
  }
  const { entry, after, holds } = await carryOut(tools, {
    begun,
    name: targetName(target),
    send: () => adapter.send(clients, target, set, sending),
    read: () => adapter.read(clients, target),
    holds: (found) => adapter.holds(found, set, sending),
    explain: (error) => explainFailure(error, { ...session, operation }),
  });
  return { entry, state: holds ? 'done' : 'pending', differences: await differencesOf(tools, target, set, after) };
}

async function differencesOf(
  { clients }: SourceTools,
  target: SourceTarget,
  set: Settings,
  after: Settings | undefined,
): Promise<readonly string[]> {
  const to = after?.['latestVersion'];
  if (target.kind !== 'launch-template' || !('newVersionFrom' in set) || to === undefined) return [];
  const versions = { from: String(set['newVersionFrom']), to: String(to) };
  return differencesFromSource(clients, target, versions).catch(() => []);
}

async function readOrThrow(
  { session, clients }: SourceTools,
  target: SourceTarget,
  operation: string,
): Promise<Settings> {
  let found: Settings | undefined;
  try {
    found = await adapterOf(target).read(clients, target);
  } catch (error) {
    throw explainFailure(error, { ...session, operation });
  }
  if (found !== undefined) return found;
  const name = targetName(target);
  throw new AwsFailure(`There is no ${name} in ${session.region} of account ${session.account} any more.`, {
    kind: 'not-found',
    action: 'retry',
    advice: 'It may have been deleted or changed meanwhile: look again.',
    operation,
  });
}

/** The change is for what the question showed, or for nothing. */
function assertAsExpected(session: Session, target: SourceTarget, now: Settings, expect: Settings): void {
  const [name] = differing(now, expect);
  if (name === undefined) return;
  const values = `${name} is ${String(now[name])} by now, and not ${String(expect[name])}`;
  throw new AwsFailure(
    `Somebody changed ${targetName(target)} in ${session.region} of account ${session.account} meanwhile: ${values}.`,
    { kind: 'guard', action: 'retry', advice: 'Nothing was sent. Look again at what it is.' },
  );
}
