/** What a rule of a security group opens, and to whom. */
import type { NetworkSettings } from '../settings';
import { covers, isEverything, isPrivate, jointlyEverything, parseCidr, type Block } from './cidr';
import { integer, isPossible, items, possibilities, text, type Datum, type Possibility } from './datum';
import type { ResourceGraph } from './graph';
import { ingressOf, type PlacedPermission } from './graph';
import { coversAllPorts, portsWithin, protocolOf, type Protocol } from './ports';

export type ExposureRule = 'open-all-ports' | 'open-management-port' | 'open-port' | 'wide-port-range';

export interface Exposure {
  readonly rule: ExposureRule;
  readonly placed: PlacedPermission;
  readonly protocol: Protocol;
  /** Management ports among those that are open. */
  readonly managementPorts: readonly number[];
  /** The sources that are to blame, as they are written; the first is the one to show. */
  readonly sources: readonly OpenSource[];
  readonly when: readonly string[];
}

export interface OpenSource {
  readonly datum: Datum;
  readonly written: string;
  readonly family: Block['family'];
  /** True where it is everything only together with others. */
  readonly jointly: boolean;
}

interface KnownSource {
  readonly datum: Datum;
  readonly written: string;
  readonly block: Block;
  readonly when: readonly string[];
}

/** Sources whose address blocks are known, without those that are trusted. */
function knownSources({ permission }: PlacedPermission, trusted: readonly Block[]): readonly KnownSource[] {
  return permission.sources.flatMap((source) => {
    if (source.is !== 'ipv4' && source.is !== 'ipv6') return [];
    return items(source.datum).items.flatMap(({ datum, when }): KnownSource[] => {
      const written = text(datum);
      const block = written === undefined ? undefined : parseCidr(written);
      if (!datum || written === undefined || !block || trusted.some((outer) => covers(outer, block))) return [];
      return [{ datum, written, block, when }];
    });
  });
}

/** What the rule lets through, for each way in which its parts are known. */
function protocols({
  permission,
}: PlacedPermission): readonly { readonly protocol: Protocol; readonly when: readonly string[] }[] {
  const result: { protocol: Protocol; when: readonly string[] }[] = [];
  const isKnown = ({ datum }: Possibility): boolean => datum === undefined || datum.kind === 'scalar';
  for (const name of possibilities(permission.protocol)) {
    const written = text(name.datum);
    if (written === undefined) continue;
    const all = protocolOf(written, undefined, undefined);
    if (all && all.is !== 'tcp' && all.is !== 'udp') {
      result.push({ protocol: all, when: name.when });
      continue;
    }
    for (const from of possibilities(permission.fromPort).filter(isKnown)) {
      for (const to of possibilities(permission.toPort).filter(isKnown)) {
        const first = integer(from.datum);
        const last = integer(to.datum);
        // Something is written that is no number.
        if ((from.datum && first === undefined) || (to.datum && last === undefined)) continue;
        const protocol = protocolOf(written, first, last);
        if (protocol) result.push({ protocol, when: [...name.when, ...from.when, ...to.when] });
      }
    }
  }
  return result;
}

const RANK: readonly ExposureRule[] = ['open-all-ports', 'open-management-port', 'open-port', 'wide-port-range'];

/** The worst that each rule of the configuration opens; one answer for one rule. */
export function exposures(graph: ResourceGraph, settings: NetworkSettings): readonly Exposure[] {
  const trusted = settings.trustedCidrs.map(parseCidr).filter((block) => block !== undefined);
  const placed = ingressOf(graph).map((each) => ({
    each,
    sources: knownSources(each, trusted),
    protocols: protocols(each),
  }));
  const joint = jointSources(placed);
  return placed.flatMap(({ each, sources, protocols: known }) => {
    let worst: Exposure | undefined;
    for (const { protocol, when } of known) {
      // A port for one environment and a source for another one are never there together.
      const there = sources.filter((source) => isPossible([...each.permission.when, ...when, ...source.when]));
      const open = there.filter((source) => isEverything(source.block) || joint.has(source));
      const exposure = judge(each, protocol, open, there, settings, joint);
      if (!exposure) continue;
      if (worst && RANK.indexOf(worst.rule) <= RANK.indexOf(exposure.rule)) continue;
      worst = { ...exposure, when: [...each.permission.when, ...when, ...exposure.when] };
    }
    return worst ? [worst] : [];
  });
}

function judge(
  placed: PlacedPermission,
  protocol: Protocol,
  open: readonly KnownSource[],
  all: readonly KnownSource[],
  settings: NetworkSettings,
  joint: ReadonlySet<KnownSource>,
): Exposure | undefined {
  if (protocol.is === 'other') return undefined;
  const exposure = (
    rule: ExposureRule,
    sources: readonly KnownSource[],
    managementPorts: readonly number[] = [],
  ): Exposure => ({
    rule,
    placed,
    protocol,
    managementPorts,
    sources: sources.map((source) => ({
      datum: source.datum,
      written: source.written,
      family: source.block.family,
      jointly: joint.has(source),
    })),
    when: sources[0]?.when ?? [],
  });
  if (open.length > 0) {
    if (coversAllPorts(protocol)) return exposure('open-all-ports', open);
    // These services are reached by TCP. RDP speaks UDP beside it, so that 3389 alone says what is meant; a range that happens to hold it does not.
    const management = portsWithin(protocol, settings.managementPorts).filter(
      (port) => protocol.is !== 'udp' || (port === 3389 && protocol.from === protocol.to),
    );
    if (management.length > 0) return exposure('open-management-port', open, management);
    if (protocol.is !== 'all' && settings.publicPorts.includes(protocol.from) && protocol.from === protocol.to)
      return undefined;
    return exposure('open-port', open);
  }
  const wide =
    protocol.is !== 'all' && protocol.to - protocol.from + 1 > settings.widePortRange && !coversAllPorts(protocol);
  const outside = all.filter(({ block }) => !isPrivate(block));
  return wide && outside.length > 0 ? exposure('wide-port-range', outside) : undefined;
}

/** Blocks that are the whole internet only together, over all the rules of a group that open the same. */
function jointSources(
  placed: readonly {
    readonly each: PlacedPermission;
    readonly sources: readonly KnownSource[];
    readonly protocols: readonly { readonly protocol: Protocol; readonly when: readonly string[] }[];
  }[],
): ReadonlySet<KnownSource> {
  const groups = new Map<string, KnownSource[]>();
  for (const { each, sources, protocols: known } of placed) {
    for (const { protocol, when } of known) {
      // What is there always adds up; what is there sometimes does so with its like.
      const conditional = sources.map((source) => [...each.permission.when, ...when, ...source.when].join(' and '));
      for (const [index, source] of sources.entries()) {
        const key = [each.group?.address ?? each.owner.address, JSON.stringify(protocol), conditional[index]].join(':');
        groups.set(key, [...(groups.get(key) ?? []), source]);
      }
    }
  }
  return new Set(
    [...groups.values()].flatMap((sources) => {
      const taking = new Set(jointlyEverything(sources.map(({ block }) => block)));
      return sources.filter((_, index) => taking.has(index));
    }),
  );
}
