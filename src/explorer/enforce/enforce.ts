/**
 * Requires tokens on one instance: evidence, a question, the change. One session goes through all of it, the one of the node that was clicked, and no
 * current profile is looked up in between: the change goes where the question said, or nowhere.
 */
import type { ChangeResult, InstanceRecord, MetadataOptionsChange, Session } from '../../aws';
import { l10n } from '../l10n';
import { apply } from './apply';
import { confirm } from './confirm';
import { gatherEvidence, readInstance, type Evidence, type EvidenceTools } from './evidence';
import { changeInWords, optionsOf } from './options';
import { nameOf, wordsOf, type Question, type Words } from './question';

export { apply } from './apply';
export { canUndo, outcomeInWords } from './outcome';

/** How somebody is asked and told. */
export interface EnforceUi {
  /** Shows that something is going on, with a way to give up. */
  progress<T>(title: string, work: (report: (text: string) => void, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** A modal; `also`: in the alternative way; undefined where it was closed. */
  ask(question: Question): Promise<'yes' | 'also' | 'show' | undefined>;
  /** True where exactly `word` was typed. */
  askToType(prompt: string, word: string): Promise<boolean>;
  /** Says why nothing is done. */
  refuse(message: string): void;
  showEvidence(session: Session, alias: string | undefined, evidence: Evidence): Promise<void>;
}

export interface EnforceTools extends EvidenceTools {
  readonly ui: EnforceUi;
  /** Draws an instance as it was just read. */
  readonly show: (session: Session, instance: InstanceRecord) => void;
}

const CHANGE: MetadataOptionsChange = { tokens: 'required' };
/** Lets a token reach a container: one hop more. */
const WITH_HOP: MetadataOptionsChange = { ...CHANGE, hopLimit: 2 };

/** Why nothing can be changed on an instance; undefined where something can. */
export function obstacleTo({ state, ...instance }: InstanceRecord): string | undefined {
  return state === 'terminated' || state === 'shutting-down'
    ? l10n.t('{0} is {1}: nothing can be changed on it any more.', nameOf(instance), state)
    : undefined;
}

/** Why tokens cannot be required; undefined where they can. */
function obstacle(instance: InstanceRecord): string | undefined {
  const { tokens, state } = instance.metadata;
  const why = obstacleTo(instance);
  if (why !== undefined || tokens !== 'required') return why;
  return state === 'pending'
    ? l10n.t('Requiring tokens on {0} is under way already.', nameOf(instance))
    : l10n.t('{0} requires tokens already.', nameOf(instance));
}

/** Why this session may change nothing, told; false where it may. */
export function isRefused(
  { aws, ui }: Pick<EnforceTools, 'aws'> & { readonly ui: Pick<EnforceUi, 'refuse'> },
  session: Session,
): boolean {
  const { readOnly } = aws.status(session);
  if (readOnly !== undefined) ui.refuse(l10n.t('{0} Nothing was changed.', readOnly));
  return readOnly !== undefined;
}

/** Reads an instance and draws it. Undefined where it is gone, which is told. @throws AwsFailure */
export async function readToChange(
  { aws, ui, show }: Pick<EnforceTools, 'aws' | 'ui' | 'show'>,
  session: Session,
  id: string,
  signal: AbortSignal,
): Promise<InstanceRecord | undefined> {
  const instance = await readInstance(aws, session, id, signal);
  if (instance === undefined) {
    ui.refuse(l10n.t('{0} is not in {1} of account {2} any more.', id, session.region, session.account));
    return undefined;
  }
  show(session, instance);
  return instance;
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
  const { evidence, alias, offersHop } = found;
  const { instance } = evidence;
  const answer = await confirm(tools, {
    ...{ session, alias, instance, change: CHANGE, evidence },
    ...(offersHop ? alternativeOf(instance) : {}),
  });
  if (answer === undefined) return undefined;
  const change = answer === 'also' ? WITH_HOP : CHANGE;
  return apply(tools, session, instance, l10n.t('Requiring IMDSv2 on {0}', nameOf(instance)), (options) =>
    tools.aws.changeMetadataOptions(session, id, change, options),
  );
}

function alternativeOf(instance: InstanceRecord): { readonly words: Words; readonly notes: readonly string[] } {
  const alternative = l10n.t('Require, with Hop Limit 2');
  const [more = ''] = changeInWords(optionsOf(instance), { hopLimit: 2 });
  return {
    words: { ...wordsOf(instance, CHANGE), alternative },
    notes: [l10n.t('“{0}” changes this, too: {1}', alternative, more)],
  };
}

interface Prepared {
  readonly evidence: Evidence;
  readonly alias: string | undefined;
  /** True where a hop limit of 2 would help, and may be set. */
  readonly offersHop: boolean;
}

async function prepare(
  tools: EnforceTools,
  session: Session,
  id: string,
  report: (text: string) => void,
  signal: AbortSignal,
): Promise<Prepared | undefined> {
  const { aws, ui } = tools;
  const instance = await readToChange(tools, session, id, signal);
  if (instance === undefined) return undefined;
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
  const wantsHop = evidence.containers !== undefined && instance.metadata.hopLimit === 1;
  const offersHop =
    wantsHop &&
    (await aws.checkMetadataOptions(session, id, WITH_HOP).then(
      () => true,
      () => false,
    ));
  return { evidence, alias, offersHop };
}
