import { describe, expect, test } from 'vitest';
import { AwsFailure } from '../clients/failure';
import { obstacleToDeleting } from './deletable';
import { checkDeletion, deleteGroup, type DeletionResult } from './delete-group';
import { isInterfaceEntry, readGroupEntries, undoableGroups } from './log';
import type { GroupTools } from './set-groups';
import { fakeVpc, SESSION, type Fault } from './testing/fake-vpc';
import { blockersOf, usesOf } from './uses';

/** A group that nothing has and nothing names, with two rules, one of which names itself. */
function world() {
  const made = fakeVpc();
  made.vpc.addGroup('old', ['10.0.0.0/8', '@old']);
  made.vpc.addGroup('web');
  return { ...made, run: (): Promise<DeletionResult> => deleteGroup(made.tools, made.vpc.group('old')) };
}
const steps = async ({ log }: Pick<GroupTools, 'log'>) => (await readGroupEntries(log)).map(({ step }) => step);

test('a group is deleted once it is written down with all that it held, and does not come back', async () => {
  const { vpc, tools, run } = world();
  const before = vpc.group('old');
  const { state, entry } = await run();
  expect([state, entry.after, vpc.groups.has('sg-old')]).toEqual(['done', { exists: false }, false]);
  expect(vpc.sent.map(({ input }) => input)).toEqual([{ GroupId: 'sg-old' }]);
  expect(JSON.parse(vpc.sent[0]?.logged ?? '')).toMatchObject({ step: 'begun', securityGroup: 'sg-old', name: 'old' });
  const [begun] = await readGroupEntries(tools.log);
  expect(begun && !isInterfaceEntry(begun) && begun.before.was).toEqual(JSON.parse(JSON.stringify(before)));
  expect([await steps(tools), undoableGroups(await readGroupEntries(tools.log))]).toEqual([['begun', 'done'], []]);
});

describe('nothing is sent', () => {
  test.each<[string, (made: ReturnType<typeof world>) => void, string]>([
    [
      'where it is gone',
      ({ vpc }) => vpc.groups.delete('sg-old'),
      'There is no old (sg-old) in eu-west-1 of account 111122223333 any more.',
    ],
    [
      'where it has another rule by now',
      ({ vpc }) => vpc.addGroup('old', ['10.0.0.0/8']),
      'Somebody changed old (sg-old) meanwhile.',
    ],
    [
      'where the guard says no before it is read',
      ({ vpc }) => {
        vpc.onGuard = () => {
          throw new AwsFailure('read-only', { kind: 'guard', action: 'none', advice: '' });
        };
      },
      'read-only',
    ],
    [
      'where the guard says no after it was read',
      ({ vpc }) => {
        vpc.onGuard = (times) => {
          if (times > 1) throw new AwsFailure('somebody else', { kind: 'guard', action: 'none', advice: '' });
        };
      },
      'somebody else',
    ],
  ])('%s', async (_name, happens, said) => {
    const made = world();
    const expected = made.vpc.group('old');
    happens(made);
    await expect(deleteGroup(made.tools, expected)).rejects.toThrow(said);
    expect([made.vpc.sent, made.vpc.log]).toEqual([[], []]);
  });

  test('where it was given up meanwhile', async () => {
    const { vpc, tools } = world();
    const abort = new AbortController();
    vpc.onGuard = () => abort.abort();
    const work = deleteGroup(tools, vpc.group('old'), { signal: abort.signal });
    await expect(work).rejects.toMatchObject({ facts: { kind: 'cancelled' } });
    expect([vpc.sent, vpc.log]).toEqual([[], []]);
  });

  test.each([
    ['default', {}, 'default', 'default (sg-default) is the default group of its VPC, which AWS deletes for nobody.'],
    [
      'theirs',
      { OwnerId: '999999999999' },
      'foreign',
      'theirs (sg-theirs) belongs to account 999999999999, not to 111122223333.',
    ],
  ] as const)('for %s', async (name, more, obstacle, said) => {
    const { vpc, tools } = world();
    vpc.addGroup(name, [], more);
    expect(obstacleToDeleting(vpc.group(name), SESSION)).toBe(obstacle);
    await expect(deleteGroup(tools, vpc.group(name))).rejects.toThrow(said);
    expect(vpc.sent).toEqual([]);
  });
});

