import { EC2Client, DescribeInstancesCommand, type DescribeInstancesCommandOutput } from '@aws-sdk/client-ec2';
import { HttpResponse } from '@smithy/core/protocols';
import fc from '../../../test/fast-check';
import { describe, expect, test } from 'vitest';
import { portionsOf, readInPortions } from './portions';

const answer = (items: readonly string[], { before = '<requestId>1</requestId>', after = '' } = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${before}<reservationSet>${items.join('')}</reservationSet>${after}</DescribeInstancesResponse>`;

const reservation = (id: string, tags: readonly string[] = []): string =>
  `<item><reservationId>r-${id}</reservationId><instancesSet><item><instanceId>i-${id}</instanceId><tagSet>${tags
    .map((tag) => `<item><key>${tag}</key><value>ä &lt;item&gt;</value></item>`)
    .join('')}</tagSet></item></instancesSet></item>`;

const cut = (text: string, size: number): string[] => [...portionsOf(Buffer.from(text), size)].map(String);

/** What the SDK makes of an answer. */
async function read(text: string, inPortions: boolean): Promise<DescribeInstancesCommandOutput> {
  const client = new EC2Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    requestHandler: {
      handle: () =>
        Promise.resolve({ response: new HttpResponse({ statusCode: 200, headers: {}, body: Buffer.from(text) }) }),
    },
    maxAttempts: 1,
  });
  if (inPortions) readInPortions(client, 300);
  return client.send(new DescribeInstancesCommand({}));
}

describe('a long answer', () => {
  test('is cut between the items of its list, each part an answer of its own', () => {
    const items = ['a', 'b', 'c'].map((id) => reservation(id, ['x']));
    const options = { after: '<nextToken>t</nextToken>' };
    expect(cut(answer(items, options), 1)).toEqual(items.map((item) => answer([item], options)));
    expect(cut(answer(items, options), Buffer.byteLength(items[0] ?? '') + 1)).toEqual([
      answer(items.slice(0, 2), options),
      answer(items.slice(2), options),
    ]);
  });

  test.each([
    ['that is short', answer([reservation('a')]), 10_000],
    ['without items', answer([]).replace('<reservationSet></reservationSet>', '<reservationSet/>'), 10],
    ['that is cut off', answer([reservation('a'), reservation('b')]).slice(0, -60), 10],
    ['with another list behind', answer([reservation('a')], { after: '<otherSet><item>1</item></otherSet>' }), 10],
    ['whose list is not right below the root', `<XResponse><data><set><item>1</item></set></data></XResponse>`, 10],
    ['of something else', '<html><body>Bad gateway</body></html>', 10],
  ])('%s stays whole', (_name, text, size) => {
    expect(cut(text, size)).toEqual([text]);
  });

  test('reads the same in portions', async () => {
    const some = fc.array(fc.array(fc.constantFrom('Name', 'team', '__proto__'), { maxLength: 3 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(some, fc.boolean(), async (all, isLast) => {
        const items = all.map((tags, index) => reservation(String(index), tags));
        const text = answer(items, isLast ? {} : { after: '<nextToken>t</nextToken>' });
        expect(await read(text, true)).toEqual(await read(text, false));
      }),
      { numRuns: 40 },
    );
  });

  test('fails as it would as a whole where it is cut off', async () => {
    const text = answer(Array.from({ length: 20 }, (_, index) => reservation(String(index)))).slice(0, -60);
    const messageOf = (inPortions: boolean): Promise<unknown> => read(text, inPortions).catch(String);
    expect(await messageOf(true)).toBe(await messageOf(false));
  });
});
