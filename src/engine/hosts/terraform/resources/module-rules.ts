/** Rules of the groups that modules of terraform-aws-modules and cloudposse make, by their documented arguments. */
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
  // What the module launches has the address of the call.
  return groupOf(base, ingress, `${base.address}.aws_security_group.this`);
}

/** As `aws_security_group_rule` has them: of cloudposse/security-group, and of what launches into a group of its own. */
const OF_LAUNCHES = ['security_group_rules', 'additional_security_group_rules'];

/** The group that a call of a module of cloudposse gives rules; undefined where it gives none. */
export function cloudposseGroup(reading: Reading, name: string): SecurityGroup | undefined {
  const isOff = (argument: string): boolean => truthOf(valueOf(reading, argument)) === false;
  if (isOff('enabled') || isOff('security_group_enabled')) return undefined;
  const base = baseOf(reading);
  const isGroup = name === 'security-group';
  const lists = (isGroup ? ['rules'] : OF_LAUNCHES).map((argument) => valueOf(reading, argument));
  const map = isGroup ? valueOf(reading, 'rules_map') : undefined;
  if (map?.kind === 'mapping') lists.push(...map.entries.values());
  const each = (value: HclValue | undefined, subjects?: Mapping): readonly Permission[] =>
    rulesIn(value).flatMap((rule) =>
      rule.entries.has('type') ? permission(reading, base, rule, false, subjects) : [],
    );
  // Every rule of an element is for all the sources of it.
  const matrix = isGroup ? rulesIn(valueOf(reading, 'rule_matrix')) : [];
  const ingress = [
    ...lists.flatMap((value) => each(value)),
    ...matrix.flatMap((element) => each(element.entries.get('rules'), element)),
  ];
  return groupOf(base, ingress, isGroup ? base.address : `${base.address}.aws_security_group.default`);
}

function groupOf(base: Base, ingress: readonly Permission[], address: string): SecurityGroup | undefined {
  if (ingress.length === 0) return undefined;
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

/** `subjects` has the sources where the rule itself has none. */
function permission(
  reading: Reading,
  base: Base,
  rule: Mapping,
  isIngress: boolean,
  subjects: Mapping = rule,
): readonly Permission[] {
  const { uri } = reading;
  const range = placeOf(rule.site, uri);
  const get = (name: string, from = rule): HclValue | undefined => {
    const value = from.entries.get(name);
    return isNull(value) ? undefined : value;
  };
  const at = (value: HclValue | undefined): Datum | undefined => value && toDatum(value, uri, range);
  const direction = get('type');
  if (!rule.complete || !subjects.complete || (direction && textOf(direction) !== 'ingress')) return [];
  const sources = SOURCES.flatMap(([name, is]): Source[] => {
    const datum = at(get(name, subjects));
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
