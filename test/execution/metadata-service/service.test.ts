import { MetadataService as AwsClient } from '@aws-sdk/ec2-metadata-service';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLAUSES } from './contract';
import { startMetadataService, type MetadataService } from './service';

describe.each(['optional', 'required'] as const)('the metadata service with tokens %s', (tokens) => {
  let service: MetadataService;
  let url = '';

  beforeAll(async () => {
    service = await startMetadataService([{ host: '127.0.0.1', port: 0 }]);
    await service.configure({ tokens, presence: 'up' });
    url = `http://127.0.0.1:${service.ports[0]}`;
  });
  afterAll(() => service.close());

  for (const clause of CLAUSES.filter((each) => each.tokens === tokens)) test(clause.title, () => clause.check(url));
});

describe('the switches of the metadata service', () => {
  const sleeps: number[] = [];
  let service: MetadataService;
  let url = '';
  const get = (
    path = '/latest/meta-data/instance-id',
    headers: Record<string, string> = {},
  ): Promise<number | 'no answer'> =>
    fetch(url + path, { headers }).then(
      (response) => response.status,
      () => 'no answer',
    );

  beforeAll(async () => {
    service = await startMetadataService([{ host: '127.0.0.1', port: 0 }], { sleeps: () => sleeps });
    url = `http://127.0.0.1:${service.ports[0]}`;
  });
  afterAll(() => service.close());

  test('absent, then up', async () => {
    await service.configure({ tokens: 'optional', presence: 'absent' });
    expect(await get()).toBe('no answer');
    await service.configure({ tokens: 'optional', presence: 'up' });
    expect(await get()).toBe(200);
  });

  test('down for so many connections', async () => {
    await service.configure({ tokens: 'optional', presence: 'up', down: { connections: 2 } });
    expect([await get(), await get(), await get()]).toEqual(['no answer', 'no answer', 200]);
    expect(service.records()).toHaveLength(1);
  });

  test('down until the script has slept', async () => {
    sleeps.length = 0;
    await service.configure({ tokens: 'optional', presence: 'up', down: { sleeps: 1 } });
    expect(await get()).toBe('no answer');
    sleeps.push(5);
    expect(await get()).toBe(200);
  });

  test('down for a time', async () => {
    await service.configure({ tokens: 'optional', presence: 'up', down: { milliseconds: 100 } });
    expect(await get()).toBe('no answer');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await get()).toBe(200);
  });

  test('sleeping ages tokens', async () => {
    sleeps.length = 0;
    await service.configure({ tokens: 'required', presence: 'up' });
    const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': '300' };
    const token = await (await fetch(`${url}/latest/api/token`, { method: 'PUT', headers })).text();
    const sent = { 'x-aws-ec2-metadata-token': token };
    sleeps.push(299);
    expect(await get(undefined, sent)).toBe(200);
    sleeps.push(2);
    expect(await get(undefined, sent)).toBe(401);
    expect(service.records().map((record) => record.token)).toEqual(['none', 'valid', 'expired']);
  });

  test('marked for interruption after a while', async () => {
    sleeps.length = 0;
    await service.configure({ tokens: 'optional', presence: 'up', interruptedAfterSleeps: 1 });
    expect(await get('/latest/meta-data/spot/termination-time')).toBe(404);
    sleeps.push(5);
    expect(await get('/latest/meta-data/spot/termination-time')).toBe(200);
  });

  test("AWS's client as its README writes it, which asks for //latest/meta-data/", async () => {
    await service.configure({ tokens: 'required', presence: 'up' });
    const client = new AwsClient({ endpoint: url, retries: 0 });
    expect(await client.request('/latest/meta-data/', {})).toContain('instance-id');
    expect(service.records().at(-1)).toMatchObject({ path: '//latest/meta-data/', token: 'valid', status: 200 });
  });

  test('refuses token requests', async () => {
    await service.configure({ tokens: 'optional', presence: 'up', tokenRequests: 'refused' });
    const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
    expect((await fetch(`${url}/latest/api/token`, { method: 'PUT', headers })).status).toBe(403);
  });
});
