import { describeOpening, exposureFindings } from '../exposure-findings';
import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

export const openPort: ResourceRule = {
  meta: {
    id: 'open-port',
    title: 'Port open to the internet',
    description:
      'A security group lets the whole internet reach a port that is not one of the web. Databases, caches and admin pages behind such ports are found and emptied within hours.',
    severity: 'warning',
    fix: 'suggestion',
    url: rulePage('open-port'),
  },
  check: (context) =>
    exposureFindings(
      'open-port',
      context,
      (exposure, to) => `${describeOpening(exposure)} is open to the whole internet (${to})`,
    ),
};
