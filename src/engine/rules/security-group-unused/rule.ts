import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

export const securityGroupUnused: ResourceRule = {
  meta: {
    id: 'security-group-unused',
    title: 'Security group that is attached to nothing',
    description:
      'No network interface of the region has this security group, so it protects nothing. What nobody uses nobody looks after, until it is attached by mistake. Judged in a running account only.',
    severity: 'information',
    fix: 'none',
    url: rulePage('security-group-unused'),
  },
  check: ({ graph }) =>
    graph
      .of('security-group')
      // The group that every VPC has cannot be deleted.
      .filter(({ use, isDefault }) => use?.networkInterfaces === 0 && !isDefault)
      .map(({ head, address, silenced }) => ({
        range: head,
        message: 'No network interface has this security group: it is attached to nothing.',
        resource: address,
        silenced,
      })),
};
