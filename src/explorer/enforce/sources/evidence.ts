/** Whether requiring tokens for new instances would break something: by user data that they would run, and by instances that run already. */
import type { Aws, AwsChanges, InstanceRecord, Session } from '../../../aws';
import { l10n } from '../../l10n';
import type { FindCalls, V1Call } from '../evidence';
import { DAYS } from '../evidence';
import { linesOf } from '../observations';
import type { Verdict, VerdictWord } from '../verdict';
import type { EvidenceSubject } from './actions';

export interface SearchedVersion {
  readonly template: string;
  readonly version: string;
  readonly text: string | undefined;
  /** Undefined where nobody could search it. */
  readonly calls: readonly V1Call[] | undefined;
}

/** Calls without a token by the instances that run already, in the days looked at. */
export interface UseOfInstances {
  readonly all: number;
  /** How many made such calls. */
  readonly tokenless: number;
  /** How many there is no data for. */
  readonly unknown: number;
}

export interface SourceEvidence {
  readonly searched: readonly SearchedVersion[];
  /** Absent where running instances tell nothing of it; a text where they could not be asked. */
  readonly instances?: UseOfInstances | string;
  readonly failures: readonly string[];
}

interface Tools {
  readonly aws: Aws & AwsChanges;
  readonly findCalls: FindCalls;
}

/** What cannot be found out is part of the evidence; only giving up throws. @throws AwsFailure of kind `cancelled` */
export async function gatherSourceEvidence(
  { aws, findCalls }: Tools,
  session: Session,
  { versions, instances, failures = [] }: EvidenceSubject,
  signal: AbortSignal,
): Promise<SourceEvidence> {
  const [searched, use] = await Promise.all([
    Promise.all(
      versions.map(async ({ template, state }): Promise<SearchedVersion> => {
        const { text, unreadable } = state.userData;
        const found = { template, version: state.version, text };
        if (text === undefined) return { ...found, calls: unreadable === undefined ? [] : undefined };
        return { ...found, calls: text.trim() === '' ? [] : await findCalls(`user-data-${template}`, text) };
      }),
    ),
    instances && useOf(aws, session, instances, signal),
  ]);
  signal.throwIfAborted();
  return { searched, failures, ...(use === undefined ? {} : { instances: use }) };
}

async function useOf(
  aws: Aws & AwsChanges,
  session: Session,
  filter: { readonly name: string; readonly values: readonly string[] },
  signal: AbortSignal,
): Promise<UseOfInstances | string> {
  try {
    const ids: string[] = [];
    const isThere = ({ state }: InstanceRecord): boolean => state !== 'terminated' && state !== 'shutting-down';
    for await (const { items } of aws.instances(session, { filters: [filter], signal })) {
      ids.push(...items.filter(isThere).map(({ id }) => id));
    }
    let tokenless = 0;
    let known = 0;
    if (ids.length > 0) {
      for await (const uses of aws.tokenUse(session, ids, { days: DAYS, signal })) {
        known += uses.filter((use) => use.tokenless !== undefined).length;
        tokenless += uses.filter((use) => (use.tokenless?.total ?? 0) > 0).length;
      }
    }
    return { all: ids.length, tokenless, unknown: ids.length - known };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

interface Observation {
  readonly leads: VerdictWord;
  readonly text: string;
}

const ORDER: readonly VerdictWord[] = ['will-break', 'unknown', 'likely-safe', 'safe'];

/** Never `safe`: what new instances will run is not known from those that are there. */
export function judgeSource(evidence: SourceEvidence): Verdict {
  const observations = [
    ...evidence.failures.map((text): Observation => ({ leads: 'will-break', text })),
    ...ofUserData(evidence.searched),
    ...ofInstances(evidence.instances),
  ].sort((a, b) => ORDER.indexOf(a.leads) - ORDER.indexOf(b.leads));
  return {
    is: observations[0]?.leads ?? 'unknown',
    reasons: observations.map(({ text }) => text),
    notes: [],
  };
}

function ofUserData(searched: readonly SearchedVersion[]): readonly Observation[] {
  const found = searched.flatMap(({ template, version, calls }): readonly Observation[] => {
    if (calls === undefined) {
      const text = l10n.t('The user data of {0}, version {1}, could not be searched.', template, version);
      return [{ leads: 'unknown', text }];
    }
    if (calls.length === 0) return [];
    const text = l10n.t(
      'The user data of {0}, version {1}, calls IMDSv1 ({2}): that fails on every new instance.',
      template,
      version,
      linesOf(calls),
    );
    return [{ leads: 'will-break', text }];
  });
  if (found.length > 0 || searched.length === 0) return found;
  return [{ leads: 'likely-safe', text: l10n.t('The user data that new instances would run has no call of IMDSv1.') }];
}

function ofInstances(use: SourceEvidence['instances']): readonly Observation[] {
  if (use === undefined) {
    const text = l10n.t('What else is started in this region, and what it runs, is not known from here.');
    return [{ leads: 'unknown', text }];
  }
  if (typeof use === 'string') {
    return [{ leads: 'unknown', text: l10n.t('Instances started from it could not be asked: {0}', use) }];
  }
  const { all, tokenless, unknown } = use;
  if (all === 0) {
    return [
      {
        leads: 'unknown',
        text: l10n.t('No instance started from it is there, so what its software calls is not known.'),
      },
    ];
  }
  if (tokenless > 0) {
    const text = l10n.t(
      '{0} of {1} instances started from it made calls without a token in {2} days.',
      tokenless,
      all,
      DAYS,
    );
    return [{ leads: 'will-break', text }];
  }
  if (unknown > 0) {
    const text = l10n.t('Of {0} of {1} instances started from it there is no data of {2} days.', unknown, all, DAYS);
    return [{ leads: 'unknown', text }];
  }
  const text = l10n.t('None of {0} instances started from it made a call without a token in {1} days.', all, DAYS);
  return [{ leads: 'likely-safe', text }];
}
