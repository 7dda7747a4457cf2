import { describe, expect, test } from 'vitest';
import { groupParagraphs } from './log-text';
import { world } from './testing/world';

test('deleting asks once, naming everything, and sends exactly that', async () => {
  const { remove, vpc, seen, state } = world();
  state.taken = ['Open the Change Log'];
  await remove('old');
  expect(seen.asked).toHaveLength(1);
  expect([seen.asked[0]?.message, seen.asked[0]?.action]).toEqual([
    'Delete the security group old (sg-old)?',
    'Delete',
  ]);
  expect(seen.asked[0]?.detail.split('\n')).toEqual([
    'Security group: old (sg-old)',
    'VPC: vpc-1',
    'Account: 111122223333 (tidewater)',
    'Region: eu-west-1',
    'As: work (arn:aws:iam::111122223333:user/me)',
    '',
    'Rules: 2 in, 0 out',
    '• TCP 22 from 10.0.0.0/8',
    '• TCP 22 from old (sg-old)',
    '',
    '• No network interface has it, and no rule of another group in its VPC names it, as of now.',
    '• IT CANNOT BE UNDONE: a group that is made again has another id, also with the same name and rules. The change log keeps what it held.',
  ]);
  expect([vpc.sent.map(({ input }) => input), seen.words, seen.readAgain]).toEqual([
    [{ GroupId: 'sg-old' }],
    [],
    ['security-group'],
  ]);
  expect(seen.told).toEqual(['old (sg-old) is deleted. The change log keeps what it held.']);
  expect(seen.logs).toBe(1);
});

test('a question that is closed, and a read-only profile, send nothing', async () => {
  const { remove, vpc, seen, state } = world();
  state.answer = undefined;
  await remove('old');
  state.readOnly = 'Account 111122223333 is set to read-only.';
  await remove('old');
  expect([vpc.sent, seen.asked.length, seen.refused]).toEqual([
    [],
    1,
    ['Account 111122223333 is set to read-only. Nothing was changed.'],
  ]);
});

describe('it is told before, and nothing is asked', () => {
  test.each<[string, (made: ReturnType<typeof world>) => void, string]>([
    ['old', ({ vpc }) => vpc.groups.delete('sg-old'), 'sg-old is not in eu-west-1 of account 111122223333 any more.'],
    [
      'default',
      ({ vpc }) => vpc.addGroup('default'),
      'default (sg-default) is the default group of its VPC: AWS deletes it for nobody.',
    ],
    [
      'old',
      ({ vpc }) => vpc.addGroup('old', [], { OwnerId: '999988887777' }),
      'old (sg-old) belongs to account 999988887777: only its owner can delete it.',
    ],
    [
      'old',
      ({ vpc }) => {
        vpc.interfaces.set('eni-2', { groups: ['sg-old'], instance: 'i-2' });
        vpc.addGroup('web', ['@old']);
      },
      'old (sg-old) cannot be deleted yet: AWS refuses while something uses it (DependencyViolation). These network interfaces have it: eni-2 · i-2. Rules of these groups name it: web (sg-web). Take those rules away first.',
    ],
  ])('%s', async (name, prepare, said) => {
    const made = world();
    prepare(made);
    await made.remove(name);
    expect([made.seen.refused, made.seen.asked, made.vpc.sent]).toEqual([[said], [], []]);
  });

  test('that the permission is missing', async () => {
    const { remove, vpc, seen } = world();
    vpc.fault = 'refused';
    await expect(remove('old')).rejects.toThrow('work lacks the permission ec2:DeleteSecurityGroup');
    expect(seen.asked).toEqual([]);
  });
});

test('what could not be seen is said in the question', async () => {
  const { remove, vpc, seen } = world();
  vpc.denied = new Set(['DescribeNetworkInterfaces', 'DescribeLaunchTemplateVersions']);
  await remove('old');
  expect(seen.asked[0]?.detail).toContain(
    '• What uses it is not known: work lacks the permission ec2:DescribeNetworkInterfaces in account 111122223333, eu-west-1. AWS refuses to delete it',
  );
  expect(seen.asked[0]?.detail).toContain('Whether launch templates name it is not known: work lacks the permission');
  expect(seen.asked[0]?.detail).not.toContain('No network interface has it');
});

test('rules in other VPCs and the stack that made it are named', async () => {
  const { remove, vpc, seen } = world();
  vpc.addGroup('peer', ['@old'], { VpcId: 'vpc-2' });
  vpc.addGroup('old', [], { Tags: [{ Key: 'aws:cloudformation:stack-name', Value: 'shop' }] });
  await remove('old');
  expect(seen.asked[0]?.detail).toContain('Rules in other VPCs name it, and lead nowhere then: peer (sg-peer).');
  expect(seen.asked[0]?.detail).toContain('The CloudFormation stack shop made it');
});

test('a launch template that names it wants the id typed', async () => {
  const { remove, vpc, seen, state } = world();
  vpc.templates.push({ id: 'lt-fleet', version: 3, groups: ['sg-old'] });
  state.typed = false;
  await remove('old');
  expect(seen.asked[0]?.detail).toContain(
    'Something will break: launch templates name it, and start no instance without it: lt-fleet (version 3).',
  );
  expect([seen.words, vpc.sent]).toEqual([['sg-old'], []]);
  state.typed = true;
  await remove('old');
  expect(vpc.sent).toHaveLength(1);
});

test('what happens while the question is open is found out, and the list is read again', async () => {
  const { remove, vpc, seen, state } = world();
  state.meanwhile = () => vpc.interfaces.set('eni-2', { groups: ['sg-old'], instance: 'i-2' });
  await expect(remove('old')).rejects.toThrow('AWS did not delete old (sg-old): something still uses it');
  state.meanwhile = () => vpc.addGroup('old', ['0.0.0.0/0']);
  vpc.interfaces.delete('eni-2');
  await expect(remove('old')).rejects.toThrow('Somebody changed old (sg-old) meanwhile.');
  state.meanwhile = () => vpc.groups.delete('sg-old');
  await expect(remove('old')).rejects.toThrow('There is no old (sg-old)');
  expect([vpc.sent.length, seen.readAgain.length, seen.told]).toEqual([1, 3, []]);
});

test('where the answer was lost, it is said that AWS was asked again', async () => {
  const { remove, vpc, seen } = world();
  vpc.fault = 'lost after';
  await remove('old');
  expect(seen.told).toEqual([
    'old (sg-old) is deleted. The change log keeps what it held. AWS was asked again, as its answer was lost: The connection to AWS in eu-west-1 broke.',
  ]);
});

test('what nobody knows to have been done is not said to be taken back', async () => {
  const { remove, tools, vpc } = world();
  vpc.fault = 'silent';
  await expect(remove('old')).rejects.toThrow('The connection to AWS in eu-west-1 broke.');
  const [paragraph] = groupParagraphs(await tools.aws.groupChanges());
  expect(paragraph?.lines[0]).toMatch(/change: begun; what became of it is not known$/);
});

test('the log keeps what it held', async () => {
  const { remove, tools } = world();
  await remove('old');
  expect(groupParagraphs(await tools.aws.groupChanges()).map(({ lines }) => lines)).toEqual([
    [
      '2026-11-22T12:00:00.000Z  Security group: old (sg-old)  change: done',
      '  account 111122223333, eu-west-1',
      '  by arn:aws:iam::111122223333:user/me (work)',
      '  Deleted, for good. It held:',
      '    VPC: vpc-1',
      '    TCP 22 from 10.0.0.0/8',
      '    TCP 22 from old (sg-old)',
      '  read back: it is not there any more',
    ],
  ]);
});
