import { parseCidr, isEverything } from '../../ec2/cidr';
import { possibilities, text } from '../../ec2/datum';
import type { GroupMember, Permission, SecurityGroup } from '../../ec2/model';
import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

/** How many of the instances a message names. */
const NAMED = 3;

function letsInternetIn({ sources }: Permission): boolean {
  return sources.some(({ datum }) =>
    possibilities(datum).some(({ datum: source }) => {
      const block = parseCidr(text(source) ?? '');
      return block !== undefined && isEverything(block);
    }),
  );
}

/** What instances of one purpose have in common. */
function traitsOf({ image, instanceProfile, autoScalingGroup }: GroupMember): readonly string[] {
  const known = Object.entries({ image, instanceProfile, autoScalingGroup });
  return known.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
}

/** One instance of each sort: those are of one sort that are led to from one another by images, roles and Auto Scaling groups that they share. */
function sortsOf(instances: readonly GroupMember[]): readonly GroupMember[] {
  const sorts: { readonly first: GroupMember; readonly traits: Set<string> }[] = [];
  for (const instance of instances) {
    const traits = traitsOf(instance);
    // Of one that tells nothing, nothing can be said.
    if (traits.length === 0) continue;
    const [same, ...others] = sorts.filter((sort) => traits.some((trait) => sort.traits.has(trait)));
    if (!same) {
      sorts.push({ first: instance, traits: new Set(traits) });
      continue;
    }
    for (const trait of [...traits, ...others.flatMap((other) => [...other.traits])]) same.traits.add(trait);
    for (const other of others) sorts.splice(sorts.indexOf(other), 1);
  }
  return sorts.map(({ first }) => first);
}

function named(sorts: readonly GroupMember[]): string {
  const names = sorts.slice(0, NAMED).map(({ name }) => name);
  const left = sorts.length - names.length;
  if (left > 0) return `${names.join(', ')} and ${String(left)} more`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function isOpen({ ingress }: SecurityGroup): boolean {
  return ingress.some(letsInternetIn);
}

export const securityGroupShared: ResourceRule = {
  meta: {
    id: 'security-group-shared',
    title: 'Security group shared by unlike instances',
    description:
      'A security group that lets the internet in is on instances that have neither image nor role nor Auto Scaling group in common. What it opens for one it opens for the others. Judged in a running account only.',
    severity: 'information',
    fix: 'none',
    url: rulePage('security-group-shared'),
  },
  check: ({ graph }) =>
    graph.of('security-group').flatMap((group) => {
      const sorts = isOpen(group) ? sortsOf(group.use?.instances ?? []) : [];
      if (sorts.length < 2) return [];
      const message = `${named(sorts)} have this security group, and neither image nor role in common: what it opens to the internet for one, it opens for the others.`;
      return [{ range: group.head, message, resource: group.address, silenced: group.silenced }];
    }),
};
