/** What the log of changes adds to the nodes of instances: whether there is something to take back. */
import type { AwsChanges, ChangeEntry, Session } from '../../aws';

/** An instance wherever it is seen from: two profiles of one account see the same. */
export function instanceKey({ account, region }: Pick<Session, 'account' | 'region'>, instance: string): string {
  return JSON.stringify([account, region, instance]);
}

export interface Marks {
  readonly canUndo: (session: Session, instance: string) => boolean;
  /** Reads the log, and tells where something has changed. */
  readonly refresh: () => Promise<void>;
}

/** @param next the log's own way to choose what can be taken back */
export function createMarks(
  aws: () => Promise<Pick<AwsChanges, 'changes'>>,
  next: () => Promise<(entries: readonly ChangeEntry[]) => readonly ChangeEntry[]>,
  changed: (entries: readonly ChangeEntry[]) => void,
): Marks {
  let marked: ReadonlySet<string> = new Set();
  /** How the log was when it was last read; nothing is marked where it is empty. */
  let known = stateOf([]);
  return {
    canUndo: (session, instance) => marked.has(instanceKey(session, instance)),
    refresh: async () => {
      const entries = await (await aws()).changes();
      const last = stateOf(entries);
      if (last === known) return;
      known = last;
      marked = new Set((await next())(entries).map((entry) => instanceKey(entry, entry.instance)));
      changed(entries);
    },
  };
}

/** It is only ever added to. */
function stateOf(entries: readonly ChangeEntry[]): string {
  return JSON.stringify([entries.length, entries.at(-1)]);
}
