/** Roles with their policies, and instance profiles: AWS CloudFormation Template Reference, AWS::IAM. */
import { entry, items, text, type Datum } from '../../../ec2/datum';
import type { InstanceProfile, Policy, PolicyStatement, Role } from '../../../ec2/model';
import { baseOf, mappings, property, type Reading } from './reading';

/** A policy of its own, with the roles that it says it is for. */
export interface SeparatePolicy {
  readonly id: string;
  readonly roles: readonly Datum[];
  readonly policy: Policy;
}

export function separatePolicy(reading: Reading): SeparatePolicy {
  const named = property(reading, 'RoleName');
  const roles = items(property(reading, 'Roles')).items.flatMap(({ datum }) => datum ?? []);
  const { range, head, silenced, address } = baseOf(reading);
  const statements = statementsOf(property(reading, 'PolicyDocument'));
  return {
    id: address,
    roles: named ? [...roles, named] : roles,
    policy: { range, head, silenced, managed: undefined, statements },
  };
}

export function role(reading: Reading, separate: readonly SeparatePolicy[]): Role {
  const base = baseOf(reading);
  const name = property(reading, 'RoleName');
  const { silenced } = base;
  const inline = mappings(property(reading, 'Policies')).all.map(({ mapping }): Policy => {
    const { range } = mapping;
    const statements = statementsOf(entry(mapping, 'PolicyDocument'));
    return { range, head: range, managed: undefined, statements, silenced };
  });
  const managed = items(property(reading, 'ManagedPolicyArns')).items.flatMap(({ datum }): readonly Policy[] => {
    if (datum?.kind === 'reference') {
      const own = separate.find(({ id }) => id === datum.target);
      return own ? [own.policy] : [];
    }
    return datum ? [{ range: datum.range, head: datum.range, managed: datum, statements: [], silenced }] : [];
  });
  const isThis = (datum: Datum): boolean =>
    datum.kind === 'reference'
      ? datum.target === base.address
      : text(datum) !== undefined && text(datum) === text(name);
  const attached = separate.filter(({ roles }) => roles.some(isThis)).map(({ policy }) => policy);
  return {
    kind: 'role',
    ...base,
    name,
    isForEc2: isForEc2(property(reading, 'AssumeRolePolicyDocument')),
    policies: [...new Set([...inline, ...managed, ...attached])],
  };
}

function statementsOf(document: Datum | undefined): readonly PolicyStatement[] {
  return mappings(entry(document, 'Statement')).all.map(({ mapping }): PolicyStatement => ({
    range: mapping.range,
    effect: entry(mapping, 'Effect'),
    actions: entry(mapping, 'Action'),
    notActions: entry(mapping, 'NotAction'),
    resources: entry(mapping, 'Resource'),
    hasCondition: entry(mapping, 'Condition') !== undefined,
  }));
}

/** True where the trust policy lets EC2 take the role on; undefined where it is not known who may. */
function isForEc2(trust: Datum | undefined): boolean | undefined {
  const { all, complete } = mappings(entry(trust, 'Statement'));
  let isKnown = complete;
  for (const { mapping } of all) {
    const services = items(entry(mapping, 'Principal', 'Service'));
    if (!services.complete || entry(mapping, 'Principal')?.kind !== 'mapping') isKnown = false;
    if (services.items.some(({ datum }) => /^ec2\.amazonaws\.com(?:\.cn)?$/.test(text(datum) ?? ''))) return true;
  }
  return isKnown && trust !== undefined ? false : undefined;
}

export function instanceProfile(reading: Reading): InstanceProfile {
  const [first] = items(property(reading, 'Roles')).items;
  const listed = property(reading, 'Roles');
  const only = listed?.kind === 'list' ? listed.items[0] : undefined;
  return {
    kind: 'instance-profile',
    ...baseOf(reading),
    name: property(reading, 'InstanceProfileName'),
    role: only ?? first?.datum,
  };
}
