import { describe, expect, test } from 'vitest';
import { undoableGroups } from '../../../aws/security-groups/log';
import { INSTANCE, NETWORK_INTERFACE, SECURITY_GROUP } from '../../testing/records';
import { groupParagraphs } from './log-text';
import { finding, SESSION, world } from './testing/world';
import { groupChoices, undoGroups } from './undo';

const group = (name: string) => ({ ...SECURITY_GROUP, id: `sg-${name}`, name });

test('a group is chosen, asked for with what stays and what is not let in any more, detached and given back', async () => {
  const { detach, vpc, seen, state } = world();
  state.findings = [finding('sg-web', 'security-group-shared')];
  state.pick = 'web';
  state.taken = ['Undo'];
  vpc.addGroup('database', ['@web']);
  vpc.interfaces.set('eni-2', { groups: ['sg-web', 'sg-old'], instance: 'i-1' });
  await detach(INSTANCE);
  expect(seen.lists).toEqual([
    [
      'web (sg-web) | host-i-1 (i-1) · eni-1 | shared by unlike instances · stays: internal (sg-internal)',
      'web (sg-web) | host-i-1 (i-1) · eni-2 | shared by unlike instances · stays: old (sg-old)',
      'internal (sg-internal) | host-i-1 (i-1) · eni-1 | stays: web (sg-web)',
      'old (sg-old) | host-i-1 (i-1) · eni-2 | stays: web (sg-web)',
    ],
  ]);
  expect(seen.asked).toHaveLength(1);
  expect([seen.asked[0]?.message, seen.asked[0]?.action]).toEqual([
    'Detach web (sg-web) from host-i-1 (i-1)?',
    'Detach',
  ]);
  expect(seen.asked[0]?.detail.split('\n')).toEqual([
    'Instance: host-i-1 (i-1), running',
    'Network interface: eni-1',
    'Account: 111122223333 (tidewater)',
    'Region: eu-west-1',
    'As: work (arn:aws:iam::111122223333:user/me)',
    '',
    'Goes: web (sg-web)',
    'Stays: internal (sg-internal)',
    '',
    '• Not let in any more:',
    '  TCP 22 from anywhere (IPv4)',
    '• Rules of these groups let in what has web (sg-web), and so not this interface any more: database (sg-database).',
    '• The instance has it on other network interfaces, too, where it stays: eni-2.',
    '• It can be undone for as long as nobody else changes the groups of eni-1.',
  ]);
  expect(vpc.sent.map(({ input }) => input)).toEqual([
    { NetworkInterfaceId: 'eni-1', Groups: ['sg-internal'] },
    { NetworkInterfaceId: 'eni-1', Groups: ['sg-web', 'sg-internal'] },
  ]);
  expect(seen.told).toEqual([
    'The security groups of host-i-1 (i-1) · eni-1 are now: internal (sg-internal).',
    'The security groups of host-i-1 (i-1) · eni-1 are now: web (sg-web), internal (sg-internal).',
  ]);
  expect(seen.offered).toEqual([['Undo'], []]);
  expect(seen.refreshed).toEqual(['sg-web sg-internal', 'sg-internal sg-web']);
  // The interface and its instance are drawn after each change.
  expect(seen.shown.slice(-4)).toEqual(['eni-1', 'i-1', 'eni-1', 'i-1']);
});

test('from a group, the instances that have it are listed, those last that cannot do without', async () => {
  const { detach, vpc, seen, state } = world();
  vpc.interfaces.set('eni-0', { groups: ['sg-web'], instance: 'i-0' });
  vpc.interfaces.set('eni-9', { groups: ['sg-web', 'sg-old'], isManaged: true });
  state.pick = 'i-0';
  await detach(group('web'));
  const only =
    'Cannot be detached: EC2 wants at least one security group on a network interface, and eni-0 · i-0 has web (sg-web) alone. Attach another one first.';
  expect(seen.lists).toEqual([
    [
      'web (sg-web) | host-i-1 (i-1) · eni-1 | stays: internal (sg-internal)',
      `web (sg-web) | host-i-0 (i-0) · eni-0 | ${only}`,
      'web (sg-web) | eni-9 | A service of AWS manages eni-9: its groups are changed where it was made.',
    ],
  ]);
  expect([seen.refused, seen.asked]).toEqual([[only], []]);
});

