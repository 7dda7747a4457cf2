/** Changes of what new instances start from, in the same log as those of instances: lines that have a `target`, which other readers pass over. */
import { isRecord, readAll, standing, type ChangeLog, type LoggedChange } from '../change-log/change-log';
import { isSameTarget, type Settings, type SourceTarget } from './change';

export interface SourceEntry extends LoggedChange<Settings> {
  readonly target: SourceTarget;
}

/** Entries in the order in which they were written. */
export async function readSourceEntries(log: ChangeLog): Promise<readonly SourceEntry[]> {
  return readAll<SourceEntry>(log, ({ target }) => isTarget(target));
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

/**
 * The changes of an account and region that can be taken back, latest first. AWS has no way back for an image; what was deleted does not come back; and of one
 * thing only the latest change that stands is taken back, as those before it lie under it.
 */
export function undoableSources(
  entries: readonly SourceEntry[],
  { account, region }: { readonly account: string; readonly region: string },
): readonly SourceEntry[] {
  const own = entries.filter((entry) => entry.account === account && entry.region === region);
  const standingOnes = standing(own);
  return standingOnes.filter(
    (entry, index) =>
      hasWayBack(entry) && !standingOnes.slice(0, index).some(({ target }) => isSameTarget(target, entry.target)),
  );
}

function hasWayBack({ target, sent, after }: SourceEntry): boolean {
  if (target.kind === 'image' || 'deleteVersion' in sent) return false;
  // Which version it was is known from what was read back alone.
  return !('newVersionFrom' in sent) || after?.['latestVersion'] !== undefined;
}
