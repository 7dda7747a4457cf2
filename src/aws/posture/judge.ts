/** Judges an account in portions, as the rules look at everything that they are given at once. */
import type { Finding, Settings } from '../../engine';
import type { Resource } from '../../engine/ec2/model';
import { judgeResources } from '../../engine/judge-resources';
import { cancelled, nextTurn } from '../clients/abortable';
import type { InstanceRecord, RecordKind, ResourceRecord } from '../inventory/records';
import type { JudgeOptions } from '../aws';
import type { LiveFinding } from './posture';
import { anywhere, toResource } from './to-resources';
import { usesIn, type UseOf } from './uses';

/** Takes a few milliseconds. */
const PORTION = 100;

interface Portion {
  readonly judged: readonly ResourceRecord[];
  /** What the rules need to know besides; findings about it come from its own portion. */
  readonly context: readonly ResourceRecord[];
}

/** The records by what they are asked for. */
interface Index {
  of<K extends RecordKind>(kind: K): readonly Extract<ResourceRecord, { kind: K }>[];
  readonly groups: ReadonlyMap<string, ResourceRecord>;
}

function indexOf(records: readonly ResourceRecord[]): Index {
  const of = <K extends RecordKind>(kind: K) =>
    records.filter((record): record is Extract<ResourceRecord, { kind: K }> => record.kind === kind);
  return {
    of,
    groups: new Map(of('security-group').map((group) => [group.id, group])),
  };
}

/** What an instance is judged with: its groups. */
function contextOfInstances(instances: readonly InstanceRecord[], index: Index): readonly ResourceRecord[] {
  const groups = new Set(instances.flatMap(({ securityGroups }) => securityGroups.map(({ id }) => id)));
  return [...groups].flatMap((id) => index.groups.get(id) ?? []);
}

/** Key pairs are judged with the Windows instances that use them. */
function contextOfKeys(index: Index): readonly ResourceRecord[] {
  const users = new Map<string, ResourceRecord>();
  for (const instance of index.of('instance')) {
    const { keyName, platform } = instance;
    if (keyName !== undefined && platform !== undefined && /windows/i.test(platform)) users.set(keyName, instance);
  }
  return [...users.values()];
}

/** What one record is judged with. */
export function contextOf(record: ResourceRecord, records: readonly ResourceRecord[]): readonly ResourceRecord[] {
  const index = indexOf(records.filter(({ id }) => id !== record.id));
  switch (record.kind) {
    case 'instance':
      return contextOfInstances([record], index);
    case 'key-pair':
      return contextOfKeys(index);
    default:
      return [];
  }
}

function* portionsOf(index: Index): Generator<Portion> {
  const cut = function* <T>(records: readonly T[]): Generator<readonly T[]> {
    for (let at = 0; at < records.length; at += PORTION) yield records.slice(at, at + PORTION);
  };
  for (const judged of cut(index.of('instance'))) yield { judged, context: contextOfInstances(judged, index) };
  for (const judged of cut(index.of('security-group'))) yield { judged, context: [] };
  for (const judged of cut(index.of('network-interface'))) yield { judged, context: [] };
  for (const judged of cut(index.of('volume'))) yield { judged, context: [] };
  const keyContext = contextOfKeys(index);
  for (const judged of cut(index.of('key-pair'))) yield { judged, context: keyContext };
}

/** Findings about the records judged, and no others. */
function judgePortion({ judged, context }: Portion, useOf: UseOf, settings: Settings | undefined): readonly Finding[] {
  const resources = (records: readonly ResourceRecord[]): readonly Resource[] =>
    records.flatMap((record) => toResource(record, anywhere, useOf) ?? []);
  return about(judgeResources([...resources(judged), ...resources(context)], settings), judged);
}

export function about(findings: readonly Finding[], records: readonly ResourceRecord[]): readonly Finding[] {
  const ids = new Set(records.map(({ id }) => id));
  return findings.filter(({ resource }) => resource !== undefined && ids.has(resource));
}

/**
 * Every finding about the records, in their order of kinds.
 * @param complete kinds of which the records are all that there are in the region
 * @throws AwsFailure of kind `cancelled`
 */
export async function judgeRecords(
  records: readonly ResourceRecord[],
  settings: Settings | undefined,
  { signal, complete = [] }: JudgeOptions,
): Promise<readonly LiveFinding[]> {
  const found: LiveFinding[] = [];
  const useOf = usesIn(records, complete);
  for (const portion of portionsOf(indexOf(records))) {
    if (signal?.aborted) throw cancelled();
    for (const { resource = '', ruleId, severity, message } of judgePortion(portion, useOf, settings))
      found.push({ resource, ruleId, severity, message });
    await nextTurn();
  }
  return found;
}
