import { describe, expect, test } from 'vitest';
import type { Session } from '../../../aws';
import { readPlan } from '../../../aws/metadata-options/plan/read-plan';
import { fakeInstance } from '../../testing/fake-aws';
import { requireOnMany, retry, undoRun, type TableEnd } from './flow';
import { reportText, summaryOf } from './report';
import { createTable } from './table';
import { chooseAll, SESSION, some, STAGING, world } from './testing/world';

describe('the table', () => {
  test('is sorted by risk, says why, has the safe ones chosen, and tells what was left out', async () => {
    const { tools, targets, seen } = world([
      ...some('safe', 2),
      ...some('breaks', 1, 10),
      ...some('unknown', 1, 20),
      ...some('safe', 1, 30, SESSION, { state: 'terminated' }),
      ...some('safe', 1, 40, SESSION, { metadata: { ...fakeInstance(SESSION, 1).metadata, tokens: 'required' } }),
    ]);
    await requireOnMany(tools, targets, 'require');
    const last = seen.sections.at(-1) ?? [];
    expect(last.map(({ title, lines }) => [title, lines.map(({ label }) => label)])).toEqual([
      ['Will break something (1)', ['host-10']],
      ['Unknown (1)', ['host-20']],
      ['Safe (2)', ['host-1', 'host-2']],
    ]);
    expect(last[0]?.lines[0]).toMatchObject({
      description: 'Will break something · i-1111000000000000a',
      detail: 'Last call without a token less than an hour ago, 9 in 14 days.',
    });
    expect(seen.titles).toEqual([
      'Require IMDSv2 on many: 4 instances in eu-west-1, account 111122223333',
      'Choose where to require IMDSv2 · 1 require tokens already. · 1 are terminated.',
    ]);
    expect(seen.sent.map(({ id }) => id)).toEqual(['i-11110000000000001', 'i-11110000000000002']);
  });

  test('keeps what somebody ticked, and lets nothing be chosen that has no verdict yet', async () => {
    const { tools, targets, state, seen } = world([...some('safe', 2), ...some('unknown', 2, 10)]);
    state.atTable = ({ table }) => {
      const [unknown, safe] = table.sections();
      table.choose(new Set([unknown?.lines[0]?.key ?? '', safe?.lines[1]?.key ?? '', 'what nobody knows']));
    };
    await requireOnMany(tools, targets, 'require');
    expect(seen.sent.map(({ id }) => id).sort()).toEqual(['i-11110000000000002', 'i-1111000000000000a']);

    const candidates = some('safe', 3).map((each) => ({ ...each, alias: undefined }));
    const [first, second] = candidates;
    const table = createTable(candidates);
    const all = table.sections().flatMap(({ lines }) => lines.map(({ key }) => key));
    table.choose(new Set(all));
    expect([table.chosen().size, table.rows().length, table.waiting()]).toEqual([0, 0, 3]);
    const safe = { is: 'safe', reasons: [], notes: [] } as const;
    if (first) table.judged(first, safe);
    expect(table.chosen().size).toBe(1);
    table.tick(all, false);
    if (second) table.judged(second, safe);
    expect([[...table.chosen()], table.waiting()]).toEqual([[all[1]], 1]);
    expect(table.sections().map(({ title }) => title)).toEqual(['Safe (2)', 'Evidence is on its way (1)']);
  });

  test('says unknown of all where the evidence cannot be gathered', async () => {
    const { tools, targets, state, seen } = world(some('safe', 3));
    state.evidenceFails = true;
    await requireOnMany(tools, targets, 'require');
    expect(seen.sections.at(-1)?.map(({ title }) => title)).toEqual(['Unknown (3)']);
    expect(seen.refused).toEqual(['No instance was chosen.']);
  });

  test('that is closed changes nothing, and asks AWS for no permission', async () => {
    const { tools, targets, state, seen } = world(some('safe', 3));
    state.end = undefined;
    await requireOnMany(tools, targets, 'require');
    expect([seen.asked, seen.dryRuns, seen.sent]).toEqual([[], [], []]);
  });
});

