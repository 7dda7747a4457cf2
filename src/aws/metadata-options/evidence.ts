/** Whether instances still ask for metadata without a token, by CloudWatch (EC2 User Guide, "CloudWatch metrics for your instances"). */
import { GetMetricDataCommand, type CloudWatchClient, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';

/** Calls of one kind over the time asked for. */
export interface Calls {
  readonly total: number;
  /** When the last hour with any began; undefined where there was none. */
  readonly last: Date | undefined;
  /** Calls of each hour that there is data for, oldest first. */
  readonly hours: readonly { readonly at: Date; readonly calls: number }[];
  /** CloudWatch says that some of it is missing. */
  readonly isPartial?: true;
}

export interface TokenUse {
  readonly instance: string;
  /** `MetadataNoToken`: answered without a token. Undefined where there is no data, which is not the same as none. */
  readonly tokenless: Calls | undefined;
  /** `MetadataNoTokenRejected`: refused for want of one. */
  readonly rejected: Calls | undefined;
}

/** GetMetricData takes so many metrics in one request (CloudWatch API Reference). */
const METRICS_PER_CALL = 500;
const METRICS = ['MetadataNoToken', 'MetadataNoTokenRejected'] as const;
const HOUR = 3600;

function queries(instances: readonly string[]): MetricDataQuery[] {
  return instances.flatMap((instance, index) =>
    METRICS.map((metric, which) => ({
      Id: `m${String(index)}_${String(which)}`,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/EC2',
          MetricName: metric,
          Dimensions: [{ Name: 'InstanceId', Value: instance }],
        },
        Period: HOUR,
        Stat: 'Sum',
      },
    })),
  );
}

interface Series {
  readonly times: Date[];
  readonly values: number[];
  /** `Complete`; `PartialData` as long as there are more pages; `InternalError`, `Forbidden` (API_MetricDataResult). */
  status: string;
}

function toCalls(series: Series | undefined): Calls | undefined {
  if (!series || series.times.length === 0) return undefined;
  const hours = series.times
    .map((at, index) => ({ at, calls: series.values[index] ?? 0 }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return {
    total: hours.reduce((sum, { calls }) => sum + calls, 0),
    last: hours.findLast(({ calls }) => calls > 0)?.at,
    hours,
    ...(series.status === 'Complete' ? {} : { isPartial: true }),
  };
}

/**
 * The use of tokens by instances, in as few requests as the API allows: 250 instances each, and one more for each further page of data. Given batch by
 * batch, as they come.
 */
export async function* tokenUse(
  client: Pick<CloudWatchClient, 'send'>,
  instances: readonly string[],
  from: Date,
  to: Date,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly TokenUse[], void, undefined> {
  const size = METRICS_PER_CALL / METRICS.length;
  for (let at = 0; at < instances.length; at += size) {
    const batch = instances.slice(at, at + size);
    const found = await readSeries(client, batch, from, to, signal);
    yield batch.map((instance, index) => ({
      instance,
      tokenless: toCalls(found.get(`m${String(index)}_0`)),
      rejected: toCalls(found.get(`m${String(index)}_1`)),
    }));
  }
}

async function readSeries(
  client: Pick<CloudWatchClient, 'send'>,
  batch: readonly string[],
  from: Date,
  to: Date,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Series>> {
  const found = new Map<string, Series>();
  let next: string | undefined;
  do {
    const command = new GetMetricDataCommand({
      MetricDataQueries: queries(batch),
      StartTime: from,
      EndTime: to,
      ...(next === undefined ? {} : { NextToken: next }),
    });
    const answer = await client.send(command, signal ? { abortSignal: signal } : {});
    for (const { Id = '', Timestamps = [], Values = [], StatusCode = 'Complete' } of answer.MetricDataResults ?? []) {
      const series = found.get(Id) ?? { times: [], values: [], status: StatusCode };
      found.set(Id, series);
      series.status = StatusCode;
      series.times.push(...Timestamps);
      series.values.push(...Values);
    }
    next = answer.NextToken;
  } while (next !== undefined);
  return found;
}

/** The evidence in a sentence. */
export function describeUse({ tokenless }: TokenUse, now: Date, days: number): string {
  if (!tokenless) return `No data on calls without a token in ${String(days)} days.`;
  if (!tokenless.last) return `No call without a token in ${String(days)} days.`;
  const hours = Math.max(0, Math.floor((now.getTime() - tokenless.last.getTime()) / (HOUR * 1000)));
  const ago =
    hours < 1 ? 'less than an hour' : hours < 48 ? `${String(hours)} h` : `${String(Math.floor(hours / 24))} days`;
  return `Last call without a token ${ago} ago, ${String(tokenless.total)} in ${String(days)} days.`;
}
