/** The table of instances with their verdicts, as it fills: which lines it has, and which of them are chosen. */
import type { InstanceRecord } from '../../../aws';
import { sessionKey } from '../../../aws/identity/session';
import { l10n } from '../../l10n';
import { nameOf } from '../question';
import { wordOf, type Verdict, type VerdictWord } from '../verdict';
import type { Candidate } from './candidates';

/** One whose evidence is there. */
export interface Judged extends Candidate {
  readonly verdict: Verdict;
}

export interface Line {
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** Lines of one verdict; `waiting` are those whose evidence is on its way. */
export interface Section {
  readonly is: VerdictWord | 'waiting';
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Table {
  /** The evidence of an instance is there. */
  readonly judged: (candidate: Candidate, verdict: Verdict) => void;
  /** By name, each with its verdict so far: a line keeps its place while verdicts come. */
  readonly lines: () => readonly (Line & { readonly is: Section['is'] })[];
  /** By risk, the gravest first; names in order. */
  readonly sections: () => readonly Section[];
  /** Keys of the lines that are chosen: the safe ones, but for what somebody changed. */
  readonly chosen: () => ReadonlySet<string>;
  /** Somebody ticked or unticked these; a line without a verdict cannot be ticked. */
  readonly tick: (keys: Iterable<string>, on: boolean) => void;
  /** These are chosen and no others, as somebody saw them when saying so. */
  readonly choose: (keys: ReadonlySet<string>) => void;
  readonly rows: () => readonly Judged[];
  /** How many verdicts are still to come. */
  readonly waiting: () => number;
}

export const BY_RISK: readonly VerdictWord[] = ['will-break', 'unknown', 'likely-safe', 'safe'];

export function keyOf({ session, instance }: Pick<Candidate, 'session' | 'instance'>): string {
  return `${sessionKey(session)} ${instance.id}`;
}

/** The name, or the id where it has none. */
function shortName({ name, id }: InstanceRecord): string {
  return name === undefined || name === '' ? id : name;
}

const numeric = new Intl.Collator(undefined, { numeric: true });

export function createTable(candidates: readonly Candidate[]): Table {
  const verdicts = new Map<string, Verdict>();
  /** What somebody chose or put back by hand. */
  const byHand = new Map<string, boolean>();
  const sorted = candidates
    .map((candidate) => ({ candidate, key: keyOf(candidate) }))
    .sort((a, b) => numeric.compare(nameOf(a.candidate.instance), nameOf(b.candidate.instance)));
  const places = new Set(candidates.map(({ session }) => sessionKey(session))).size;

  const isChosen = (key: string): boolean => {
    const verdict = verdicts.get(key);
    return verdict !== undefined && (byHand.get(key) ?? verdict.is === 'safe');
  };
  const chosen = (): ReadonlySet<string> => new Set(sorted.flatMap(({ key }) => (isChosen(key) ? [key] : [])));

  const lineOf = ({ candidate, key }: (typeof sorted)[number]): Line => {
    const { session, alias, instance } = candidate;
    const verdict = verdicts.get(key);
    const place = places > 1 ? `${alias ?? session.account} ${session.region}` : undefined;
    return {
      key,
      label: shortName(instance),
      description: [
        verdict === undefined ? l10n.t('Looking…') : wordOf(verdict.is),
        ...(shortName(instance) === instance.id ? [] : [instance.id]),
        ...(instance.state === 'running' ? [] : [instance.state]),
        ...(place === undefined ? [] : [place]),
      ].join(' · '),
      detail: verdict?.reasons[0] ?? '',
    };
  };

  return {
    judged: (candidate, verdict) => void verdicts.set(keyOf(candidate), verdict),
    lines: () => sorted.map((each) => ({ ...lineOf(each), is: verdicts.get(each.key)?.is ?? 'waiting' })),
    sections: () =>
      [...BY_RISK, 'waiting' as const].flatMap((is) => {
        const lines = sorted.filter(({ key }) => (verdicts.get(key)?.is ?? 'waiting') === is).map(lineOf);
        return lines.length === 0 ? [] : [{ is, title: `${titleOf(is)} (${lines.length})`, lines }];
      }),
    chosen,
    tick: (keys, on) => {
      for (const key of keys) if (verdicts.has(key)) byHand.set(key, on);
    },
    choose: (keys) => {
      for (const { key } of sorted) {
        if (verdicts.has(key) && keys.has(key) !== isChosen(key)) byHand.set(key, keys.has(key));
      }
    },
    rows: () =>
      sorted.flatMap(({ candidate, key }) => {
        const verdict = verdicts.get(key);
        return verdict !== undefined && isChosen(key) ? [{ ...candidate, verdict }] : [];
      }),
    waiting: () => sorted.length - verdicts.size,
  };
}

function titleOf(is: Section['is']): string {
  return is === 'waiting' ? l10n.t('Evidence is on its way') : wordOf(is);
}

/** How many of each verdict: `30 safe, 2 will break something`. */
export function countsInWords(rows: readonly { readonly verdict: Verdict }[]): string {
  return BY_RISK.toReversed()
    .flatMap((is) => {
      const count = rows.filter(({ verdict }) => verdict.is === is).length;
      return count === 0 ? [] : [`${count} ${wordOf(is).toLowerCase()}`];
    })
    .join(', ');
}

/** Instances by name, as many as fit into a sentence. */
export function namesOf(instances: readonly InstanceRecord[], most = 5): string {
  const names = instances.slice(0, most).map(shortName);
  const more = instances.length - names.length;
  return more > 0 ? l10n.t('{0} and {1} more', names.join(', '), more) : names.join(', ');
}
