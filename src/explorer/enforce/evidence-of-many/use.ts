/** The use of metadata without a token by many instances, asked for in batches. */
import type { AwsChanges, InstanceRecord, Session, TokenUse } from '../../../aws';
import { reasonOf } from './reason';

/** How far back calls are looked at. CloudWatch keeps hours for 455 days; two weeks hold what runs weekly. */
export const DAYS = 14;

/** Two metrics each, and GetMetricData takes 500 in one request. */
const INSTANCES_PER_CALL = 250;

export interface Use {
  readonly use: TokenUse | undefined;
  /** Why it could not be read. */
  readonly failure: string | undefined;
}

/** Asks for a batch when the first of its instances is wanted. A batch that fails does so for its own instances only. */
export function usesOf(
  aws: Pick<AwsChanges, 'tokenUse'>,
  session: Session,
  instances: readonly InstanceRecord[],
  signal: AbortSignal,
): (id: string) => Promise<Use> {
  const batches = Array.from({ length: Math.ceil(instances.length / INSTANCES_PER_CALL) }, (_, index) =>
    instances.slice(index * INSTANCES_PER_CALL, (index + 1) * INSTANCES_PER_CALL).map(({ id }) => id),
  );
  const batchOf = new Map(batches.flatMap((batch) => batch.map((id) => [id, batch])));
  const asked = new Map<readonly string[], Promise<(id: string) => Use>>();

  async function ask(ids: readonly string[]): Promise<(id: string) => Use> {
    const found = new Map<string, TokenUse>();
    try {
      for await (const uses of aws.tokenUse(session, ids, { days: DAYS, signal })) {
        for (const use of uses) found.set(use.instance, use);
      }
    } catch (error) {
      const failure = reasonOf(error);
      return (id) => ({ use: found.get(id), failure: found.has(id) ? undefined : failure });
    }
    return (id) => ({ use: found.get(id), failure: undefined });
  }

  return async (id) => {
    const batch = batchOf.get(id) ?? [id];
    const answer = asked.get(batch) ?? ask(batch);
    asked.set(batch, answer);
    return (await answer)(id);
  };
}
