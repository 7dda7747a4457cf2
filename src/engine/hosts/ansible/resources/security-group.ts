/** The rules that `amazon.aws.ec2_security_group` writes: its documentation, "rules" and "rules_egress". */
import { entry, items, possibilities, text, type Datum } from '../../../ec2/datum';
import type { Permission, SecurityGroup, Source } from '../../../ec2/model';
import type { Reading } from './reading';

export function securityGroup(reading: Reading): SecurityGroup {
  const { base, valueOf } = reading;
  return {
    ...base,
    kind: 'security-group',
    name: valueOf('name'),
    isDefault: false,
    ingress: permissions(valueOf('rules'), reading),
    egress: permissions(valueOf('rules_egress'), reading),
    complete: false,
  };
}

function permissions(rules: Datum | undefined, { firstLine, silencedIn }: Reading): readonly Permission[] {
  return items(rules).items.flatMap(({ datum }) => {
    if (datum?.kind !== 'mapping') return [];
    const common = {
      range: datum.range,
      head: firstLine(datum.range),
      // "proto: tcp" is what is left out.
      protocol: entry(datum, 'proto') ?? ({ kind: 'scalar', value: 'tcp', range: datum.range } as const),
      sources: SOURCES.flatMap(([key, is]): readonly Source[] => {
        const source = entry(datum, key);
        return source ? [{ is, datum: flat(source) }] : [];
      }),
      when: [],
      silenced: silencedIn(datum.range),
    };
    return ports(datum).map(([fromPort, toPort]): Permission => ({ ...common, fromPort, toPort }));
  });
}

const SOURCES: readonly (readonly [key: string, is: Source['is']])[] = [
  ['cidr_ip', 'ipv4'],
  ['cidr_ipv6', 'ipv6'],
  ['ip_prefix', 'prefix-list'],
  ['group_id', 'group'],
  ['group_name', 'group'],
];

/** Blocks may stand in lists within lists. */
function flat(datum: Datum): Datum {
  if (datum.kind !== 'list') return datum;
  return { ...datum, items: datum.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])) };
}

type Ports = readonly [from: Datum | undefined, to: Datum | undefined];

/** `ports: 22`, `ports: [22, 8000-8100]`, or `from_port` and `to_port`. */
function ports(rule: Datum): readonly Ports[] {
  const listed = entry(rule, 'ports');
  if (listed) {
    return items(listed).items.flatMap(({ datum }): Ports[] => {
      const range = datum && /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(text(datum) ?? '');
      if (!datum || !range) return [[datum, datum]];
      const [from, to] = [range[1], range[2]].map(
        (port) => ({ kind: 'scalar', value: port ?? '', range: datum.range }) as const,
      );
      return [[from, to]];
    });
  }
  const [from, to] = [entry(rule, 'from_port'), entry(rule, 'to_port')];
  if (from ?? to) return [[from, to ?? from]];
  // Without ports only a protocol that has none, or all of them, says what it means.
  const isAll = possibilities(entry(rule, 'proto')).every(({ datum }) => /^(?:-1|all)$/.test(text(datum) ?? ''));
  return isAll ? [[undefined, undefined]] : [];
}
