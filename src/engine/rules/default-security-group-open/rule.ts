import { possibilities } from '../../ec2/datum';
import { ingressOf } from '../../ec2/graph';
import type { Permission } from '../../ec2/model';
import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

/** A rule without a source lets nothing in, and one with a list that is not known may have none. */
function letsIn({ sources }: Permission): boolean {
  return sources.some(({ datum }) =>
    possibilities(datum).some(
      ({ datum: at }) => at !== undefined && at.kind !== 'unknown' && (at.kind !== 'list' || at.items.length > 0),
    ),
  );
}

export const defaultSecurityGroupOpen: ResourceRule = {
  meta: {
    id: 'default-security-group-open',
    title: 'Default security group lets traffic in',
    description:
      "A VPC's default security group has rules that let traffic in. Whatever is launched without a group gets it, so it should let in nothing.",
    severity: 'information',
    fix: 'suggestion',
    url: rulePage('default-security-group-open'),
  },
  check: ({ graph }) =>
    ingressOf(graph)
      .filter(({ group, permission }) => group?.isDefault === true && letsIn(permission))
      .map(({ permission, owner: { address, edit } }) => ({
        range: permission.head,
        message:
          'The default security group lets traffic in; everything that is launched without a group of its own gets this.',
        resource: address,
        silenced: permission.silenced,
        fixes: edit
          ? [
              {
                title: 'Remove the rule',
                safety: 'suggestion' as const,
                edits: () => edit.remove(permission.range, 'The default security group lets nothing in.'),
              },
            ]
          : [],
      })),
};
