/** What the rules over open ports have in common: a rule of a security group gives one finding, told by the worst that it opens. */
import { parseCidr } from '../ec2/cidr';
import { exposures, type Exposure, type ExposureRule, type OpenSource } from '../ec2/exposure';
import type { ResourceEditor } from '../ec2/model';
import { describePorts, SERVICES } from '../ec2/ports';
import type { FixInput } from '../finding';
import type { TextEdit } from '../text/range';
import type { ResourceContext, ResourceFinding, ResourceFix } from './resource-rule';

const EXAMPLES = { 4: '203.0.113.0/24', 6: '2001:db8::/48' } as const;

/** Asks for a block of the only family that the rule has a place for, or of either. */
function cidrInput(sources: readonly OpenSource[]): FixInput {
  const families = new Set(sources.map(({ family }) => family));
  const placeholder = EXAMPLES[families.has(4) ? 4 : 6];
  return {
    prompt: 'The address block that may connect, in CIDR notation',
    placeholder,
    problem: (value) => {
      const block = parseCidr(value);
      if (!block || !value.includes('/')) return `That is no address block such as ${EXAMPLES[4]} or ${EXAMPLES[6]}.`;
      if (block.prefix === 0) return 'That is the whole internet.';
      const only = families.has(4) ? 'IPv4' : 'IPv6';
      return families.has(block.family) ? undefined : `The rule is for ${only}: a block such as ${placeholder}.`;
    },
  };
}

/** The block in place of the sources of its family; those of the other one have no place any more, nor has the second half of the internet. */
function narrowed(
  edit: ResourceEditor,
  sources: readonly OpenSource[],
  block: string,
): readonly TextEdit[] | undefined {
  const family = parseCidr(block)?.family;
  const own = sources.filter((source) => source.family === family);
  const [half] = own.filter(({ jointly }) => jointly);
  if (own.length === 0) return undefined;
  const edits = sources.map((source) => {
    const stays = own.includes(source) && (!source.jointly || source === half);
    return stays ? edit.replace(source.datum, block) : edit.drop(source.datum);
  });
  return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
}

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
  const fixes: ResourceFix[] = [];
  if (sources.length > 0) {
    const input = cidrInput(sources);
    fixes.push({
      title: 'Let only one address block connect…',
      safety: 'suggestion',
      input,
      edits: (typed = input.placeholder) => narrowed(edit, sources, typed),
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
