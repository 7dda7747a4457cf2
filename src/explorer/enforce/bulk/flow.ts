/** Requires tokens on many instances: evidence in a table, one question, the changes, a report with a way back. Nobody looks up a session in between. */
import type { Session } from '../../../aws';
import { l10n } from '../../l10n';
import type { EnforceTools, EnforceUi } from '../enforce';
import { gatherEvidenceOfMany } from '../evidence-of-many';
import { judge } from '../verdict';
import { readCandidates, type Candidate } from './candidates';
import { planFilesOf, type PlanFiles } from './plan-of';
import { breakingOf, bySession, confirmationOf, questionOfMany, questionOfUndo } from './question';
import { requireOnAll, undoableOf, undoAll, unfinished, type BulkLibrary, type Run } from './run';
import { createTable, keyOf, type Judged, type Table } from './table';
import type { Target } from './targets';

/** What a table ends in; undefined where it was closed. */
export type TableEnd = 'accept' | 'export' | undefined;

export interface TableView {
  readonly title: string;
  readonly placeholder: string;
  readonly table: Table;
  /** Fills the table; `changed` after each verdict. */
  readonly fill: (changed: () => void, signal: AbortSignal) => Promise<void>;
}

export interface BulkUi extends Pick<EnforceUi, 'progress' | 'ask' | 'askToType' | 'refuse'> {
  /** Shows the table while it fills, until somebody accepts or closes it, which ends the filling. */
  table(view: TableView): Promise<TableEnd>;
  /** Shows what became of it, and offers what can be done about it. */
  report(run: Run): Promise<void>;
  showPlans(plans: readonly PlanFiles[]): Promise<void>;
}

export interface BulkTools extends Omit<EnforceTools, 'ui'> {
  readonly library: BulkLibrary;
  readonly ui: BulkUi;
}

/**
 * @param goal what accepting the table leads to
 * @throws AwsFailure, with the words to tell
 */
export async function requireOnMany(
  tools: BulkTools,
  targets: readonly Target[],
  goal: 'require' | 'plan',
): Promise<void> {
  const { aws, ui, show, library, now } = tools;
  const open = goal === 'plan' ? targets : targets.filter(({ session }) => aws.status(session).readOnly === undefined);
  const closed = targets.filter((target) => !open.includes(target));
  const readOnly = closed.flatMap(({ session }) => aws.status(session).readOnly ?? []);
  if (open.length === 0) {
    ui.refuse([...new Set(readOnly), l10n.t('Nothing was changed.')].join(' '));
    return;
  }
  const { found, leftOut } = await ui.progress(l10n.t('Reading instances'), (_report, signal) =>
    readCandidates(aws, open, show, signal),
  );
  const aside = [...leftOut, ...new Set(readOnly)];
  if (found.length === 0) {
    ui.refuse([l10n.t('There is no instance that allows IMDSv1.'), ...aside].join(' '));
    return;
  }
  const table = createTable(found);
  const end = await ui.table({
    title: titleOf(found),
    placeholder: [
      goal === 'plan' ? l10n.t('Choose what the plan is to hold') : l10n.t('Choose where to require IMDSv2'),
      ...aside,
    ].join(' · '),
    table,
    fill: (changed, signal) => fill(tools, table, found, changed, signal),
  });
  const rows = table.rows();
  if (end === undefined) return;
  if (rows.length === 0) {
    ui.refuse(l10n.t('No instance was chosen.'));
    return;
  }
  if (end === 'export' || goal === 'plan') await ui.showPlans(planFilesOf(library, rows, now()));
  else await confirmAndRequire(tools, rows);
}

function titleOf(found: readonly Candidate[]): string {
  const places = bySession(found).map(({ session }) => session);
  const accounts = [...new Set(places.map(({ account }) => account))].join(', ');
  const regions = [...new Set(places.map(({ region }) => region))].join(', ');
  return l10n.t('Require IMDSv2 on many: {0} instances in {1}, account {2}', found.length, regions, accounts);
}

