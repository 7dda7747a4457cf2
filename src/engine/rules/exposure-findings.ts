/** What the rules over open ports have in common: a rule of a security group gives one finding, told by the worst that it opens. */
import { parseCidr } from '../ec2/cidr';
import { exposures, type Exposure, type ExposureRule } from '../ec2/exposure';
import { describePorts, SERVICES } from '../ec2/ports';
import type { FixInput } from '../finding';
import type { ResourceContext, ResourceFinding, ResourceFix } from './resource-rule';

const CIDR_INPUT: FixInput = {
  prompt: 'The address block that may connect, in CIDR notation',
  placeholder: '203.0.113.0/24',
  problem: (value) => {
    const block = parseCidr(value);
    if (!block || !value.includes('/')) return 'That is no address block such as 203.0.113.0/24 or 2001:db8::/48.';
    return block.prefix === 0 ? 'That is the whole internet.' : undefined;
  },
};

/** "TCP 22 (SSH)". */
export function describeOpening({ protocol, managementPorts }: Exposure): string {
  const services = managementPorts.map((port) => SERVICES[port] ?? String(port));
  const ports = describePorts(protocol);
  return services.length > 0 ? `${ports} (${services.join(', ')})` : ports;
}

/** "where IsProduction and not UseVpn". */
export function describeConditions(when: readonly string[]): string {
  return when.length > 0 ? ` where ${[...new Set(when)].join(' and ')}` : '';
}

function fixesOf({ sources, placed: { permission, owner } }: Exposure): readonly ResourceFix[] {
  const { edit } = owner;
  if (!edit) return [];
  const [first] = sources;
  const fixes: ResourceFix[] = [];
  if (first) {
    fixes.push({
      title: 'Let only one address block connect…',
      safety: 'suggestion',
      input: CIDR_INPUT,
      edits: (input) => {
        const edits = sources.map(({ datum }) => edit.replace(datum, input ?? CIDR_INPUT.placeholder));
        return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
      },
    });
  }
  fixes.push({
    title: 'Remove the rule and connect through Session Manager',
    safety: 'suggestion',
    edits: () =>
      edit.remove(permission.range, 'Connect through AWS Systems Manager Session Manager: no open port is needed.'),
  });
  return fixes;
}

export function exposureFindings(
  rule: ExposureRule,
  { graph, settings }: ResourceContext,
  message: (exposure: Exposure, to: string) => string,
): readonly ResourceFinding[] {
  return exposures(graph, settings.network)
    .filter((exposure) => exposure.rule === rule)
    .map((exposure): ResourceFinding => {
      const { sources, placed, when } = exposure;
      const written = [...new Set(sources.map((source) => source.written))].join(', ');
      const [first] = sources;
      const origin = first?.datum.kind === 'scalar' ? first.datum.origin : undefined;
      return {
        range: first?.datum.range ?? placed.permission.head,
        message: `${message(exposure, written)}${describeConditions(when)}.`,
        resource: placed.group?.address ?? placed.owner.address,
        related: origin ? [{ range: origin.range, message: `${written} is ${origin.what}.` }] : [],
        fixes: fixesOf(exposure),
        silenced: placed.permission.silenced,
      };
    });
}
