/**
 * Requires tokens on one instance: evidence, a question, the change. One session goes through all of it, the one of the node that was clicked, and no
 * current profile is looked up in between: the change goes where the question said, or nowhere.
 */
import type { Aws, AwsChanges, ChangeResult, InstanceRecord, MetadataOptionsChange, Session } from '../../aws';
import { l10n } from '../l10n';
import { gatherEvidence, readInstance, type Evidence, type FindCalls } from './evidence';
import { nameOf, questionOf, type Question } from './question';
import { judge } from './verdict';

/** How somebody is asked and told. */
export interface EnforceUi {
  /** Shows that something is going on, with a way to give up. */
  progress<T>(title: string, work: (report: (text: string) => void, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** A modal; undefined where it was closed. */
  ask(question: Question): Promise<'yes' | 'show-calls' | undefined>;
  /** True where exactly `word` was typed. */
  askToType(prompt: string, word: string): Promise<boolean>;
  /** True where the offered action was taken. */
  tell(message: string, action?: string): Promise<boolean>;
  /** Says why nothing is done. */
  refuse(message: string): void;
  showCalls(session: Session, evidence: Evidence): Promise<void>;
}

export interface EnforceTools {
  readonly aws: Aws & AwsChanges;
  readonly findCalls: FindCalls;
  readonly ui: EnforceUi;
  /** Draws an instance as it was just read. */
  readonly show: (session: Session, instance: InstanceRecord) => void;
  readonly now: () => Date;
}

const CHANGE: MetadataOptionsChange = { tokens: 'required' };

/** Why tokens cannot be required; undefined where they can. */
function obstacle(instance: InstanceRecord): string | undefined {
  if (instance.state === 'terminated' || instance.state === 'shutting-down') {
    return l10n.t('{0} is {1}: nothing can be changed on it any more.', nameOf(instance), instance.state);
  }
  const { tokens, state } = instance.metadata;
  if (tokens !== 'required') return undefined;
  return state === 'pending'
    ? l10n.t('Requiring tokens on {0} is under way already.', nameOf(instance))
    : l10n.t('{0} requires tokens already.', nameOf(instance));
}

/** Why this session may change nothing, told; false where it may. */
export function isRefused({ aws, ui }: Pick<EnforceTools, 'aws' | 'ui'>, session: Session): boolean {
  const { readOnly } = aws.status(session);
  if (readOnly !== undefined) ui.refuse(l10n.t('{0} Nothing was changed.', readOnly));
  return readOnly !== undefined;
}

/**
 * @returns what became of it; undefined where nothing was changed
 * @throws AwsFailure, with the words to tell
 */
export async function enforce(tools: EnforceTools, session: Session, id: string): Promise<ChangeResult | undefined> {
  const { ui } = tools;
  if (isRefused(tools, session)) return undefined;
  const found = await ui.progress(l10n.t('Gathering evidence on {0}', id), (report, signal) =>
    prepare(tools, session, id, report, signal),
  );
  if (found === undefined) return undefined;
  const { evidence, alias } = found;
  const { instance, userData } = evidence;
  const verdict = judge(evidence);
  const calls = userData.is === 'read' ? userData.calls.length : 0;
  const answer = await ui.ask(questionOf({ session, alias, instance, change: CHANGE, verdict, calls }));
  if (answer === 'show-calls') await ui.showCalls(session, evidence);
  if (answer !== 'yes') return undefined;
  if (verdict.is === 'will-break') {
    const word = instance.name ?? id;
    const prompt = l10n.t(
      'Something will break. To require tokens on {0} all the same, type {1}',
      nameOf(instance),
      word,
    );
    if (!(await ui.askToType(prompt, word))) return undefined;
  }
  const result = await apply(tools, session, instance, l10n.t('Requiring IMDSv2 on {0}', nameOf(instance)), (options) =>
    tools.aws.changeMetadataOptions(session, id, CHANGE, options),
  );
  return result;
}

interface Prepared {
  readonly evidence: Evidence;
  readonly alias: string | undefined;
}

async function prepare(
  tools: EnforceTools,
  session: Session,
  id: string,
  report: (text: string) => void,
  signal: AbortSignal,
): Promise<Prepared | undefined> {
  const { aws, ui, show } = tools;
  const instance = await readInstance(aws, session, id, signal);
  if (instance === undefined) {
    ui.refuse(l10n.t('{0} is not in {1} of account {2} any more.', id, session.region, session.account));
    return undefined;
  }
  show(session, instance);
  const why = obstacle(instance);
  if (why !== undefined) {
    ui.refuse(why);
    return undefined;
  }
  report(l10n.t('calls of two weeks, user data, image, permission'));
  const [evidence, alias] = await Promise.all([
    gatherEvidence(tools, session, instance, signal),
    aws.accountAlias(session, { signal }).catch(() => undefined),
    aws.checkMetadataOptions(session, id, CHANGE),
  ]);
  return { evidence, alias };
}

interface Applying {
  readonly signal: AbortSignal;
  readonly progress: (instance: InstanceRecord) => void;
}

/** Does it with the node following, and reads the instance where it went wrong, so that nothing is assumed. */
export async function apply(
  { aws, ui, show }: Pick<EnforceTools, 'aws' | 'ui' | 'show'>,
  session: Session,
  instance: InstanceRecord,
  title: string,
  change: (options: Applying) => Promise<ChangeResult>,
): Promise<ChangeResult> {
  return ui.progress(title, async (report, signal) => {
    const progress = (read: InstanceRecord): void => {
      show(session, read);
      if (read.metadata.state === 'pending') report(l10n.t('pending'));
    };
    try {
      const result = await change({ signal, progress });
      show(session, result.instance);
      return result;
    } catch (error) {
      const read = await readInstance(aws, session, instance.id).catch(() => undefined);
      if (read !== undefined) show(session, read);
      throw error;
    }
  });
}

/** What became of a change, as a sentence. */
export function outcomeInWords({ state, instance, entry }: ChangeResult): string {
  const name = nameOf(instance);
  const undo = entry.undoes !== undefined;
  switch (state) {
    case 'applied':
      return undo
        ? l10n.t('{0} has its former metadata options again.', name)
        : l10n.t('{0} requires tokens now.', name);
    case 'at-start':
      return l10n.t('It is set for {0}, and applies when the instance starts.', name);
    case 'pending':
      return l10n.t('It was sent for {0}, and AWS had not finished when the waiting ended.', name);
    case 'unchanged':
      return l10n.t('Nothing was sent: {0} is as it was wanted.', name);
  }
}

/** True where there is something to take back. */
export function canUndo({ state, entry }: Pick<ChangeResult, 'state' | 'entry'>): boolean {
  return state !== 'unchanged' && entry.undoes === undefined;
}
