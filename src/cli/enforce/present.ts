/** What a plan wants, beside what is there now. */
import {
  difference,
  type Aws,
  type InstanceRecord,
  type MetadataOptionsChange,
  type PlannedChange,
  type Session,
} from '../../aws';

export interface Step {
  readonly planned: PlannedChange;
  /** The plan's account in the region of the instance. */
  readonly session: Session;
  /** As read now; undefined where it is not there. */
  readonly instance: InstanceRecord | undefined;
  /** What would be sent: nothing where all is as wanted. */
  readonly change: MetadataOptionsChange;
  /** `ended`: terminated, so that there is nothing to protect any more. */
  readonly is: 'to-change' | 'as-wanted' | 'ended' | 'gone';
}

/** EC2 takes so many values in one filter (EC2 User Guide, "Filter your resources"). */
const VALUES_PER_FILTER = 200;

async function readRegion(aws: Aws, session: Session, ids: readonly string[]): Promise<Map<string, InstanceRecord>> {
  const found = new Map<string, InstanceRecord>();
  for (let at = 0; at < ids.length; at += VALUES_PER_FILTER) {
    const filters = [{ name: 'instance-id', values: ids.slice(at, at + VALUES_PER_FILTER) }];
    for await (const { items } of aws.instances(session, { filters }))
      for (const item of items) found.set(item.id, item);
  }
  return found;
}

/** Steps in the order of the plan; one request for 200 instances of a region. @throws AwsFailure */
export async function readPresent(
  aws: Aws,
  session: Session,
  changes: readonly PlannedChange[],
): Promise<readonly Step[]> {
  const regions = [...new Set(changes.map(({ region }) => region))];
  const there = new Map<string, { readonly session: Session; readonly found: Map<string, InstanceRecord> }>();
  for (const region of regions) {
    const own = region === session.region ? session : aws.inRegion(session, region);
    const ids = changes.filter((change) => change.region === region).map(({ instance }) => instance);
    there.set(region, { session: own, found: await readRegion(aws, own, ids) });
  }
  return changes.map((planned) => {
    const place = there.get(planned.region);
    const instance = place?.found.get(planned.instance);
    const change = instance === undefined ? {} : difference(instance.metadata, planned.set);
    return { planned, session: place?.session ?? session, instance, change, is: standing(instance, change) };
  });
}

function standing(instance: InstanceRecord | undefined, change: MetadataOptionsChange): Step['is'] {
  if (instance === undefined) return 'gone';
  if (instance.state === 'terminated' || instance.state === 'shutting-down') return 'ended';
  return Object.keys(change).length === 0 ? 'as-wanted' : 'to-change';
}
