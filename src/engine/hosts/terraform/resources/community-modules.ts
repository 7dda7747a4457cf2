/** Modules that everybody uses: terraform-aws-modules/security-group, ec2-instance and autoscaling, and groups of cloudposse's, by their documented arguments. */
import type { Datum } from '../../../ec2/datum';
import type { Permission, Resource, ResourceEditor, SecurityGroup, Source } from '../../../ec2/model';
import { evaluate } from '../../hcl/evaluate';
import type { Block } from '../../hcl/syntax';
import { list, madeText, scalar, textOf, truthOf, type HclValue } from '../../hcl/value';
import { addressOf, type Module } from '../module';
import { valueIn, type NestedBlock } from '../nested-blocks';
import { toDatum } from './datum';
import { readingsOf } from './readings';
import { launchSettings } from './launch';
import { takesMetadataOptions, withModuleDefaults } from './module-metadata';
import { cloudposseGroup, moduleGroup } from './module-rules';
import { NAMED_RULES, SUBMODULE_RULES } from './named-rules';
import { placeOf } from './place';
import { argument, baseOf, blocks, valueOf, type Base, type Reading } from './reading';
import { moduleRole } from './roles';
import type { Silencers } from './silencers';

const SOURCE =
  /(?:^|[/:])terraform-aws-modules\/(?:terraform-aws-)?([\w-]{1,60})(?:\/aws|\.git)?(?:\/\/modules\/([\w-]+))?(?:\?[^]*)?$/;

const CLOUDPOSSE = /(?:^|[/:])cloudposse\/(?:terraform-aws-)?([\w-]{1,60})(?:\/aws|\.git)?(?:\?[^]*)?$/;

/** A fork of the module of security groups, or a copy of it in a registry of one's own; only that has the argument. */
const COPY = /(?:^|\/)(?:[\w-]{1,60}\/security-group\/aws|terraform-aws-security-group(?:\.git)?)(?:\?[^]*)?$/;
const ONLY_THERE = 'ingress_with_cidr_blocks';

/** What a block that calls one of these modules makes; undefined for any other module. */
export function communityModule(
  block: Block,
  module: Module,
  uri: string,
  silencers: Silencers,
): readonly Resource[] | undefined {
  const source = block.body.attributes.get('source');
  const from = textOf(source && evaluate(source.expression, module.scope)) ?? '';
  const readings = (): readonly Reading[] => readingsOf(block, addressOf(block) ?? '', module, uri, silencers);
  const [, ofCloudposse] = CLOUDPOSSE.exec(from) ?? [];
  if (ofCloudposse !== undefined) return readings().flatMap((reading) => cloudposseGroup(reading, ofCloudposse) ?? []);
  const isCopy = block.body.attributes.has(ONLY_THERE) && COPY.test(from);
  const [, name, submodule] = SOURCE.exec(from) ?? (isCopy ? [from, 'security-group'] : []);
  if (name === undefined) return undefined;
  return readings().flatMap((reading): readonly Resource[] => {
    if (truthOf(valueOf(reading, 'create')) === false) return [];
    if (name === 'security-group') return [group(reading, submodule)];
    const own = moduleGroup(reading);
    const groups = own ? [own] : [];
    if (name !== 'ec2-instance' && name !== 'autoscaling') return groups;
    // In front: an address that several have leads to the last of them.
    const roles = moduleRole(reading);
    const settings = launchSettings(reading);
    const metadataOptions = withModuleDefaults(settings.metadataOptions, settings.head, name, reading);
    const { edit } = settings;
    const old = edit && !takesMetadataOptions(name, reading);
    const launch = { ...settings, metadataOptions, ...(old ? { edit: withoutMetadataOptions(edit) } : {}) };
    if (name === 'ec2-instance') {
      const nameTag = (): Datum | undefined => settings.nameTag?.() ?? argument(reading, 'name');
      return [...roles, { kind: 'instance', ...launch, nameTag, launchTemplate: undefined }, ...groups];
    }
    return [...roles, { kind: 'launch-template', ...launch }, ...groups];
  });
}

/** Terraform refuses an argument that a module does not declare. */
function withoutMetadataOptions(edit: ResourceEditor): ResourceEditor {
  return { ...edit, set: (path, value) => (path[0] === 'metadataOptions' ? undefined : edit.set(path, value)) };
}

