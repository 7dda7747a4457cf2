import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { consoleLink } from './console-link';
import { pagesOf, type RawPage } from './paging';
import { decodeUserData } from './user-data';

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

describe('user data', () => {
  test.each([
    ['none', '', { text: undefined, encodings: [] }],
    ['a script', base64('#!/bin/sh\necho ä\n'), { text: '#!/bin/sh\necho ä\n', encodings: ['base64'] }],
    ['compressed', base64(gzipSync('#cloud-config\n')), { text: '#cloud-config\n', encodings: ['base64', 'gzip'] }],
    [
      'bytes',
      base64(new Uint8Array([0xff, 0xfe, 0x00])),
      { text: undefined, unreadable: 'It is no text, but bytes of some other kind.' },
    ],
    [
      'compressed and cut off',
      base64(gzipSync('#cloud-config\n'.repeat(99)).subarray(0, 20)),
      { text: undefined, unreadable: 'It is compressed by gzip, and cannot be unpacked.' },
    ],
    [
      'a bomb',
      base64(gzipSync(Buffer.alloc(5 * 1024 * 1024))),
      { text: undefined, unreadable: 'It is compressed by gzip, and cannot be unpacked.' },
    ],
  ])('%s', async (_name, encoded, expected) => {
    expect(await decodeUserData(encoded)).toMatchObject(expected);
  });
});

describe('links to the console', () => {
  const aws = { region: 'eu-central-1', partition: 'aws' };

  test.each([
    [
      aws,
      'instance',
      'i-1',
      'https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1#InstanceDetails:instanceId=i-1',
    ],
    [aws, 'key-pair', undefined, 'https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1#KeyPairs:'],
    [
      { region: 'cn-north-1', partition: 'aws-cn' },
      'security-group',
      'sg-1',
      'https://cn-north-1.console.amazonaws.cn/ec2/home?region=cn-north-1#SecurityGroup:groupId=sg-1',
    ],
    [
      { region: 'us-gov-west-1', partition: 'aws-us-gov' },
      'volume',
      'vol-1',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/ec2/home?region=us-gov-west-1#VolumeDetails:volumeId=vol-1',
    ],
  ] as const)('%j %s %s', (session, kind, id, link) => {
    expect(consoleLink(session, kind, id, undefined)).toBe(link);
  });

  test('by the access portal, which opens the right account', () => {
    const portal = { startUrl: 'https://acme.awsapps.com/start/', account: '111122223333', role: 'Reader' };
    const link = new URL(consoleLink(aws, 'instance', 'i-1', portal));
    expect(link.origin + link.pathname).toBe('https://acme.awsapps.com/start/');
    const parameters = new URLSearchParams(link.hash.slice(link.hash.indexOf('?')));
    expect(Object.fromEntries(parameters)).toEqual({
      account_id: '111122223333',
      role_name: 'Reader',
      destination: consoleLink(aws, 'instance', 'i-1', undefined),
    });
  });

  test.each(['file:///etc/passwd', 'http://acme.example', 'command:x', 'nothing'])('%s is no portal', (startUrl) => {
    const portal = { startUrl, account: '1', role: 'r' };
    expect(consoleLink(aws, 'instance', 'i-1', portal)).toMatch(/^https:\/\/eu-central-1\.console\.aws/);
  });
});

describe('pages', () => {
  const script = (pages: readonly RawPage<number>[]) => {
    let asked = 0;
    return { ask: () => Promise.resolve(pages[asked++] ?? { items: [], next: undefined }), count: () => asked };
  };

  test('an empty list is one page, the last', async () => {
    const pages = [];
    for await (const page of pagesOf(script([]).ask, (raw) => raw, undefined)) pages.push(page);
    expect(pages).toEqual([{ items: [], isLast: true }]);
  });

  test('empty pages in between are no end', async () => {
    const { ask } = script([
      { items: [], next: 'a' },
      { items: [1], next: 'b' },
      { items: [], next: undefined },
    ]);
    const items: number[] = [];
    for await (const page of pagesOf(ask, (raw) => raw, undefined)) items.push(...page.items);
    expect(items).toEqual([1]);
  });

  test('after the first, the next page is asked for while one is being read, and no further', async () => {
    const { ask, count } = script(
      Array.from({ length: 5 }, (_, index) => ({ items: [index], next: `t${String(index)}` })),
    );
    const pages = pagesOf(ask, (raw) => raw, undefined);
    await pages.next();
    expect(count()).toBe(1);
    await pages.next();
    expect(count()).toBe(3);
    await pages.return();
    expect(count()).toBe(3);
  });

  test('a token that comes again is no endless list', async () => {
    const ask = (): Promise<RawPage<number>> => Promise.resolve({ items: [1], next: 'same' });
    const read = async (): Promise<void> => {
      for await (const { isLast } of pagesOf(ask, (raw) => raw, undefined)) expect(isLast).toBe(false);
    };
    await expect(read()).rejects.toThrow('AWS gave the same page twice, so the list is not complete.');
  });
});
