/**
 * AWS for the rest of the product: profiles, identity, what is in the account, and what the rules say of it. The only folder that imports the AWS SDK.
 *
 * It is bundled apart (dist/aws.js) and must be loaded when it is first needed, never at activation: `const { createAws } = await import('../aws')`,
 * which the build turns into loading that file. Types may be imported anywhere (`import type`).
 */
export type {
  Aws,
  AwsChanges,
  AwsSecurityGroups,
  AwsSettings,
  AwsSources,
  Disposable,
  ListOptions,
  ReadOptions,
  Surroundings,
} from './aws';
export { createAws } from './create';
export {
  AwsFailure,
  type FailureAction,
  type FailureFacts,
  type FailureKind,
  type RetryEvent,
} from './clients/failure';
export { sessionKey, type MfaRequest, type Session, type SessionStatus } from './identity/session';
export type * from './inventory/records';
export { assertValues, difference, HOP_LIMITS, toCommand, type MetadataOptionsChange } from './metadata-options/change';
export type { MetadataDefaults } from './metadata-options/defaults';
export { changeLogAt } from './metadata-options/log-file';
export { describeUse, type Calls, type TokenUse } from './metadata-options/evidence';
export type { ImageSupport } from './metadata-options/image';
export type { ChangeLog, LoggedChange } from './change-log/change-log';
export { undoable, undoableNext, type ChangeEntry } from './metadata-options/log';
export type { ChangeOptions, ChangeResult } from './metadata-options/modify';
export { forMany, type ManyOptions, type Outcome } from './metadata-options/many';
export {
  assertPlanIsOf,
  PLAN_VERSION,
  plansOf,
  planText,
  type Plan,
  type PlannedChange,
  type PlanVerdict,
} from './metadata-options/plan/plan';
export { readPlan, type ReadPlan } from './metadata-options/plan/read-plan';
export { shellScript } from './metadata-options/plan/shell-script';
export type { TemplateVersion } from './metadata-options/template';
export type { InterfaceChange, NamedInstance } from './security-groups/change';
export type { DeletionResult } from './security-groups/delete-group';
export { undoableGroups, type DeletionEntry, type GroupEntry, type InterfaceEntry } from './security-groups/log';
export type { InterfaceResult } from './security-groups/set-groups';
export type { GroupUses, TemplateUse } from './security-groups/uses';
export { differing, targetName, type Settings, type SourceChange, type SourceTarget } from './sources/change';
export { undoableSources, type SourceEntry } from './sources/log';
export type { SourceResult } from './sources/modify';
export type * from './sources/records';
export type { Part } from './clients/part';
export { reverse } from './sources/undo';
export type { Judging } from './posture/document';
export type { LiveFinding, ResourceDocument } from './posture/posture';
export type { ChainStep, IdentityExplanation, RegionSource, RoleStep } from './profiles/explanation';
export {
  ambientName,
  type Place,
  type ProblemKind,
  type Profile,
  type ProfileFiles,
  type ProfileKind,
  type ProfileList,
  type ProfileNote,
  type ProfileProblem,
} from './profiles/profile';
export { watchPaths } from './profiles/watch';
