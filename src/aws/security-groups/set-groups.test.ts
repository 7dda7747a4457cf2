import { describe, expect, test } from 'vitest';
import fc from '../../../test/fast-check';
import { AwsFailure } from '../clients/failure';
import type { InterfaceChange } from './change';
import { readGroupEntries, undoableGroups } from './log';
import { checkInterfaceGroups, setInterfaceGroups, type GroupTools } from './set-groups';
import { fakeVpc, SESSION, type Fault } from './testing/fake-vpc';
import { undoInterfaceGroups } from './undo';

/** An interface of an instance with two groups. */
function world() {
  const made = fakeVpc();
  for (const name of ['web', 'internal', 'more']) made.vpc.addGroup(name);
  made.vpc.interfaces.set('eni-1', { groups: ['sg-web', 'sg-internal'], instance: 'i-1' });
  return made;
}
const group = (name: string) => ({ id: `sg-${name}`, name });
const DETACH: InterfaceChange = {
  networkInterface: 'eni-1',
  groups: [group('internal')],
  expect: ['sg-internal', 'sg-web'],
  attachedTo: { id: 'i-1', name: 'server' },
};
const steps = async ({ log }: Pick<GroupTools, 'log'>) => (await readGroupEntries(log)).map(({ step }) => step);

test('a group is detached: what stays is sent, after it was written down, and read back', async () => {
  const { vpc, tools } = world();
  const { state, entry, networkInterface } = await setInterfaceGroups(tools, DETACH);
  expect([state, networkInterface.securityGroups]).toEqual(['done', [group('internal')]]);
  expect(vpc.sent.map(({ input }) => input)).toEqual([{ NetworkInterfaceId: 'eni-1', Groups: ['sg-internal'] }]);
  expect(JSON.parse(vpc.sent[0]?.logged ?? '')).toMatchObject({ step: 'begun', networkInterface: 'eni-1' });
  expect(entry).toMatchObject({ before: { groups: [group('web'), group('internal')] }, attachedTo: { id: 'i-1' } });
  expect(await steps(tools)).toEqual(['begun', 'done']);
});

describe('nothing is sent', () => {
  test.each<[string, (made: ReturnType<typeof world>) => Partial<InterfaceChange>, string]>([
    ['for no group at all', () => ({ groups: [] }), 'eni-1 must have at least one security group: EC2 takes no less.'],
    [
      'where the interface is gone',
      ({ vpc }) => (vpc.interfaces.clear(), {}),
      'eni-1 is not in eu-west-1 of account 111122223333 any more.',
    ],
    [
      'where its groups are others by now',
      ({ vpc }) => (vpc.interfaces.get('eni-1')?.groups.push('sg-more'), {}),
      'Somebody changed the groups of eni-1 in eu-west-1 of account 111122223333 meanwhile: it has web (sg-web), internal (sg-internal), more (sg-more) by now, and not sg-internal, sg-web.',
    ],
    [
      'where it is attached to something else by now',
      ({ vpc }) => (vpc.interfaces.set('eni-1', { groups: ['sg-web', 'sg-internal'], instance: 'i-2' }), {}),
      'eni-1 is attached to i-2 by now, and not to i-1.',
    ],
    [
      'for an interface that a service manages',
      ({ vpc }) => (vpc.interfaces.set('eni-1', { groups: ['sg-web', 'sg-internal'], isManaged: true }), {}),
      'A service of AWS manages eni-1.',
    ],
    [
      'for an interface of another account',
      ({ vpc }) => (vpc.interfaces.set('eni-1', { groups: ['sg-web', 'sg-internal'], owner: '999999999999' }), {}),
      'eni-1 belongs to account 999999999999, not to 111122223333.',
    ],
    [
      'where the guard says no before it is read',
      ({ vpc }) => {
        vpc.onGuard = () => {
          throw new AwsFailure('The profile work is set to read-only.', { kind: 'guard', action: 'none', advice: '' });
        };
        return {};
      },
      'read-only',
    ],
    [
      'where the guard says no after it was read',
      ({ vpc }) => {
        vpc.onGuard = (times) => {
          if (times > 1) throw new AwsFailure('somebody else', { kind: 'guard', action: 'none', advice: '' });
        };
        return {};
      },
      'somebody else',
    ],
  ])('%s', async (_name, prepare, said) => {
    const made = world();
    const change = { ...DETACH, ...prepare(made) };
    await expect(setInterfaceGroups(made.tools, change)).rejects.toThrow(said);
    expect([made.vpc.sent, made.vpc.log]).toEqual([[], []]);
  });

  test('where it was given up meanwhile', async () => {
    const { vpc, tools } = world();
    const abort = new AbortController();
    vpc.onGuard = () => abort.abort();
    const work = setInterfaceGroups(tools, DETACH, { signal: abort.signal });
    await expect(work).rejects.toMatchObject({ facts: { kind: 'cancelled' } });
    expect([vpc.sent, vpc.log]).toEqual([[], []]);
  });

  test('where it is as wanted already', async () => {
    const { vpc, tools } = world();
    vpc.interfaces.set('eni-1', { groups: ['sg-internal'], instance: 'i-1' });
    expect((await setInterfaceGroups(tools, DETACH)).state).toBe('unchanged');
    expect([vpc.sent, vpc.log]).toEqual([[], []]);
  });
});

