// PutMetricData and GetMetricData as AWS documents them, from a memory of the proxy's own: moto mixes up namespaces, knows neither the limit of 500 nor
// pages, and takes a second for a query over two weeks.
import { gunzipSync } from 'node:zlib';
import { errorReply } from './reply.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./reply.mjs').Reply} Reply */
/** @typedef {import('./proxy.mjs').Rule} Rule */

/** @typedef {{ Name: string, Value: string }} Dimension */
/** @typedef {{ Namespace: string, MetricName: string, Dimensions?: Dimension[] }} Metric */
/** @typedef {{ MetricName: string, Dimensions?: Dimension[], Timestamp?: number, Value?: number, Values?: number[], Counts?: number[] }} Datum */
/** @typedef {{ Id: string, Expression?: string, MetricStat?: { Metric: Metric, Period: number, Stat: string } }} Query */
/** @typedef {{ MetricDataQueries?: Query[], StartTime: number, EndTime: number, NextToken?: string, MaxDatapoints?: number, ScanBy?: string }} Input */

/** API_GetMetricData, API_PutMetricData */
const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;
const MOST_DATA = 1000;

/** @param {Metric} metric */
function keyOf({ Namespace, MetricName, Dimensions = [] }) {
  const dimensions = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort();
  return JSON.stringify([Namespace, MetricName, ...dimensions]);
}

/** @param {Call} call @param {object} content @returns {Reply} */
function answer(call, content) {
  const body = Buffer.from(JSON.stringify(content));
  return {
    status: 200,
    headers: { 'content-type': call.headers['content-type'] ?? 'application/x-amz-json-1.0' },
    body,
  };
}

/** @param {Call} call @param {string} message @returns {Reply} */
function refusal(call, message) {
  return errorReply(call, { status: 400, code: 'ValidationError', message });
}

/** @param {Call} call @returns {unknown} */
function inputOf({ body, headers }) {
  return JSON.parse((headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8'));
}

/** A memory of each account and region. @returns {Rule} */
export function metrics() {
  /** Sums by second, of each metric, of each account and region. @type {Map<string, Map<string, [number, number][]>>} */
  const known = new Map();

  return (call) => {
    if (call.service !== 'monitoring') return undefined;
    const place = `${call.account} ${call.region}`;
    /** @type {Map<string, [number, number][]>} */
    const data = known.get(place) ?? new Map();
    known.set(place, data);
    if (call.action === 'PutMetricData') return put(call, data);
    return call.action === 'GetMetricData' ? get(call, data) : undefined;
  };
}

/** @param {Call} call @param {Map<string, [number, number][]>} data @returns {Reply} */
function put(call, data) {
  const { Namespace, MetricData = [] } = /** @type {{ Namespace: string, MetricData?: Datum[] }} */ (inputOf(call));
  if (MetricData.length > MOST_DATA) return refusal(call, `At most ${MOST_DATA} metrics may be sent in one request.`);
  for (const { Timestamp = Date.now() / 1000, Value, Values = [], Counts = [], ...metric } of MetricData) {
    const key = keyOf({ Namespace, ...metric });
    const sum = Value ?? Values.reduce((whole, value, index) => whole + value * (Counts[index] ?? 1), 0);
    const points = data.get(key) ?? [];
    data.set(key, points);
    points.push([Timestamp, sum]);
  }
  return answer(call, {});
}

/** @param {Call} call @param {Map<string, [number, number][]>} data @returns {Reply} */
function get(call, data) {
  const input = /** @type {Input} */ (inputOf(call));
  const { MetricDataQueries: queries = [], StartTime, EndTime, NextToken = '0:0', ScanBy } = input;
  if (queries.length > MOST_QUERIES) {
    return refusal(call, `The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`);
  }
  if (StartTime >= EndTime) return refusal(call, 'The parameter EndTime must be greater than StartTime.');
  if (queries.some(({ MetricStat }) => MetricStat?.Stat !== 'Sum')) return refusal(call, 'Only sums are known here.');
  const [first = 0, skipped = 0] = NextToken.split(':').map(Number);
  let left = Math.min(input.MaxDatapoints ?? MOST_POINTS, MOST_POINTS);
  const results = [];
  for (const [index, { Id, MetricStat }] of queries.entries()) {
    if (index < first || MetricStat === undefined) continue;
    const sums = sumsOf(data.get(keyOf(MetricStat.Metric)) ?? [], MetricStat.Period, StartTime, EndTime);
    if (ScanBy !== 'TimestampAscending') sums.reverse();
    const from = index === first ? skipped : 0;
    const shown = sums.slice(from, from + left);
    left -= shown.length;
    const isWhole = from + shown.length === sums.length;
    results.push({
      Id,
      Label: MetricStat.Metric.MetricName,
      Timestamps: shown.map(([at]) => at),
      Values: shown.map(([, sum]) => sum),
      StatusCode: isWhole ? 'Complete' : 'PartialData',
    });
    if (isWhole) continue;
    return answer(call, { MetricDataResults: results, NextToken: `${index}:${from + shown.length}`, Messages: [] });
  }
  return answer(call, { MetricDataResults: results, Messages: [] });
}

/** @param {readonly [number, number][]} points @param {number} period @param {number} start @param {number} end @returns {[number, number][]} */
function sumsOf(points, period, start, end) {
  /** @type {Map<number, number>} */
  const sums = new Map();
  for (const [at, value] of points) {
    const bucket = Math.floor(at / period) * period;
    if (bucket >= start && bucket < end) sums.set(bucket, (sums.get(bucket) ?? 0) + value);
  }
  return [...sums].sort(([a], [b]) => a - b);
}
