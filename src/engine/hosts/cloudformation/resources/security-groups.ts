/** Security groups and their rules, in the group and apart from it: AWS CloudFormation Template Reference, AWS::EC2::SecurityGroup. */
import { entry, integer, possibilities, text, type Datum, type Mapping } from '../../../ec2/datum';
import type { Permission, Resource, SecurityGroup, SecurityGroupRule, Source } from '../../../ec2/model';
import { portsWithin, protocolOf } from '../../../ec2/ports';
import { evaluate } from '../evaluate';
import { baseOf, firstLine, mappings, property, type Reading } from './reading';

export function securityGroup(reading: Reading): SecurityGroup {
  const ingress = mappings(property(reading, 'SecurityGroupIngress'));
  const egress = mappings(property(reading, 'SecurityGroupEgress'));
  const base = baseOf(reading);
  // What rules out the group rules out its rules.
  const own = base.when === undefined ? [] : [base.when];
  return {
    kind: 'security-group',
    ...base,
    name: property(reading, 'GroupName'),
    isDefault: false,
    ingress: ingress.all.map(({ mapping, when }) => permission(reading, mapping, [...own, ...when])),
    egress: egress.all.map(({ mapping, when }) => permission(reading, mapping, [...own, ...when])),
    complete: ingress.complete && egress.complete,
  };
}

/** A rule of its own. One of a VPC's default group makes that group known. */
export function separateRule(reading: Reading, direction: 'ingress' | 'egress'): Resource | undefined {
  const mapping = evaluate(reading.properties, reading.scope);
  if (mapping?.kind !== 'mapping') return undefined;
  const base = baseOf(reading);
  const group = property(reading, 'GroupId') ?? property(reading, 'GroupName');
  const named = group?.kind === 'reference' ? reading.template.resources.get(group.target) : undefined;
  const own: Permission = {
    ...permission(reading, mapping, base.when === undefined ? [] : [base.when]),
    range: base.range,
    head: base.head,
    silenced: reading.silencers.ofRuleApart(reading.resource, named, opener(mapping)),
  };
  if (direction === 'ingress' && group?.kind === 'reference' && group.attribute === 'DefaultSecurityGroup') {
    const ofVpc: SecurityGroup = {
      kind: 'security-group',
      ...base,
      name: undefined,
      isDefault: true,
      ingress: [own],
      egress: [],
      complete: false,
    };
    return ofVpc;
  }
  const rule: SecurityGroupRule = { kind: 'security-group-rule', ...base, group, direction, permissions: [own] };
  return rule;
}

const SOURCES: readonly (readonly [key: string, is: Source['is']])[] = [
  ['CidrIp', 'ipv4'],
  ['CidrIpv6', 'ipv6'],
  ['SourcePrefixListId', 'prefix-list'],
  ['DestinationPrefixListId', 'prefix-list'],
  ['SourceSecurityGroupId', 'group'],
  ['SourceSecurityGroupName', 'group'],
  ['DestinationSecurityGroupId', 'group'],
];

function permission(reading: Reading, mapping: Mapping, when: readonly string[]): Permission {
  return {
    range: mapping.range,
    head: firstLine(reading, mapping.range),
    protocol: entry(mapping, 'IpProtocol'),
    fromPort: entry(mapping, 'FromPort'),
    toPort: entry(mapping, 'ToPort'),
    sources: SOURCES.flatMap(([key, is]): readonly Source[] => {
      const datum = entry(mapping, key);
      return datum ? [{ is, datum }] : [];
    }),
    when,
    silenced: reading.silencers.ofPart(reading.resource, mapping.range, opener(mapping)),
  };
}

/** Whether a rule opens a port, as far as its first reading goes. */
function opener(mapping: Mapping): (port: number) => boolean {
  const first = (key: string): Datum | undefined => possibilities(entry(mapping, key))[0]?.datum;
  const protocol = protocolOf(text(first('IpProtocol')) ?? '', integer(first('FromPort')), integer(first('ToPort')));
  return (port) => protocol !== undefined && portsWithin(protocol, [port]).length > 0;
}