function group(reading: Reading, submodule: string | undefined): SecurityGroup {
  const base = baseOf(reading);
  return {
    kind: 'security-group',
    ...base,
    name: argument(reading, 'name'),
    isDefault: false,
    ingress: [
      ...named(reading, base, 'ingress', submodule),
      ...withSources(reading, base, 'cidr_blocks', 'ipv4'),
      ...withSources(reading, base, 'ipv6_cidr_blocks', 'ipv6'),
    ],
    egress: [],
    complete: false,
  };
}

/** Rules by name, each open to all of `ingress_cidr_blocks` and `ingress_ipv6_cidr_blocks`. */
function named(
  reading: Reading,
  base: Base,
  direction: 'ingress',
  submodule: string | undefined,
): readonly Permission[] {
  const sources = sharedSources(reading, direction);
  if (sources.length === 0) return [];
  const names = [`${direction}_rules`, `computed_${direction}_rules`].flatMap((name) => {
    const value = valueOf(reading, name);
    return value?.kind === 'list' ? value.items : [];
  });
  const own = submodule === undefined ? [] : (SUBMODULE_RULES[submodule] ?? []);
  const head = { source: reading.block.source, range: reading.block.head };
  return [...names, ...own.map((name) => madeText(name, head))].flatMap((name): Permission[] => {
    const rule = NAMED_RULES[textOf(name) ?? ''];
    if (!rule) return [];
    const range = placeOf(name.site, reading.uri);
    const [from, to, protocol] = rule;
    const at = (value: number | string): Datum => ({ kind: 'scalar', value, range });
    return [
      {
        range,
        head: range,
        protocol: at(protocol),
        fromPort: at(from),
        toPort: at(to),
        sources,
        when: reading.when === undefined ? [] : [reading.when],
        silenced: reading.silencers.ofPart(base.range, base.range),
      },
    ];
  });
}

function sharedSources(reading: Reading, direction: 'ingress'): readonly Source[] {
  const ipv4 = argument(reading, `${direction}_cidr_blocks`);
  const ipv6 = argument(reading, `${direction}_ipv6_cidr_blocks`);
  return [
    ...(ipv4 ? [{ is: 'ipv4', datum: ipv4 } as const] : []),
    ...(ipv6 ? [{ is: 'ipv6', datum: ipv6 } as const] : []),
  ];
}

/** Rules of their own, whose blocks are one text with commas. */
function withSources(
  reading: Reading,
  base: Base,
  key: 'cidr_blocks' | 'ipv6_cidr_blocks',
  is: Source['is'],
): readonly Permission[] {
  return [`ingress_with_${key}`, `computed_ingress_with_${key}`].flatMap((name) =>
    blocks(reading, name).flatMap((nested) => permission(reading, base, nested, key, is)),
  );
}

function permission(
  reading: Reading,
  base: Base,
  nested: NestedBlock,
  key: 'cidr_blocks' | 'ipv6_cidr_blocks',
  is: Source['is'],
): readonly Permission[] {
  const { uri } = reading;
  const range = placeOf(nested.site, uri);
  const at = (value: HclValue | undefined): Datum | undefined => value && toDatum(value, uri, range);
  const name = textOf(valueIn(nested, 'rule'));
  const [from, to, protocol] = (name === undefined ? undefined : NAMED_RULES[name]) ?? [];
  const written = valueIn(nested, key);
  const sources = written ? at(separated(written)) : argument(reading, `ingress_${key}`);
  if (!sources) return [];
  const rule = (value: number | string | undefined): HclValue | undefined =>
    value === undefined
      ? undefined
      : typeof value === 'number'
        ? scalar(value, nested.site)
        : madeText(value, nested.site);
  return [
    {
      range,
      head: range,
      protocol: at(valueIn(nested, 'protocol') ?? rule(protocol)),
      fromPort: at(valueIn(nested, 'from_port') ?? rule(from)),
      toPort: at(valueIn(nested, 'to_port') ?? rule(to)),
      sources: [{ is, datum: sources }],
      when: [reading.when, nested.when].filter((when) => when !== undefined),
      silenced: reading.silencers.ofPart(base.range, range),
    },
  ];
}

function separated(value: HclValue): HclValue {
  const text = textOf(value);
  if (!text?.includes(',')) return value;
  const origin = value.origin ? { origin: value.origin } : {};
  return list(
    text.split(',').map((part) => ({ ...madeText(part.trim(), value.site), ...origin })),
    value.site,
  );
}
