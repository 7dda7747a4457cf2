import { describeOpening, exposureFindings } from '../exposure-findings';
import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

export const widePortRange: ResourceRule = {
  meta: {
    id: 'wide-port-range',
    title: 'Wide port range',
    description:
      'A security group opens a wide range of ports to addresses outside private networks. Services that start to listen in it later are open without anybody deciding so.',
    severity: 'information',
    fix: 'suggestion',
    url: rulePage('wide-port-range'),
  },
  check: (context) =>
    exposureFindings(
      'wide-port-range',
      context,
      (exposure, to) => `${describeOpening(exposure)} is a wide range to open to ${to}`,
    ),
};
