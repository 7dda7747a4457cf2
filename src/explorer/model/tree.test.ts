import fc from '../../../test/fast-check';
import { describe, expect, test } from 'vitest';
import type { Session } from '../../aws';
import { sessionKey } from '../../aws/identity/session';
import { createFakeAws, type FakeAws } from '../testing/fake-aws';
import type { TreeNode } from './node';
import { createTree, type Tree } from './tree';
import { DEFAULT_VIEW } from './view-options';

const PROFILES = ['alpha', 'beta'] as const;
const REGIONS = ['eu-central-1', 'us-east-1'] as const;

function newTree(fake: FakeAws): Tree {
  return createTree({
    aws: () => Promise.resolve(fake.aws),
    options: () => DEFAULT_VIEW,
    pinnedRegions: () => REGIONS,
    now: () => 0,
    log: () => undefined,
    changed: () => undefined,
  });
}

async function drain(fake: FakeAws): Promise<void> {
  for (let idle = 0; idle < 3;) {
    if (fake.waiting() === 0) idle += 1;
    else idle = 0;
    await fake.release(0);
  }
}

/** The children of a node, whatever has to arrive for them. */
async function childrenOf(fake: FakeAws, node: TreeNode): Promise<readonly TreeNode[]> {
  const children = node.children();
  await drainUntil(fake, children);
  return children;
}

/**
 * What is wrong with a node: that it, or what it shows, is of another session than the place where it stands. Instances and keys of the fake account say
 * themselves whose they are.
 */
function strangers(node: TreeNode, place: Session): string[] {
  const wrong: string[] = [];
  const session: Session | undefined = node.session;
  if (session === undefined || sessionKey(session) !== sessionKey(place)) {
    wrong.push(`${node.id} stands below ${sessionKey(place)}`);
  }
  const record = node.resource?.();
  if (record !== undefined && (session === undefined || record.tags['owner'] !== sessionKey(session))) {
    wrong.push(`${node.id} shows a record of ${String(record.tags['owner'])}`);
  }
  const told = node.view().tooltip?.join('\n') ?? '';
  for (const [, owner = ''] of told.matchAll(/of (\[".*?"\])/g)) {
    if (session === undefined || owner !== sessionKey(session)) wrong.push(`${node.id} tells a finding of ${owner}`);
  }
  return wrong;
}

/** Goes through all of the tree as it is right now: nothing has to arrive for it. */
async function look(tree: Tree): Promise<{ wrong: string[]; records: number }> {
  const wrong: string[] = [];
  let records = 0;
  for (const root of tree.profiles() === undefined ? [] : await tree.roots()) {
    const connection = tree.connectionOf(root.profile ?? '')?.connection();
    if (connection?.is !== 'connected') continue;
    const { session } = connection;
    const described = root.view().description ?? '';
    if (!described.includes(session.account)) wrong.push(`${root.id} says ${described}`);
    if (described.includes('alias-of-') && !described.includes(`alias-of-${session.account}`)) {
      wrong.push(`${root.id} has the alias of another account: ${described}`);
    }
    for (const region of await root.children()) {
      if (region.session === undefined) continue;
      const place = { ...session, region: region.session.region };
      wrong.push(...strangers(region, place));
      for (const folder of await region.children()) {
        wrong.push(...strangers(folder, place));
        const shown = folder.kind && tree.connectionOf(place.profile)?.inventory(place.region)?.shown(folder.kind);
        if (shown === undefined || (shown.status === 'loading' && shown.records.length === 0)) continue;
        for (const entry of await folder.children()) {
          records += entry.resource === undefined ? 0 : 1;
          if (entry.resource !== undefined) wrong.push(...strangers(entry, place));
        }
      }
    }
  }
  return { wrong, records };
}

async function drainUntil(fake: FakeAws, work: Promise<unknown>): Promise<void> {
  const state = { done: false };
  void work.then(
    () => (state.done = true),
    () => (state.done = true),
  );
  await new Promise((resolve) => setImmediate(resolve));
  while (!state.done) await fake.release(0);
}

