/** A plan: which instances of one account are to get which metadata options, as a file that people review and machines carry out. docs/plans.md describes it. */
import { AwsFailure } from '../../clients/failure';
import type { MetadataOptionsChange } from '../change';

/** Raised whenever a plan of the old form would be misread by what reads the new one. */
export const PLAN_VERSION = 1;

export const PLAN_VERDICTS = ['safe', 'likely-safe', 'will-break', 'unknown'] as const;
/** What the evidence said when the plan was made. */
export type PlanVerdict = (typeof PLAN_VERDICTS)[number];

export interface PlannedChange {
  readonly instance: string;
  /** The tag `Name`, for people. */
  readonly name?: string;
  readonly account: string;
  readonly region: string;
  /** The options as they were when the plan was made. */
  readonly before: MetadataOptionsChange;
  /** The options as they are to be; what is left out stays as it is. */
  readonly set: MetadataOptionsChange;
  readonly verdict: PlanVerdict;
  /** What led to the verdict, for people. */
  readonly reasons?: readonly string[];
}

export interface Plan {
  readonly version: typeof PLAN_VERSION;
  /** ISO 8601, in UTC. */
  readonly createdAt: string;
  /** The one account that the plan is of. */
  readonly account: string;
  /** All regions of its changes, each once. */
  readonly regions: readonly string[];
  readonly changes: readonly PlannedChange[];
}

/** One plan for each account, in the order in which the accounts come. */
export function plansOf(changes: readonly PlannedChange[], createdAt: Date): readonly Plan[] {
  return [...new Set(changes.map(({ account }) => account))].map((account) => {
    const own = changes.filter((change) => change.account === account);
    return {
      version: PLAN_VERSION,
      createdAt: createdAt.toISOString(),
      account,
      regions: [...new Set(own.map(({ region }) => region))],
      changes: own,
    };
  });
}

export function planText(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}

/** @throws AwsFailure where a plan is of another account than the one that the caller is in */
export function assertPlanIsOf(plan: Plan, account: string): void {
  if (plan.account === account) return;
  throw new AwsFailure(`The plan is of account ${plan.account}, and these are the credentials of ${account}.`, {
    kind: 'guard',
    action: 'connect',
    advice: 'Nothing was sent. Use a profile of the account that the plan is of.',
  });
}
