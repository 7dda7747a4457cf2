import { items, possibilities, truth, type Datum } from '../../ec2/datum';
import { exposures, type Exposure } from '../../ec2/exposure';
import type { Instance } from '../../ec2/model';
import { describeOpening } from '../exposure-findings';
import type { ResourceContext, ResourceFinding, ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

/** What gives the instance a public address: its own setting, an Elastic IP, its subnet. */
function publicBy(
  instance: Instance,
  { graph }: ResourceContext,
): { readonly at: Datum | undefined; readonly how: string } | undefined {
  const own = instance.publicAddress;
  const set = possibilities(own).find(({ datum }) => truth(datum) === true)?.datum;
  if (set) return { at: set, how: 'It gets a public address' };
  const elastic = graph
    .of('elastic-ip-association')
    .find((association) => graph.target(association.instance) === instance);
  if (elastic) return { at: undefined, how: `It gets the Elastic IP of ${elastic.address}` };
  if (own !== undefined) return undefined;
  const subnet = graph.target(instance.subnet);
  const mapped =
    subnet?.kind === 'subnet' && possibilities(subnet.mapPublicAddresses).some(({ datum }) => truth(datum) === true);
  return mapped ? { at: instance.subnet, how: `Its subnet ${subnet.address} gives it a public address` } : undefined;
}

function reaching(instance: Instance, open: readonly Exposure[], { graph }: ResourceContext): Exposure | undefined {
  const groups = items(instance.securityGroups).items.map(({ datum }) => graph.target(datum));
  return open.find(({ placed: { group } }) => group !== undefined && groups.includes(group));
}

export const instancePublic: ResourceRule = {
  meta: {
    id: 'instance-public',
    title: 'Public instance with an open management port',
    description:
      'An instance with a public address whose security group opens a management port to the internet: both halves of being attacked are here.',
    severity: 'information',
    fix: 'none',
    url: rulePage('instance-public'),
  },
  check: (context) => {
    const open = exposures(context.graph, context.settings.network).filter(
      ({ rule }) => rule === 'open-management-port' || rule === 'open-all-ports',
    );
    if (open.length === 0) return [];
    return context.graph.of('instance').flatMap((instance): ResourceFinding[] => {
      const exposure = reaching(instance, open, context);
      const address = exposure && publicBy(instance, context);
      if (!address) return [];
      const source = exposure.sources[0]?.datum.range ?? exposure.placed.permission.head;
      return [
        {
          range: address.at?.range ?? instance.head,
          message: `${address.how}, and ${describeOpening(exposure)} of it is open to the internet.`,
          resource: instance.address,
          related: [{ range: source, message: 'It is opened here.' }],
          silenced: instance.silenced,
        },
      ];
    });
  },
};
