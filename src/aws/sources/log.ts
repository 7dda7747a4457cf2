/** Changes of what new instances start from, in the same log as those of instances: lines that have a `target`, which other readers pass over. */
import type { ChangeLog } from '../metadata-options/log';
import { isSameTarget, type Settings, type SourceTarget } from './change';

export interface SourceEntry {
  /** The same for what was begun and for what became of it. */
  readonly id: string;
  /** `begun` is written before anything is sent. */
  readonly step: 'begun' | 'done' | 'failed';
  /** ISO 8601. */
  readonly at: string;
  readonly profile: string;
  readonly account: string;
  readonly arn: string;
  readonly region: string;
  readonly target: SourceTarget;
  readonly before: Settings;
  readonly sent: Settings;
  /** As read back; absent until then. */
  readonly after?: Settings;
  /** The change that this one takes back. */
  readonly undoes?: string;
  readonly error?: string;
}

export async function writeSourceEntry(log: ChangeLog, entry: SourceEntry): Promise<void> {
  await log.append(`${JSON.stringify(entry)}\n`);
}

/** Entries in the order in which they were written. What is no whole line of this kind is passed over. */
export async function readSourceEntries(log: ChangeLog): Promise<readonly SourceEntry[]> {
  return (await log.read()).split('\n').flatMap((line): readonly SourceEntry[] => {
    try {
      const entry: unknown = JSON.parse(line);
      return isEntry(entry) ? [entry] : [];
    } catch {
      return [];
    }
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isEntry(value: unknown): value is SourceEntry {
  return (
    isRecord(value) &&
    ['id', 'step', 'at', 'account', 'region'].every((name) => typeof value[name] === 'string') &&
    isRecord(value['before']) &&
    isRecord(value['sent']) &&
    isTarget(value['target'])
  );
}

const IDENTITY: Readonly<Record<SourceTarget['kind'], string | undefined>> = {
  'account-default': undefined,
  'launch-template': 'id',
  'auto-scaling-group': 'name',
  image: 'id',
};

function isTarget(value: unknown): value is SourceTarget {
  if (!isRecord(value) || typeof value['kind'] !== 'string' || !(value['kind'] in IDENTITY)) return false;
  const name = IDENTITY[value['kind'] as SourceTarget['kind']];
  return name === undefined || typeof value[name] === 'string';
}

/** Changes in their last state, in the order in which they began. */
export function lastStates(entries: readonly SourceEntry[]): readonly SourceEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

/**
 * The changes of an account and region that can be taken back, latest first. AWS has no way back for an image; what was deleted does not come back; and of one
 * thing only the latest change that stands is taken back, as those before it lie under it.
 */
export function undoableSources(
  entries: readonly SourceEntry[],
  { account, region }: { readonly account: string; readonly region: string },
): readonly SourceEntry[] {
  const own = entries.filter((entry) => entry.account === account && entry.region === region);
  const undone = new Set(own.flatMap(({ undoes, step }) => (undoes !== undefined && step === 'done' ? [undoes] : [])));
  const standing = lastStates(own)
    .filter(({ id, step, undoes }) => step !== 'failed' && undoes === undefined && !undone.has(id))
    .reverse();
  return standing.filter(
    (entry, index) =>
      hasWayBack(entry) && !standing.slice(0, index).some(({ target }) => isSameTarget(target, entry.target)),
  );
}

function hasWayBack({ target, sent, after }: SourceEntry): boolean {
  if (target.kind === 'image' || 'deleteVersion' in sent) return false;
  // Which version it was is known from what was read back alone.
  return !('newVersionFrom' in sent) || after?.['latestVersion'] !== undefined;
}
