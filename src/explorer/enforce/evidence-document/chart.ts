/** Calls by the hour as text: a line for each day, a column for each hour. */
import type { Calls } from '../../../aws';
import { l10n } from '../../l10n';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BARS = '▁▂▃▄▅▆▇█';
const NONE = '·';
const NO_DATA = ' ';

/** The days until `at`, oldest first, in UTC. What there is no data for is blank, which is not the same as none. */
export function chartOf({ hours }: Calls, at: Date, days: number): readonly string[] {
  const byHour = new Map<number, number>();
  for (const hour of hours) {
    const key = Math.floor(hour.at.getTime() / HOUR_MS);
    byHour.set(key, (byHour.get(key) ?? 0) + hour.calls);
  }
  const most = Math.max(0, ...byHour.values());
  const from = Math.floor((at.getTime() - days * DAY_MS) / DAY_MS);
  const until = Math.floor(at.getTime() / DAY_MS);
  const rows = Array.from({ length: until - from + 1 }, (_, index) => rowOf((from + index) * DAY_MS, byHour, most));
  return [
    `UTC         0     6     12    18    ${l10n.t('calls')}`,
    ...rows,
    most === 0
      ? l10n.t('· is none, blank is no data')
      : l10n.t('█ is {0} in an hour, · is none, blank is no data', most),
  ];
}

function rowOf(day: number, byHour: ReadonlyMap<number, number>, most: number): string {
  const calls = Array.from({ length: 24 }, (_, hour) => byHour.get(day / HOUR_MS + hour));
  const known = calls.filter((each) => each !== undefined);
  const sum = known.reduce((whole, each) => whole + each, 0);
  const bars = calls.map((each) => (each === undefined ? NO_DATA : barOf(each, most))).join('');
  const said = known.length === 0 ? l10n.t('no data') : String(sum);
  return `${new Date(day).toISOString().slice(0, 10)}  ${bars}  ${said}`;
}

function barOf(calls: number, most: number): string {
  if (calls <= 0) return NONE;
  return BARS[Math.min(BARS.length, Math.ceil((calls / most) * BARS.length)) - 1] ?? '█';
}