type Step =
  | { do: 'expand'; profile: number; region: number; kind: number }
  | { do: 'refresh'; profile: number; region: number; where: 'all' | 'profile' | 'region' | 'folder' }
  | { do: 'edit'; profile: number; account: number }
  | { do: 'break'; profile: number; broken: boolean }
  | { do: 'reconnect'; profile: number; renew: boolean }
  | { do: 'answer'; which: number; times: number }
  | { do: 'wait' };

const profile = fc.nat({ max: PROFILES.length - 1 });
const region = fc.nat({ max: REGIONS.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('expand' as const), profile, region, kind: fc.nat({ max: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('refresh' as const),
      profile,
      region,
      where: fc.constantFrom('all' as const, 'profile' as const, 'region' as const, 'folder' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), profile, account: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('break' as const), profile, broken: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reconnect' as const), profile, renew: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat({ max: 20 }), times: fc.nat({ max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
);

/** Does something without waiting for it: what it leads to comes when the account answers. */
async function take(tree: Tree, fake: FakeAws, each: Step): Promise<void> {
  const ignore = (work: Promise<unknown>): void => void work.catch(() => undefined);
  const name = 'profile' in each ? (PROFILES[each.profile] ?? 'alpha') : 'alpha';
  switch (each.do) {
    case 'expand':
      ignore(
        tree.roots().then(async (roots) => {
          const root = roots.find((node) => node.profile === name);
          const regions = (await root?.children()) ?? [];
          const chosen = regions.find((node) => node.session?.region === REGIONS[each.region]);
          await ((await chosen?.children()) ?? [])[each.kind]?.children();
        }),
      );
      return;
    case 'refresh': {
      if (each.where === 'all') {
        tree.refresh(undefined);
        return;
      }
      const inventory = tree.connectionOf(name)?.inventory(REGIONS[each.region] ?? 'eu-central-1');
      if (each.where === 'folder') inventory?.refresh('instance');
      else if (each.where === 'region') inventory?.refresh();
      else for (const other of tree.connectionOf(name)?.inventories() ?? []) other.refresh();
      return;
    }
    case 'edit': {
      const found = fake.profiles.get(name);
      if (found !== undefined) found.account = `${each.account}`.repeat(12);
      ignore(tree.reloadProfiles());
      return;
    }
    case 'break': {
      const found = fake.profiles.get(name);
      if (found !== undefined) found.broken = each.broken;
      return;
    }
    case 'reconnect':
      if (!each.renew) tree.connectionOf(name)?.reset();
      ignore(tree.connectionOf(name)?.connect(each.renew) ?? Promise.resolve());
      return;
    case 'answer':
      for (let time = 0; time <= each.times; time += 1) await fake.release(each.which);
      return;
    case 'wait':
      await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('no node ever shows another session’s data', () => {
  test('in 1,000 random histories of two profiles, two regions, edits, refreshes and answers in any order', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (history) => {
        const fake = createFakeAws();
        for (const name of PROFILES) fake.profiles.set(name, { account: '9'.repeat(12), broken: false });
        const tree = newTree(fake);
        for (const each of history) {
          await take(tree, fake, each);
          const { wrong, records } = await look(tree);
          expect(wrong).toEqual([]);
          seen += records;
        }
        await drain(fake);
        const { wrong, records } = await look(tree);
        expect(wrong).toEqual([]);
        seen += records;
        tree.dispose();
      }),
      { numRuns: 1000 },
    );
    // It is of no use to look at empty trees.
    expect(seen).toBeGreaterThan(1000);
  }, 300_000);
});

describe('the tree', () => {
  const start = async (): Promise<{ fake: FakeAws; tree: Tree; folder: TreeNode }> => {
    const fake = createFakeAws();
    fake.profiles.set('alpha', { account: '1'.repeat(12), broken: false });
    const tree = newTree(fake);
    const roots = tree.roots();
    await drainUntil(fake, roots);
    const [root] = await roots;
    if (root === undefined) throw new Error('no profile');
    const [region] = await childrenOf(fake, root);
    if (region === undefined) throw new Error('no region');
    const [folder] = await region.children();
    if (folder === undefined) throw new Error('no folder');
    return { fake, tree, folder };
  };

  test('a profile that cannot be used is tried once, however often it is drawn, and again when the files of the profiles changed', async () => {
    const fake = createFakeAws();
    fake.profiles.set('alpha', { account: '1'.repeat(12), broken: true });
    const tree = newTree(fake);
    const roots = tree.roots();
    await drainUntil(fake, roots);
    const [root] = await roots;
    if (root === undefined) throw new Error('no profile');
    expect((await childrenOf(fake, root))[0]?.view().label).toBe('alpha is broken');
    const again = root.children();
    await new Promise((resolve) => setImmediate(resolve));
    expect(fake.waiting()).toBe(0);
    expect((await again)[0]?.view().label).toBe('alpha is broken');
    fake.profiles.set('alpha', { account: '1'.repeat(12), broken: false });
    await drainUntil(fake, tree.reloadProfiles());
    expect((await childrenOf(fake, root))[0]?.view().label).toBe('eu-central-1');
  });

  test('the same thing is the same object, however often it is asked for', async () => {
    const { fake, folder } = await start();
    const first = await childrenOf(fake, folder);
    await drain(fake);
    const again = await childrenOf(fake, folder);
    expect(again.slice(0, 3)).toEqual(first.slice(0, 3));
    expect(again[0]).toBe(first[0]);
  });

  test('records appear as pages arrive, and the folder says that there are more to come', async () => {
    const { fake, folder } = await start();
    const children = folder.children();
    await drainUntil(fake, children);
    expect((await children).length).toBe(3);
    expect(folder.view().description).toBe('3 · loading…');
    await drain(fake);
    expect((await folder.children()).length).toBe(9);
    expect(folder.view().description).toBe('9');
  });

  test('while a list is read again, the last one is shown', async () => {
    const { fake, tree, folder } = await start();
    await childrenOf(fake, folder);
    await drain(fake);
    tree.refresh(folder);
    const children = folder.children();
    await drainUntil(fake, children);
    expect((await children).length).toBe(9);
    expect(folder.view().description).toBe('9 · refreshing…');
    await drain(fake);
    expect(folder.view().description).toBe('9');
  });

  test('findings add up along the tree', async () => {
    const { fake, tree, folder } = await start();
    await childrenOf(fake, folder);
    await drain(fake);
    const [root] = await tree.roots();
    expect(folder.view().counts).toEqual({ errors: 0, warnings: 9, notes: 0 });
    expect(root?.view().counts).toEqual({ errors: 0, warnings: 9, notes: 0 });
    expect(root?.view().spoken).toContain('9 warnings');
  });

  test('looking at a profile tells why it is who it is, and what is to be said of its keys', async () => {
    const { tree } = await start();
    const [root] = await tree.roots();
    expect(await root?.more?.()).toEqual([
      'Where credentials come from, in order',
      '– The environment has no keys.',
      '✓ alpha has keys.',
      'Region: eu-central-1, from the profile.',
      'A key of 111111111111 is old.',
    ]);
  });

  test('a list that could not be read does not say that there is nothing', async () => {
    const { fake, folder } = await start();
    fake.profiles.set('alpha', { account: '1'.repeat(12), broken: true });
    await childrenOf(fake, folder);
    await drain(fake);
    expect(folder.view().description).toBe('could not be read');
  });

  test('every node says in its spoken label all that its icon and colour say', async () => {
    const { fake, folder } = await start();
    await childrenOf(fake, folder);
    await drain(fake);
    const [instance] = await folder.children();
    expect(instance?.view().spoken).toBe(
      'host-1, IMDSv1 allowed, running, t3.nano x86_64, 10.0.0.1, i-111111111111-eu-central-1-1, 1 warning',
    );
  });
});
