import { items, possibilities, truth, type Datum } from '../../ec2/datum';
import { exposures, type Exposure } from '../../ec2/exposure';
import { launchChain, nearest } from '../../ec2/graph';
import type { Instance, LaunchSettings } from '../../ec2/model';
import { describeOpening } from '../exposure-findings';
import type { ResourceContext, ResourceFinding, ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';
import type { TextEdit } from '../../text/range';

interface PublicBy {
  readonly at: Datum | undefined;
  readonly how: string;
  /** Keeps it from getting one. */
  readonly refuse?: () => readonly TextEdit[] | undefined;
}

/** What gives the instance a public address: its own setting, an Elastic IP, its subnet. */
function publicBy(
  instance: Instance,
  settings: readonly LaunchSettings[],
  { graph }: ResourceContext,
): PublicBy | undefined {
  const by = settings.find(({ publicAddress }) => publicAddress !== undefined);
  const own = by?.publicAddress;
  const set = possibilities(own).find(({ datum }) => truth(datum) === true)?.datum;
  const elastic = graph
    .of('elastic-ip-association')
    .find((association) => graph.target(association.instance, 'instance') === instance);
  if (set) {
    const how = 'It gets a public address';
    return { at: set, how, ...(elastic ? {} : { refuse: () => by?.edit?.replace(set, false) }) };
  }
  if (elastic) return { at: undefined, how: `It gets the Elastic IP of ${elastic.address}` };
  if (own !== undefined) return undefined;
  const at = nearest(settings, 'subnet');
  const subnet = graph.target(at, 'subnet');
  const mapped = possibilities(subnet?.mapPublicAddresses).some(({ datum }) => truth(datum) === true);
  if (!subnet || !mapped) return undefined;
  const how = `Its subnet ${subnet.address} gives it a public address`;
  // An interface that its launch template describes would have to say it itself.
  return instance.subnet ? { at, how, refuse: () => instance.edit?.set(['publicAddress'], false) } : { at, how };
}

function reaching(
  settings: readonly LaunchSettings[],
  open: readonly Exposure[],
  { graph }: ResourceContext,
): Exposure | undefined {
  const attached = nearest(settings, 'securityGroups');
  const groups = [...possibilities(attached), ...items(attached).items].map(({ datum }) =>
    graph.target(datum, 'security-group'),
  );
  return open.find(({ placed: { group } }) => group !== undefined && groups.includes(group));
}

export const instancePublic: ResourceRule = {
  meta: {
    id: 'instance-public',
    title: 'Public instance with an open management port',
    description:
      'An instance with a public address whose security group opens a management port to the internet: both halves of being attacked are here.',
    severity: 'information',
    fix: 'suggestion',
    url: rulePage('instance-public'),
  },
  check: (context) => {
    const open = exposures(context.graph, context.settings.network).filter(
      ({ rule }) => rule === 'open-management-port' || rule === 'open-all-ports',
    );
    if (open.length === 0) return [];
    return context.graph.of('instance').flatMap((instance): ResourceFinding[] => {
      const { settings } = launchChain(instance, context.graph);
      const exposure = reaching(settings, open, context);
      const address = exposure && publicBy(instance, settings, context);
      if (!address) return [];
      const { refuse } = address;
      const opening = describeOpening(exposure);
      const source = exposure.sources[0]?.datum.range ?? exposure.placed.permission.head;
      return [
        {
          range: address.at?.range ?? instance.head,
          message: `${address.how}, and ${opening} of it ${opening.endsWith('s') ? 'are' : 'is'} open to the internet.`,
          resource: instance.address,
          related: [{ range: source, message: 'It is opened here.' }],
          silenced: instance.silenced,
          fixes: refuse ? [{ title: 'Give it no public address', safety: 'suggestion', edits: refuse }] : [],
        },
      ];
    });
  },
};
