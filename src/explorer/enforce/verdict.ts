/** Whether requiring tokens would break something: a word, and why. */
import type { TokenUse } from '../../aws';
import { l10n } from '../l10n';
import { arnName } from '../kinds/words';
import { DAYS, type Evidence, type UserDataEvidence } from './evidence';

export type VerdictWord = 'safe' | 'likely-safe' | 'will-break' | 'unknown';

export interface Verdict {
  readonly is: VerdictWord;
  /** What leads to it, the gravest first. */
  readonly reasons: readonly string[];
  /** What is good to know, whatever the verdict. */
  readonly notes: readonly string[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Metrics of a last day may be on their way. */
const WHOLE_DAYS = DAYS - 1;
const MOST_LINES = 5;

/** One observation. `safe`: nothing of this kind speaks against it. */
interface Observation {
  readonly leads: VerdictWord;
  readonly text: string;
}

/** The gravest counts. */
const ORDER: readonly VerdictWord[] = ['will-break', 'unknown', 'likely-safe', 'safe'];

/** Never `safe` without data on all of the time looked at. */
export function judge(evidence: Evidence): Verdict {
  const observations = [ofUse(evidence), ofUserData(evidence.userData), ofHops(evidence)]
    .filter((observation) => observation !== undefined)
    .sort((a, b) => ORDER.indexOf(a.leads) - ORDER.indexOf(b.leads));
  return {
    is: observations[0]?.leads ?? 'unknown',
    reasons: observations.map(({ text }) => text),
    notes: notesOf(evidence),
  };
}

function ofUse({ use, useFailure, at, instance }: Evidence): Observation {
  if (instance.metadata.endpoint === 'disabled') {
    return {
      leads: 'likely-safe',
      text: l10n.t('The metadata service is switched off: nothing is answered now, with or without a token.'),
    };
  }
  if (useFailure !== undefined) {
    return { leads: 'unknown', text: l10n.t('Calls without a token could not be counted: {0}', useFailure) };
  }
  const tokenless = use?.tokenless;
  if (tokenless === undefined) {
    return { leads: 'unknown', text: l10n.t('No data on calls without a token in {0} days.', DAYS) };
  }
  if (tokenless.total > 0) {
    return {
      leads: 'will-break',
      text: l10n.t('Last call without a token {0}, {1} in {2} days.', agoInWords(tokenless, at), tokenless.total, DAYS),
    };
  }
  const days = daysCovered(tokenless, at);
  if (days >= WHOLE_DAYS) return { leads: 'safe', text: l10n.t('No call without a token in {0} days.', DAYS) };
  return {
    leads: 'likely-safe',
    text:
      days < 1
        ? l10n.t('No call without a token, but there is data for less than a day.')
        : l10n.t('No call without a token, but there is data for {0} of {1} days only.', Math.floor(days), DAYS),
  };
}

type Tokenless = NonNullable<TokenUse['tokenless']>;

function agoInWords({ last }: Tokenless, at: Date): string {
  const hours = last === undefined ? 0 : Math.floor((at.getTime() - last.getTime()) / HOUR_MS);
  if (hours < 1) return l10n.t('less than an hour ago');
  return hours < 48 ? l10n.t('{0} h ago', hours) : l10n.t('{0} days ago', Math.floor(hours / 24));
}

/** Hours with data, as days: an instance that was stopped for a while has none for that while. */
function daysCovered({ hours }: Tokenless, at: Date): number {
  const from = at.getTime() - DAYS * DAY_MS;
  return new Set(hours.map((hour) => hour.at.getTime()).filter((time) => time >= from)).size / 24;
}

function ofUserData(userData: UserDataEvidence): Observation {
  switch (userData.is) {
    case 'none':
      return { leads: 'safe', text: l10n.t('It has no user data.') };
    case 'unread':
      return { leads: 'likely-safe', text: l10n.t('Its user data could not be searched. {0}', userData.why) };
    case 'read': {
      const { calls } = userData;
      if (calls.length === 0) return { leads: 'safe', text: l10n.t('Its user data has no call of IMDSv1.') };
      const lines = calls.slice(0, MOST_LINES).map(({ line }) => line + 1);
      const more = calls.length > MOST_LINES ? ', …' : '';
      return {
        leads: 'will-break',
        text: l10n.t(
          'Its user data calls IMDSv1 (line {0}): that fails when it runs again.',
          `${lines.join(', ')}${more}`,
        ),
      };
    }
  }
}

function ofHops({ containers, instance }: Evidence): Observation | undefined {
  const { hopLimit } = instance.metadata;
  if (containers === undefined || hopLimit === undefined || hopLimit > 1) return undefined;
  return {
    leads: 'likely-safe',
    text: l10n.t(
      'It seems to run containers ({0}), and with a hop limit of 1 a token does not reach them: 2 lets it.',
      containers,
    ),
  };
}

function notesOf({ image, instance, use }: Evidence): readonly string[] {
  const rejected = use?.rejected?.total ?? 0;
  const role = instance.instanceProfileArn;
  return [
    ...(rejected > 0 ? [l10n.t('{0} calls were refused for want of a token in {1} days.', rejected, DAYS)] : []),
    image === 'v2'
      ? l10n.t('Its image says that it works with tokens only (ImdsSupport v2.0).')
      : l10n.t('Its image says nothing of its support for tokens. How old its SDKs are cannot be known from outside.'),
    role === undefined
      ? l10n.t('It has no role: metadata holds no credentials to steal.')
      : l10n.t('Its role {0} is what a thief of metadata would get.', arnName(role)),
  ];
}

export function wordOf(is: VerdictWord): string {
  switch (is) {
    case 'safe':
      return l10n.t('Safe');
    case 'likely-safe':
      return l10n.t('Likely safe');
    case 'will-break':
      return l10n.t('Will break something');
    case 'unknown':
      return l10n.t('Unknown');
  }
}
