/** What a program makes of EC2 by AWS's command line, as resources: only what it says, since all else is as it was or as the account has it. */
import { entry, items, text, type Datum } from '../../ec2/datum';
import type {
  AccountDefaults,
  Image,
  LaunchSettings,
  MetadataOptions,
  Resource,
  ResourceBase,
  ResourceEditor,
  SecurityGroupRule,
  Snapshot,
} from '../../ec2/model';
import { launchOfOptions } from '../../ec2/launch-of-options';
import { mayCallEc2 } from '../../program/ec2-calls';
import type { WayToDocument } from '../../program/program';
import { pattern } from '../../program/value';
import type { ShellAnalysis } from '../analyse';
import { ec2Call, type Ec2Call } from './call';
import { permissionsOf } from './permissions';
import { readStructure } from './structure';
import { readerOf, type Reader } from './written';

/** A call that is read. */
interface Reading {
  readonly call: Ec2Call;
  readonly reader: Reader;
  readonly base: ResourceBase;
}

const RESOURCES: Readonly<Record<string, (reading: Reading) => readonly Resource[]>> = {
  'authorize-security-group-ingress': authorized,
  'run-instances': (reading) => launched(reading, { kind: 'instance', launchTemplate: undefined }, 'metadata-options'),
  'modify-instance-metadata-options': (reading) => [
    {
      ...launchOfOptions(reading.base, optionsByName(reading), unsaid(reading)),
      kind: 'instance',
      launchTemplate: undefined,
    },
  ],
  'modify-instance-metadata-defaults': (reading) => [{ ...defaults(reading), metadataOptions: optionsByName(reading) }],
  'create-launch-template': (reading) => launched(reading, { kind: 'launch-template' }, 'launch-template-data'),
  'create-launch-template-version': (reading) => launched(reading, { kind: 'launch-template' }, 'launch-template-data'),
  'disable-ebs-encryption-by-default': (reading) => [{ ...defaults(reading), ebsEncryption: notEncrypted(reading) }],
  'modify-image-attribute': (reading) => shared(reading, 'launch-permission', 'user-groups', image),
  'modify-snapshot-attribute': (reading) => shared(reading, 'create-volume-permission', 'group-names', snapshot),
};

/** What takes back what a call did: with the same words, where it has any. */
const TAKEN_BACK: Readonly<Record<string, string>> = {
  'authorize-security-group-ingress': 'revoke-security-group-ingress',
  'disable-ebs-encryption-by-default': 'enable-ebs-encryption-by-default',
};

export function calledResources({ source, commands }: ShellAnalysis, way: WayToDocument): readonly Resource[] {
  if (!mayCallEc2(source.text)) return [];
  const calls = commands.flatMap((seen) => ec2Call(seen) ?? []);
  const made = new Set(calls.map((call) => said(call)));
  const seen = new Map<Ec2Call['node'], Set<string>>();
  const found: Resource[] = [];
  for (const call of calls) {
    const make = Object.hasOwn(RESOURCES, call.operation) ? RESOURCES[call.operation] : undefined;
    const opposite = TAKEN_BACK[call.operation];
    // What is there for a while is what the script needs, and it knows.
    if (!make || (opposite !== undefined && made.has(said(call, opposite)))) continue;
    // The same command with the same words is one call, however often it is reached.
    const known = seen.get(call.node) ?? new Set();
    seen.set(call.node, known);
    if (known.has(said(call))) continue;
    known.add(said(call));
    found.push(...make(readingOf(call, way, found.length + 1)));
  }
  return found;
}

/** What a call says, but for which group it is about, where, and what is printed of it. */
function said({ operation, options }: Ec2Call, as = operation): string {
  const parts = [...options].filter(([name]) => !/^(?:group-(?:id|name)|region|profile|output|query)$/.test(name));
  const written = parts.map(([name, values]) => [name, values.map(({ text }) => pattern(text))]);
  return JSON.stringify([as, written.sort()]);
}

function readingOf(call: Ec2Call, way: WayToDocument, number: number): Reading {
  const { operation, node } = call;
  const reader = readerOf(call, way);
  const end = Math.max(node.pos + 1, ...[node.name?.end ?? 0, ...node.args.map((arg) => arg.end)]);
  const range = reader.rangeOf({ start: node.name?.pos ?? node.pos, end });
  const edit: ResourceEditor = {
    set: () => undefined,
    replace: (datum, value) => reader.replace(datum, value),
    drop: () => undefined,
    remove: () => undefined,
  };
  const address = `aws ec2 ${operation} (${String(number)})`;
  return { call, reader, base: { address, range, head: range, silenced: new Map(), edit } };
}

