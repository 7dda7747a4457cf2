/** Roles with all policies that they are given, in them or apart from them. */
import type { Datum } from '../../../ec2/datum';
import { items, text } from '../../../ec2/datum';
import { withoutIndex } from '../../../ec2/graph';
import type { Policy, Role } from '../../../ec2/model';
import type { Range } from '../../../text/range';
import { evaluate } from '../../hcl/evaluate';
import type { Site } from '../../hcl/syntax';
import { truthOf, type HclValue } from '../../hcl/value';
import { addressOf, type Module } from '../module';
import { valueIn } from '../nested-blocks';
import { toDatum } from './datum';
import { readingsOf } from './readings';
import { mentionsEc2, statementsOf } from './policies';
import { homeDocument, placeOf } from './place';
import { argument, baseOf, blocks, valueOf, type Reading } from './reading';
import type { Silencers } from './silencers';

/** A policy, and the role that it is given to. */
interface Given {
  readonly role: Datum | undefined;
  readonly policies: readonly Policy[];
}

export function rolesOf(module: Module, uri: string, silencers: Silencers): readonly Role[] {
  const all = module.bodies.flatMap((body) => body.blocks).filter(({ type }) => type === 'resource');
  const readings = (type: string): readonly Reading[] =>
    all
      .filter(({ labels: [first] }) => first === type)
      .flatMap((block) => readingsOf(block, addressOf(block) ?? '', module, uri, silencers));
  const roles = readings('aws_iam_role');
  if (roles.length === 0) return [];
  const given: Given[] = [
    ...readings('aws_iam_role_policy').map((reading) => ({
      role: argument(reading, 'role'),
      policies: [written(reading, valueOf(reading, 'policy'), siteOf(reading, 'policy'))],
    })),
    ...[...readings('aws_iam_role_policy_attachment'), ...readings('aws_iam_policy_attachment')].map((reading) => ({
      role: argument(reading, 'role') ?? argument(reading, 'roles'),
      policies: attached(reading, valueOf(reading, 'policy_arn')),
    })),
  ];
  return roles.map((reading): Role => {
    const name = argument(reading, 'name');
    const isThis = (datum: Datum | undefined): boolean =>
      items(datum).items.some(({ datum: at }) => isRole(at, reading, text(name))) || isRole(datum, reading, text(name));
    return {
      kind: 'role',
      ...baseOf(reading),
      name,
      isForEc2: mentionsEc2(reading),
      policies: [...ownPolicies(reading), ...given.flatMap(({ role, policies }) => (isThis(role) ? policies : []))],
    };
  });
}

/** The role that terraform-aws-modules/ec2-instance and autoscaling make for what they launch, where they are asked to. */
export function moduleRole(reading: Reading): readonly Role[] {
  const policies = valueOf(reading, 'iam_role_policies');
  if (truthOf(valueOf(reading, 'create_iam_instance_profile')) !== true || policies?.kind !== 'mapping') return [];
  const given = [...policies.entries.values()].flatMap((arn) => attached(reading, arn));
  return [{ kind: 'role', ...baseOf(reading), name: undefined, isForEc2: true, policies: given }];
}

function isRole(datum: Datum | undefined, { address }: Reading, name: string | undefined): boolean {
  if (datum?.kind === 'reference') {
    const { target } = datum;
    // One that is there once or not at all has no index itself.
    return target === address || withoutIndex(target) === address || target === withoutIndex(address);
  }
  return name !== undefined && text(datum) === name;
}

function ownPolicies(reading: Reading): readonly Policy[] {
  const inline = blocks(reading, 'inline_policy').map((nested) =>
    written(reading, valueIn(nested, 'policy'), nested.site, placeOf(nested.site, reading.uri)),
  );
  const managed = items(argument(atHome(reading), 'managed_policy_arns')).items.flatMap(({ datum }) => {
    if (!datum) return [];
    if (datum.kind === 'reference') return referred(reading, datum.target, datum.range);
    return [policy(reading, datum.range, { managed: datum, statements: [] })];
  });
  return [...inline, ...managed];
}

function written(
  reading: Reading,
  value: HclValue | undefined,
  spoken: Site,
  range: Range = baseOf(reading).range,
): Policy {
  return policy(reading, range, { managed: undefined, statements: value ? statementsOf(value, reading, spoken) : [] });
}

/** Where an argument is written, or the resource where it is not. */
function siteOf({ block }: Reading, name: string): Site {
  return block.body.attributes.get(name)?.expression ?? { source: block.source, range: block.head };
}

/** A resource of another file, whose arguments are told of there. */
function atHome(reading: Reading): Reading {
  return { ...reading, uri: homeDocument(reading.block, reading.uri) };
}

/** A policy by its ARN: AWS's own, or one of the configuration. */
function attached(reading: Reading, arn: HclValue | undefined): readonly Policy[] {
  if (!arn) return [];
  const { uri } = atHome(reading);
  if (arn.kind === 'reference') return referred(reading, arn.target, placeOf(arn.site, uri));
  const managed = toDatum(arn, uri, placeOf(arn.site, uri));
  return managed ? [policy(reading, baseOf(reading).range, { managed, statements: [] })] : [];
}

/** A policy of the configuration that something at `place` speaks of. */
function referred(reading: Reading, target: string, place: Range): readonly Policy[] {
  const { module } = reading;
  const { uri } = atHome(reading);
  const range = baseOf(reading).range;
  const block = module.blocks.get(withoutIndex(target.slice(module.prefix.length)));
  const document = block?.labels[0] === 'aws_iam_policy' ? block.body.attributes.get('policy') : undefined;
  if (document) return [written(reading, evaluate(document.expression, reading.scope), document.expression, range)];
  const known = block?.body.attributes.get('name') ?? block?.body.attributes.get('arn');
  if (!target.includes('data.aws_iam_policy.') || !known) return [];
  const managed = toDatum(evaluate(known.expression, module.scope), uri, place);
  return managed ? [policy(reading, range, { managed, statements: [] })] : [];
}

function policy(reading: Reading, range: Range, rest: Pick<Policy, 'managed' | 'statements'>): Policy {
  const { range: whole, head } = baseOf(reading);
  return { range, head, silenced: reading.silencers.ofPart(whole, range), ...rest };
}
