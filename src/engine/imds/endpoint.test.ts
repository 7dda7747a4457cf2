import { describe, expect, it } from 'vitest';
import type { Text } from '../program/value';
import { endpointOf, isDatedTokenPath, type Endpoint } from './endpoint';

const known = (url: string): Text => [{ text: url }];
/** `?` stands for what is not known. */
const partly = (url: string): Text =>
  url
    .split(/(\?)/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece === '?' ? { hole: 'unknown' } : { text: piece }));

describe('the metadata service is known by every spelling of its address', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/instance-id',
    '169.254.169.254/latest/meta-data/instance-id',
    'HTTP://169.254.169.254/latest/meta-data/',
    'https://169.254.169.254/latest/meta-data/',
    'http://169.254.169.254:80/latest/meta-data/',
    'http://169.254.169.254./latest/meta-data/',
    'http://user@169.254.169.254/latest/meta-data/',
    'http://user:secret@169.254.169.254/latest/meta-data/',
    'http://2852039166/latest/meta-data/',
    'http://0xa9fea9fe/latest/meta-data/',
    'http://0xA9FEA9FE/latest/meta-data/',
    'http://025177524776/latest/meta-data/',
    'http://0251.0376.0251.0376/latest/meta-data/',
    'http://0xa9.0xfe.0xa9.0xfe/latest/meta-data/',
    'http://169.254.43518/latest/meta-data/',
    'http://169.16689662/latest/meta-data/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://[FD00:EC2::254]/latest/meta-data/',
    'http://[fd00:0ec2::254]/latest/meta-data/',
    'http://[fd00:ec2::0254]/latest/meta-data/',
    'http://[fd00:ec2:0:0:0:0:0:254]/latest/meta-data/',
    'http://[fd00:ec2::254]:80/latest/meta-data/',
    '[fd00:ec2::254]/latest/meta-data/',
    'http://instance-data/latest/meta-data/',
    'http://instance-data.ec2.internal/latest/meta-data/',
    'INSTANCE-DATA/latest/meta-data/',
    '"http://169.254.169.254/latest/meta-data/"',
    ' http://169.254.169.254/latest/meta-data/ ',
    'http://169.254.169.254/2009-04-04/meta-data/instance-id',
    'http://169.254.169.254/2021-07-15/dynamic/instance-identity/document',
    'http://169.254.169.254/1.0/meta-data/',
    'http://169.254.169.254//latest/meta-data/',
    'http://169.254.169.254/latest/user-data',
    'http://169.254.169.254/latest/user-data?x=1',
    'http://169.254.169.254/latest/dynamic/instance-identity/document#top',
  ])('%s', (url) => {
    expect(endpointOf(known(url))?.kind).toBe('data');
  });
});

describe('another host is not it', () => {
  it.each([
    'http://169.254.169.254.example.com/latest/meta-data/',
    'http://169.254.169.254example.com/latest/meta-data/',
    'http://1169.254.169.254/latest/meta-data/',
    'http://169.254.169.2540/latest/meta-data/',
    'http://169.254.169.253/latest/meta-data/',
    'http://169.254.169.254.1/latest/meta-data/',
    'http://169.254.170.2/v2/credentials/abc',
    'http://169.254.169.123/',
    'http://100.100.100.200/latest/meta-data/',
    'http://example.com/169.254.169.254/latest/meta-data/',
    'http://example.com/?url=http://169.254.169.254/latest/meta-data/',
    'http://169.254.169.254@example.com/latest/meta-data/',
    'http://example.com#169.254.169.254/latest/meta-data/',
    'http://0xa9fea9ff/latest/meta-data/',
    'http://2852039167/latest/meta-data/',
    'http://7147006462/latest/meta-data/',
    'http://0x0a9fea9fe1/latest/',
    'http://[fd00:ec2::253]/latest/meta-data/',
    'http://[fd00:ec2::254:1]/latest/meta-data/',
    'http://[fd00:ec2::23]/',
    'http://my-instance-data/latest/meta-data/',
    'http://instance-data.example.com/latest/meta-data/',
    'ftp://169.254.169.254/latest/meta-data/',
    'file:///169.254.169.254/latest/meta-data/',
    's3://169.254.169.254/latest/meta-data/',
    '169.254.169.0/24',
    'http://localhost/latest/meta-data/',
    '/latest/meta-data/',
    '',
  ])('%s', (url) => {
    expect(endpointOf(known(url))).toBeUndefined();
  });
});

