/** Which records a list shows, in which order, and in which groups. */
import type { ResourceRecord } from '../../aws';
import { l10n } from '../l10n';
import type { Filter } from './filter';
import type { GroupBy, SortBy } from './view-options';

export interface Group {
  /** Undefined where records are not grouped. */
  readonly title: string | undefined;
  readonly records: readonly ResourceRecord[];
}

const nameKeys = new WeakMap<ResourceRecord, string>();

/** Names in the order of people: `web-2` before `web-10`, whatever the case. Made once, for ten thousand comparisons. */
function nameKey(record: ResourceRecord): string {
  const known = nameKeys.get(record);
  if (known !== undefined) return known;
  const name = (record.name ?? '\uffff').toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));
  const made = `${name}\u0000${record.id}`;
  nameKeys.set(record, made);
  return made;
}

type FindingsOf = (record: ResourceRecord) => number;

function sortKey(sort: SortBy, findingsOf: FindingsOf): (record: ResourceRecord) => string {
  switch (sort) {
    case 'name':
      return nameKey;
    case 'launched':
      // The newest first; what has no time, last.
      return (record) => inverted('launchTime' in record ? record.launchTime : undefined) + nameKey(record);
    case 'type':
      return (record) => `${'type' in record ? (record.type ?? '') : ''}\u0000${nameKey(record)}`;
    case 'state':
      return (record) => `${'state' in record ? (record.state ?? '') : ''}\u0000${nameKey(record)}`;
    case 'findings':
      return (record) => `${String(100_000 - findingsOf(record)).padStart(6, '0')}${nameKey(record)}`;
  }
}

/** A text that sorts the other way round than a time does. */
function inverted(iso: string | undefined): string {
  const time = iso === undefined ? NaN : Date.parse(iso);
  return Number.isNaN(time) ? '9'.repeat(16) : String(9e15 - time).padStart(16, '0');
}

/** The records that the filter lets through, in groups by title; a list that is not grouped is one group without a title. */
export function arrange(
  records: readonly ResourceRecord[],
  { filter, sort, group }: { readonly filter: Filter; readonly sort: SortBy; readonly group: GroupBy },
  findingsOf: FindingsOf,
): readonly Group[] {
  const shown = filter.isEmpty ? records : records.filter((record) => filter.matches(record, findingsOf(record)));
  const key = sortKey(sort, findingsOf);
  const sorted = shown
    .map((record) => ({ record, key: key(record) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ record }) => record);
  if (group.by === 'none') return [{ title: undefined, records: sorted }];
  const groups = new Map<string, ResourceRecord[]>();
  for (const record of sorted) {
    const title = groupTitle(record, group);
    const known = groups.get(title);
    if (known === undefined) groups.set(title, [record]);
    else known.push(record);
  }
  return [...groups].map(([title, members]) => ({ title, records: members })).sort(byTitle);
}

/** Those in no group come last. */
function byTitle(a: Group, b: Group): number {
  const last = l10n.t('none');
  if (a.title === b.title) return 0;
  if (a.title === last) return 1;
  if (b.title === last) return -1;
  return (a.title ?? '') < (b.title ?? '') ? -1 : 1;
}

function groupTitle(record: ResourceRecord, group: GroupBy): string {
  const none = l10n.t('none');
  switch (group.by) {
    case 'vpc':
      return 'vpc' in record ? (record.vpc ?? none) : none;
    case 'auto-scaling-group':
      return record.tags['aws:autoscaling:groupName'] ?? none;
    case 'tag':
      return record.tags[group.tag] ?? none;
    case 'none':
      return none;
  }
}
