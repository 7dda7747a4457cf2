/** What is asked before anything is sent: where, what, and what the evidence says. */
import type { ChangeEntry, InstanceRecord, MetadataOptionsChange, Session } from '../../aws';
import { l10n } from '../l10n';
import { changeInWords, consequencesOf, optionsOf } from './options';
import { wordOf, type Verdict } from './verdict';

export { changeInWords, optionsOf } from './options';

export interface Question {
  readonly message: string;
  /** Lines below it. */
  readonly detail: string;
  /** The button that does it. */
  readonly action: string;
  /** A button that does it in another way; absent where there is none. */
  readonly alternative?: string;
  /** The button that shows what the question goes by; absent where there is nothing to show. */
  readonly show?: string;
}

/** The name and the id, or the id alone. */
export function nameOf({ name, id }: Pick<InstanceRecord, 'name' | 'id'>): string {
  return name === undefined || name === '' ? id : `${name} (${id})`;
}

/** The same of an instance in the log. */
export function namedIn({ name, instance }: Pick<ChangeEntry, 'name' | 'instance'>): string {
  return nameOf({ name, id: instance });
}

/** `222233334444 (tidewater)` */
export function accountOf({ account }: Session, alias: string | undefined): string {
  return alias === undefined ? account : `${account} (${alias})`;
}

/** Where it goes, in lines. */
export function placeInWords(session: Session, alias: string | undefined, instance: InstanceRecord): readonly string[] {
  return [l10n.t('Instance: {0}, {1}', nameOf(instance), instance.state), ...sessionInWords(session, alias)];
}

/** The same without what it is about. */
export function sessionInWords(session: Session, alias: string | undefined): readonly string[] {
  return [
    l10n.t('Account: {0}', accountOf(session, alias)),
    l10n.t('Region: {0}', session.region),
    l10n.t('As: {0} ({1})', session.profile, session.arn),
  ];
}

export interface Asked {
  readonly session: Session;
  readonly alias: string | undefined;
  readonly instance: InstanceRecord;
  /** What differs, and nothing else. */
  readonly change: MetadataOptionsChange;
  /** Undefined where the change makes nothing stricter, so that nothing could break by it. */
  readonly verdict: Verdict | undefined;
  /** More lines, below what changes. */
  readonly notes?: readonly string[];
}

export interface Words {
  readonly message: string;
  readonly action: string;
  readonly alternative?: string;
}

export function questionOf(
  { session, alias, instance, change, verdict, notes = [] }: Asked,
  { message, action, alternative }: Words,
): Question {
  const stopped = instance.state === 'stopped' || instance.state === 'stopping';
  const lines = [
    ...placeInWords(session, alias, instance),
    '',
    ...changeInWords(optionsOf(instance), change),
    ...notes,
    ...(stopped ? [l10n.t('It applies when the instance starts.')] : []),
    ...consequencesOf(instance, change).map((text) => `• ${text}`),
    ...(verdict === undefined
      ? []
      : [
          '',
          l10n.t('Verdict: {0}', wordOf(verdict.is)),
          ...[...verdict.reasons, ...verdict.notes].map((text) => `• ${text}`),
        ]),
  ];
  return {
    message: verdict === undefined ? message : `${message} ${wordOf(verdict.is)}.`,
    detail: lines.join('\n'),
    action,
    ...(alternative === undefined ? {} : { alternative }),
    ...(verdict === undefined ? {} : { show: l10n.t('Show the Evidence') }),
  };
}

/** The question and its button for a change: what is dangerous has words of its own. */
export function wordsOf(instance: InstanceRecord, change: MetadataOptionsChange): Words {
  const name = nameOf(instance);
  if (change.endpoint === 'disabled') {
    return { message: l10n.t('Switch the metadata service of {0} off?', name), action: l10n.t('Switch Off') };
  }
  if (change.tokens === 'optional') {
    return { message: l10n.t('Allow IMDSv1 on {0} again?', name), action: l10n.t('Allow IMDSv1') };
  }
  if (change.tokens === 'required' && Object.keys(change).length === 1) {
    return { message: l10n.t('Require IMDSv2 on {0}?', name), action: l10n.t('Require IMDSv2') };
  }
  return { message: l10n.t('Change the metadata options of {0}?', name), action: l10n.t('Change') };
}