function authorized({ call, reader, base }: Reading): readonly Resource[] {
  const permissions = permissionsOf(call, reader, base.range, base.head);
  const group: Datum = { kind: 'unknown', why: 'the group is not followed', range: base.head };
  const rule: SecurityGroupRule = { ...base, kind: 'security-group-rule', group, direction: 'ingress', permissions };
  return [rule];
}

/** The structure that an option has, or undefined where that is not known. */
function structured({ call, reader }: Reading, option: string): Datum | undefined {
  const [argument] = call.options.get(option) ?? [];
  const structure = argument && readStructure(reader.textOf(argument));
  return argument && structure && reader.datum(argument, structure);
}

function launched<T extends object>(
  reading: Reading,
  kind: T,
  option: 'metadata-options' | 'launch-template-data',
): readonly (LaunchSettings & T)[] {
  const data = structured(reading, option);
  const options = option === 'metadata-options' ? data : entry(data, 'MetadataOptions');
  if (!options) return [];
  const metadataOptions: MetadataOptions = {
    httpTokens: entry(options, 'HttpTokens') ?? unsaid(reading),
    httpEndpoint: entry(options, 'HttpEndpoint'),
    hopLimit: entry(options, 'HttpPutResponseHopLimit'),
    range: options.range,
  };
  return [{ ...launchOfOptions(reading.base, metadataOptions, unsaid(reading)), ...kind }];
}

/** `--http-tokens`, `--http-endpoint` and `--http-put-response-hop-limit`. */
function optionsByName(reading: Reading): MetadataOptions {
  const { call, reader, base } = reading;
  const valueOf = (option: string): Datum | undefined => {
    const [argument] = call.options.get(option) ?? [];
    return argument && reader.scalar(argument);
  };
  return {
    httpTokens: valueOf('http-tokens') ?? unsaid(reading),
    httpEndpoint: valueOf('http-endpoint'),
    hopLimit: valueOf('http-put-response-hop-limit'),
    range: base.head,
  };
}

/** What a call leaves out says nothing. */
function unsaid({ base }: Reading): Datum {
  return { kind: 'unknown', why: 'the command does not say it', range: base.head };
}

function defaults(reading: Reading): AccountDefaults {
  return { ...reading.base, kind: 'account-defaults', metadataOptions: undefined, ebsEncryption: undefined };
}

/** It takes nothing but its name. */
function notEncrypted({ call: { named, node, source, operation }, reader }: Reading): Datum {
  const { pos, end } = named.word;
  const isSaid = node.pos <= pos && source.text.slice(pos, end) === operation;
  return reader.word(isSaid ? { start: pos, end } : { start: node.pos, end: node.end }, false, (value) =>
    value === true && isSaid ? operation.replace('disable', 'enable') : '',
  );
}

/** `--launch-permission Add=[{Group=all}]`, or in the older way `--operation-type add --user-groups all`. */
function shared<T extends Resource>(
  reading: Reading,
  option: string,
  groups: string,
  make: (reading: Reading, sharedWith: Datum) => T,
): readonly T[] {
  const { call, reader } = reading;
  const added = items(entry(structured(reading, option), 'Add')).items.map(({ datum }) => entry(datum, 'Group'));
  const [type] = call.options.get('operation-type') ?? [];
  const isAdding = type !== undefined && reader.textOf(type) === 'add';
  const named = isAdding ? (call.options.get(groups) ?? []).map((argument) => reader.scalar(argument)) : [];
  const all = [...added, ...named].find((datum) => text(datum) === 'all');
  return all ? [make(reading, all)] : [];
}

function snapshot({ base }: Reading, sharedWith: Datum): Snapshot {
  return { ...base, kind: 'snapshot', sharedWith };
}

function image(reading: Reading, sharedWith: Datum): Image {
  const other = unsaid(reading);
  return {
    ...reading.base,
    kind: 'image',
    isRegistered: false,
    sharedWith,
    imdsSupport: other,
    blockDevices: [],
    architecture: other,
  };
}
