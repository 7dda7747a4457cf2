import { describeOpening, exposureFindings } from '../exposure-findings';
import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

export const openAllPorts: ResourceRule = {
  meta: {
    id: 'open-all-ports',
    title: 'All ports open to the internet',
    description:
      'A security group lets the whole internet reach every port: what listens on the host, now or later, can be attacked from anywhere.',
    severity: 'error',
    fix: 'suggestion',
    url: rulePage('open-all-ports'),
  },
  check: (context) =>
    exposureFindings('open-all-ports', context, (exposure, to) =>
      exposure.protocol.is === 'all'
        ? `The whole internet (${to}) may send all traffic`
        : `The whole internet (${to}) may send to ${describeOpening(exposure)}`,
    ),
};
