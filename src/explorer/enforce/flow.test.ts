import { describe, expect, test } from 'vitest';
import { undoable } from '../../aws/metadata-options/log';
import { fakeInstance } from '../testing/fake-aws';
import { changeLogText } from './change-log';
import { outcomeInWords } from './enforce';
import { BUSY, SESSION, world } from './testing/world';
import { undoLatest } from './undo';

describe('requiring tokens', () => {
  test('asks once, naming everything, and sends exactly that', async () => {
    const { run, asked, sent, shown, words } = world();
    const result = await run();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toBe('Require IMDSv2 on host-1 (i-111122223333-eu-west-1-1)? Safe.');
    expect(asked[0]?.detail.split('\n')).toEqual([
      'Instance: host-1 (i-111122223333-eu-west-1-1), running',
      'Account: 111122223333 (tidewater)',
      'Region: eu-west-1',
      'As: work (arn:aws:iam::111122223333:user/me)',
      '',
      'Tokens: optional → required',
      '',
      'Verdict: Safe',
      '• No call without a token in 14 days.',
      '• Its user data has no call of IMDSv1.',
      '• Its image says that it works with tokens only (ImdsSupport v2.0).',
      '• It has no role: metadata holds no credentials to steal.',
    ]);
    expect(sent).toEqual([{ session: SESSION, change: { tokens: 'required' } }]);
    expect(words).toEqual([]);
    expect(shown).toEqual(['optional applied', 'optional pending', 'required applied']);
    expect(result && outcomeInWords(result)).toBe('host-1 (i-111122223333-eu-west-1-1) requires tokens now.');
  });

  test('that will break something wants the name typed', async () => {
    const { run, state, sent, words, asked } = world();
    state.use = BUSY;
    state.typed = false;
    expect(await run()).toBeUndefined();
    expect([words, sent]).toEqual([['host-1'], []]);
    expect(asked[0]?.detail).toContain('Verdict: Will break something');
    state.typed = true;
    await run();
    expect(sent).toHaveLength(1);
  });

  test('wants the id typed where nobody could type the name', async () => {
    const { run, state, words } = world();
    state.use = BUSY;
    state.instance = state.instance && { ...state.instance, name: '[a]\u2060(command:b)' };
    await run();
    expect(words).toEqual(['i-111122223333-eu-west-1-1']);
  });

  test('shows the evidence instead, and changes nothing', async () => {
    const { run, state, sent, opened, asked } = world();
    state.userData = '#!/bin/sh\ncurl V1\n';
    state.answer = 'show';
    expect(await run()).toBeUndefined();
    expect([asked[0]?.show, opened, sent]).toEqual(['Show the Evidence', ['read'], []]);
  });

  test('changes nothing where the question is closed', async () => {
    const { run, state, sent } = world();
    state.answer = undefined;
    expect(await run()).toBeUndefined();
    expect(sent).toEqual([]);
  });

  test('is refused by AWS before anybody is asked', async () => {
    const { run, state, asked } = world();
    state.denied = true;
    await expect(run()).rejects.toThrow('work lacks the permission.');
    expect(asked).toEqual([]);
  });

  test.each<[string, (state: ReturnType<typeof world>['state']) => void, RegExp]>([
    [
      'a read-only profile',
      (state) => (state.readOnly = 'Account 1 is set to read-only.'),
      /^Account 1 is set to read-only\. Nothing was changed\.$/,
    ],
    [
      'an instance that is gone',
      (state) => (state.instance = undefined),
      /is not in eu-west-1 of account 111122223333 any more/,
    ],
    [
      'a terminated one',
      (state) => (state.instance = fakeInstance(SESSION, 1, { state: 'terminated' })),
      /is terminated/,
    ],
    [
      'one that requires them already',
      (state) => {
        const record = fakeInstance(SESSION, 1);
        state.instance = { ...record, metadata: { ...record.metadata, tokens: 'required' } };
      },
      /requires tokens already/,
    ],
  ])('asks nothing about %s', async (_name, arrange, said) => {
    const { run, state, refused, asked, sent } = world();
    arrange(state);
    expect(await run()).toBeUndefined();
    expect(refused).toEqual([expect.stringMatching(said)]);
    expect([asked, sent]).toEqual([[], []]);
  });
});

describe('a profile that is switched while the question is open', () => {
  test('to another account: nothing is sent anywhere', async () => {
    const { run, state, sent } = world();
    state.meanwhile = () => (state.account = '999999999999');
    await expect(run()).rejects.toThrow('Nobody is connected as work in account 111122223333.');
    expect(sent).toEqual([]);
  });

  test('while the old session still stands: it goes where the question said', async () => {
    const { run, state, sent, asked } = world();
    state.meanwhile = () => (state.instance = fakeInstance({ ...SESSION, account: '999999999999' }, 1));
    await run();
    expect(asked[0]?.detail).toContain('Account: 111122223333');
    expect(sent.map(({ session }) => session)).toEqual([SESSION]);
  });
});

describe('undo', () => {
  const id = fakeInstance(SESSION, 1).id;

  test('names what goes back, and takes it back once', async () => {
    const { run, tools, asked, sent, refused } = world();
    await run();
    const result = await undoLatest(tools, undoable, SESSION, id);
    expect(asked[1]?.detail).toContain('Tokens: required → optional');
    expect(sent[1]).toEqual({ session: SESSION, change: { tokens: 'optional' } });
    expect(result && outcomeInWords(result)).toContain('has its former metadata options again');
    await undoLatest(tools, undoable, SESSION, id);
    expect(refused).toEqual([`The log has no change of ${id} that could be taken back.`]);
  });

  test('of another account finds nothing', async () => {
    const { run, tools, sent, refused } = world();
    await run();
    await undoLatest(tools, undoable, { ...SESSION, account: '999999999999' }, id);
    expect([sent.length, refused.length]).toEqual([1, 1]);
  });

  test('is refused where the profile is read-only', async () => {
    const { run, tools, state, sent } = world();
    await run();
    state.readOnly = 'Account 1 is set to read-only.';
    await undoLatest(tools, undoable, SESSION, id);
    expect(sent).toHaveLength(1);
  });

  test('the log tells all of it, the latest first', async () => {
    const { run, tools, entries } = world();
    expect(changeLogText([]).text).toContain('# Nothing yet.');
    await run();
    await undoLatest(tools, undoable, SESSION, id);
    const [, undo, change] = changeLogText(entries).text.split('\n\n');
    expect(undo).toContain(`2026-11-22T12:00:00.000Z  ${id}  undo: done`);
    expect(change).toContain(`${id}  change: done\n  account 111122223333, eu-west-1`);
    expect(change).toContain('Tokens: optional → required');
    expect(change).toContain('taken back at 2026-11-22T12:00:00.000Z');
  });
});
