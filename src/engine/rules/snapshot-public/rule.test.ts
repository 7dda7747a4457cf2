import { expect, it } from 'vitest';
import { either, openList, reference, unknown, type Plain } from '../../testing/data';
import { judge, offers } from '../../testing/judging';
import { snapshot } from '../../testing/resources';
import { snapshotPublic } from './rule';

it.each<[string, Plain]>([
  ['everybody', 'all'],
  ['everybody, among others', ['123456789012', 'all']],
  ['everybody, in a list that may have more', openList('all')],
  ['everybody, by condition', either({ IsRelease: 'all', 'not IsRelease': undefined })],
])('shared with %s', (_, sharedWith) => {
  expect(judge(snapshotPublic, [snapshot('shared', sharedWith)])).toEqual(['shared at all']);
  expect(offers(snapshotPublic, [snapshot('shared', sharedWith)])).toEqual([
    'suggestion: Stop sharing it with everybody -> remove all: Share it with the accounts that need it.',
  ]);
});

it.each<[string, Plain | undefined]>([
  ['nobody', undefined],
  ['an account', '123456789012'],
  ['accounts', ['123456789012', '210987654321']],
  ['an empty list', []],
  ['an organisation', 'arn:aws:organizations::123456789012:organization/o-abcdefghij'],
  ['what is not known', unknown()],
  ['a list with something unknown', ['123456789012', unknown()]],
  ['another resource', reference('account', 'id')],
])('not with %s', (_, sharedWith) => {
  expect(judge(snapshotPublic, [snapshot('shared', sharedWith)])).toEqual([]);
});
