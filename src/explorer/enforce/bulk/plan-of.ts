/** Chosen instances as plans: files that are reviewed and carried out elsewhere. */
import type { PlannedChange } from '../../../aws';
import { optionsOf } from '../question';
import type { BulkLibrary } from './run';
import type { Judged } from './table';

/** The two forms of a plan, under the names that they are offered by. */
export interface PlanFiles {
  readonly account: string;
  readonly count: number;
  readonly json: { readonly name: string; readonly text: string };
  readonly script: { readonly name: string; readonly text: string };
}

function plannedOf({ session, instance, verdict }: Judged): PlannedChange {
  return {
    instance: instance.id,
    ...(instance.name === undefined ? {} : { name: instance.name }),
    account: session.account,
    region: session.region,
    before: optionsOf(instance),
    set: { tokens: 'required' },
    verdict: verdict.is,
    reasons: verdict.reasons,
  };
}

/** One plan for each account. */
export function planFilesOf(
  { plansOf, planText, shellScript }: Pick<BulkLibrary, 'plansOf' | 'planText' | 'shellScript'>,
  rows: readonly Judged[],
  now: Date,
): readonly PlanFiles[] {
  return plansOf(rows.map(plannedOf), now).map((plan) => {
    const name = `imdsv2-${plan.account}-${plan.createdAt.slice(0, 10)}`;
    return {
      account: plan.account,
      count: plan.changes.length,
      json: { name: `${name}.ec2-warden-plan.json`, text: planText(plan) },
      script: { name: `${name}.sh`, text: shellScript(plan) },
    };
  });
}
