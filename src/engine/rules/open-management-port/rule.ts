import { describeOpening, exposureFindings } from '../exposure-findings';
import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

export const openManagementPort: ResourceRule = {
  meta: {
    id: 'open-management-port',
    title: 'Management port open to the internet',
    description:
      'A security group lets the whole internet reach a port that hosts are administered by: SSH, RDP, WinRM, Telnet, Docker. Such ports are scanned all the time; one weak password or one old service is enough.',
    severity: 'error',
    fix: 'suggestion',
    url: rulePage('open-management-port'),
  },
  check: (context) =>
    exposureFindings(
      'open-management-port',
      context,
      (exposure, to) => `${describeOpening(exposure)} is open to the whole internet (${to})`,
    ),
};