describe('what AWS refuses is told in words', () => {
  test('something came to use it meanwhile: what, as far as it can be seen', async () => {
    const { vpc, tools, run } = world();
    vpc.interfaces.set('eni-1', { groups: ['sg-old'], instance: 'i-1' });
    vpc.addGroup('web', ['@old']);
    await expect(run()).rejects.toMatchObject({
      message: 'AWS did not delete old (sg-old): something still uses it (DependencyViolation).',
      facts: {
        kind: 'invalid-request',
        advice:
          'These network interfaces have it: eni-1 (i-1). Rules of these groups name it: web (sg-web). Detach it there, or take those rules away, and try again.',
      },
    });
    expect([vpc.groups.has('sg-old'), await steps(tools)]).toEqual([true, ['begun', 'failed']]);
  });

  test('something that nobody here can see uses it', async () => {
    const { vpc, run } = world();
    vpc.interfaces.set('eni-1', { groups: ['sg-old'] });
    vpc.denied.add('DescribeNetworkInterfaces');
    await expect(run()).rejects.toMatchObject({
      facts: { advice: expect.stringMatching(/^What does could not be seen/) as string },
    });
  });

  test.each([
    ['UnauthorizedOperation', 'work lacks the permission ec2:DeleteSecurityGroup in account 111122223333, eu-west-1.'],
    ['CannotDelete', 'AWS deletes old (sg-old) for nobody: it is the default group of its VPC.'],
    ['InvalidGroup.InUse', 'AWS did not delete old (sg-old): something still uses it (InvalidGroup.InUse).'],
  ])('%s', async (name, said) => {
    const { vpc, tools, run } = world();
    vpc.answer = Object.assign(new Error(name), { name });
    await expect(run()).rejects.toThrow(said);
    expect(await steps(tools)).toEqual(['begun', 'failed']);
  });

  test('beforehand, by a dry run', async () => {
    const { vpc, tools } = world();
    await checkDeletion(tools, vpc.group('old'));
    vpc.fault = 'refused';
    await expect(checkDeletion(tools, vpc.group('old'))).rejects.toMatchObject({
      facts: { permission: 'ec2:DeleteSecurityGroup', action: 'copy-policy' },
    });
    expect(vpc.sent).toEqual([]);
  });
});

describe('a lost answer', () => {
  test.each<[Fault, string | undefined]>([
    ['lost after', 'The connection to AWS in eu-west-1 broke.'],
    ['done at the first try', 'gone in eu-west-1.'],
  ])('%s: it is gone, and told so', async (fault, error) => {
    const { vpc, tools, run } = world();
    vpc.fault = fault;
    const { state, entry } = await run();
    expect([state, entry.error, await steps(tools)]).toEqual(['done', error, ['begun', 'done']]);
  });

  test.each<[Fault, string, readonly string[]]>([
    ['lost before', 'It was read again, and nothing was changed. Try again.', ['begun', 'failed']],
    ['silent', 'Whether AWS changed old (sg-old) is not known: look again. The log has it.', ['begun']],
  ])('%s', async (fault, advice, logged) => {
    const { vpc, tools, run } = world();
    vpc.fault = fault;
    await expect(run()).rejects.toMatchObject({ facts: { kind: 'network', advice } });
    expect(await steps(tools)).toEqual(logged);
  });
});

describe('what has a group and names it', () => {
  test('is read by filters; itself apart', async () => {
    const { vpc, tools } = world();
    vpc.addGroup('web', ['@old']);
    vpc.addGroup('peer', ['@old'], { VpcId: 'vpc-2' });
    vpc.interfaces.set('eni-1', { groups: ['sg-old', 'sg-web'] }).set('eni-2', { groups: ['sg-web'] });
    vpc.templates.push({ id: 'lt-1', version: 3, groups: ['sg-old'] }, { id: 'lt-1', version: 3, groups: ['sg-old'] });
    const uses = await usesOf(tools.client, SESSION, 'sg-old');
    expect(uses).toMatchObject({
      networkInterfaces: { value: [{ id: 'eni-1' }] },
      groups: { value: [{ id: 'sg-peer' }, { id: 'sg-web' }] },
      templates: { value: [{ id: 'lt-1', name: 'lt-1', version: '3' }] },
    });
    // A rule in another VPC keeps AWS from nothing.
    expect(blockersOf(uses, 'vpc-1').groups.map(({ id }) => id)).toEqual(['sg-web']);
  });

  test('may be kept from the caller, list by list', async () => {
    const { vpc, tools } = world();
    vpc.denied = new Set(['DescribeLaunchTemplateVersions', 'DescribeNetworkInterfaces']);
    const { networkInterfaces, groups, templates } = await usesOf(tools.client, SESSION, 'sg-old');
    expect([networkInterfaces.is, groups.is, templates.is]).toEqual(['failed', 'read', 'failed']);
  });
});