describe('what AWS refuses is told in words', () => {
  test.each([
    [
      'UnauthorizedOperation',
      'You are not authorized to perform this operation.',
      'work lacks the permission ec2:ModifyNetworkInterfaceAttribute in account 111122223333, eu-west-1.',
    ],
    [
      'SecurityGroupsPerInterfaceLimitExceeded',
      'The maximum number of security groups per interface has been reached.',
      'eni-1 would have more security groups than AWS allows it: 5, unless the quota is raised.',
    ],
    [
      'OperationNotPermitted',
      "You are not allowed to manage 'ela-attach' attachments.",
      "AWS lets the groups of eni-1 be changed only by whoever manages it: You are not allowed to manage 'ela-attach' attachments.",
    ],
    [
      'AuthFailure',
      'You do not have permission to access the specified resource.',
      'AWS lets the groups of eni-1 be changed only by whoever manages it',
    ],
    [
      'AuthFailure',
      'AWS was not able to validate the provided access credentials',
      'AWS does not accept the credentials of work',
    ],
    ['InvalidGroup.NotFound', "The security group 'sg-x' does not exist", "The security group 'sg-x' does not exist"],
  ])('%s: %s', async (name, message, said) => {
    const { vpc, tools } = world();
    vpc.answer = Object.assign(new Error(message), { name });
    await expect(setInterfaceGroups(tools, DETACH)).rejects.toThrow(said);
    expect([vpc.groupsOf('eni-1'), await steps(tools)]).toEqual(['sg-web sg-internal', ['begun', 'failed']]);
  });

  test('beforehand, by a dry run', async () => {
    const { vpc, tools } = world();
    await checkInterfaceGroups(tools, DETACH);
    await expect(checkInterfaceGroups(tools, { ...DETACH, groups: [] })).rejects.toThrow('at least one');
    vpc.fault = 'refused';
    await expect(checkInterfaceGroups(tools, DETACH)).rejects.toMatchObject({
      facts: { permission: 'ec2:ModifyNetworkInterfaceAttribute', action: 'copy-policy' },
    });
    expect(vpc.sent).toEqual([]);
  });
});

describe('a lost answer', () => {
  test.each<[Fault, string, string, readonly string[]]>([
    ['lost before', 'eni-1', 'sg-web sg-internal', ['begun', 'failed']],
    ['silent', 'not known', 'sg-internal', ['begun']],
  ])('%s', async (fault, _said, groups, logged) => {
    const { vpc, tools } = world();
    vpc.fault = fault;
    await expect(setInterfaceGroups(tools, DETACH)).rejects.toThrow('The connection to AWS in eu-west-1 broke.');
    expect([vpc.groupsOf('eni-1'), await steps(tools)]).toEqual([groups, logged]);
  });

  test('of what was done is told as done', async () => {
    const { vpc, tools } = world();
    vpc.fault = 'lost after';
    const { state, entry } = await setInterfaceGroups(tools, DETACH);
    expect([state, entry.error]).toEqual(['done', 'The connection to AWS in eu-west-1 broke.']);
  });
});

