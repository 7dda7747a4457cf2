import {
  CloudWatchClient,
  GetMetricDataCommand,
  PutMetricDataCommand,
  type GetMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metrics } from './metrics.mjs';
import { openProxy, type Proxy } from './proxy.mjs';

// The metrics of the tests' own account, as AWS's own client sees them; no emulator is asked.

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;
let proxy: Proxy;
let client: CloudWatchClient;

beforeAll(async () => {
  proxy = await openProxy('http://127.0.0.1:1', [metrics()]);
  client = clientIn('eu-central-1');
  const MetricData = ['i-1', 'i-2'].flatMap((Value) =>
    [1, 2, 3].map((hour) => ({
      MetricName: 'MetadataNoToken',
      Dimensions: [{ Name: 'InstanceId', Value }],
      Timestamp: new Date(NOW - hour * HOUR),
      Value: hour,
    })),
  );
  await client.send(new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData }));
});
afterAll(() => proxy.close());

function clientIn(region: string): CloudWatchClient {
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };
  return new CloudWatchClient({ endpoint: proxy.endpoint, region, credentials, maxAttempts: 1 });
}

const query = (Id: string, instance: string, Namespace = 'AWS/EC2', Period = 3600) => ({
  Id,
  MetricStat: {
    Metric: { Namespace, MetricName: 'MetadataNoToken', Dimensions: [{ Name: 'InstanceId', Value: instance }] },
    Period,
    Stat: 'Sum',
  },
});

const get = (MetricDataQueries: GetMetricDataCommandInput['MetricDataQueries'], more = {}) => {
  const input = { MetricDataQueries, StartTime: new Date(NOW - 24 * HOUR), EndTime: new Date(NOW), ...more };
  return client.send(new GetMetricDataCommand(input));
};

test('sums by period, the newest first; another namespace, instance or region has none', async () => {
  const queries = [
    query('a', 'i-1'),
    query('b', 'i-3'),
    query('c', 'i-1', 'Custom'),
    query('d', 'i-1', 'AWS/EC2', 86_400),
  ];
  const { MetricDataResults = [] } = await get(queries, { StartTime: new Date(NOW - 48 * HOUR) });
  expect(MetricDataResults.map(({ Values = [] }) => Values).slice(0, 3)).toEqual([[1, 2, 3], [], []]);
  expect(MetricDataResults[3]?.Values?.reduce((sum, value) => sum + value)).toBe(6);
  const elsewhere = await clientIn('us-east-1').send(
    new GetMetricDataCommand({
      MetricDataQueries: [query('a', 'i-1')],
      StartTime: new Date(NOW - HOUR),
      EndTime: new Date(NOW),
    }),
  );
  expect(elsewhere.MetricDataResults?.[0]?.Values).toEqual([]);
});

test('pages end where the points do, and say that more is to come', async () => {
  const queries = [query('a', 'i-1'), query('b', 'i-2')];
  const first = await get(queries, { MaxDatapoints: 4 });
  expect(first.MetricDataResults?.map(({ Values, StatusCode }) => [Values, StatusCode])).toEqual([
    [[1, 2, 3], 'Complete'],
    [[1], 'PartialData'],
  ]);
  const second = await get(queries, { MaxDatapoints: 4, NextToken: first.NextToken });
  expect(second.MetricDataResults?.map(({ Id, Values, StatusCode }) => [Id, Values, StatusCode])).toEqual([
    ['b', [2, 3], 'Complete'],
  ]);
  expect(second.NextToken).toBeUndefined();
});

test('more than 500 queries, or more than 1,000 data, are refused', async () => {
  const many = Array.from({ length: 501 }, (_, index) => query(`m${String(index)}`, 'i-1'));
  await expect(get(many)).rejects.toThrow('must not have a size greater than 500');
  const MetricData = Array.from({ length: 1001 }, () => ({ MetricName: 'x', Value: 1 }));
  await expect(client.send(new PutMetricDataCommand({ Namespace: 'x', MetricData }))).rejects.toThrow('At most 1000');
});
