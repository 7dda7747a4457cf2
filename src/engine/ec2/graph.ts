/** The resources of one configuration, and how they lead to each other. */
import { possibilities, text, type Datum } from './datum';
import type {
  AccountDefaults,
  Image,
  Instance,
  LaunchSettings,
  Permission,
  Resource,
  ResourceKind,
  SecurityGroup,
  SecurityGroupRule,
} from './model';

export interface ResourceGraph {
  readonly resources: readonly Resource[];
  /** All of one kind. */
  of<K extends ResourceKind>(kind: K): readonly Extract<Resource, { kind: K }>[];
  /** The resource that a datum refers to, by reference or by a name that one of them has. */
  target(datum: Datum | undefined): Resource | undefined;
}

export function resourceGraph(resources: readonly Resource[]): ResourceGraph {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const byName = new Map<string, Resource>();
  for (const resource of resources) {
    const name = 'name' in resource ? text(resource.name) : undefined;
    if (name !== undefined && !byName.has(name)) byName.set(name, resource);
  }
  return {
    resources,
    of: <K extends ResourceKind>(kind: K) =>
      resources.filter((resource): resource is Extract<Resource, { kind: K }> => resource.kind === kind),
    target: (datum) => {
      if (datum?.kind === 'reference') return byAddress.get(datum.target);
      const written = text(datum);
      return written === undefined ? undefined : (byAddress.get(written) ?? byName.get(written));
    },
  };
}

/** A rule of a group, with the group that it belongs to where that is in the same configuration. */
export interface PlacedPermission {
  readonly permission: Permission;
  readonly owner: SecurityGroup | SecurityGroupRule;
  readonly group: SecurityGroup | undefined;
}

/** Every rule that lets traffic in, written in its group or apart from it. */
export function ingressOf(graph: ResourceGraph): readonly PlacedPermission[] {
  const inGroups = graph
    .of('security-group')
    .flatMap((group) => group.ingress.map((permission) => ({ permission, owner: group, group })));
  const apart = graph.of('security-group-rule').flatMap((owner) => {
    if (owner.direction !== 'ingress') return [];
    const target = graph.target(owner.group);
    const group = target?.kind === 'security-group' ? target : undefined;
    return owner.permissions.map((permission) => ({ permission, owner, group }));
  });
  return [...inGroups, ...apart];
}

/** What gives a launch its settings, nearest first: itself, its launch template, the account's defaults. */
export interface LaunchChain {
  readonly settings: readonly LaunchSettings[];
  readonly image: Image | undefined;
  readonly defaults: AccountDefaults | undefined;
  /** True where something in the chain is not in the configuration. */
  readonly leadsElsewhere: boolean;
}

export function launchChain(launch: LaunchSettings, graph: ResourceGraph): LaunchChain {
  const settings: LaunchSettings[] = [launch];
  let leadsElsewhere = false;
  const template = 'launchTemplate' in launch ? (launch as Instance).launchTemplate : undefined;
  for (const { datum } of possibilities(template)) {
    if (!datum) continue;
    const target = graph.target(datum);
    if (target?.kind === 'launch-template') settings.push(target);
    else leadsElsewhere = true;
  }
  const imageDatum = settings.map(({ imageId }) => imageId).find((id) => id !== undefined);
  const target = graph.target(imageDatum);
  return {
    settings,
    image: target?.kind === 'image' ? target : undefined,
    defaults: graph.of('account-defaults').find(({ metadataOptions }) => metadataOptions !== undefined),
    leadsElsewhere,
  };
}

/** Everything that instances are launched from. */
export function launches(graph: ResourceGraph): readonly LaunchSettings[] {
  return [...graph.of('instance'), ...graph.of('launch-template'), ...graph.of('launch-configuration')];
}
