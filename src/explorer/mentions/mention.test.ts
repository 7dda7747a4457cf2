import { describe, expect, test } from 'vitest';
import type { TreeNode } from '../model/node';
import { createTree } from '../model/tree';
import { createFakeAws } from '../testing/fake-aws';
import { knownAs } from './known';
import { mentionAt } from './mention';

describe('an id in a line', () => {
  const LINE = 'aws ec2 reboot-instances --instance-ids i-0123456789abcdef0 sg-0a1b2c3d,eni-0123456789abcdef0';

  test.each([
    [LINE.indexOf('i-012'), 'instance', 'i-0123456789abcdef0'],
    [LINE.indexOf('cdef0'), 'instance', 'i-0123456789abcdef0'],
    [LINE.indexOf(' sg'), 'instance', 'i-0123456789abcdef0'],
    [LINE.indexOf('sg-') + 4, 'security-group', 'sg-0a1b2c3d'],
    [LINE.length, 'network-interface', 'eni-0123456789abcdef0'],
  ] as const)('at %i is of %s %s', (character, kind, id) => {
    expect(mentionAt(LINE, character)).toEqual({ kind, id, start: LINE.indexOf(id) });
  });

  test.each([
    ['of another kind', 'ami-0123456789abcdef0', 5],
    ['of no length that AWS gives', 'i-0123456789abcdef', 5],
    ['that goes on', 'i-0123456789abcdef01', 5],
    ['within a word', 'x-i-0123456789abcdef0', 5],
    ['elsewhere in the line', LINE, 3],
    ['in an empty line', '', 0],
  ])('%s is none', (_, line, character) => {
    expect(mentionAt(line, character)).toBeUndefined();
  });

  test('is found in a line without end', () => {
    const line = `${'i-'.repeat(500_000)} i-0123456789abcdef0`;
    expect(mentionAt(line, line.length - 3)?.id).toBe('i-0123456789abcdef0');
  });
});

test('is known as what the sidebar has loaded, of each profile that sees it, and asks nothing', async () => {
  const fake = createFakeAws();
  fake.profiles.set('alpha', { account: '1'.repeat(12), broken: false });
  fake.profiles.set('beta', { account: '2'.repeat(12), broken: false });
  const tree = createTree({
    aws: () => Promise.resolve(fake.aws),
    options: () => ({ filter: '', sort: 'name', group: { by: 'none' } }),
    pinnedRegions: () => [],
    now: () => 0,
    log: () => undefined,
    changed: () => undefined,
  });
  const id = `i-${'1'.repeat(12)}-eu-central-1-1`;
  expect(knownAs(tree, 'instance', id)).toEqual([]);
  /** Lets whatever is asked be answered until a work is done. */
  const until = async <T>(work: Promise<T>): Promise<T> => {
    const releasing = setInterval(() => void fake.release(0), 0);
    return work.finally(() => clearInterval(releasing));
  };
  const first = async (nodes: Promise<readonly TreeNode[]>): Promise<TreeNode> => {
    const [node] = await until(nodes);
    if (node === undefined) throw new Error('nothing there');
    return node;
  };
  const region = await first((await first(tree.roots())).children());
  await until((await first(region.children())).children());
  const [known, ...others] = knownAs(tree, 'instance', id);
  expect(known).toMatchObject({ session: { profile: 'alpha', account: '1'.repeat(12) }, record: { id } });
  expect(others).toEqual([]);
  expect(knownAs(tree, 'instance', id.replaceAll('1111', '2222'))).toEqual([]);
  tree.dispose();
});
