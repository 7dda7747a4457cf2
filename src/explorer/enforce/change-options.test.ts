import { describe, expect, test } from 'vitest';
import { fakeInstance } from '../testing/fake-aws';
import { changeMetadataOptions } from './change-options';
import { outcomeInWords } from './outcome';
import { BUSY, SESSION, world } from './testing/world';

const ROLE = 'arn:aws:iam::111122223333:instance-profile/web';
const ID = fakeInstance(SESSION, 1).id;

function opened(picks: readonly string[]) {
  const made = world();
  made.state.picks = [...picks];
  return { ...made, run: () => changeMetadataOptions(made.tools, SESSION, ID) };
}

describe('changing metadata options', () => {
  test('shows each with its value and advice, and sends what was chosen and nothing else', async () => {
    const { run, lists, asked, sent, checked } = opened(['Hop limit', '2', 'Review']);
    const result = await run();
    expect(lists[0]).toEqual([
      'Tokens | optional | Advice: required, once nothing on it calls without a token',
      'Metadata service | enabled | Advice: disabled where nothing on it reads metadata, which is seldom',
      'Hop limit | 1 | Advice: 1, or 2 where containers on it read metadata',
      'IPv6 endpoint | unknown | Advice: disabled, unless something on it has IPv6 only',
      'Tags in metadata | unknown | Advice: disabled, unless something on it reads its own tags from metadata',
    ]);
    expect(lists[2]?.[0]).toBe('$(check) Review the Change… |  | Hop limit: 1 → 2');
    expect(asked[0]?.message).toBe(`Change the metadata options of host-1 (${ID})?`);
    expect(asked[0]?.detail).toContain('Hop limit: 1 → 2\n• Weaker security: tokens reach 2 hops far');
    expect(asked[0]?.detail).not.toContain('Verdict');
    expect([checked, sent]).toEqual([[{ hopLimit: 2 }], [{ session: SESSION, change: { hopLimit: 2 } }]]);
    expect(result && outcomeInWords(result)).toBe(`host-1 (${ID}) is changed. Hop limit: 1 → 2.`);
  });

  test.each(['0', '65', '1.5', '-1', 'many', ''])('does not take a hop limit of “%s”', async (typed) => {
    const { run, lists, sent } = opened(['Hop limit', typed]);
    expect(await run()).toBeUndefined();
    expect([lists[1], sent]).toEqual([['1', 'A whole number from 1 to 64'], []]);
  });

  test('what is chosen and chosen back differs in nothing, so there is nothing to review', async () => {
    const { run, lists, sent } = opened(['Tokens', 'required', 'Tokens', 'optional', 'Review']);
    expect(await run()).toBeUndefined();
    expect(lists[4]?.some((line) => line.includes('Review'))).toBe(false);
    expect(sent).toEqual([]);
  });

  test('several at once are one question and one change, with evidence where something is refused then', async () => {
    const { run, asked, sent, words, state } = opened(['Tokens', 'required', 'Hop limit', '2', 'Review']);
    state.use = BUSY;
    const result = await run();
    expect(asked[0]?.detail).toMatch(/Tokens: optional → required\nHop limit: 1 → 2[^]*Verdict: Will break something/);
    expect(words).toEqual(['host-1']);
    expect(sent.map(({ change }) => change)).toEqual([{ tokens: 'required', hopLimit: 2 }]);
    expect(result && outcomeInWords(result)).toBe(`host-1 (${ID}) requires tokens now. Hop limit: 1 → 2.`);
  });

  test('going back to IMDSv1 says plainly what that is', async () => {
    const { run, asked, state } = opened(['Tokens', 'optional', 'Review']);
    const record = fakeInstance(SESSION, 1, { instanceProfileArn: ROLE });
    state.instance = { ...record, metadata: { ...record.metadata, tokens: 'required' } };
    await run();
    expect([asked[0]?.message, asked[0]?.action]).toEqual([`Allow IMDSv1 on host-1 (${ID}) again?`, 'Allow IMDSv1']);
    expect(asked[0]?.detail).toContain('• Weaker security: requests without a token (IMDSv1) are answered again.');
  });

  test('switching the service off is never safe: with a role it breaks what uses it, and wants the name typed', async () => {
    const { run, asked, state, words, sent } = opened(['Metadata service', 'disabled', 'Review']);
    state.instance = fakeInstance(SESSION, 1, { instanceProfileArn: ROLE });
    state.typed = false;
    expect(await run()).toBeUndefined();
    expect(asked[0]?.message).toBe(`Switch the metadata service of host-1 (${ID}) off? Will break something.`);
    expect(asked[0]?.detail).toContain('• What uses its role web gets no credentials any more');
    expect([words, sent]).toEqual([['host-1'], []]);
  });

  test('switching it off without a role is unknown at best', async () => {
    const { run, asked, sent } = opened(['Metadata service', 'disabled', 'Review']);
    await run();
    expect(asked[0]?.detail).toContain('Verdict: Unknown\n• CloudWatch does not count calls with a token');
    expect(sent.map(({ change }) => change)).toEqual([{ endpoint: 'disabled' }]);
  });

  test('is refused by AWS before anybody is asked, and for a read-only or terminated one before anything is shown', async () => {
    const denied = opened(['Tokens', 'required', 'Review']);
    denied.state.denied = true;
    await expect(denied.run()).rejects.toThrow('work lacks the permission.');
    expect(denied.asked).toEqual([]);

    const terminated = opened(['Tokens']);
    terminated.state.instance = fakeInstance(SESSION, 1, { state: 'terminated' });
    await terminated.run();
    const readOnly = opened(['Tokens']);
    readOnly.state.readOnly = 'Account 1 is set to read-only.';
    await readOnly.run();
    expect([terminated.lists, readOnly.lists]).toEqual([[], []]);
    expect([terminated.refused[0], readOnly.refused[0]]).toEqual([
      expect.stringContaining('is terminated'),
      'Account 1 is set to read-only. Nothing was changed.',
    ]);
  });

  test('a session that is another account by the time of the answer sends nothing', async () => {
    const { run, state, sent } = opened(['Hop limit', '2', 'Review']);
    state.meanwhile = () => (state.account = '999999999999');
    await expect(run()).rejects.toThrow('Nobody is connected as work in account 111122223333.');
    expect(sent).toEqual([]);
  });
});

describe('a container host with a hop limit of 1', () => {
  test('is offered a hop limit of 2 with the tokens, and gets it where that is chosen', async () => {
    const { run, state, asked, sent, checked } = world();
    state.userData = '#!/bin/sh\ndocker run web\n';
    state.answer = 'also';
    const result = await run();
    expect(asked[0]?.alternative).toBe('Require, with Hop Limit 2');
    expect(asked[0]?.detail).toContain('“Require, with Hop Limit 2” changes this, too: Hop limit: 1 → 2');
    expect(checked).toEqual([{ tokens: 'required' }, { tokens: 'required', hopLimit: 2 }]);
    expect(sent.map(({ change }) => change)).toEqual([{ tokens: 'required', hopLimit: 2 }]);
    expect(result && outcomeInWords(result)).toContain('requires tokens now. Hop limit: 1 → 2.');
  });

  test('others are not', async () => {
    const { run, asked } = world();
    await run();
    expect(asked[0]).not.toHaveProperty('alternative');
  });
});
