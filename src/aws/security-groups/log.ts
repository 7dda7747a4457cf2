/** Changes of security groups in the log: lines that have a `networkInterface` or a `securityGroup`, which other readers pass over. */
import { isRecord, readAll, standing, type ChangeLog, type LoggedChange } from '../change-log/change-log';
import type { GroupPresence, InterfaceGroups, NamedInstance } from './change';

export interface InterfaceEntry extends LoggedChange<InterfaceGroups> {
  readonly networkInterface: string;
  /** The instance that had it then. */
  readonly attachedTo?: NamedInstance;
}

export interface DeletionEntry extends LoggedChange<GroupPresence> {
  readonly securityGroup: string;
  readonly name: string;
}

export type GroupEntry = InterfaceEntry | DeletionEntry;

export function isInterfaceEntry(entry: GroupEntry): entry is InterfaceEntry {
  return 'networkInterface' in entry;
}

function hasGroups(value: unknown): boolean {
  return (
    isRecord(value) &&
    Array.isArray(value['groups']) &&
    value['groups'].every((group: unknown) => isRecord(group) && typeof group['id'] === 'string')
  );
}

function isOfGroups({
  networkInterface,
  securityGroup,
  name,
  before,
  sent,
}: Readonly<Record<string, unknown>>): boolean {
  if (typeof networkInterface === 'string') return hasGroups(before) && hasGroups(sent);
  return typeof securityGroup === 'string' && typeof name === 'string';
}

/** Entries in the order in which they were written. */
export async function readGroupEntries(log: ChangeLog): Promise<readonly GroupEntry[]> {
  return readAll<GroupEntry>(log, isOfGroups);
}

/**
 * The changes that can be taken back, in all accounts and regions, latest first. A group that was deleted does not come back; and of one network interface only the
 * latest change that stands is taken back, as those before it lie under it.
 */
export function undoableGroups(entries: readonly GroupEntry[]): readonly InterfaceEntry[] {
  const taken = new Set<string>();
  return standing(entries.filter(isInterfaceEntry)).filter(({ account, region, networkInterface }) => {
    const key = JSON.stringify([account, region, networkInterface]);
    const isFirst = !taken.has(key);
    taken.add(key);
    return isFirst;
  });
}
