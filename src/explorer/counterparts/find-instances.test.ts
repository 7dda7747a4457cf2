import { describe, expect, it } from 'vitest';
import type { InstanceRecord, Session } from '../../aws';
import type { ShownUserData } from '../../server/protocol';
import { findInstances, MOST_READ, type ReadUserData } from './find-instances';
import type { LoadedInstance } from './loaded';

const SCRIPT = '#!/bin/bash\ncurl http://169.254.169.254/latest/meta-data/\n';
const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const script: ShownUserData = { owner: null, uri: 'file:///boot.sh', range: NOWHERE, parts: [SCRIPT], calls: [] };
const session = { profile: 'dev', account: '111122223333', region: 'eu-central-1' } as Session;
const signal = new AbortController().signal;

const loaded = (id: string, name?: string, tags: Readonly<Record<string, string>> = {}): LoadedInstance => ({
  session,
  alias: undefined,
  asOf: 0,
  record: { id, name, tags } as InstanceRecord,
});
const from =
  (texts: Readonly<Record<string, string | Error>>): ReadUserData =>
  (_, id) => {
    const text = texts[id];
    return text instanceof Error ? Promise.reject(text) : Promise.resolve(text);
  };
const run = (
  instances: readonly LoadedInstance[],
  read: ReadUserData,
  more: Partial<Parameters<typeof findInstances>[0]> = {},
) => findInstances({ launches: [], userData: [script], ...more }, instances, read, signal, () => undefined);

describe('instances that run a script', () => {
  it('by equal user data', async () => {
    const found = await run(
      [loaded('i-1', 'b'), loaded('i-2', 'a'), loaded('i-3')],
      from({ 'i-1': SCRIPT, 'i-2': SCRIPT, 'i-3': 'echo' }),
    );
    expect(found).toMatchObject({
      uncompared: 0,
      failure: undefined,
      instances: [{ record: { id: 'i-2' } }, { record: { id: 'i-1' } }],
    });
  });

  it('by a tag, surely where the user data is the same', async () => {
    const tags = { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': 'Web' };
    const launch = {
      kind: 'instance',
      address: 'Web',
      launchers: ['Web'],
      name: null,
      head: NOWHERE,
      options: null,
      tokens: null,
      endpoint: null,
      hopLimit: null,
    } as const;
    const read = from({ 'i-1': 'echo', 'i-2': SCRIPT });
    const found = await run([loaded('i-1', 'a', tags), loaded('i-2', 'b', tags)], read, { launches: [launch] });
    expect(found.instances.map(({ record, tie }) => [record.id, tie.by])).toEqual([
      ['i-2', 'user-data'],
      ['i-1', 'stack'],
    ]);
  });

  it('says what could not be read', async () => {
    const found = await run([loaded('i-1'), loaded('i-2')], from({ 'i-1': new Error('You may not.'), 'i-2': SCRIPT }));
    expect(found).toMatchObject({ uncompared: 1, failure: 'You may not.', instances: [{ record: { id: 'i-2' } }] });
  });

  it('reads no more than a person waits for, a few at once, those that are tied already first', async () => {
    const asked: string[] = [];
    let now = 0;
    let most = 0;
    const read: ReadUserData = async (_, id) => {
      asked.push(id);
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 0));
      now--;
      return undefined;
    };
    const many = Array.from({ length: MOST_READ + 50 }, (_, index) => loaded(`i-${index}`, `n-${index}`));
    const launch = {
      kind: 'instance',
      address: 'W',
      launchers: ['W'],
      name: 'n-349',
      head: NOWHERE,
      options: null,
      tokens: null,
      endpoint: null,
      hopLimit: null,
    } as const;
    const found = await run(many, read, { launches: [launch] });
    expect(asked).toHaveLength(MOST_READ);
    expect(asked[0]).toBe('i-349');
    expect(most).toBeLessThanOrEqual(6);
    expect(found.uncompared).toBe(50);
  });

  it('asks nothing where there is no script to compare', async () => {
    const read: ReadUserData = () => Promise.reject(new Error('asked'));
    expect(await run([loaded('i-1')], read, { userData: [] })).toEqual({
      instances: [],
      uncompared: 0,
      failure: undefined,
    });
  });

  it('ends when it is told to', async () => {
    const abort = new AbortController();
    const read: ReadUserData = () => {
      abort.abort();
      return Promise.reject(new Error('cancelled'));
    };
    const running = findInstances(
      { launches: [], userData: [script] },
      [loaded('i-1'), loaded('i-2')],
      read,
      abort.signal,
      () => undefined,
    );
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });
});
