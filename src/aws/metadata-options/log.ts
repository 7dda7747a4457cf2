/** What was changed, by whom, where and when: a local log that is only ever added to. */
import type { Session } from '../identity/session';
import { OPTION_NAMES, type MetadataOptionsChange } from './change';

/** Where the log lies; handed in. */
export interface ChangeLog {
  /** Adds one line, and comes back when it is on the disk. */
  append(line: string): Promise<void>;
  /** All of it; empty where there is none yet. */
  read(): Promise<string>;
}

export interface ChangeEntry {
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
  readonly instance: string;
  /** As it was called then. */
  readonly name?: string;
  /** All options as they were before. */
  readonly before: MetadataOptionsChange;
  /** What was sent. */
  readonly sent: MetadataOptionsChange;
  /** All options as they were read back; absent until then. */
  readonly after?: MetadataOptionsChange;
  /** The change that this one takes back. */
  readonly undoes?: string;
  /** What went wrong, as it was told. */
  readonly error?: string;
}

export async function writeEntry(log: ChangeLog, entry: ChangeEntry): Promise<void> {
  await log.append(`${JSON.stringify(entry)}\n`);
}

/** Entries in the order in which they were written. A line that was cut off, as when the power fails, is passed over. */
export async function readEntries(log: ChangeLog): Promise<readonly ChangeEntry[]> {
  return (await log.read()).split('\n').flatMap((line): readonly ChangeEntry[] => {
    try {
      const entry = JSON.parse(line) as Partial<ChangeEntry>;
      return isEntry(entry) ? [entry] : [];
    } catch {
      return [];
    }
  });
}

function isEntry(entry: Partial<ChangeEntry> | null): entry is ChangeEntry {
  return (
    entry !== null &&
    [entry.id, entry.step, entry.at, entry.account, entry.region, entry.instance].every(
      (each) => typeof each === 'string',
    ) &&
    typeof entry.before === 'object' &&
    typeof entry.sent === 'object'
  );
}

/**
 * Every change that can be taken back, latest first: those that were sent and that no later entry took back. One that is begun and of which nothing more is known
 * may have been done, so it is among them.
 */
export function allUndoable(entries: readonly ChangeEntry[]): readonly ChangeEntry[] {
  const last = new Map<string, ChangeEntry>();
  const undone = new Set<string>();
  for (const entry of entries) {
    last.set(entry.id, entry);
    if (entry.undoes !== undefined && entry.step === 'done') undone.add(entry.undoes);
  }
  return [...last.values()]
    .filter(({ id, step, undoes }) => step !== 'failed' && undoes === undefined && !undone.has(id))
    .reverse();
}

/** Those of one instance. */
export function undoable(
  entries: readonly ChangeEntry[],
  { account, region }: Pick<Session, 'account' | 'region'>,
  instance: string,
): readonly ChangeEntry[] {
  return allUndoable(entries).filter(
    (entry) => entry.account === account && entry.region === region && entry.instance === instance,
  );
}

/** Changes that stand, are later than this one and have an option in common with it, latest first: they have to go back before it. */
export function laterOnes(
  entries: readonly ChangeEntry[],
  { id, sent, ...where }: ChangeEntry,
): readonly ChangeEntry[] {
  const standing = undoable(entries, where, where.instance);
  const own = standing.findIndex((entry) => entry.id === id);
  return standing
    .slice(0, Math.max(own, 0))
    .filter((entry) => OPTION_NAMES.some((name) => name in entry.sent && name in sent));
}

/** What can be taken back as the next thing, latest first: a change that a later one builds on has to wait until that one is back. */
export function undoableNext(entries: readonly ChangeEntry[]): readonly ChangeEntry[] {
  const taken = new Set<string>();
  return allUndoable(entries).filter(({ account, region, instance, sent }) => {
    const options = OPTION_NAMES.filter((name) => name in sent).map((name) =>
      JSON.stringify([account, region, instance, name]),
    );
    const isFree = options.every((option) => !taken.has(option));
    for (const option of options) taken.add(option);
    return isFree;
  });
}
