/** What a live instance has, and what its declaration says. */
import type { InstanceRecord } from '../../aws';
import type { ShownLaunch, ShownOption } from '../../server/protocol';
import { l10n } from '../l10n';
import type { FoundInstance } from './find-instances';
import { tieInWords } from './words';

/** More are counted and not shown. */
const MOST_SHOWN = 5;

/** One of the metadata options, live and declared. */
export interface Difference {
  readonly option: string;
  readonly live: string;
  readonly here: string;
  /** Undefined where it is not known what is declared. */
  readonly isDrift: boolean | undefined;
}

/** Tokens always, and what else the declaration says. */
export function compare(
  { tokens, endpoint, hopLimit }: ShownLaunch,
  { metadata }: InstanceRecord,
): readonly Difference[] {
  const rows: readonly (readonly [string, string | number | undefined, ShownOption | null])[] = [
    [l10n.t('tokens'), metadata.tokens, tokens],
    [l10n.t('endpoint'), metadata.endpoint, endpoint],
    [l10n.t('hop limit'), metadata.hopLimit, hopLimit],
  ];
  return rows.flatMap(([option, value, declared], index): readonly Difference[] => {
    if (value === undefined || (index > 0 && declared === null)) return [];
    const live = String(value);
    if (declared === null) return [{ option, live, here: l10n.t('left out'), isDrift: undefined }];
    if (declared.value === null) return [{ option, live, here: l10n.t('known at deployment'), isDrift: undefined }];
    const here = declared.value.toLowerCase();
    return [{ option, live, here, isDrift: here !== live }];
  });
}

/** `live: tokens optional, here: required`. */
export function driftInWords(differences: readonly Difference[]): string {
  const told = differences.filter(({ isDrift }) => isDrift !== false);
  if (told.length === 0) {
    return l10n.t('live as here: {0}', differences.map(({ option, live }) => `${option} ${live}`).join(', '));
  }
  return told.map(({ option, live, here }) => l10n.t('live: {0} {1}, here: {2}', option, live, here)).join('; ');
}

export interface DriftLine {
  /** Name and id of the instance. */
  readonly instance: string;
  readonly drift: string;
  /** True where something differs. */
  readonly isDrift: boolean;
  /** Whose it is, how it was told, and how old that is. */
  readonly source: string;
}

/** A line for each instance, those that differ first. */
export function driftLines(
  launch: ShownLaunch,
  found: readonly FoundInstance[],
  time: (milliseconds: number) => string,
): { readonly lines: readonly DriftLine[]; readonly more: number } {
  const lines = found.map(({ record, session, alias, asOf, tie }): DriftLine => {
    const differences = compare(launch, record);
    const account = alias === undefined ? session.account : `${session.account} (${alias})`;
    const pending = record.metadata.state === 'pending' ? ` (${l10n.t('pending')})` : '';
    return {
      instance: record.name === undefined ? record.id : `${record.name} (${record.id})`,
      drift: driftInWords(differences) + pending,
      isDrift: differences.some(({ isDrift }) => isDrift === true),
      source: [
        tieInWords(tie),
        l10n.t('account {0}', account),
        session.region,
        asOf === undefined ? l10n.t('being read') : l10n.t('as of {0}', time(asOf)),
      ].join(', '),
    };
  });
  const sorted = lines.toSorted((a, b) => Number(b.isDrift) - Number(a.isDrift));
  return { lines: sorted.slice(0, MOST_SHOWN), more: Math.max(0, sorted.length - MOST_SHOWN) };
}
