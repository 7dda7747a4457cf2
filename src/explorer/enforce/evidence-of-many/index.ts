/** What speaks for and against requiring tokens on many instances, in as few requests as AWS allows. */
import type { InstanceRecord, Session } from '../../../aws';
import type { Evidence, EvidenceTools } from '../evidence';
import { asTheyCome } from './as-they-come';
import { containersOf } from './containers';
import { usesOf } from './use';
import { userDataOfMany, type UserDataFound } from './user-data';

interface Scripts {
  readonly found: UserDataFound;
  readonly inWorkspace: Evidence['inWorkspace'];
}

/** As many as one request for metrics is about. */
const INSTANCES_AT_ONCE = 250;

/**
 * The evidence of each instance as soon as it is there, in the order in which it comes. What cannot be found out is part of the evidence, as it must never
 * look like good news; only giving up throws. Leaving the loop ends what is under way.
 *
 * Requests: one for the metrics of 250 instances (and one for each further page of data), one for 200 images, one for the account's defaults, one for a launch
 * template, and one for the user data of an instance that has none of an Auto Scaling group's template.
 * @throws AbortError, or AwsFailure of kind `cancelled`
 */
export async function* gatherEvidenceOfMany(
  { aws, findCalls, now, findInWorkspace }: EvidenceTools,
  session: Session,
  instances: readonly InstanceRecord[],
  signal: AbortSignal,
): AsyncGenerator<Evidence, void, undefined> {
  if (instances.length === 0) return;
  const left = new AbortController();
  const ending = AbortSignal.any([signal, left.signal]);
  const options = { signal: ending };
  const useOf = usesOf(aws, session, instances, ending);
  const userDataOf = userDataOfMany(aws, session, instances, findCalls, ending);
  const ids = [...new Set(instances.flatMap(({ image }) => image ?? []))];
  const images = ids.length === 0 ? undefined : aws.imageSupports(session, ids, options).catch(() => undefined);
  const defaults = aws.metadataDefaults(session, options).catch(() => undefined);

  async function scriptsOf(instance: InstanceRecord): Promise<Scripts> {
    const found = await userDataOf(instance);
    const text = found.userData.is === 'read' ? found.userData.text : undefined;
    if (findInWorkspace === undefined) return { found, inWorkspace: [] };
    // It can only add what speaks against it, so the rest counts without it; a note says that it was not seen.
    const inWorkspace = await findInWorkspace(session, instance, text, ending).catch(() => undefined);
    return { found, inWorkspace };
  }

  async function evidenceOf(instance: InstanceRecord): Promise<Evidence> {
    const [{ use, failure }, { found, inWorkspace }] = await Promise.all([useOf(instance.id), scriptsOf(instance)]);
    const image = instance.image === undefined ? undefined : (await images)?.get(instance.image);
    const evidence: Evidence = {
      instance,
      use,
      useFailure: failure,
      ...found,
      image,
      defaults: await defaults,
      inWorkspace,
      containers: containersOf(instance, found.userData),
      at: now(),
    };
    signal.throwIfAborted();
    return evidence;
  }

  try {
    yield* asTheyCome(instances, INSTANCES_AT_ONCE, evidenceOf);
  } finally {
    left.abort();
  }
}
