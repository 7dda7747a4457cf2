import { MetadataService } from '@aws-sdk/ec2-metadata-service';
import { expect } from 'vitest';
import type { TokenPolicy } from './protocol';

const TTL = 'x-aws-ec2-metadata-token-ttl-seconds';
const TOKEN = 'x-aws-ec2-metadata-token';

/** One documented behaviour of the metadata service, checked over HTTP against whatever answers at `url`. */
export interface Clause {
  readonly title: string;
  readonly tokens: TokenPolicy;
  check(url: string): Promise<void>;
}

async function status(url: string, init: RequestInit = {}): Promise<number> {
  const response = await fetch(url, init);
  await response.arrayBuffer();
  return response.status;
}

async function text(url: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(url, { headers });
  expect(response.status, url).toBe(200);
  return response.text();
}

async function fetchToken(url: string, seconds = 60): Promise<string> {
  const response = await fetch(`${url}/latest/api/token`, { method: 'PUT', headers: { [TTL]: String(seconds) } });
  expect(response.status).toBe(200);
  return response.text();
}

async function putStatus(url: string, headers: Record<string, string>, path = '/latest/api/token'): Promise<number> {
  return status(url + path, { method: 'PUT', headers });
}

/** AWS's own client, as a user would make it, but for the address. */
function client(
  endpoint: string,
  options: { v1Disabled?: boolean; disableFetchToken?: boolean } = {},
): MetadataService {
  return new MetadataService({
    endpoint,
    retries: 0,
    httpOptions: { timeout: 2000 },
    ec2MetadataV1Disabled: options.v1Disabled ?? false,
    disableFetchToken: options.disableFetchToken ?? false,
  });
}

const FOLDERS = ['iam/', 'network/interfaces/macs/', 'placement/', 'public-keys/', 'tags/instance', ''] as const;

const BOTH: readonly TokenPolicy[] = ['optional', 'required'];

const client_clauses: readonly Clause[] = [
  ...BOTH.map((tokens): Clause => ({
    title: "AWS's client fetches a token and reads with it",
    tokens,
    async check(url) {
      const imds = client(url, { v1Disabled: true });
      expect((await imds.fetchMetadataToken()).length).toBeGreaterThan(20);
      expect(await imds.request('latest/meta-data/instance-id', {})).toMatch(/^i-[0-9a-f]{17}$/);
      expect(await imds.request('latest/meta-data/placement/availability-zone', {})).toMatch(/^[a-z]+-[a-z]+-\d[a-z]$/);
      const document: unknown = JSON.parse(await imds.request('latest/dynamic/instance-identity/document', {}));
      expect(document).toMatchObject({ instanceId: expect.stringMatching(/^i-/) as string, version: '2017-09-30' });
    },
  })),
  {
    title: "AWS's client, told not to fetch a token, reads without one",
    tokens: 'optional',
    async check(url) {
      const imds = client(url, { disableFetchToken: true });
      expect(await imds.request('latest/meta-data/instance-id', {})).toMatch(/^i-/);
    },
  },
  {
    title: "AWS's client, told not to fetch a token, is refused",
    tokens: 'required',
    async check(url) {
      const imds = client(url, { disableFetchToken: true });
      await expect(imds.request('latest/meta-data/instance-id', {})).rejects.toThrow(/401/);
    },
  },
  {
    title: "AWS's client reads the role's credentials",
    tokens: 'required',
    async check(url) {
      const imds = client(url, { v1Disabled: true });
      const role = await imds.request('latest/meta-data/iam/security-credentials/', {});
      const credentials: unknown = JSON.parse(
        await imds.request(`latest/meta-data/iam/security-credentials/${role}`, {}),
      );
      expect(credentials).toMatchObject({ Code: 'Success', Type: 'AWS-HMAC' });
    },
  },
  {
    title: "AWS's client says 404 for an item that is not there",
    tokens: 'required',
    async check(url) {
      await expect(client(url).request('latest/meta-data/no-such-item', {})).rejects.toThrow(/404/);
    },
  },
];

