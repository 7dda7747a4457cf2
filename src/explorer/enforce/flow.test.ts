import { describe, expect, test } from 'vitest';
import type { Aws, AwsChanges, ChangeEntry, ChangeResult, InstanceRecord, Session, TokenUse } from '../../aws';
import { undoable } from '../../aws/metadata-options/log';
import { fakeInstance } from '../testing/fake-aws';
import { changeLogText } from './change-log';
import { enforce, outcomeInWords, type EnforceTools } from './enforce';
import type { Question } from './question';
import { undoLatest } from './undo';

const AT = new Date('2026-11-22T12:00:00Z');
const SESSION: Session = Object.freeze({
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
});
const QUIET = Array.from({ length: 14 * 24 }, (_, hour) => ({
  at: new Date(AT.getTime() - hour * 3_600_000),
  calls: 0,
}));
const SILENT: TokenUse = { instance: '', tokenless: { total: 0, last: undefined, hours: QUIET }, rejected: undefined };
const BUSY: TokenUse = { ...SILENT, tokenless: { total: 212, last: AT, hours: [{ at: AT, calls: 212 }] } };

/** An account with one instance, whoever asks; and somebody who answers questions as told. */
function world() {
  const state = {
    instance: fakeInstance(SESSION, 1, { image: 'ami-1' }) as InstanceRecord | undefined,
    use: SILENT as TokenUse | undefined,
    userData: '#!/bin/sh\necho hello\n' as string | undefined,
    readOnly: undefined as string | undefined,
    denied: false,
    /** Whose credentials the profile has by now. */
    account: SESSION.account,
    answer: 'yes' as 'yes' | 'show-calls' | undefined,
    typed: true,
    /** What happens while the question is open. */
    meanwhile: (): void => undefined,
  };
  const asked: Question[] = [];
  const refused: string[] = [];
  const words: string[] = [];
  const shown: (string | undefined)[] = [];
  const opened: string[] = [];
  const sent: { readonly session: Session; readonly change: object }[] = [];
  const entries: ChangeEntry[] = [];
  const stand = (session: Session): void => {
    if (session.account !== state.account)
      throw new Error(`Nobody is connected as ${session.profile} in account ${session.account}.`);
  };

  const change = (session: Session, wanted: object, undoes?: string): ChangeResult => {
    stand(session);
    const before = state.instance ?? fakeInstance(SESSION, 1);
    sent.push({ session, change: wanted });
    const instance = { ...before, metadata: { ...before.metadata, ...wanted, state: 'applied' as const } };
    state.instance = instance;
    const { profile, account, arn, region } = session;
    const entry: ChangeEntry = {
      ...{ id: String(entries.length), step: 'done', at: AT.toISOString(), profile, account, arn, region },
      ...{ instance: before.id, before: { tokens: 'optional', hopLimit: 1 }, sent: wanted },
      ...(undoes === undefined ? {} : { undoes }),
    };
    entries.push(entry);
    return { entry, instance, state: 'applied' };
  };
  const used: Partial<Aws & AwsChanges> = {
    status: () => ({ expires: undefined, hasExpired: false, usesMfa: false, readOnly: state.readOnly }),
    accountAlias: () => Promise.resolve('tidewater'),
    async *instances(session) {
      await Promise.resolve();
      stand(session);
      yield { items: state.instance ? [state.instance] : [], isLast: true };
    },
    userData: () => Promise.resolve({ text: state.userData, encodings: ['base64'] }),
    imageSupports: (_session, images) => Promise.resolve(new Map(images.map((image) => [image, 'v2']))),
    metadataDefaults: () => Promise.reject(new Error('not allowed')),
    async *tokenUse(_session, ids) {
      await Promise.resolve();
      yield ids.flatMap((instance) => (state.use ? [{ ...state.use, instance }] : []));
    },
    checkMetadataOptions: () =>
      state.denied ? Promise.reject(new Error('work lacks the permission.')) : Promise.resolve(),
    changeMetadataOptions: (session, _id, wanted, options) => {
      if (state.instance) {
        options?.progress?.({ ...state.instance, metadata: { ...state.instance.metadata, state: 'pending' } });
      }
      return Promise.resolve().then(() => change(session, wanted));
    },
    undoMetadataOptions: (session, entry) =>
      Promise.resolve().then(() => change(session, { tokens: entry.before.tokens }, entry.id)),
    changes: () => Promise.resolve(entries),
  };
  const tools: EnforceTools = {
    aws: used as Aws & AwsChanges,
    findCalls: (_name, text) =>
      Promise.resolve(
        text.split('\n').flatMap((line, at) => (line.includes('V1') ? [{ line: at, message: line }] : [])),
      ),
    ui: {
      progress: (_title, work) => work(() => undefined, new AbortController().signal),
      ask: (question) => {
        asked.push(question);
        state.meanwhile();
        return Promise.resolve(state.answer);
      },
      askToType: (_prompt, word) => {
        words.push(word);
        return Promise.resolve(state.typed);
      },
      tell: () => Promise.resolve(false),
      refuse: (message) => void refused.push(message),
      showCalls: (_session, { userData }) => {
        opened.push(userData.is);
        return Promise.resolve();
      },
    },
    show: (_session, { metadata }) => void shown.push(`${metadata.tokens ?? ''} ${metadata.state ?? ''}`),
    now: () => AT,
  };
  const run = (): Promise<ChangeResult | undefined> => enforce(tools, SESSION, fakeInstance(SESSION, 1).id);
  return { state, tools, asked, refused, words, shown, opened, sent, entries, run };
}

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

  test('shows the calls of the user data instead, and changes nothing', async () => {
    const { run, state, sent, opened, asked } = world();
    state.userData = '#!/bin/sh\ncurl V1\n';
    state.answer = 'show-calls';
    expect(await run()).toBeUndefined();
    expect([asked[0]?.showCalls, opened, sent]).toEqual(['Show the Calls', ['read'], []]);
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
