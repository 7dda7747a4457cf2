/** What is asked before anything is sent: where, what, and what the evidence says. */
import type { InstanceRecord, MetadataOptionsChange, Session } from '../../aws';
import { l10n } from '../l10n';
import type { Verdict } from './verdict';
import { wordOf } from './verdict';

export interface Question {
  readonly message: string;
  /** Lines below it. */
  readonly detail: string;
  /** The button that does it. */
  readonly action: string;
  /** The button that shows the calls of its user data; absent where there are none. */
  readonly showCalls?: string;
}

/** The name and the id, or the id alone. */
export function nameOf({ name, id }: Pick<InstanceRecord, 'name' | 'id'>): string {
  return name === undefined || name === '' ? id : `${name} (${id})`;
}

/** `222233334444 (tidewater)` */
export function accountOf({ account }: Session, alias: string | undefined): string {
  return alias === undefined ? account : `${account} (${alias})`;
}

const OPTIONS = ['tokens', 'endpoint', 'hopLimit', 'ipv6', 'instanceTags'] as const;

function optionName(option: (typeof OPTIONS)[number]): string {
  switch (option) {
    case 'tokens':
      return l10n.t('Tokens');
    case 'endpoint':
      return l10n.t('Metadata service');
    case 'hopLimit':
      return l10n.t('Hop limit');
    case 'ipv6':
      return l10n.t('IPv6 endpoint');
    case 'instanceTags':
      return l10n.t('Tags in metadata');
  }
}

/** A line for each option: what it is, and what it becomes. */
export function changeInWords(before: MetadataOptionsChange, change: MetadataOptionsChange): readonly string[] {
  return OPTIONS.flatMap((option) => {
    const value = change[option];
    if (value === undefined) return [];
    return [`${optionName(option)}: ${String(before[option] ?? l10n.t('unknown'))} → ${String(value)}`];
  });
}

/** Where it goes, in lines. */
export function placeInWords(session: Session, alias: string | undefined, instance: InstanceRecord): readonly string[] {
  return [
    l10n.t('Instance: {0}, {1}', nameOf(instance), instance.state),
    l10n.t('Account: {0}', accountOf(session, alias)),
    l10n.t('Region: {0}', session.region),
    l10n.t('As: {0} ({1})', session.profile, session.arn),
  ];
}

/** Options as they are, without what AWS did not tell. */
export function optionsOf({ metadata }: InstanceRecord): MetadataOptionsChange {
  return Object.fromEntries(
    OPTIONS.flatMap((option) => (metadata[option] === undefined ? [] : [[option, metadata[option]]])),
  );
}

interface Asked {
  readonly session: Session;
  readonly alias: string | undefined;
  readonly instance: InstanceRecord;
  readonly change: MetadataOptionsChange;
  readonly verdict: Verdict;
  readonly calls: number;
}

export function questionOf({ session, alias, instance, change, verdict, calls }: Asked): Question {
  const stopped = instance.state === 'stopped' || instance.state === 'stopping';
  const detail = [
    ...placeInWords(session, alias, instance),
    '',
    ...changeInWords(optionsOf(instance), change),
    ...(stopped ? [l10n.t('It applies when the instance starts.')] : []),
    '',
    l10n.t('Verdict: {0}', wordOf(verdict.is)),
    ...verdict.reasons.map((reason) => `• ${reason}`),
    ...verdict.notes.map((note) => `• ${note}`),
  ];
  return {
    message: l10n.t('Require IMDSv2 on {0}? {1}.', nameOf(instance), wordOf(verdict.is)),
    detail: detail.join('\n'),
    action: l10n.t('Require IMDSv2'),
    ...(calls === 0 ? {} : { showCalls: l10n.t('Show the Calls') }),
  };
}
