/** What is seen on an instance that leads to a verdict. */
import type { TokenUse } from '../../aws';
import { l10n } from '../l10n';
import { DAYS, type Evidence, type UserDataEvidence, type V1Call, type WorkspaceCalls } from './evidence';
import type { VerdictWord } from './verdict';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Metrics of a last day may be on their way. */
const WHOLE_DAYS = DAYS - 1;
const MOST_LINES = 5;

/** One observation. `safe`: nothing of this kind speaks against it. */
export interface Observation {
  readonly leads: VerdictWord;
  readonly text: string;
}

export function observationsOf(evidence: Evidence): readonly Observation[] {
  return [
    ofUse(evidence),
    ofRejected(evidence),
    ofUserData(evidence),
    ...(evidence.inWorkspace ?? []).map(ofWorkspace),
    ofHops(evidence),
  ].filter((observation) => observation !== undefined);
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
  if (tokenless.total > 0) return { leads: 'will-break', text: lastCallInWords(tokenless, at) };
  if (tokenless.isPartial === true) {
    return {
      leads: 'unknown',
      text: l10n.t('CloudWatch gave a part of the data only, and there is no call without a token in it.'),
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

type Counted = NonNullable<TokenUse['tokenless']>;

export function lastCallInWords(tokenless: Counted, at: Date): string {
  return l10n.t('Last call without a token {0}, {1} in {2} days.', agoInWords(tokenless, at), tokenless.total, DAYS);
}

function agoInWords({ last }: Counted, at: Date): string {
  const hours = last === undefined ? 0 : Math.floor((at.getTime() - last.getTime()) / HOUR_MS);
  if (hours < 1) return l10n.t('less than an hour ago');
  return hours < 48 ? l10n.t('{0} h ago', hours) : l10n.t('{0} days ago', Math.floor(hours / 24));
}

/** Hours with data, as days: an instance that was stopped for a while has none for that while. */
function daysCovered({ hours }: Counted, at: Date): number {
  const from = at.getTime() - DAYS * DAY_MS;
  return new Set(hours.map((hour) => hour.at.getTime()).filter((time) => time >= from)).size / 24;
}

/** Calls are refused while tokens are required; where they are not any more, somebody had tried. */
function ofRejected({ use, at }: Evidence): Observation | undefined {
  const rejected = use?.rejected;
  if (rejected === undefined || rejected.total === 0) return undefined;
  return {
    leads: 'will-break',
    text: l10n.t(
      '{0} calls were refused for want of a token in {1} days, the last {2}: whoever made them is refused again.',
      rejected.total,
      DAYS,
      agoInWords(rejected, at),
    ),
  };
}

/** `line 3`, `lines 3, 9, …`, from 1. */
export function linesOf(calls: readonly V1Call[]): string {
  const lines = calls.slice(0, MOST_LINES).map(({ line }) => line + 1);
  const listed = `${lines.join(', ')}${calls.length > MOST_LINES ? ', …' : ''}`;
  return lines.length === 1 ? l10n.t('line {0}', listed) : l10n.t('lines {0}', listed);
}

function ofUserData({ userData, userDataOf, template }: Evidence): Observation {
  if (userDataOf === 'template' && template !== undefined)
    return ofTemplate(userData, `${template.id}:${template.version}`);
  switch (userData.is) {
    case 'none':
      return { leads: 'safe', text: l10n.t('It has no user data.') };
    case 'unread':
      return { leads: 'likely-safe', text: l10n.t('Its user data could not be searched. {0}', userData.why) };
    case 'read':
      return userData.calls.length === 0
        ? { leads: 'safe', text: l10n.t('Its user data has no call of IMDSv1.') }
        : {
            leads: 'will-break',
            text: l10n.t('Its user data calls IMDSv1 ({0}): that fails when it runs again.', linesOf(userData.calls)),
          };
  }
}

/** Of an instance that an Auto Scaling group started. @param template id and version */
function ofTemplate(userData: UserDataEvidence, template: string): Observation {
  switch (userData.is) {
    case 'none':
      return { leads: 'safe', text: l10n.t('The launch template of its group ({0}) has no user data.', template) };
    case 'unread':
      return {
        leads: 'likely-safe',
        text: l10n.t(
          'The user data of the launch template of its group ({0}) could not be searched. {1}',
          template,
          userData.why,
        ),
      };
    case 'read':
      return userData.calls.length === 0
        ? {
            leads: 'safe',
            text: l10n.t('The user data of the launch template of its group ({0}) has no call of IMDSv1.', template),
          }
        : {
            leads: 'will-break',
            text: l10n.t(
              'The user data of the launch template of its group ({0}) calls IMDSv1 ({1}): that fails when it runs again.',
              template,
              linesOf(userData.calls),
            ),
          };
  }
}

function ofWorkspace({ name, because, calls }: WorkspaceCalls): Observation | undefined {
  if (calls.length === 0) return undefined;
  return {
    leads: 'will-break',
    text: l10n.t('{0} in this workspace, which leads here ({1}), calls IMDSv1 ({2}).', name, because, linesOf(calls)),
  };
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
