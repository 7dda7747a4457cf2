import { items, possibilities, truth, type Datum } from '../../ec2/datum';
import { exposures, type Exposure } from '../../ec2/exposure';
import { launchChain, nearest } from '../../ec2/graph';
import type { ElasticIpAssociation, Instance, LaunchSettings, Resource } from '../../ec2/model';
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

interface Reached extends PublicBy {
  readonly exposure: Exposure;
}

/** Elastic IPs by what they belong to: an instance, or an interface that is described apart. */
type ElasticIps = ReadonlyMap<Resource, ElasticIpAssociation>;

function elasticIps({ graph }: ResourceContext): ElasticIps {
  const found = new Map<Resource, ElasticIpAssociation>();
  for (const association of graph.of('elastic-ip-association')) {
    const { instance, networkInterface } = association;
    const owner =
      graph.target(instance ?? networkInterface, 'instance') ?? graph.target(networkInterface, 'network-interface');
    if (owner && !found.has(owner)) found.set(owner, association);
  }
  return found;
}

/** What gives the instance a public address: its own setting, an Elastic IP, its subnet. */
function publicBy(
  instance: Instance,
  settings: readonly LaunchSettings[],
  elastic: ElasticIpAssociation | undefined,
  { graph }: ResourceContext,
): PublicBy | undefined {
  const by = settings.find(({ publicAddress }) => publicAddress !== undefined);
  const own = by?.publicAddress;
  const set = possibilities(own).find(({ datum }) => truth(datum) === true)?.datum;
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

/** An interface that is described apart gets an address by an Elastic IP alone: its own, or that of an instance that has no other interface. */
function publicInterface(
  instance: Instance,
  elastic: ElasticIps,
  open: readonly Exposure[],
  context: ResourceContext,
): Reached | undefined {
  const all = instance.interfaces ?? [];
  for (const datum of all) {
    const described = context.graph.target(datum, 'network-interface');
    const address = described && (elastic.get(described) ?? (all.length === 1 ? elastic.get(instance) : undefined));
    const exposure = address && reaching(described.securityGroups, open, context);
    if (exposure) return { exposure, at: undefined, how: `It gets the Elastic IP of ${address.address}` };
  }
  return undefined;
}

function reaching(
  attached: Datum | undefined,
  open: readonly Exposure[],
  { graph }: ResourceContext,
): Exposure | undefined {
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
    const elastic = elasticIps(context);
    return context.graph.of('instance').flatMap((instance): ResourceFinding[] => {
      const { settings } = launchChain(instance, context.graph);
      const exposure = reaching(nearest(settings, 'securityGroups'), open, context);
      const address = exposure && publicBy(instance, settings, elastic.get(instance), context);
      const reached = address ? { ...address, exposure } : publicInterface(instance, elastic, open, context);
      if (!reached) return [];
      const { refuse } = reached;
      const opening = describeOpening(reached.exposure);
      const source = reached.exposure.sources[0]?.datum.range ?? reached.exposure.placed.permission.head;
      return [
        {
          range: reached.at?.range ?? instance.head,
          message: `${reached.how}, and ${opening} of it ${opening.endsWith('s') ? 'are' : 'is'} open to the internet.`,
          resource: instance.address,
          related: [{ range: source, message: 'It is opened here.' }],
          silenced: instance.silenced,
          fixes: refuse ? [{ title: 'Give it no public address', safety: 'suggestion', edits: refuse }] : [],
        },
      ];
    });
  },
};
