/** What can be changed of security groups: which of them a network interface has, and whether one is there. */
import type { GroupName, SecurityGroupRecord } from '../inventory/records';

/** An instance as it was called then. */
export interface NamedInstance {
  readonly id: string;
  readonly name: string | undefined;
}

/** The groups of a network interface, all of them: AWS takes no less (EC2 API Reference, ModifyNetworkInterfaceAttribute, `Groups`). */
export interface InterfaceChange {
  readonly networkInterface: string;
  /** At least one. */
  readonly groups: readonly GroupName[];
  /** Ids of the groups that it must have still when the change is made: what the question said. */
  readonly expect: readonly string[];
  /** What it must be attached to still; left out, it does not matter. */
  readonly attachedTo?: NamedInstance;
}

export interface InterfaceGroups {
  readonly groups: readonly GroupName[];
}

/** Whether a group is there, and what it was: that is kept where it is deleted. */
export interface GroupPresence {
  readonly exists: boolean;
  readonly was?: SecurityGroupRecord;
}

export function idsOf(groups: readonly GroupName[]): readonly string[] {
  return groups.map(({ id }) => id);
}

/** In any order: it means nothing. */
export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const all = new Set(a);
  return all.size === new Set(b).size && b.every((id) => all.has(id));
}

/** The name and the id, or the id alone. */
export function groupInWords({ id, name }: GroupName): string {
  return name === undefined || name === id ? id : `${name} (${id})`;
}

/** Each by its name. */
export function groupsInWords(groups: readonly GroupName[]): string {
  return groups.map(groupInWords).join(', ');
}