describe('the question', () => {
  test('names accounts, aliases, regions, how many of each verdict and what changes; each goes to its own session', async () => {
    const elsewhere = { ...SESSION, region: 'us-east-1' };
    const { tools, targets, seen } = world([
      ...some('safe', 2),
      ...some('safe', 1, 10, elsewhere, { state: 'stopped' }),
      ...some('safe', 3, 1, STAGING),
    ]);
    await requireOnMany(tools, targets, 'require');
    expect(seen.asked[0]?.message).toBe('Require IMDSv2 on 6 instances, in several places? 6 safe.');
    expect(seen.asked[0]?.detail.split('\n')).toEqual([
      'Account: 111122223333 (alias-1111)',
      'As: work (arn:aws:iam::111122223333:user/me)',
      'Region: eu-west-1: 2 instances: 2 safe',
      'Region: us-east-1: 1 instances: 1 safe',
      '',
      'Account: 999988887777 (alias-9999)',
      'As: staging (arn:aws:iam::999988887777:user/me)',
      'Region: eu-west-1: 3 instances: 3 safe',
      '',
      'Tokens: optional → required',
      'Nothing else changes.',
      '1 are stopped: it applies when they start.',
    ]);
    // In eu-west-1 both accounts have a host-1 and a host-2: each change went to the account that its instance is in.
    expect(seen.sent.every(({ session, id }) => session.account.startsWith(id.slice(2, 6)))).toBe(true);
    const sentTo = (session: Session): number => seen.sent.filter((each) => each.session === session).length;
    expect([sentTo(SESSION), sentTo(elsewhere), sentTo(STAGING)]).toEqual([2, 1, 3]);
    expect(seen.sent.every(({ change }) => JSON.stringify(change) === '{"tokens":"required"}')).toBe(true);
  });

  test('wants something typed where one of them will break', async () => {
    const { tools, targets, state, seen } = world([...some('safe', 2), ...some('breaks', 2, 10)]);
    state.atTable = chooseAll;
    state.typed = false;
    await requireOnMany(tools, targets, 'require');
    expect([seen.words, seen.sent]).toEqual([['break 2'], []]);
    expect(seen.asked[0]?.detail).toContain('Will break something: host-10, host-11');
    state.typed = true;
    await requireOnMany(tools, targets, 'require');
    expect(seen.sent).toHaveLength(4);
  });

  test('is not asked where AWS refuses the first few; one that is allowed lets all be tried', async () => {
    const all = some('safe', 20);
    const { tools, targets, state, seen } = world(all);
    for (const { instance } of all) state.denied.add(instance.id);
    await expect(requireOnMany(tools, targets, 'require')).rejects.toThrow('No permission.');
    expect([seen.dryRuns.length, seen.asked.length]).toEqual([5, 0]);
    state.denied.delete(all[3]?.instance.id ?? '');
    await requireOnMany(tools, targets, 'require');
    expect([seen.dryRuns.length, seen.sent.length]).toEqual([9, 20]);
  });

  test('that is closed changes nothing', async () => {
    const { tools, targets, state, seen } = world(some('safe', 3));
    state.answer = undefined;
    await requireOnMany(tools, targets, 'require');
    expect([seen.sent, seen.runs]).toEqual([[], []]);
  });

  test('leaves out accounts that are read-only, and says so', async () => {
    const { tools, targets, state, seen } = world([...some('safe', 2), ...some('safe', 2, 1, STAGING)]);
    state.readOnly.add('work');
    await requireOnMany(tools, targets, 'require');
    expect(seen.sent.map(({ session }) => session)).toEqual([STAGING, STAGING]);
    expect(seen.titles[1]).toContain('The profile work is set to read-only.');
    state.readOnly.add('staging');
    await requireOnMany(tools, targets, 'require');
    expect(seen.refused).toEqual([
      'The profile work is set to read-only. The profile staging is set to read-only. Nothing was changed.',
    ]);
  });
});

