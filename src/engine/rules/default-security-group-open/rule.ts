import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

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
    graph
      .of('security-group')
      .filter(({ isDefault }) => isDefault)
      .flatMap((group) =>
        group.ingress.map((permission) => ({
          range: permission.head,
          message:
            'The default security group lets traffic in; everything that is launched without a group of its own gets this.',
          resource: group.address,
          silenced: permission.silenced,
          fixes: [
            {
              title: 'Remove the rule',
              safety: 'suggestion' as const,
              edits: () => group.edit?.remove(permission.range, 'The default security group lets nothing in.'),
            },
          ],
        })),
      ),
};
