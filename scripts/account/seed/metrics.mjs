import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** @typedef {{ id: string, host: import('../company.mjs').Host }} Told */

const DAYS = 14;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** PutMetricData takes so many (CloudWatch API Reference). */
const DATA_PER_CALL = 1000;

/** More by day than by night, and the same at every start. @param {number} average @param {Date} at @param {number} [only] */
function callsIn(average, at, only) {
  const hour = at.getUTCHours();
  if (only !== undefined) return hour === only ? average : 0;
  return Math.round(average * (1 + 0.6 * Math.sin(((hour - 7) * Math.PI) / 12)));
}

/**
 * @param {string} id @param {string} metric @param {number} days @param {(at: Date) => number} callsOf
 * @returns {import('@aws-sdk/client-cloudwatch').MetricDatum[]}
 */
function hourly(id, metric, days, callsOf) {
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  return Array.from({ length: (days * DAY_MS) / HOUR_MS }, (_, hour) => {
    const Timestamp = new Date(now - hour * HOUR_MS);
    const Dimensions = [{ Name: 'InstanceId', Value: id }];
    return { MetricName: metric, Dimensions, Timestamp, Value: callsOf(Timestamp), Unit: 'Count' };
  });
}

/**
 * `MetadataNoToken` and `MetadataNoTokenRejected` of the last two weeks, hour by hour: how many requests without a token each instance answered, and refused.
 * @param {import('@aws-sdk/client-cloudwatch').CloudWatchClient} cloudWatch
 * @param {readonly Told[]} hosts
 */
export async function tellMetadataUse(cloudWatch, hosts) {
  const data = hosts.flatMap(({ id, host: { noToken, noTokenDays = DAYS, noTokenAt, rejected } }) => [
    ...(noToken === undefined
      ? []
      : hourly(id, 'MetadataNoToken', noTokenDays, (at) => callsIn(noToken, at, noTokenAt))),
    ...(rejected === undefined ? [] : hourly(id, 'MetadataNoTokenRejected', DAYS, (at) => callsIn(rejected, at))),
  ]);
  for (let from = 0; from < data.length; from += DATA_PER_CALL) {
    const MetricData = data.slice(from, from + DATA_PER_CALL);
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData }));
  }
}
