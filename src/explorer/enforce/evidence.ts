/** What speaks for and against requiring tokens on one instance, gathered from the account. */
import type { Aws, AwsChanges, ImageSupport, InstanceRecord, MetadataDefaults, Session, TokenUse } from '../../aws';
import { gatherEvidenceOfMany } from './evidence-of-many';

export { DAYS } from './evidence-of-many/use';

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

/** The version of a launch template that an instance was started from. */
export interface TemplateEvidence {
  readonly id: string;
  readonly version: string;
  readonly userData: UserDataEvidence;
}

/** A script or template of the workspace that leads to an instance. */
export interface WorkspaceCalls {
  /** Where it opens. */
  readonly uri: string;
  /** As people know it: `infra/web.tf`. */
  readonly name: string;
  /** What tells that it leads there: “equal user data”, “stack web”. */
  readonly because: string;
  readonly calls: readonly V1Call[];
}

export interface Evidence {
  /** As read for this. */
  readonly instance: InstanceRecord;
  readonly use: TokenUse | undefined;
  /** Why the use could not be read. */
  readonly useFailure: string | undefined;
  readonly userData: UserDataEvidence;
  /** Whose user data that is. The template's stands for that of an instance which an Auto Scaling group started from it. */
  readonly userDataOf: 'instance' | 'template';
  /** Undefined where it was started from none. */
  readonly template: TemplateEvidence | undefined;
  /** Undefined where it could not be asked. */
  readonly image: ImageSupport | undefined;
  /** Of the account in this region; undefined where it could not be asked. */
  readonly defaults: MetadataDefaults | undefined;
  /** What of the workspace leads to it; empty also where nobody looked, undefined where it could not be searched, or not in time. */
  readonly inWorkspace: readonly WorkspaceCalls[] | undefined;
  /** What looks like containers, whose requests take one hop more. */
  readonly containers: string | undefined;
  /** When it was gathered. */
  readonly at: Date;
}

export interface EvidenceTools {
  readonly aws: Aws & AwsChanges;
  readonly findCalls: FindCalls;
  readonly now: () => Date;
  /** Looks for scripts and templates of the workspace that lead to an instance. Left out: nobody looks. */
  readonly findInWorkspace?: (
    session: Session,
    instance: InstanceRecord,
    /** Undefined where there is none, or where nobody could read it. */
    userData: string | undefined,
    signal: AbortSignal,
  ) => Promise<readonly WorkspaceCalls[] | undefined>;
}

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
 * Of one instance: `gatherEvidenceOfMany` says how.
 * @throws AbortError, or AwsFailure of kind `cancelled`
 */
export async function gatherEvidence(
  tools: EvidenceTools,
  session: Session,
  instance: InstanceRecord,
  signal: AbortSignal,
): Promise<Evidence> {
  for await (const evidence of gatherEvidenceOfMany(tools, session, [instance], signal)) return evidence;
  throw new Error('Evidence of one instance is one evidence.');
}
