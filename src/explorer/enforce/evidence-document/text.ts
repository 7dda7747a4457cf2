/** What speaks for and against requiring tokens on an instance, as a text with links to what it is about. */
import type { Calls, Session } from '../../../aws';
import { l10n } from '../../l10n';
import { DAYS, type Evidence, type UserDataEvidence, type V1Call } from '../evidence';
import { defaultsInWords, hopsInWords, imageInWords, roleInWords } from '../notes';
import { lastCallInWords } from '../observations';
import { optionName } from '../options';
import { nameOf, placeInWords } from '../question';
import { wordOf, type Verdict } from '../verdict';
import { chartOf } from './chart';

/** Where a link leads; lines from 0. */
export type LinkTarget =
  | { readonly of: 'user-data' | 'template'; readonly line: number }
  | { readonly of: 'workspace'; readonly uri: string; readonly line: number };

export interface EvidenceLink {
  /** From 0. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly target: LinkTarget;
}

export interface EvidenceDocument {
  readonly text: string;
  readonly links: readonly EvidenceLink[];
}

/** A line, or one that begins with a link. */
type Line = string | { readonly leads: string; readonly rest: string; readonly target: LinkTarget };

/** A line of a script is shown so far. */
const MOST_COLUMNS = 120;

export function evidenceDocument(
  session: Session,
  alias: string | undefined,
  evidence: Evidence,
  verdict: Verdict,
): EvidenceDocument {
  const { instance, use, useFailure, at } = evidence;
  const lines: readonly Line[] = [
    `# ${l10n.t('Evidence of {0}', nameOf(instance))}`,
    '',
    ...placeInWords(session, alias, instance),
    l10n.t('Gathered at {0}', at.toISOString()),
    '',
    `## ${l10n.t('Verdict: {0}', wordOf(verdict.is))}`,
    '',
    ...(instance.metadata.tokens === 'required' ? [l10n.t('It requires tokens already.'), ''] : []),
    ...verdict.reasons.map((reason) => `- ${reason}`),
    '',
    ...scripts(evidence),
    `## ${l10n.t('Calls without a token that were answered (MetadataNoToken)')}`,
    '',
    ...callsOf(use?.tokenless, useFailure, at),
    '',
    `## ${l10n.t('Calls without a token that were refused (MetadataNoTokenRejected)')}`,
    '',
    ...callsOf(use?.rejected, useFailure, at),
    '',
    `## ${l10n.t('Metadata options')}`,
    '',
    ...optionsOf(evidence),
    '',
    `## ${l10n.t('What is around it')}`,
    '',
    `- ${roleInWords(evidence)}`,
    `- ${imageInWords(evidence)}`,
    `- ${accountOf(evidence)}`,
    '',
    `## ${l10n.t('What cannot be known')}`,
    '',
    `- ${l10n.t('How old its SDKs, agents and the AWS CLI are: nothing outside of the instance says so. Old ones cannot use tokens.')}`,
    `- ${l10n.t('Which program made the calls that were counted: CloudWatch counts by instance. AWS’s IMDS Packet Analyzer tells on the instance.')}`,
  ];
  return written(lines);
}

function callsOf(calls: Calls | undefined, failure: string | undefined, at: Date): readonly string[] {
  if (failure !== undefined) return [l10n.t('They could not be counted: {0}', failure)];
  if (calls === undefined) return [l10n.t('No data in {0} days, which is not the same as none.', DAYS)];
  const partial = calls.isPartial === true ? [l10n.t('CloudWatch gave a part of the data only.')] : [];
  const said =
    calls.total === 0 ? l10n.t('None in {0} days, as far as there is data.', DAYS) : lastCallInWords(calls, at);
  return [said, ...partial, '', '```', ...chartOf(calls, at, DAYS), '```'];
}

function scripts({ userData, userDataOf, template, inWorkspace }: Evidence): readonly Line[] {
  const templateName = template && `${template.id}:${template.version}`;
  return [
    ...(userDataOf === 'template'
      ? []
      : [`## ${l10n.t('Its user data')}`, '', ...userDataLines(userData, 'user-data'), '']),
    ...(template === undefined
      ? []
      : [
          `## ${l10n.t('User data of its launch template {0}', templateName ?? '')}`,
          '',
          ...(userDataOf === 'template'
            ? [l10n.t('Its Auto Scaling group started it from that, so its own was not read.'), '']
            : []),
          ...userDataLines(template.userData, 'template'),
          '',
        ]),
    ...(inWorkspace ?? []).flatMap(({ name, because, calls, uri }) => [
      `## ${l10n.t('{0} in this workspace ({1})', name, because)}`,
      '',
      ...(calls.length === 0 ? [l10n.t('No call of IMDSv1.')] : []),
      ...calls.map(({ line, message }) => linked(line, message, { of: 'workspace', uri, line })),
      '',
    ]),
  ];
}

function userDataLines(userData: UserDataEvidence, of: 'user-data' | 'template'): readonly Line[] {
  switch (userData.is) {
    case 'none':
      return [l10n.t('There is none.')];
    case 'unread':
      return [l10n.t('It could not be searched. {0}', userData.why)];
    case 'read': {
      if (userData.calls.length === 0) return [l10n.t('No call of IMDSv1.')];
      const text = userData.text.split('\n');
      return userData.calls.map(({ line, message }: V1Call) => {
        const source = (text[line] ?? '').trim();
        const shown = source.length > MOST_COLUMNS ? `${source.slice(0, MOST_COLUMNS)}…` : source;
        return linked(line, shown === '' ? message : shown, { of, line });
      });
    }
  }
}

function linked(line: number, rest: string, target: LinkTarget): Line {
  return { leads: l10n.t('line {0}', line + 1), rest: `: ${rest}`, target };
}

function optionsOf(evidence: Evidence): readonly string[] {
  const { tokens, endpoint, hopLimit, ipv6, instanceTags, state } = evidence.instance.metadata;
  const said = (value: string | number | undefined): string => String(value ?? l10n.t('unknown'));
  const advice =
    evidence.containers === undefined || hopLimit !== 1
      ? hopsInWords(evidence)
      : l10n.t('It seems to run containers ({0}): 2 lets a token reach them.', evidence.containers);
  return [
    `- ${optionName('tokens')}: ${said(tokens)}${state === 'pending' ? ` (${l10n.t('pending')})` : ''}`,
    `- ${optionName('endpoint')}: ${said(endpoint)}`,
    `- ${optionName('hopLimit')}: ${said(hopLimit)}. ${advice ?? l10n.t('Right as it is.')}`,
    `- ${optionName('ipv6')}: ${said(ipv6)}`,
    `- ${optionName('instanceTags')}: ${said(instanceTags)}`,
  ];
}

function accountOf({ defaults }: Evidence): string {
  if (defaults === undefined)
    return l10n.t('What the account says of new instances of this region could not be asked.');
  const said = defaultsInWords(defaults) ?? l10n.t('The account prefers nothing for new instances of this region.');
  return defaults.exception === undefined ? said : `${said} “${defaults.exception}”`;
}

function written(lines: readonly Line[]): EvidenceDocument {
  const links = lines.flatMap((line, index): EvidenceLink[] =>
    typeof line === 'string' ? [] : [{ line: index, start: 2, end: 2 + line.leads.length, target: line.target }],
  );
  const text = lines.map((line) => (typeof line === 'string' ? line : `- ${line.leads}${line.rest}`)).join('\n');
  return { text: `${text}\n`, links };
}