const token_clauses: readonly Clause[] = BOTH.flatMap((tokens): Clause[] => [
  {
    title: 'gives tokens for 1 to 21600 seconds and says for how long',
    tokens,
    async check(url) {
      for (const seconds of ['1', '300', '21600']) {
        const response = await fetch(`${url}/latest/api/token`, { method: 'PUT', headers: { [TTL]: seconds } });
        expect(response.status).toBe(200);
        expect(response.headers.get(TTL)).toBe(seconds);
        expect(await response.text()).toMatch(/^[\w=/+-]{20,}$/);
      }
    },
  },
  {
    title: 'a token request without a lifetime is 400',
    tokens,
    check: async (url) => expect(await putStatus(url, {})).toBe(400),
  },
  {
    title: 'a token request with a lifetime out of range is 400',
    tokens,
    async check(url) {
      for (const seconds of ['0', '21601', '99999'])
        expect(await putStatus(url, { [TTL]: seconds }), seconds).toBe(400);
    },
  },
  {
    title: 'a token request with X-Forwarded-For is 403',
    tokens,
    check: async (url) => expect(await putStatus(url, { [TTL]: '60', 'x-forwarded-for': '192.0.2.1' })).toBe(403),
  },
  {
    title: 'a token request to a dated path is 403',
    tokens,
    check: async (url) => expect(await putStatus(url, { [TTL]: '60' }, '/2021-03-23/api/token')).toBe(403),
  },
  {
    title: 'GET and HEAD are answered with a token',
    tokens,
    async check(url) {
      const headers = { [TOKEN]: await fetchToken(url) };
      expect(await status(`${url}/latest/meta-data/instance-id`, { headers })).toBe(200);
      expect(await status(`${url}/latest/meta-data/instance-id`, { method: 'HEAD', headers })).toBe(200);
    },
  },
  {
    title: 'a made-up token is 401',
    tokens,
    check: async (url) =>
      expect(await status(`${url}/latest/meta-data/instance-id`, { headers: { [TOKEN]: 'made-up' } })).toBe(401),
  },
  {
    title: 'an expired token is 401',
    tokens,
    async check(url) {
      const headers = { [TOKEN]: await fetchToken(url, 1) };
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect(await status(`${url}/latest/meta-data/instance-id`, { headers })).toBe(401);
    },
  },
  {
    title: 'an item that is not there is 404',
    tokens,
    async check(url) {
      const headers = { [TOKEN]: await fetchToken(url) };
      expect(await status(`${url}/latest/meta-data/no-such-item`, { headers })).toBe(404);
      expect(await status(`${url}/latest/meta-data/no-such-folder/`, { headers })).toBe(404);
    },
  },
  {
    title: 'a Spot interruption that is not planned is 404',
    tokens,
    async check(url) {
      const headers = { [TOKEN]: await fetchToken(url) };
      expect(await status(`${url}/latest/meta-data/spot/instance-action`, { headers })).toBe(404);
    },
  },
  {
    title: 'a folder lists its items, one a line',
    tokens,
    async check(url) {
      const headers = { [TOKEN]: await fetchToken(url) };
      const items = (await text(`${url}/latest/meta-data/`, headers)).split('\n');
      expect(items).toEqual(
        expect.arrayContaining(['ami-id', 'iam/', 'instance-id', 'network/', 'placement/', 'public-keys/']),
      );
      const macs = (await text(`${url}/latest/meta-data/network/interfaces/macs/`, headers)).split('\n');
      for (const mac of macs) expect(mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}\/$/);
      const owner = await text(`${url}/latest/meta-data/network/interfaces/macs/${macs[0] ?? ''}owner-id`, headers);
      expect(owner).toMatch(/^\d{12}$/);
    },
  },
  {
    title: 'public keys are listed by index and name',
    tokens,
    async check(url) {
      const headers = { [TOKEN]: await fetchToken(url) };
      expect(await text(`${url}/latest/meta-data/public-keys/`, headers)).toMatch(/^0=\S+$/m);
      expect(await text(`${url}/latest/meta-data/public-keys/0/openssh-key`, headers)).toMatch(/^ssh-rsa /);
    },
  },
  {
    title: 'the root lists the versions',
    tokens,
    async check(url) {
      const versions = (await text(`${url}/`, { [TOKEN]: await fetchToken(url) })).split('\n');
      expect(versions).toEqual(expect.arrayContaining(['1.0', '2009-04-04', 'latest']));
    },
  },
  {
    title: 'dated versions answer',
    tokens,
    async check(url) {
      const headers = { [TOKEN]: await fetchToken(url) };
      expect(await text(`${url}/2009-04-04/meta-data/instance-id`, headers)).toMatch(/^i-/);
    },
  },
]);

const tokenless_clauses: readonly Clause[] = [
  {
    title: 'values and folders are given without a token',
    tokens: 'optional',
    async check(url) {
      expect(await text(`${url}/latest/meta-data/instance-id`)).toMatch(/^i-/);
      for (const folder of FOLDERS) expect(await status(`${url}/latest/meta-data/${folder}`), folder).toBe(200);
      expect(await status(`${url}/latest/meta-data/instance-id`, { method: 'HEAD' })).toBe(200);
    },
  },
  {
    title: 'a value without a token is 401',
    tokens: 'required',
    async check(url) {
      expect(await status(`${url}/latest/meta-data/instance-id`)).toBe(401);
      expect(await status(`${url}/latest/meta-data/instance-id`, { method: 'HEAD' })).toBe(401);
      expect(await status(`${url}/latest/dynamic/instance-identity/document`)).toBe(401);
    },
  },
  {
    title: 'a folder without a token is 401',
    tokens: 'required',
    async check(url) {
      for (const folder of FOLDERS) expect(await status(`${url}/latest/meta-data/${folder}`), folder).toBe(401);
    },
  },
  {
    title: 'the root without a token is 401',
    tokens: 'required',
    check: async (url) => expect(await status(`${url}/`)).toBe(401),
  },
];

/** What AWS documents of the metadata service, as far as the tests need it. */
export const CLAUSES: readonly Clause[] = [...client_clauses, ...token_clauses, ...tokenless_clauses];
