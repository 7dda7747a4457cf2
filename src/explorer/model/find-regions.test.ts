import { expect, test } from 'vitest';
import type { Aws, Page, Session } from '../../aws';
import { findRegions } from './find-regions';

const SESSION: Session = {
  profile: 'p',
  region: 'eu-central-1',
  account: '111122223333',
  arn: 'arn',
  partition: 'aws',
};
const HAVING_INSTANCES = new Set(['eu-west-1', 'us-east-1']);
const HAVING_INTERFACES = new Set(['ap-south-1']);

function accountOf(names: readonly string[], broken = '') {
  let atOnce = 0;
  let most = 0;
  const asked: string[] = [];
  async function* pages<T>(region: string, items: readonly T[]): AsyncGenerator<Page<T>> {
    asked.push(region);
    most = Math.max(most, ++atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
    if (region === broken) throw new Error('denied');
    yield { items, isLast: true };
  }
  const aws = {
    regions: () => Promise.resolve(names.map((name) => ({ name, enabled: !name.startsWith('me-'), optIn: undefined }))),
    inRegion: (session: Session, region: string): Session => ({ ...session, region }),
    instances: ({ region }: Session) => pages(region, HAVING_INSTANCES.has(region) ? [1] : []),
    networkInterfaces: ({ region }: Session) => pages(region, HAVING_INTERFACES.has(region) ? [1] : []),
  };
  return { aws: aws as unknown as Aws, asked, most: () => most };
}

const NAMES = ['us-east-1', 'me-south-1', 'eu-west-1', 'ap-south-1', 'eu-north-1', 'sa-east-1', 'ca-central-1'];

test('finds the regions that have something, four at a time, and asks no region that is not enabled', async () => {
  const account = accountOf(NAMES);
  const progress: string[] = [];
  const search = await findRegions(account.aws, SESSION, new AbortController().signal, (done, all) =>
    progress.push(`${String(done)}/${String(all)}`),
  );
  expect(search).toEqual({ found: ['ap-south-1', 'eu-west-1', 'us-east-1'], failed: [] });
  expect(account.asked).not.toContain('me-south-1');
  expect(account.most()).toBe(4);
  expect(progress.at(-1)).toBe('6/6');
});

test('a region that cannot be asked leaves the others', async () => {
  const { found, failed } = await findRegions(
    accountOf(NAMES, 'us-east-1').aws,
    SESSION,
    new AbortController().signal,
    () => undefined,
  );
  expect(found).toEqual(['ap-south-1', 'eu-west-1']);
  expect(failed.map(({ region }) => region)).toEqual(['us-east-1']);
});

test('is given up at once', async () => {
  const account = accountOf(NAMES);
  await findRegions(account.aws, SESSION, AbortSignal.abort(), () => undefined);
  expect(account.asked).toEqual([]);
});