describe('it is told why nothing can be detached', () => {
  test.each<[string, (made: ReturnType<typeof world>) => void, string]>([
    [
      'where it is the only one',
      ({ vpc }) => vpc.interfaces.set('eni-1', { groups: ['sg-web'], instance: 'i-1' }),
      'Cannot be detached: EC2 wants at least one security group on a network interface, and eni-1 · i-1 has web (sg-web) alone. Attach another one first.',
    ],
    ['where there is no interface', ({ vpc }) => vpc.interfaces.clear(), 'i-1 is on no network interface.'],
    [
      'where the interface is that of another account',
      ({ vpc }) =>
        vpc.interfaces.set('eni-1', { groups: ['sg-web', 'sg-old'], instance: 'i-1', owner: '999988887777' }),
      'eni-1 belongs to account 999988887777.',
    ],
    [
      'where the profile is read-only',
      ({ state }) => (state.readOnly = 'The profile work is set to read-only (w*).'),
      'The profile work is set to read-only (w*). Nothing was changed.',
    ],
  ])('%s', async (_name, prepare, said) => {
    const made = world();
    prepare(made);
    await made.detach(INSTANCE);
    expect([made.seen.refused, made.seen.asked, made.vpc.sent]).toEqual([[said], [], []]);
  });

  test('where the permission is missing', async () => {
    const { detach, vpc, seen } = world();
    vpc.fault = 'refused';
    await expect(detach(group('web'))).rejects.toThrow('work lacks the permission ec2:ModifyNetworkInterfaceAttribute');
    expect(seen.asked).toEqual([]);
  });
});

test('one interface with one choice is asked about at once; what the others let in as well is not lost', async () => {
  const { detach, vpc, seen, state } = world();
  vpc.interfaces.set('eni-1', { groups: ['sg-old', 'sg-internal'] });
  state.answer = undefined;
  await detach(group('internal'));
  expect([seen.lists, vpc.sent]).toEqual([[], []]);
  expect(seen.asked[0]?.message).toBe('Detach internal (sg-internal) from eni-1?');
  expect(seen.asked[0]?.detail).toContain('• It lets in nothing that the others do not.');
  vpc.denied.add('DescribeSecurityGroups');
  await detach(group('internal'));
  expect(seen.asked[1]?.detail).toContain('• What internal (sg-internal) lets in could not be read.');
});

test('what somebody else changes while the question is open is left alone', async () => {
  const { detach, vpc, state } = world();
  state.pick = 'web';
  state.meanwhile = () => vpc.interfaces.set('eni-1', { groups: ['sg-web', 'sg-old'], instance: 'i-1' });
  await expect(detach({ ...NETWORK_INTERFACE, id: 'eni-1' })).rejects.toThrow('Somebody changed the groups of eni-1');
  expect(vpc.sent).toEqual([]);
});

describe('from the log', () => {
  test('a change is listed with what goes back, asked for, and taken back once', async () => {
    const { detach, vpc, seen, state, tools } = world();
    state.pick = 'web';
    await detach(INSTANCE);
    const undoable = undoableGroups(await tools.aws.groupChanges());
    const [choice] = groupChoices(undoable);
    expect([choice?.label, choice?.description, choice?.detail]).toEqual([
      'host-i-1 (i-1) · eni-1',
      'account 111122223333, eu-west-1',
      '2026-11-22T12:00:00.000Z · Comes: web (sg-web), Stays: internal (sg-internal) · work',
    ]);
    if (!choice) throw new Error('There is nothing to take back.');
    const answer = await undoGroups(tools, SESSION, choice.entry);
    expect([answer?.state, vpc.groupsOf('eni-1')]).toEqual(['done', 'sg-web sg-internal']);
    expect(seen.asked[1]?.message).toBe('Undo the change: host-i-1 (i-1) · eni-1?');
    await expect(undoGroups(tools, SESSION, choice.entry)).rejects.toThrow('taken back already');
    const [first] = groupParagraphs(await tools.aws.groupChanges());
    expect(first?.lines).toEqual([
      '2026-11-22T12:00:00.000Z  host-i-1 (i-1) · eni-1  change: done',
      '  account 111122223333, eu-west-1',
      '  by arn:aws:iam::111122223333:user/me (work)',
      '  Goes: web (sg-web)',
      '  Stays: internal (sg-internal)',
      '  read back: internal (sg-internal)',
      '  taken back at 2026-11-22T12:00:00.000Z',
    ]);
  });
});
