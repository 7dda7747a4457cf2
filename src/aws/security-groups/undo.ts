/** Gives a network interface the groups back that it had, in the account and region that they were changed in. */
import type { ReadOptions } from '../aws';
import { assertMadeIn, refused } from '../change-log/made-in';
import { idsOf } from './change';
import { readGroupEntries, undoableGroups, type InterfaceEntry } from './log';
import { setInterfaceGroups, type GroupTools, type InterfaceResult } from './set-groups';

/** @throws AwsFailure, also where it was taken back already, or where the groups are others by now */
export async function undoInterfaceGroups(
  tools: GroupTools,
  entry: InterfaceEntry,
  options: ReadOptions = {},
): Promise<InterfaceResult> {
  assertMadeIn(tools.session, entry);
  const { networkInterface, before, sent, attachedTo } = entry;
  // Another window may have been there before.
  const standing = undoableGroups(await readGroupEntries(tools.log));
  if (!standing.some(({ id }) => id === entry.id)) {
    const what = `That change of the groups of ${networkInterface}`;
    throw refused(`${what} was taken back already, or a later one stands.`, 'Nothing was sent.');
  }
  const change = { networkInterface, groups: before.groups, expect: idsOf(sent.groups) };
  const whole = attachedTo === undefined ? change : { ...change, attachedTo };
  return setInterfaceGroups(tools, whole, { ...options, undoes: entry.id });
}
