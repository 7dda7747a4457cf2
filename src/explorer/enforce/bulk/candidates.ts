/** The instances of a selection as they are now, without those on which there is nothing to do. */
import type { Aws, InstanceRecord, Session } from '../../../aws';
import { l10n } from '../../l10n';
import type { Target } from './targets';

/** EC2 takes so many values in one filter (EC2 User Guide, "Filter your resources"). */
const VALUES_PER_FILTER = 200;

export interface Candidate {
  readonly session: Session;
  readonly alias: string | undefined;
  /** As read for this. */
  readonly instance: InstanceRecord;
}

export interface Candidates {
  readonly found: readonly Candidate[];
  /** Why others of the selection are not among them, in sentences. */
  readonly leftOut: readonly string[];
}

async function* readTarget(aws: Aws, { session, ids }: Target, signal: AbortSignal): AsyncGenerator<InstanceRecord> {
  if (ids === undefined) {
    for await (const { items } of aws.instances(session, { signal })) yield* items;
    return;
  }
  for (let at = 0; at < ids.length; at += VALUES_PER_FILTER) {
    const filters = [{ name: 'instance-id', values: ids.slice(at, at + VALUES_PER_FILTER) }];
    for await (const { items } of aws.instances(session, { filters, signal })) yield* items;
  }
}

const hasEnded = ({ state }: InstanceRecord): boolean => state === 'terminated' || state === 'shutting-down';

/**
 * @param show draws an instance as it was just read
 * @throws AwsFailure where a list could not be read
 */
export async function readCandidates(
  aws: Aws,
  targets: readonly Target[],
  show: (session: Session, instance: InstanceRecord) => void,
  signal: AbortSignal,
): Promise<Candidates> {
  const found: Candidate[] = [];
  const counts = { required: 0, ended: 0, gone: 0 };
  for (const target of targets) {
    const { session, ids } = target;
    const alias = await aws.accountAlias(session, { signal }).catch(() => undefined);
    let seen = 0;
    for await (const instance of readTarget(aws, target, signal)) {
      seen += 1;
      if (ids !== undefined) show(session, instance);
      if (hasEnded(instance)) counts.ended += 1;
      else if (instance.metadata.tokens === 'required') counts.required += 1;
      else found.push({ session, alias, instance });
    }
    if (ids !== undefined) counts.gone += ids.length - seen;
  }
  signal.throwIfAborted();
  return { found, leftOut: sentences(counts) };
}

function sentences({ required, ended, gone }: Readonly<Record<'required' | 'ended' | 'gone', number>>): string[] {
  return [
    ...(required > 0 ? [l10n.t('{0} require tokens already.', required)] : []),
    ...(ended > 0 ? [l10n.t('{0} are terminated.', ended)] : []),
    ...(gone > 0 ? [l10n.t('{0} are not there any more.', gone)] : []),
  ];
}
