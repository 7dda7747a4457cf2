/** What is done to many instances, and what became of each. */
import type * as awsLibrary from '../../../aws';
import type { Aws, AwsChanges, ChangeEntry, ChangeResult, InstanceRecord, Outcome, Session } from '../../../aws';
import { l10n } from '../../l10n';
import type { EnforceUi } from '../enforce';
import { readInstance } from '../evidence';
import type { Candidate } from './candidates';
import type { Undoing } from './question';
import { keyOf, type Judged } from './table';

/** Of the library that is loaded when it is needed. */
export type BulkLibrary = Pick<typeof awsLibrary, 'forMany' | 'undoable' | 'plansOf' | 'planText' | 'shellScript'>;

export interface RunTools {
  readonly aws: Aws & AwsChanges;
  readonly library: BulkLibrary;
  readonly ui: Pick<EnforceUi, 'progress'>;
  readonly show: (session: Session, instance: InstanceRecord) => void;
  readonly now: () => Date;
}

export interface Run {
  readonly what: 'require' | 'undo';
  readonly startedAt: Date;
  readonly outcomes: readonly Outcome<Judged | Undoing, ChangeResult>[];
  /** What the log has of those that did not come to their end, by their keys. */
  readonly logged: ReadonlyMap<string, ChangeEntry>;
}

type Work<T> = (
  item: T,
  options: { readonly signal: AbortSignal; readonly progress: (read: InstanceRecord) => void },
) => Promise<ChangeResult>;

async function runMany<T extends Judged | Undoing>(
  tools: RunTools,
  what: Run['what'],
  rows: readonly T[],
  title: string,
  work: Work<T>,
): Promise<Run> {
  const { aws, library, ui, now } = tools;
  const startedAt = now();
  const outcomes: Outcome<T, ChangeResult>[] = [];
  await ui.progress(title, async (report, signal) => {
    const one = (row: T): Promise<ChangeResult> => follow(tools, row, (progress) => work(row, { signal, progress }));
    report(l10n.t('0 of {0}', rows.length));
    for await (const outcome of library.forMany(rows, one, { signal })) {
      outcomes.push(outcome);
      report(progressInWords(outcomes, rows.length));
    }
  });
  const logged = await lastEntries(aws, outcomes, startedAt).catch(() => new Map<string, ChangeEntry>());
  const places = new Map(rows.map((row, index) => [keyOf(row), index]));
  const inOrder = outcomes.toSorted((a, b) => (places.get(keyOf(a.item)) ?? 0) - (places.get(keyOf(b.item)) ?? 0));
  return { what, startedAt, outcomes: inOrder, logged };
}

/** The node follows; where it went wrong the instance is read, so that nothing is assumed. */
async function follow(
  { aws, show }: RunTools,
  { session, instance }: Candidate,
  work: (progress: (read: InstanceRecord) => void) => Promise<ChangeResult>,
): Promise<ChangeResult> {
  try {
    const result = await work((read) => show(session, read));
    show(session, result.instance);
    return result;
  } catch (error) {
    const read = await readInstance(aws, session, instance.id).catch(() => undefined);
    if (read !== undefined) show(session, read);
    throw error;
  }
}

function progressInWords(outcomes: readonly Outcome<Candidate, ChangeResult>[], all: number): string {
  const failed = outcomes.filter(({ is }) => is === 'failed').length;
  return failed === 0
    ? l10n.t('{0} of {1}', outcomes.length, all)
    : l10n.t('{0} of {1}, {2} failed', outcomes.length, all, failed);
}

/** An answer that was lost says nothing of what AWS did; the log may know. */
async function lastEntries(
  aws: AwsChanges,
  outcomes: readonly Outcome<Candidate, ChangeResult>[],
  since: Date,
): Promise<ReadonlyMap<string, ChangeEntry>> {
  const failed = outcomes.filter(({ is }) => is === 'failed');
  if (failed.length === 0) return new Map();
  const entries = await aws.changes();
  return new Map(
    failed.flatMap(({ item }) => {
      const entry = entries.findLast((each) => isOf(each, item, since));
      return entry === undefined ? [] : [[keyOf(item), entry] as const];
    }),
  );
}

/** True where this caller made the entry on this instance, then or later. */
function isOf(entry: ChangeEntry, { session, instance }: Candidate, since: Date): boolean {
  return (
    entry.instance === instance.id &&
    entry.account === session.account &&
    entry.region === session.region &&
    entry.arn === session.arn &&
    Date.parse(entry.at) >= since.getTime()
  );
}

/** Requires tokens on each. */
export function requireOnAll(tools: RunTools, rows: readonly Judged[]): Promise<Run> {
  const title = l10n.t('Requiring IMDSv2 on {0} instances', rows.length);
  return runMany(tools, 'require', rows, title, ({ session, instance }, options) =>
    tools.aws.changeMetadataOptions(session, instance.id, { tokens: 'required' }, options),
  );
}

/** Takes back what each has, the latest first. */
export function undoAll(tools: RunTools, rows: readonly Undoing[]): Promise<Run> {
  const title = l10n.t('Undoing the changes of {0} instances', rows.length);
  return runMany(tools, 'undo', rows, title, async ({ session, entries }, options) => {
    const [first, ...rest] = entries;
    if (first === undefined) throw new Error('There is nothing to take back.');
    let result = await tools.aws.undoMetadataOptions(session, first, options);
    for (const entry of rest) result = await tools.aws.undoMetadataOptions(session, entry, options);
    return result;
  });
}

/** What a run did that can be taken back: also where its answer was lost, and AWS may have done it. Nothing of anybody else's. */
export async function undoableOf({ aws, library }: RunTools, run: Run): Promise<readonly Undoing[]> {
  const entries = await aws.changes();
  return run.outcomes.flatMap(({ item, is, ...outcome }) => {
    if (is === 'not-begun' && run.what === 'require') return [];
    const own = 'entries' in item ? new Set(item.entries.map(({ id }) => id)) : undefined;
    const done = 'result' in outcome ? outcome.result.entry.id : undefined;
    const mine = library.undoable(entries, item.session, item.instance.id).filter((entry) => {
      if (own !== undefined) return own.has(entry.id);
      return done === undefined ? isOf(entry, item, run.startedAt) : entry.id === done;
    });
    const { session, alias, instance } = item;
    return mine.length === 0 ? [] : [{ session, alias, instance, entries: mine }];
  });
}

/** Those that did not come to their end. */
export function unfinished(run: Run): readonly (Judged | Undoing)[] {
  return run.outcomes.filter(({ is }) => is !== 'done').map(({ item }) => item);
}
