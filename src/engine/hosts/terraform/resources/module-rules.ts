/** Rules of the groups that modules of terraform-aws-modules make for what they launch, by their documented arguments. */
import type { Datum } from '../../../ec2/datum';
import type { Permission, SecurityGroup, Source } from '../../../ec2/model';
import { elementsOf } from '../../hcl/select';
import { isNull, madeText, textOf, truthOf, type HclValue, type Mapping } from '../../hcl/value';
import { toDatum } from './datum';
import { placeOf } from './place';
import { baseOf, valueOf, type Base, type Reading } from './reading';

/** As `aws_vpc_security_group_ingress_rule` has them: of ec2-instance, alb, ecs, rds-aurora and others since 2023. */
const INGRESS = 'security_group_ingress_rules';
/** As `aws_security_group_rule` has them: of eks. */
const ADDITIONAL = ['node_security_group_additional_rules', 'cluster_security_group_additional_rules'];

const SOURCES: readonly (readonly [name: string, is: Source['is']])[] = [
  ['cidr_ipv4', 'ipv4'],
  ['cidr_ipv6', 'ipv6'],
  ['cidr_blocks', 'ipv4'],
  ['ipv6_cidr_blocks', 'ipv6'],
];

/** The group of a call that gives it rules of its own; undefined where there is none. */
export function moduleGroup(reading: Reading): SecurityGroup | undefined {
  if (truthOf(valueOf(reading, 'create_security_group')) === false) return undefined;
  const base = baseOf(reading);
  const ingress = [INGRESS, ...ADDITIONAL].flatMap((name) =>
    rulesIn(valueOf(reading, name)).flatMap((rule) => permission(reading, base, rule, name === INGRESS)),
  );
  if (ingress.length === 0) return undefined;
  // What the module launches has the address of the call.
  const address = `${base.address}.aws_security_group.this`;
  return {
    kind: 'security-group',
    ...base,
    address,
    name: undefined,
    isDefault: false,
    ingress,
    egress: [],
    complete: false,
  };
}

function rulesIn(value: HclValue | undefined): readonly Mapping[] {
  if (value?.kind !== 'mapping' && value?.kind !== 'list') return [];
  return (elementsOf(value)?.items ?? []).flatMap((item) => (item.kind === 'mapping' ? [item] : []));
}

function permission(reading: Reading, base: Base, rule: Mapping, isIngress: boolean): readonly Permission[] {
  const { uri } = reading;
  const range = placeOf(rule.site, uri);
  const get = (name: string): HclValue | undefined => {
    const value = rule.entries.get(name);
    return isNull(value) ? undefined : value;
  };
  const at = (value: HclValue | undefined): Datum | undefined => value && toDatum(value, uri, range);
  const direction = get('type');
  if (!rule.complete || (direction && textOf(direction) !== 'ingress')) return [];
  const sources = SOURCES.flatMap(([name, is]): Source[] => {
    const datum = at(get(name));
    return datum ? [{ is, datum }] : [];
  });
  const fromPort = at(get('from_port'));
  return [
    {
      range,
      head: range,
      protocol: at(get('ip_protocol') ?? get('protocol') ?? (isIngress ? madeText('tcp', rule.site) : undefined)),
      fromPort,
      // Where only the first is given, both are.
      toPort: at(get('to_port')) ?? (isIngress ? fromPort : undefined),
      sources,
      when: reading.when === undefined ? [] : [reading.when],
      silenced: reading.silencers.ofPart(base.range, range),
    },
  ];
}
