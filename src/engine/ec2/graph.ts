/** The resources of one configuration, and how they lead to each other. */
import { possibilities, text, type Datum } from './datum';
import type {
  AccountDefaults,
  Image,
  Instance,
  LaunchConfiguration,
  LaunchSettings,
  LaunchTemplate,
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
  /** The resource of a kind that a datum refers to, by reference or by a name that one of them has. */
  target<K extends ResourceKind>(datum: Datum | undefined, kind: K): Extract<Resource, { kind: K }> | undefined;
}

export function resourceGraph(resources: readonly Resource[]): ResourceGraph {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  // Of one that is there several times, any stands for all.
  for (const resource of resources) {
    const all = withoutIndex(resource.address);
    if (!byAddress.has(all)) byAddress.set(all, resource);
  }
  // A role and its instance profile often have the same name.
  const byName = new Map<string, Resource>();
  for (const resource of resources) {
    const name = nameOf(resource);
    const key = `${resource.kind} ${name ?? ''}`;
    if (name !== undefined && !byName.has(key)) byName.set(key, resource);
  }
  return {
    resources,
    of: <K extends ResourceKind>(kind: K) =>
      resources.filter((resource): resource is Extract<Resource, { kind: K }> => resource.kind === kind),
    target: <K extends ResourceKind>(datum: Datum | undefined, kind: K) => {
      const isWanted = (resource: Resource | undefined): resource is Extract<Resource, { kind: K }> =>
        resource?.kind === kind;
      const written = datum?.kind === 'reference' ? datum.target : text(datum);
      if (written === undefined) return undefined;
      const addressed = byAddress.get(written) ?? byAddress.get(withoutIndex(written));
      if (isWanted(addressed)) return addressed;
      const named = datum?.kind === 'reference' ? undefined : byName.get(`${kind} ${written}`);
      return isWanted(named) ? named : undefined;
    },
  };
}

/** `aws_instance.web` of `aws_instance.web["a"]`. */
export function withoutIndex(address: string): string {
  return address.endsWith(']') ? address.slice(0, address.lastIndexOf('[')) : address;
}

/** The name that other resources may know it by. */
function nameOf(resource: Resource): string | undefined {
  if (resource.kind === 'key-pair') return text(resource.keyName);
  return 'name' in resource ? text(resource.name) : undefined;
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
    const group = graph.target(owner.group, 'security-group');
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
    const target = graph.target(datum, 'launch-template');
    if (target) settings.push(target);
    else leadsElsewhere = true;
  }
  return {
    settings,
    image: graph.target(nearest(settings, 'imageId'), 'image'),
    defaults: graph.of('account-defaults').find(({ metadataOptions }) => metadataOptions !== undefined),
    leadsElsewhere,
  };
}

type DataOf<T> = { readonly [K in keyof T as T[K] extends Datum | undefined ? K : never]: T[K] };

/** The nearest that is set of one of the properties: what a launch leaves out comes from its template. */
export function nearest(settings: readonly LaunchSettings[], name: keyof DataOf<LaunchSettings>): Datum | undefined {
  return settings.map((each) => each[name]).find((datum) => datum !== undefined);
}

/** Everything that instances are launched from. */
export function launches(graph: ResourceGraph): readonly (Instance | LaunchTemplate | LaunchConfiguration)[] {
  return [...graph.of('instance'), ...graph.of('launch-template'), ...graph.of('launch-configuration')];
}
