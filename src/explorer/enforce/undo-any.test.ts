import { describe, expect, test } from 'vitest';
import type { Aws, AwsChanges, ChangeEntry, Session } from '../../aws';
import { undoableNext } from '../../aws/metadata-options/log';
import { changeLogText } from './change-log';
import { createMarks } from './marks';
import { SESSION, world } from './testing/world';
import { chooseChange, sessionFor, undoChoices } from './undo-any';
import { undoEntry } from './undo';

function entry(id: string, more: Partial<ChangeEntry> = {}): ChangeEntry {
  const { profile, account, arn, region } = SESSION;
  return {
    ...{ id, step: 'done', at: `2026-11-22T12:0${id}:00Z`, profile, account, arn, region, instance: 'i-1' },
    ...{ before: { tokens: 'optional', hopLimit: 1 }, sent: { tokens: 'required' } },
    ...more,
  };
}

describe('any change of the log', () => {
  const entries = [
    entry('1', { sent: { hopLimit: 2 } }),
    entry('2'),
    entry('3', { instance: 'i-2', name: 'db', account: '999999999999' }),
    entry('4', { sent: { hopLimit: 3 }, before: { tokens: 'required', hopLimit: 2 } }),
    entry('5', { instance: 'i-3', step: 'failed' }),
  ];

  test('is listed latest first, but those that a later one builds on', async () => {
    const { tools, state, lists } = world();
    state.picks = ['i-2'];
    const next = undoableNext(entries);
    expect(next.map(({ id }) => id)).toEqual(['4', '3', '2']);
    expect((await chooseChange(tools.ui, undoChoices(next)))?.id).toBe('3');
    expect(lists[0]).toEqual([
      'i-1 | account 111122223333, eu-west-1 | 2026-11-22T12:04:00Z · Hop limit: 3 → 2 · work',
      'db (i-2) | account 999999999999, eu-west-1 | 2026-11-22T12:03:00Z · Tokens: required → optional · work',
      'i-1 | account 111122223333, eu-west-1 | 2026-11-22T12:02:00Z · Tokens: required → optional · work',
    ]);
  });

  test('is listed among changes of other things', async () => {
    const { tools, state, lists } = world();
    const template = { entry: { id: 'lt', at: '2026-11-22T12:03:30Z' }, label: 'template web' };
    state.picks = ['template web'];
    expect((await chooseChange(tools.ui, [template, ...undoChoices(undoableNext(entries))]))?.id).toBe('lt');
    expect(lists[0]?.map((line) => line.split(' | ')[0])).toEqual(['i-1', 'template web', 'db (i-2)', 'i-1']);
  });

  test('an empty log is said to be so', async () => {
    const { tools, refused } = world();
    expect(await chooseChange(tools.ui, [])).toBeUndefined();
    expect(refused).toEqual(['The log has no change that could be taken back.']);
  });

  test('begins on its own line of the document', () => {
    const { text, lines } = changeLogText(entries);
    const all = text.split('\n');
    expect([...lines].map(([id, line]) => [id, all[line]?.split('  ')[0]])).toEqual(
      [...entries].reverse().map(({ id, at }) => [id, at]),
    );
  });

  test('that is gone back already sends nothing, and is told', async () => {
    const { tools, asked } = world();
    await undoEntry(tools, SESSION, entry('1', { instance: 'i-111122223333-eu-west-1-1' }));
    expect(asked[0]?.detail).toContain('It is as it was before already: nothing is sent.');
  });

  test('that makes something stricter comes with evidence', async () => {
    const { tools, asked, sent } = world();
    const weakened = entry('1', {
      instance: 'i-111122223333-eu-west-1-1',
      before: { tokens: 'required' },
      sent: { tokens: 'optional' },
    });
    await undoEntry(tools, SESSION, weakened);
    expect(asked[0]?.detail).toContain('Verdict: Safe');
    expect(sent.map(({ change }) => change)).toEqual([{ tokens: 'required' }]);
  });
});

describe('who takes it back', () => {
  const connectsTo = (account: string) => {
    const connected: string[] = [];
    const used: Partial<Aws> = {
      inRegion: (session, region) => ({ ...session, region }),
      connect: (profile, options) => {
        connected.push(profile);
        return Promise.resolve({ ...SESSION, profile, account, region: options?.region ?? '' });
      },
    };
    return { aws: used as Aws & AwsChanges, connected };
  };
  const other: Session = { ...SESSION, profile: 'other', region: 'us-east-1' };

  test('the same profile where it stands, in the region of the change', async () => {
    const { aws, connected } = connectsTo('1');
    const standing = (profile: string) => (profile === 'work' ? { ...SESSION, region: 'us-east-1' } : other);
    expect(await sessionFor({ aws, profiles: ['other', 'work'], standing }, entry('1'))).toEqual(SESSION);
    expect(connected).toEqual([]);
  });

  test('another one of the account where that one is somebody else by now', async () => {
    const { aws } = connectsTo('1');
    const standing = (profile: string) => (profile === 'work' ? { ...SESSION, account: '9' } : other);
    const found = await sessionFor({ aws, profiles: ['work', 'other'], standing }, entry('1'));
    expect([found.profile, found.region]).toEqual(['other', 'eu-west-1']);
  });

  test('else whoever connects, but nobody of another account', async () => {
    const standing = () => undefined;
    const right = connectsTo(SESSION.account);
    expect(await sessionFor({ aws: right.aws, profiles: [], standing }, entry('1'))).toEqual(SESSION);
    const wrong = sessionFor({ aws: connectsTo('999999999999').aws, profiles: [], standing }, entry('1'));
    await expect(wrong).rejects.toThrow(
      'work leads to account 999999999999 by now, and the change was made in 111122223333.',
    );
  });
});

test('nodes are marked where there is something to take back, and drawn again only when the log has grown', async () => {
  const log: ChangeEntry[] = [];
  let drawn = 0;
  const marks = createMarks(
    () => Promise.resolve({ changes: () => Promise.resolve(log) }),
    () => Promise.resolve(undoableNext),
    () => drawn++,
  );
  await marks.refresh();
  log.push(entry('1'));
  await marks.refresh();
  await marks.refresh();
  expect([marks.canUndo(SESSION, 'i-1'), marks.canUndo({ ...SESSION, region: 'us-east-1' }, 'i-1'), drawn]).toEqual([
    true,
    false,
    1,
  ]);
  log.push(entry('2', { undoes: '1' }));
  await marks.refresh();
  expect([marks.canUndo(SESSION, 'i-1'), drawn]).toEqual([false, 2]);
});
