import { items } from '../../ec2/datum';
import { ingressOf, launches } from '../../ec2/graph';
import type { Permission } from '../../ec2/model';
import type { ResourceFinding, ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

/** Amazon VPC User Guide, "Amazon VPC quotas": rules count for each direction and, among IPv4 and IPv6, separately. */
const RULES_PER_GROUP = 60;
const GROUPS_PER_INTERFACE = 5;

/** Every source of a rule counts as one; a reference to a group counts for both families. */
function countRules(permissions: readonly Permission[]): number {
  const count = { 4: 0, 6: 0 };
  for (const { sources } of permissions) {
    for (const { is, datum } of sources) {
      const known = Math.max(1, items(datum).items.length);
      if (is !== 'ipv6') count[4] += known;
      if (is !== 'ipv4') count[6] += known;
    }
  }
  return Math.max(count[4], count[6]);
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
      const count = items(resource.securityGroups).items.length;
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