/** Evidence of all sessions at once, each by its own. What cannot be gathered is a verdict, too: nobody knows. */
async function fill(
  tools: BulkTools,
  table: Table,
  found: readonly Candidate[],
  changed: () => void,
  signal: AbortSignal,
): Promise<void> {
  const all = new Map(found.map((candidate) => [keyOf(candidate), candidate]));
  await Promise.all(
    bySession(found).map(async ({ session, rows }) => {
      const instances = rows.map(({ instance }) => instance);
      try {
        for await (const evidence of gatherEvidenceOfMany(tools, session, instances, signal)) {
          const candidate = all.get(keyOf({ session, instance: evidence.instance }));
          if (candidate === undefined) continue;
          all.delete(keyOf(candidate));
          table.judged(candidate, judge(evidence));
          changed();
        }
      } catch (error) {
        if (signal.aborted) return;
        const why = error instanceof Error ? error.message : String(error);
        const reason = l10n.t('The evidence could not be gathered: {0}', why);
        for (const row of rows) {
          if (all.delete(keyOf(row))) table.judged(row, { is: 'unknown', reasons: [reason], notes: [] });
        }
        changed();
      }
    }),
  );
}

/** Asks once more for those that have a verdict already, as after a failure. */
async function confirmAndRequire(tools: BulkTools, rows: readonly Judged[]): Promise<void> {
  const { ui } = tools;
  await ui.progress(l10n.t('Asking AWS for permission'), (_report, signal) => checkPermission(tools, rows, signal));
  if ((await ui.ask(questionOfMany(rows))) !== 'yes') return;
  const breaking = breakingOf(rows);
  if (breaking.length > 0) {
    const { prompt, word } = confirmationOf(breaking);
    if (!(await ui.askToType(prompt, word))) return;
  }
  await ui.report(await requireOnAll(tools, rows));
}

/** So many refusals of one session are taken for all of them: a policy may speak of tags, so that one alone says little. */
const REFUSALS = 5;

/**
 * Asks AWS by `DryRun`, of each session for one instance: questions count against the same limit as changes, so that asking for all would slow them down.
 * @throws AwsFailure where a session may change none of the first few
 */
async function checkPermission({ aws }: BulkTools, rows: readonly Judged[], signal: AbortSignal): Promise<void> {
  const check = async (session: Session, [first, ...rest]: readonly Judged[]): Promise<void> => {
    if (first === undefined) return;
    try {
      signal.throwIfAborted();
      await aws.checkMetadataOptions(session, first.instance.id, { tokens: 'required' });
    } catch (error) {
      const { facts } = error as { facts?: { kind?: unknown } };
      if (facts?.kind !== 'denied' || rest.length === 0) throw error;
      await check(session, rest);
    }
  };
  await Promise.all(bySession(rows).map(({ session, rows: own }) => check(session, own.slice(0, REFUSALS))));
}

/** Tries those again that did not come to their end. */
export async function retry(tools: BulkTools, run: Run): Promise<void> {
  const left = unfinished(run);
  if (run.what === 'require') {
    const rows = left.flatMap((row) => ('verdict' in row ? [row] : []));
    if (rows.length > 0) await confirmAndRequire(tools, rows);
    return;
  }
  const keys = new Set(left.map(keyOf));
  await undo(
    tools,
    (await undoableOf(tools, run)).filter((row) => keys.has(keyOf(row))),
  );
}

/** Takes back what a run did. */
export async function undoRun(tools: BulkTools, run: Run): Promise<void> {
  await undo(tools, await undoableOf(tools, run));
}

async function undo(tools: BulkTools, rows: Awaited<ReturnType<typeof undoableOf>>): Promise<void> {
  const { ui } = tools;
  if (rows.length === 0) {
    ui.refuse(l10n.t('There is nothing left to take back.'));
    return;
  }
  if ((await ui.ask(questionOfUndo(rows))) !== 'yes') return;
  await ui.report(await undoAll(tools, rows));
}
