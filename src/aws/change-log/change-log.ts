/** A local log of changes that is only ever added to: what all its entries have, whatever was changed. */

/** Where the log lies; handed in. */
export interface ChangeLog {
  /** Adds one line, and comes back when it is on the disk. */
  append(line: string): Promise<void>;
  /** All of it; empty where there is none yet. */
  read(): Promise<string>;
}

/** @typeParam Values what can be changed, as it is written down */
export interface LoggedChange<Values> {
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
  /** As it was before. */
  readonly before: Values;
  /** What was sent. */
  readonly sent: Values;
  /** As it was read back; absent until then. */
  readonly after?: Values;
  /** The change that this one takes back. */
  readonly undoes?: string;
  /** What went wrong, as it was told. */
  readonly error?: string;
}

export async function append(log: ChangeLog, entry: LoggedChange<unknown>): Promise<void> {
  await log.append(`${JSON.stringify(entry)}\n`);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * Entries of one kind in the order in which they were written. A line that was cut off, as when the power fails, is passed over, as are other kinds.
 * @param isOfKind what the kind has besides what all have
 */
export async function readAll<Entry extends LoggedChange<unknown>>(
  log: ChangeLog,
  isOfKind: (line: Readonly<Record<string, unknown>>) => boolean,
): Promise<readonly Entry[]> {
  const isEntry = (value: unknown): value is Entry =>
    isRecord(value) &&
    ['id', 'step', 'at', 'account', 'region'].every((name) => typeof value[name] === 'string') &&
    isRecord(value['before']) &&
    isRecord(value['sent']) &&
    isOfKind(value);
  return (await log.read()).split('\n').flatMap((line): readonly Entry[] => {
    try {
      const value: unknown = JSON.parse(line);
      return isEntry(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

/** Changes in their last state, in the order in which they began. */
function lastStates<Entry extends LoggedChange<unknown>>(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

/**
 * Changes that stand, latest first: those that were sent and that no later entry took back. One that is begun and of which nothing more is known may have been
 * done, so it is among them.
 */
export function standing<Entry extends LoggedChange<unknown>>(entries: readonly Entry[]): readonly Entry[] {
  const undone = new Set(entries.flatMap(({ undoes, step }) => (step === 'done' ? [undoes] : [])));
  return lastStates(entries)
    .filter(({ id, step, undoes }) => step !== 'failed' && undoes === undefined && !undone.has(id))
    .reverse();
}
