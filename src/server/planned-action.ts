import type { Engine, FileEdits, TextEdit } from '../engine';
import type { Linted } from './linter';

/**
 * What a code action will do, small enough to travel to the client and back: the edits are computed when somebody chooses it. `finding` is
 * a finding's id, `index` the number of its fix and `title` what was promised, `value` what somebody typed for it.
 */
export type Plan =
  | {
      readonly act: 'fix';
      readonly finding: string;
      readonly index: number;
      readonly title: string;
      readonly value?: string;
    }
  | { readonly act: 'fix-all'; readonly ruleId?: string }
  | { readonly act: 'suppress'; readonly finding: string; readonly scope: 'line' | 'file' };

/** A plan and the text it was made for: a code action's `data`. */
export interface PlannedAction {
  readonly uri: string;
  readonly version: number;
  readonly plan: Plan;
}

/** Edits of a document, and of files beside it. */
export interface PlannedEdits {
  readonly here: readonly TextEdit[];
  readonly elsewhere: readonly FileEdits[];
}

/** The edits of a plan; undefined where it names something that is not there. */
export function editsOf(engine: Engine, linted: Linted, plan: Plan): PlannedEdits | undefined {
  if (plan.act === 'fix-all') {
    const { ruleId } = plan;
    const only = ruleId === undefined ? undefined : (id: string): boolean => id === ruleId;
    return linted.outcome === 'linted'
      ? { here: engine.fixAll(linted.document, linted.settings.engine, only), elsewhere: [] }
      : undefined;
  }
  const finding = linted.findings.find(({ id }) => id === plan.finding)?.finding;
  if (finding === undefined) return undefined;
  if (plan.act === 'fix') {
    const fix = finding.fixes[plan.index];
    // What a file beside the document says may have changed what the fix is.
    return fix?.title === plan.title
      ? { here: fix.edits(plan.value), elsewhere: fix.elsewhere?.(plan.value) ?? [] }
      : undefined;
  }
  const here = engine.suppress(linted.document, finding, plan.scope);
  return here && { here, elsewhere: [] };
}

/** Reads back a code action's `data`; undefined where it is not ours. */
export function readPlannedAction(data: unknown): PlannedAction | undefined {
  if (!isRecord(data)) return undefined;
  const { uri, version, plan } = data;
  if (typeof uri !== 'string' || typeof version !== 'number' || !isPlan(plan)) return undefined;
  return { uri, version, plan };
}

function isPlan(plan: unknown): plan is Plan {
  if (!isRecord(plan)) return false;
  const { act, finding, index, title, ruleId, scope, value } = plan;
  if (act === 'fix-all') return ruleId === undefined || typeof ruleId === 'string';
  if (typeof finding !== 'string') return false;
  if (act === 'fix') {
    const isNamed = typeof index === 'number' && typeof title === 'string';
    return isNamed && (value === undefined || typeof value === 'string');
  }
  return act === 'suppress' && (scope === 'line' || scope === 'file');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
