import { items, possibilities, type Datum } from '../../ec2/datum';
import { ingressOf, launches } from '../../ec2/graph';
import type { Permission } from '../../ec2/model';
import type { ResourceFinding, ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

/** Amazon VPC User Guide, "Amazon VPC quotas": rules count for each direction and, among IPv4 and IPv6, separately. */
const RULES_PER_GROUP = 60;
const GROUPS_PER_INTERFACE = 5;

/** The most that are there at once for certain: alternatives do not add up, and what is not known counts for nothing. */
function countItems(datum: Datum | undefined): number {
  return Math.max(
    ...possibilities(datum).map((possibility) => {
      const { items: found } = items(possibility.datum);
      return found.filter(({ when }) => when.length === 0).length;
    }),
  );
}

/**
 * Every source of a rule counts as one; a reference to a group counts for both families. Rules under different conditions may never be there together, so
 * the most under one condition counts.
 */
function countRules(permissions: readonly Permission[]): number {
  const counts = new Map<string, Record<4 | 6, number>>();
  for (const { sources, when } of permissions) {
    const count = counts.get(when.join(' and ')) ?? { 4: 0, 6: 0 };
    counts.set(when.join(' and '), count);
    for (const { is, datum } of sources) {
      const known = datum.kind === 'reference' ? 1 : countItems(datum);
      if (is !== 'ipv6') count[4] += known;
      if (is !== 'ipv4') count[6] += known;
    }
  }
  const always = counts.get('') ?? { 4: 0, 6: 0 };
  const sometimes = [...counts].flatMap(([when, count]) => (when === '' ? [] : [count]));
  const most = (family: 4 | 6): number => always[family] + Math.max(0, ...sometimes.map((count) => count[family]));
  return Math.max(most(4), most(6));
}

/** A reference is one group; what stands for a list of them is counted as far as it is known. Lists in a list are those of several interfaces, of which the most counts. */
function countGroups(groups: Datum | undefined): number {
  return Math.max(
    ...possibilities(groups).map(({ datum }) => {
      if (datum?.kind !== 'list') return 0;
      let own = 0;
      let most = 0;
      for (const item of datum.items) {
        const count = Math.max(item.kind === 'reference' ? 1 : 0, countItems(item));
        if (possibilities(item).some((each) => each.datum?.kind === 'list')) most = Math.max(most, count);
        else own += count;
      }
      return own + most;
    }),
  );
}

export const securityGroupQuota: ResourceRule = {
  meta: {
    id: 'security-group-quota',
    title: 'Over the default quota of security groups',
    description:
      'More rules in a security group, or more groups on a network interface, than AWS allows without a raised quota (60 in each direction, and 5). The deployment fails where the quota was not raised.',
    severity: 'information',
    fix: 'none',
    url: rulePage('security-group-quota'),
  },
  check: ({ graph }) => {
    const findings: ResourceFinding[] = [];
    const ingress = ingressOf(graph);
    for (const group of graph.of('security-group')) {
      const own = ingress.filter((placed) => placed.group === group).map(({ permission }) => permission);
      for (const [direction, count] of [
        ['inbound', countRules(own)],
        ['outbound', countRules(group.egress)],
      ] as const) {
        if (count <= RULES_PER_GROUP) continue;
        const message = `${String(count)} ${direction} rules: AWS allows ${String(RULES_PER_GROUP)} for a security group unless the quota is raised.`;
        findings.push({ range: group.head, message, resource: group.address, silenced: group.silenced });
      }
    }
    for (const resource of [...launches(graph), ...graph.of('network-interface')]) {
      const count = countGroups(resource.securityGroups);
      if (count <= GROUPS_PER_INTERFACE) continue;
      const message = `${String(count)} security groups: AWS allows ${String(GROUPS_PER_INTERFACE)} on a network interface unless the quota is raised.`;
      findings.push({
        range: resource.securityGroups?.range ?? resource.head,
        message,
        resource: resource.address,
        silenced: resource.silenced,
      });
    }
    return findings;
  },
};
