/** How lists are shown; remembered for each workspace. */

export type SortBy = 'name' | 'launched' | 'type' | 'state' | 'findings';

export type GroupBy =
  | { readonly by: 'none' | 'vpc' | 'auto-scaling-group' }
  /** The value of a tag. */
  | { readonly by: 'tag'; readonly tag: string };

export interface ViewOptions {
  /** As it was typed; empty for everything. */
  readonly filter: string;
  readonly sort: SortBy;
  readonly group: GroupBy;
}

export const DEFAULT_VIEW: ViewOptions = { filter: '', sort: 'name', group: { by: 'none' } };

const SORTS: readonly SortBy[] = ['name', 'launched', 'type', 'state', 'findings'];

/** What was remembered, as far as it makes sense: it may be of another version. */
export function readViewOptions(value: unknown): ViewOptions {
  if (typeof value !== 'object' || value === null) return DEFAULT_VIEW;
  const { filter, sort, group } = value as Partial<Record<keyof ViewOptions, unknown>>;
  return {
    filter: typeof filter === 'string' ? filter : DEFAULT_VIEW.filter,
    sort: SORTS.find((known) => known === sort) ?? DEFAULT_VIEW.sort,
    group: readGroup(group),
  };
}

function readGroup(value: unknown): GroupBy {
  if (typeof value !== 'object' || value === null) return DEFAULT_VIEW.group;
  const { by, tag } = value as { by?: unknown; tag?: unknown };
  if (by === 'vpc' || by === 'auto-scaling-group') return { by };
  return by === 'tag' && typeof tag === 'string' && tag !== '' ? { by, tag } : DEFAULT_VIEW.group;
}
