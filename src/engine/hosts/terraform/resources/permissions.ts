/** Rules of security groups: Terraform AWS provider, aws_security_group and what is written apart from it. */
import { integer, possibilities, text, type Datum } from '../../../ec2/datum';
import type { Permission, Resource, SecurityGroup, SecurityGroupRule, Source } from '../../../ec2/model';
import { portsWithin, protocolOf } from '../../../ec2/ports';
import type { Range } from '../../../text/range';
import type { NestedBlock } from '../nested-blocks';
import { placeOf } from './place';
import { argument, baseOf, blocks, homeOf, nestedArgument, type Reading } from './reading';

const SOURCES: readonly (readonly [name: string, is: Source['is']])[] = [
  ['cidr_blocks', 'ipv4'],
  ['ipv6_cidr_blocks', 'ipv6'],
  ['cidr_ipv4', 'ipv4'],
  ['cidr_ipv6', 'ipv6'],
  ['prefix_list_ids', 'prefix-list'],
  ['prefix_list_id', 'prefix-list'],
  ['security_groups', 'group'],
  ['source_security_group_id', 'group'],
  ['referenced_security_group_id', 'group'],
  ['self', 'self'],
];

type Get = (name: string) => Datum | undefined;

/** Each argument is followed once. */
function remembered(get: Get): Get {
  const known = new Map<string, Datum | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, get(name));
    return known.get(name);
  };
}

function sourcesOf(get: Get): readonly Source[] {
  return SOURCES.flatMap(([name, is]) => {
    const datum = get(name);
    // Lists that are empty, and `self = false`, let nobody in.
    if (!datum || (datum.kind === 'list' && datum.complete && datum.items.length === 0)) return [];
    return is === 'self' && text(datum) === 'false' ? [] : [{ is, datum }];
  });
}

/** Whether a rule opens a port, as far as its first reading goes. */
function opener(get: Get): (port: number) => boolean {
  const first = (name: string): Datum | undefined => possibilities(get(name))[0]?.datum;
  const name = text(first('protocol') ?? first('ip_protocol')) ?? '';
  const protocol = protocolOf(name, integer(first('from_port')), integer(first('to_port')));
  return (port) => protocol !== undefined && portsWithin(protocol, [port]).length > 0;
}

function nestedPermission(reading: Reading, nested: NestedBlock, whole: Range): Permission {
  const get = remembered((name) => nestedArgument(nested, name, reading));
  const range = placeOf(nested.site, reading.uri);
  return {
    range,
    head: homeOf({ source: nested.site.source, range: nested.head }, reading),
    protocol: get('protocol'),
    fromPort: get('from_port'),
    toPort: get('to_port'),
    sources: sourcesOf(get),
    when: [reading.when, nested.when].filter((when) => when !== undefined),
    silenced: reading.silencers.ofPart(whole, range, opener(get)),
  };
}

export function securityGroup(reading: Reading): SecurityGroup {
  const ingress = blocks(reading, 'ingress');
  const egress = blocks(reading, 'egress');
  const base = baseOf(reading);
  return {
    kind: 'security-group',
    ...base,
    name: argument(reading, 'name'),
    isDefault: reading.block.labels[0] === 'aws_default_security_group',
    ingress: ingress.map((nested) => nestedPermission(reading, nested, base.range)),
    egress: egress.map((nested) => nestedPermission(reading, nested, base.range)),
    complete: ![...ingress, ...egress].some(({ isUncertain }) => isUncertain),
  };
}

function directionOf(reading: Reading): 'ingress' | 'egress' | undefined {
  const [type = ''] = reading.block.labels;
  const direction = /_(ingress|egress)_rule$/.exec(type)?.[1] ?? text(argument(reading, 'type'));
  return direction === 'ingress' || direction === 'egress' ? direction : undefined;
}

export function separateRule(reading: Reading): Resource {
  const get = remembered((name) => argument(reading, name));
  const base = baseOf(reading);
  const permission: Permission = {
    range: base.range,
    head: base.head,
    protocol: get('protocol') ?? get('ip_protocol'),
    fromPort: get('from_port'),
    toPort: get('to_port'),
    sources: sourcesOf(get),
    when: reading.when === undefined ? [] : [reading.when],
    silenced: reading.silencers.ofPart(base.range, base.range, opener(get)),
  };
  const rule: SecurityGroupRule = {
    kind: 'security-group-rule',
    ...base,
    group: get('security_group_id'),
    direction: directionOf(reading),
    permissions: [permission],
  };
  return rule;
}