describe('undo', () => {
  test('gives exactly the groups back, once', async () => {
    const { vpc, tools } = world();
    const { entry } = await setInterfaceGroups(tools, DETACH);
    expect(undoableGroups(await readGroupEntries(tools.log))).toEqual([entry]);
    await undoInterfaceGroups(tools, entry);
    expect(vpc.groupsOf('eni-1')).toBe('sg-web sg-internal');
    expect(undoableGroups(await readGroupEntries(tools.log))).toEqual([]);
    await expect(undoInterfaceGroups(tools, entry)).rejects.toThrow('was taken back already, or a later one stands.');
    expect(vpc.sent).toHaveLength(2);
  });

  test('is refused where the groups are others by now, or the group is gone', async () => {
    const { vpc, tools } = world();
    const { entry } = await setInterfaceGroups(tools, DETACH);
    vpc.interfaces.set('eni-1', { groups: ['sg-more'], instance: 'i-1' });
    await expect(undoInterfaceGroups(tools, entry)).rejects.toThrow('it has more (sg-more) by now');
    vpc.interfaces.set('eni-1', { groups: ['sg-internal'], instance: 'i-2' });
    await expect(undoInterfaceGroups(tools, entry)).rejects.toThrow('attached to i-2 by now');
    expect(vpc.sent).toHaveLength(1);
    vpc.interfaces.set('eni-1', { groups: ['sg-internal'], instance: 'i-1' });
    vpc.groups.delete('sg-web');
    await expect(undoInterfaceGroups(tools, entry)).rejects.toThrow("The security group 'sg-web' does not exist");
    expect(vpc.groupsOf('eni-1')).toBe('sg-internal');
  });

  test('of what somebody else took back is done without a request', async () => {
    const { vpc, tools } = world();
    const { entry } = await setInterfaceGroups(tools, DETACH);
    vpc.interfaces.set('eni-1', { groups: ['sg-internal', 'sg-web'], instance: 'i-1' });
    expect((await undoInterfaceGroups(tools, entry)).state).toBe('unchanged');
    expect([vpc.sent.length, undoableGroups(await readGroupEntries(tools.log))]).toEqual([1, []]);
  });

  test('is for the account that it was made in', async () => {
    const { tools } = world();
    const { entry } = await setInterfaceGroups(tools, DETACH);
    const elsewhere = { ...tools, session: { ...SESSION, account: '999999999999' } };
    await expect(undoInterfaceGroups(elsewhere, entry)).rejects.toThrow(
      'That change was made in eu-west-1 of account 111122223333, not in eu-west-1 of 999999999999.',
    );
  });
});

test('histories of changes, faults and undos: an interface never is without a group, and undoing all restores the start', async () => {
  const names = ['web', 'internal', 'more'] as const;
  const fault = fc.constantFrom<Fault>('none', 'none', 'refused', 'lost before', 'lost after');
  const step = fc.record({ groups: fc.subarray([...names], { minLength: 1 }), fault, undo: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (history) => {
      const { vpc, tools } = world();
      const latest = async () => undoableGroups(await readGroupEntries(tools.log))[0];
      for (const { groups, fault: next, undo } of history) {
        vpc.fault = next;
        const entry = undo ? await latest() : undefined;
        const expected = vpc.interfaces.get('eni-1')?.groups ?? [];
        const work = entry
          ? undoInterfaceGroups(tools, entry)
          : setInterfaceGroups(tools, { ...DETACH, groups: groups.map(group), expect: expected });
        await work.catch((error: unknown) => expect(error).toBeInstanceOf(AwsFailure));
        expect(vpc.groupsOf('eni-1')).not.toBe('');
      }
      for (const { logged } of vpc.sent) expect(JSON.parse(logged)).toMatchObject({ step: 'begun' });
      vpc.fault = 'none';
      for (let entry = await latest(); entry; entry = await latest()) await undoInterfaceGroups(tools, entry);
      expect(new Set(vpc.interfaces.get('eni-1')?.groups)).toEqual(new Set(['sg-web', 'sg-internal']));
    }),
    { numRuns: 200 },
  );
});