describe('another cloud at the same address is not it', () => {
  it.each([
    ['Google', 'http://169.254.169.254/computeMetadata/v1/instance/id'],
    ['Google, its first API', 'http://169.254.169.254/0.1/meta-data/attached-disks'],
    ['Azure', 'http://169.254.169.254/metadata/instance?api-version=2021-02-01'],
    ['Azure, tokens', 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01'],
    ['Azure, queried at once', 'http://169.254.169.254/metadata?api-version=2021-02-01'],
    ['OpenStack', 'http://169.254.169.254/openstack/latest/meta_data.json'],
    ['Oracle', 'http://169.254.169.254/opc/v2/instance/'],
    ['Hetzner', 'http://169.254.169.254/hetzner/v1/metadata/instance-id'],
    ['DigitalOcean', 'http://169.254.169.254/metadata/v1/id'],
    ['Vultr', 'http://169.254.169.254/v1/instanceid'],
    ['Vultr, all of it', 'http://169.254.169.254/v1.json'],
    ['IBM', 'http://169.254.169.254/instance_identity/v1/token'],
  ])('%s', (_, url) => {
    expect(endpointOf(known(url))).toBeUndefined();
  });

  it('EC2 has paths that only look like theirs', () => {
    expect(endpointOf(known('http://169.254.169.254/latest/meta-data/metadata'))?.kind).toBe('data');
    expect(endpointOf(known('http://169.254.169.254/latest/meta-data/tags/instance/opc'))?.kind).toBe('data');
  });
});

describe('what is asked for', () => {
  it.each<[Endpoint['kind'], string]>([
    ['token', 'http://169.254.169.254/latest/api/token'],
    ['token', 'http://169.254.169.254/latest/api/token/'],
    ['token', 'http://169.254.169.254/latest/api'],
    ['token', 'http://169.254.169.254/2021-03-23/api/token'],
    ['token', 'http://[fd00:ec2::254]/latest/api/token'],
    ['root', 'http://169.254.169.254'],
    ['root', 'http://169.254.169.254/'],
    ['root', 'http://169.254.169.254/latest'],
    ['root', 'http://169.254.169.254/latest/'],
    ['root', 'http://169.254.169.254/2009-04-04/'],
    ['root', 'http://169.254.169.254?x'],
    ['data', 'http://169.254.169.254/latest/meta-data'],
    ['data', 'http://169.254.169.254/latest/meta-data/iam/security-credentials/'],
    ['data', 'http://169.254.169.254/latest/apitoken'],
    ['data', 'http://169.254.169.254/meta-data/instance-id'],
  ])('%s: %s', (kind, url) => {
    expect(endpointOf(known(url))?.kind).toBe(kind);
  });

  it.each<[string, Endpoint | undefined]>([
    [
      'http://169.254.169.254/latest/meta-data/?',
      { origin: 'http://169.254.169.254', path: '/latest/meta-data/\u0000', kind: 'data' },
    ],
    ['http://169.254.169.254/?', { origin: 'http://169.254.169.254', path: '/\u0000', kind: 'root' }],
    [
      'http://169.254.169.254/?/api/token',
      { origin: 'http://169.254.169.254', path: '/\u0000/api/token', kind: 'token' },
    ],
    ['?/latest/meta-data/instance-id', undefined],
    ['http://?/latest/meta-data/instance-id', undefined],
    ['http://169.254.169.?/latest/meta-data/instance-id', undefined],
    ['http://169.254.169.254?', undefined],
    ['http://?@169.254.169.254/latest/', { origin: 'http://169.254.169.254', path: '/latest/', kind: 'root' }],
  ])('where part is not known: %s', (url, expected) => {
    expect(endpointOf(partly(url))).toEqual(expected);
  });
});

describe('the origin is what a token is asked of', () => {
  it.each([
    ['169.254.169.254/latest/meta-data/', 'http://169.254.169.254'],
    ['https://169.254.169.254/latest/meta-data/', 'https://169.254.169.254'],
    ['http://169.254.169.254:8080/latest/meta-data/', 'http://169.254.169.254:8080'],
    ['http://[fd00:ec2::254]/latest/meta-data/', 'http://[fd00:ec2::254]'],
    ['http://instance-data/latest/meta-data/', 'http://instance-data'],
    ['http://user@169.254.169.254/latest/meta-data/', 'http://169.254.169.254'],
  ])('%s', (url, origin) => {
    expect(endpointOf(known(url))?.origin).toBe(origin);
  });
});

describe('isDatedTokenPath', () => {
  it.each([
    ['http://169.254.169.254/2021-03-23/api/token', true],
    ['http://169.254.169.254/latest/api/token', false],
    ['http://169.254.169.254/2021-03-23/meta-data/', false],
  ])('%s: %s', (url, expected) => {
    const endpoint = endpointOf(known(url));
    expect(endpoint && isDatedTokenPath(endpoint)).toBe(expected);
  });
});
