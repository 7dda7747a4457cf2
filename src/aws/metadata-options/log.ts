/** Changes of instances in the log. */
import { readAll, standing, type ChangeLog, type LoggedChange } from '../change-log/change-log';
import type { Session } from '../identity/session';
import { OPTION_NAMES, type MetadataOptionsChange } from './change';

export interface ChangeEntry extends LoggedChange<MetadataOptionsChange> {
  readonly instance: string;
  /** As it was called then. */
  readonly name?: string;
}

/** Entries in the order in which they were written. */
export async function readEntries(log: ChangeLog): Promise<readonly ChangeEntry[]> {
  return readAll<ChangeEntry>(log, ({ instance }) => typeof instance === 'string');
}

/** Those of one instance. */
export function undoable(
  entries: readonly ChangeEntry[],
  { account, region }: Pick<Session, 'account' | 'region'>,
  instance: string,
): readonly ChangeEntry[] {
  return standing(entries).filter(
    (entry) => entry.account === account && entry.region === region && entry.instance === instance,
  );
}

/** Changes that stand, are later than this one and have an option in common with it, latest first: they have to go back before it. */
export function laterOnes(
  entries: readonly ChangeEntry[],
  { id, sent, ...where }: ChangeEntry,
): readonly ChangeEntry[] {
  const undoableOnes = undoable(entries, where, where.instance);
  const own = undoableOnes.findIndex((entry) => entry.id === id);
  return undoableOnes
    .slice(0, Math.max(own, 0))
    .filter((entry) => OPTION_NAMES.some((name) => name in entry.sent && name in sent));
}

/** What can be taken back as the next thing, latest first: a change that a later one builds on has to wait until that one is back. */
export function undoableNext(entries: readonly ChangeEntry[]): readonly ChangeEntry[] {
  const taken = new Set<string>();
  return standing(entries).filter(({ account, region, instance, sent }) => {
    const options = OPTION_NAMES.filter((name) => name in sent).map((name) =>
      JSON.stringify([account, region, instance, name]),
    );
    const isFree = options.every((option) => !taken.has(option));
    for (const option of options) taken.add(option);
    return isFree;
  });
}