describe('fifty, of which three fail', () => {
  function fifty() {
    const made = world(some('safe', 50));
    const [a = '', b = '', c = ''] = [7, 19, 44].map((index) => made.targets[0]?.ids?.[index] ?? '');
    made.state.faults.set(a, 'denied').set(b, 'network').set(c, 'throttled');
    return { ...made, failing: [a, b, c], unanswered: b };
  }

  test('are told of one by one, first what failed and why', async () => {
    const { tools, targets, seen, lastRun } = fifty();
    await requireOnMany(tools, targets, 'require');
    expect(summaryOf(lastRun())).toBe('47 require tokens, 3 failed');
    expect(seen.progress.at(-1)).toBe('50 of 50, 3 failed');
    const [head, failed, one, two] = reportText(lastRun()).split('\n\n');
    expect(head).toBe('# Requiring IMDSv2: 47 require tokens, 3 failed\n# Begun at 2026-11-22T12:00:00.000Z');
    expect(failed).toBe('## Failed (3)');
    expect(one).toBe(
      [
        'host-8 (i-11110000000000008), eu-west-1, 111122223333 (alias-1111): Safe',
        '    i-11110000000000008: denied.',
        '    Look at it.',
        '    It was sent, and not made.',
      ].join('\n'),
    );
    expect(two).toContain('nobody can tell whether it was made: it can be taken back.');
    expect(reportText(lastRun())).toContain('## Done (47)');
    expect(seen.shown.filter((each) => each.endsWith('required'))).toHaveLength(47);
  });

  test('are tried again by themselves, after one more question', async () => {
    const { tools, targets, state, seen, failing, lastRun } = fifty();
    await requireOnMany(tools, targets, 'require');
    state.faults.clear();
    await retry(tools, lastRun());
    expect(seen.asked[1]?.message).toBe('Require IMDSv2 on 3 instances? 3 safe.');
    expect(seen.sent.slice(47).map(({ id }) => id)).toEqual(failing);
    expect(summaryOf(lastRun())).toBe('3 require tokens');
  });

  test('are taken back, also the one of which nobody can tell; what fails then is tried again', async () => {
    const { tools, targets, state, seen, there, unanswered, lastRun } = fifty();
    await requireOnMany(tools, targets, 'require');
    const run = lastRun();
    const stubborn = targets[0]?.ids?.[0] ?? '';
    state.faults.clear();
    state.faults.set(stubborn, 'throttled');
    await undoRun(tools, run);
    expect(seen.asked[1]?.detail).toContain('Tokens: required → optional');
    expect(summaryOf(lastRun())).toBe('47 taken back, 1 failed');
    expect(seen.sent.slice(47).map(({ id }) => id)).toContain(unanswered);
    state.faults.clear();
    await retry(tools, lastRun());
    expect(summaryOf(lastRun())).toBe('1 taken back');
    expect([...there.values()].every(({ metadata }) => metadata.tokens === 'optional')).toBe(true);
    await undoRun(tools, run);
    expect(seen.refused).toEqual(['There is nothing left to take back.']);
  });

  test('undo takes back nothing of anybody else', async () => {
    const { tools, targets, entries, seen, lastRun } = fifty();
    await requireOnMany(tools, targets, 'require');
    const run = lastRun();
    const [first] = entries;
    if (first === undefined) throw new Error('nothing was logged');
    const other = { ...first, id: 'of another window', sent: { hopLimit: 2 } };
    entries.push(other);
    await undoRun(tools, run);
    expect(entries.some(({ undoes }) => undoes === other.id)).toBe(false);
    expect(seen.runs).toHaveLength(2);
  });
});

describe('what ends a run early', () => {
  test('credentials that end: the rest is not begun, and the other account goes on', async () => {
    const { tools, targets, state, seen, lastRun } = world([...some('safe', 30), ...some('safe', 3, 1, STAGING)]);
    for (const id of targets[0]?.ids?.slice(10) ?? []) state.faults.set(id, 'expired');
    await requireOnMany(tools, targets, 'require');
    const { outcomes } = lastRun();
    const done = outcomes.filter(({ is }) => is === 'done').map(({ item }) => item.session.profile);
    expect(done.filter((profile) => profile === 'staging')).toHaveLength(3);
    expect(done.filter((profile) => profile === 'work')).toHaveLength(10);
    expect(summaryOf(lastRun())).toMatch(/^13 require tokens, \d failed, 1\d not begun$/);
    expect(reportText(lastRun())).toContain('## Not begun');
    state.faults.clear();
    await retry(tools, lastRun());
    expect(seen.sent).toHaveLength(33);
  });

  test('somebody who gives up is told what had been done', async () => {
    const { tools, targets, state, abort, lastRun, seen } = world(some('safe', 30));
    state.before = (id) => {
      if (id === targets[0]?.ids?.[9]) abort.abort();
    };
    await requireOnMany(tools, targets, 'require');
    const { outcomes } = lastRun();
    const done = outcomes.filter(({ is }) => is === 'done').length;
    expect(done).toBe(seen.sent.length);
    expect(done).toBeLessThan(16);
    expect(reportText(lastRun())).toContain('It was cancelled before.');
    expect(outcomes).toHaveLength(30);
  });
});

describe('a plan', () => {
  test.each<['require' | 'plan', TableEnd]>([
    ['plan', 'accept'],
    ['require', 'export'],
  ])('of what was chosen, one for each account (%s, %s); nothing is asked and nothing sent', async (goal, end) => {
    const { tools, targets, state, seen } = world([
      ...some('safe', 2),
      ...some('breaks', 1, 10),
      ...some('safe', 1, 1, STAGING),
    ]);
    state.end = end;
    state.atTable = chooseAll;
    if (goal === 'plan') state.readOnly.add('work');
    await requireOnMany(tools, targets, goal);
    expect([seen.asked, seen.sent, seen.dryRuns]).toEqual([[], [], []]);
    expect(seen.plans.map(({ json }) => json.name)).toEqual([
      'imdsv2-111122223333-2026-11-22.ec2-warden-plan.json',
      'imdsv2-999988887777-2026-11-22.ec2-warden-plan.json',
    ]);
    const read = readPlan(seen.plans[0]?.json.text ?? '');
    expect('plan' in read && read.plan.changes.map(({ name, verdict, set }) => [name, verdict, set])).toEqual([
      ['host-1', 'safe', { tokens: 'required' }],
      ['host-2', 'safe', { tokens: 'required' }],
      ['host-10', 'will-break', { tokens: 'required' }],
    ]);
    expect(seen.plans[0]?.script.text).toContain('--instance-id i-1111000000000000a --http-tokens required');
  });
});
