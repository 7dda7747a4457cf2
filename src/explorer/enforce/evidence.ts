/** What speaks for and against requiring tokens on one instance, gathered from the account. */
import type { Aws, AwsChanges, ImageSupport, InstanceRecord, Session, TokenUse } from '../../aws';
import { l10n } from '../l10n';

/** How far back calls are looked at. CloudWatch keeps hours for 455 days; two weeks hold what runs weekly. */
export const DAYS = 14;

/** A call of IMDSv1 in user data. */
export interface V1Call {
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

/** The calls of IMDSv1 in a text; undefined where it is nothing that the linter reads. */
export type FindCalls = (name: string, text: string) => Promise<readonly V1Call[] | undefined>;

/** What user data says. `unread`: nobody could read it, and why. */
export type UserDataEvidence =
  | { readonly is: 'none' }
  | { readonly is: 'read'; readonly text: string; readonly calls: readonly V1Call[] }
  | { readonly is: 'unread'; readonly why: string };

export interface Evidence {
  /** As read for this. */
  readonly instance: InstanceRecord;
  readonly use: TokenUse | undefined;
  /** Why the use could not be read. */
  readonly useFailure: string | undefined;
  readonly userData: UserDataEvidence;
  /** Undefined where it could not be asked. */
  readonly image: ImageSupport | undefined;
  /** What looks like containers, whose requests take one hop more. */
  readonly containers: string | undefined;
  /** When it was gathered. */
  readonly at: Date;
}

export interface EvidenceTools {
  readonly aws: Aws & AwsChanges;
  readonly findCalls: FindCalls;
  readonly now: () => Date;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The instance as it is now; undefined where it is not there. @throws AwsFailure */
export async function readInstance(
  aws: Aws,
  session: Session,
  id: string,
  signal?: AbortSignal,
): Promise<InstanceRecord | undefined> {
  const filters = [{ name: 'instance-id', values: [id] }];
  for await (const { items } of aws.instances(session, { filters, ...(signal ? { signal } : {}) })) {
    const found = items.find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

/**
 * Four questions at once. What cannot be found out is part of the evidence, as it must never look like good news; only giving up throws.
 * @throws AwsFailure of kind `cancelled`
 */
export async function gatherEvidence(
  { aws, findCalls, now }: EvidenceTools,
  session: Session,
  instance: InstanceRecord,
  signal: AbortSignal,
): Promise<Evidence> {
  const [use, userData, image] = await Promise.all([
    readUse(aws, session, instance.id, signal),
    readUserData(aws, session, instance.id, findCalls, signal),
    instance.image === undefined
      ? undefined
      : aws.imageSupport(session, instance.image, { signal }).catch(() => undefined),
  ]);
  signal.throwIfAborted();
  return {
    instance,
    use: use.use,
    useFailure: use.failure,
    userData,
    image,
    containers: containersOf(instance, userData),
    at: now(),
  };
}

interface Use {
  readonly use: TokenUse | undefined;
  readonly failure: string | undefined;
}

async function readUse(aws: AwsChanges, session: Session, id: string, signal: AbortSignal): Promise<Use> {
  try {
    for await (const batch of aws.tokenUse(session, [id], { days: DAYS, signal })) {
      const use = batch.find(({ instance }) => instance === id);
      if (use) return { use, failure: undefined };
    }
    return { use: undefined, failure: undefined };
  } catch (error) {
    return { use: undefined, failure: reasonOf(error) };
  }
}

async function readUserData(
  aws: Aws,
  session: Session,
  id: string,
  findCalls: FindCalls,
  signal: AbortSignal,
): Promise<UserDataEvidence> {
  try {
    const { text, unreadable } = await aws.userData(session, id, { signal });
    if (text === undefined) {
      return unreadable === undefined ? { is: 'none' } : { is: 'unread', why: unreadable };
    }
    if (text.trim() === '') return { is: 'none' };
    const calls = await findCalls(`user-data-${id}`, text);
    if (calls === undefined) return { is: 'unread', why: l10n.t('It is nothing that the linter reads.') };
    return { is: 'read', text, calls };
  } catch (error) {
    return { is: 'unread', why: reasonOf(error) };
  }
}

/** Tags that ECS, EKS and their tools put on hosts, and programs that run containers. */
const CONTAINER_TAG =
  /^(aws:eks:|eks:|kubernetes\.io\/cluster\/|k8s\.io\/|alpha\.eksctl\.io\/|karpenter\.sh\/|aws:ecs:|AmazonECS)/;
const CONTAINER_PROGRAM =
  /\b(docker|containerd|podman|nerdctl|ECS_CLUSTER|bootstrap\.sh|nodeadm|kubelet|k3s|microk8s)\b/;

function containersOf({ tags }: InstanceRecord, userData: UserDataEvidence): string | undefined {
  const tag = Object.keys(tags).find((key) => CONTAINER_TAG.test(key));
  if (tag !== undefined) return l10n.t('its tag {0}', tag);
  const program = userData.is === 'read' ? CONTAINER_PROGRAM.exec(userData.text)?.[0] : undefined;
  return program === undefined ? undefined : l10n.t('“{0}” in its user data', program);
}
