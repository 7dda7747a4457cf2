import { expect, test } from 'vitest';
import { createTree } from '../../model/tree';
import type { TreeNode } from '../../model/node';
import { DEFAULT_VIEW, type ViewOptions } from '../../model/view-options';
import { createFakeAws, type FakeAws } from '../../testing/fake-aws';
import { connectedRegions, shownIds, targetsOf } from './targets';

/** Lets every answer of the account come until the work is done. */
async function answered<T>(fake: FakeAws, work: Promise<T>): Promise<T> {
  const state = { done: false };
  const end = (): void => void (state.done = true);
  work.then(end, end);
  while (!state.done) await fake.release(0);
  return work;
}

/** The tree of two profiles in two accounts, with what is below a path of labels. */
function open(view: Partial<ViewOptions> = {}) {
  const fake = createFakeAws();
  fake.profiles.set('work', { account: '111122223333', broken: false });
  fake.profiles.set('staging', { account: '999988887777', broken: false });
  const options = { ...DEFAULT_VIEW, ...view };
  const tree = createTree({
    aws: () => Promise.resolve(fake.aws),
    options: () => options,
    pinnedRegions: (profile) => (profile === 'work' ? ['us-east-1'] : []),
    now: () => 0,
    log: () => undefined,
    changed: () => undefined,
  });
  const at = async (...labels: string[]): Promise<TreeNode> => {
    let nodes = await answered(fake, tree.roots());
    let found: TreeNode | undefined;
    for (const label of labels) {
      found = nodes.find((node) => node.view().label === label);
      if (found === undefined) throw new Error(`no ${label}`);
      nodes = await answered(fake, found.children());
      const { kind, session } = found;
      if (kind === 'instance' && session !== undefined) {
        await answered(fake, shownIds(tree, session, options));
        nodes = await found.children();
      }
    }
    if (found === undefined) throw new Error('no path');
    return found;
  };
  const of = (...nodes: readonly TreeNode[]) => answered(fake, targetsOf(nodes, tree, options));
  return { at, of, tree };
}

const numbers = (ids: readonly string[] | undefined): readonly string[] | undefined =>
  ids?.map((id) => id.split('-').at(-1) ?? '');

test('instances, of several accounts and regions, each by its own session and once', async () => {
  const { at, of } = open();
  const one = await at('work', 'eu-central-1', 'Instances', 'host-1');
  const two = await at('work', 'eu-central-1', 'Instances', 'host-2');
  const elsewhere = await at('work', 'us-east-1', 'Instances', 'host-1');
  const staging = await at('staging', 'eu-central-1', 'Instances', 'host-1');
  const targets = await of(one, two, one, elsewhere, staging);
  expect(targets.map(({ session, ids }) => [session.account, session.region, ids])).toEqual([
    ['111122223333', 'eu-central-1', ['i-111122223333-eu-central-1-1', 'i-111122223333-eu-central-1-2']],
    ['111122223333', 'us-east-1', ['i-111122223333-us-east-1-1']],
    ['999988887777', 'eu-central-1', ['i-999988887777-eu-central-1-1']],
  ]);
  expect(targets[0]?.session).toBe(one.session);
});

test('a region means all of it, whatever else of it is selected', async () => {
  const { at, of } = open({ filter: 'host-2' });
  const region = await at('work', 'eu-central-1');
  const instance = await at('work', 'eu-central-1', 'Instances', 'host-2');
  expect((await of(instance, region)).map(({ ids }) => ids)).toEqual([undefined]);
  expect((await of(region, instance)).map(({ ids }) => ids)).toEqual([undefined]);
});

test('a folder means what the filter lets through, read to the end of the list', async () => {
  expect(numbers((await withFilter(''))[0]?.ids)).toHaveLength(9);
  expect(numbers((await withFilter('host-2'))[0]?.ids)).toEqual(['2']);
  expect(await withFilter('nothing like it')).toEqual([]);

  async function withFilter(filter: string) {
    const { at, of } = open({ filter });
    return of(await at('work', 'eu-central-1', 'Instances'));
  }
});

test('a group means what is in it', async () => {
  const { at, of } = open({ group: { by: 'vpc' }, filter: '-host-3' });
  const group = await at('work', 'eu-central-1', 'Instances', 'vpc-1');
  expect(numbers((await of(group))[0]?.ids)).toEqual(['1', '2', '4', '5', '6', '7', '8', '9']);
});

test('what is no instance means nothing', async () => {
  const { at, of, tree } = open();
  const nodes = [await at('work'), await at('work', 'eu-central-1', 'Key pairs')];
  expect(await of(...nodes)).toEqual([]);
  expect(connectedRegions(tree).map(({ profile, region }) => `${profile} ${region}`)).toEqual([
    'work eu-central-1',
    'work us-east-1',
  ]);
});
