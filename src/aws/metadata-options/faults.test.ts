import type { EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { settingsOf, type MetadataOptionsChange } from './change';
import type { ChangeLog } from '../change-log/change-log';
import { readEntries, undoable } from './log';
import { changeOptions, checkChange } from './modify';
import { fakeEc2, SESSION, START } from './testing/fake-ec2';
import { undoChange } from './undo';

describe('a change whose answer is lost', () => {
  const steps = async (changeLog: ChangeLog) => (await readEntries(changeLog)).map(({ step }) => step);

  test('and that was done is told as done, with what went wrong in the log', async () => {
    const { tools, state, changeLog } = fakeEc2();
    state.fault = 'lost after';
    const result = await changeOptions(tools, 'i-1', { tokens: 'required' });
    expect([result.state, result.entry.error]).toEqual(['applied', 'The connection to AWS in eu-west-1 broke.']);
    expect(await steps(changeLog)).toEqual(['begun', 'done']);
  });

  test('and that was not done fails, and says that nothing was changed', async () => {
    const { tools, state, changeLog } = fakeEc2();
    state.fault = 'lost before';
    const work = changeOptions(tools, 'i-1', { tokens: 'required' });
    await expect(work).rejects.toMatchObject({
      message: 'The connection to AWS in eu-west-1 broke.',
      facts: { kind: 'network', advice: 'i-1 was read again, and nothing was changed. Try again.' },
    });
    expect(await steps(changeLog)).toEqual(['begun', 'failed']);
  });

  test('and of which nobody can tell stays begun, and can be taken back', async () => {
    const { tools, state, changeLog } = fakeEc2();
    state.fault = 'silent';
    const work = changeOptions(tools, 'i-1', { tokens: 'required' });
    await expect(work).rejects.toMatchObject({ facts: { advice: expect.stringContaining('is not known') as string } });
    expect(await steps(changeLog)).toEqual(['begun']);
    state.unread = 0;
    state.fault = 'none';
    for (const entry of undoable(await readEntries(changeLog), SESSION, 'i-1')) await undoChange(tools, entry);
    expect(settingsOf(state.options)).toEqual(settingsOf(START));
  });

  test('at the first try is not taken for refused because the second was', async () => {
    const { tools, state } = fakeEc2();
    state.fault = 'refused at last';
    expect((await changeOptions(tools, 'i-1', { tokens: 'required' })).state).toBe('applied');
  });
});

describe('while it applies', () => {
  test('one look that fails is not the last', async () => {
    const { tools, state } = fakeEc2();
    let failures = 1;
    const wait = (): Promise<void> => {
      state.unread = failures;
      failures = 0;
      return Promise.resolve();
    };
    state.fault = 'slow';
    expect((await changeOptions({ ...tools, wait }, 'i-1', { tokens: 'required' })).state).toBe('applied');
  });

  test('what was accepted and cannot be read back is said to be so, and can be taken back', async () => {
    const { tools, state, changeLog } = fakeEc2();
    state.fault = 'unreadable';
    await expect(changeOptions(tools, 'i-1', { tokens: 'required' })).rejects.toThrow(
      'AWS accepted the change of i-1, but it could not be read back. No answer.',
    );
    expect((await readEntries(changeLog)).map(({ step, after }) => [step, after])).toEqual([
      ['begun', undefined],
      ['done', undefined],
    ]);
    expect(undoable(await readEntries(changeLog), SESSION, 'i-1')).toHaveLength(1);
  });

  test('an instance that is terminated is told as such at once, and there is nothing to take back', async () => {
    const { tools, state, changeLog } = fakeEc2();
    const wait = (): Promise<void> => {
      state.running = 'shutting-down';
      return Promise.resolve();
    };
    state.fault = 'slow';
    await expect(changeOptions({ ...tools, wait }, 'i-1', { tokens: 'required' })).rejects.toThrow(
      'i-1 is shutting-down by now: the change came too late for it.',
    );
    expect(undoable(await readEntries(changeLog), SESSION, 'i-1')).toEqual([]);
  });

  test('giving up ends the waiting, and says that AWS had not finished', async () => {
    const { tools, state, changeLog } = fakeEc2();
    const abort = new AbortController();
    state.fault = 'slow';
    const options = { signal: abort.signal, progress: () => abort.abort() };
    const { state: became, instance } = await changeOptions(tools, 'i-1', { tokens: 'required' }, options);
    expect([became, instance.metadata.tokens]).toEqual(['pending', 'required']);
    expect((await readEntries(changeLog)).map(({ step }) => step)).toEqual(['begun', 'done']);
  });

  test('giving up before anything was sent sends nothing', async () => {
    const { tools, sent, changeLog } = fakeEc2();
    const abort = new AbortController();
    const guard = (): void => abort.abort();
    const work = changeOptions({ ...tools, guard }, 'i-1', { tokens: 'required' }, { signal: abort.signal });
    await expect(work).rejects.toMatchObject({ facts: { kind: 'cancelled' } });
    expect([sent, await readEntries(changeLog)]).toEqual([[], []]);
  });
});

describe('what AWS or the account refuses', () => {
  test.each([
    [
      'UnsupportedOperation',
      "You can't set httpTokens to 'optional' because httpTokensEnforced is enabled for this account.",
      'Account 111122223333 enforces IMDSv2 in eu-west-1 (HttpTokensEnforced), so AWS lets no instance there go back to IMDSv1.',
    ],
    [
      'UnsupportedOperation',
      'This operation is not allowed because a declarative policy manages it.',
      'A declarative policy of the organization sets the metadata options of account 111122223333 in eu-west-1, so they cannot be changed here.',
    ],
    [
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. User: arn:aws:iam::111122223333:user/me is not authorized to perform: ec2:ModifyInstanceMetadataOptions on resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-1 with an explicit deny in a service control policy. Encoded authorization failure message: ${'x'.repeat(900)}`,
      'work may not use ec2:ModifyInstanceMetadataOptions in account 111122223333, eu-west-1: a policy of the organization forbids it.',
    ],
  ])('%s: %s', async (name, message, said) => {
    const { tools } = fakeEc2();
    const send = (): Promise<never> => Promise.reject(Object.assign(new Error(message), { name }));
    const refusing = { ...tools, client: { send: send as unknown as EC2Client['send'] } };
    await expect(checkChange(refusing, 'i-1', { tokens: 'optional' })).rejects.toThrow(said);
    await expect(changeOptions(refusing, 'i-1', { hopLimit: 2 })).rejects.toThrow(said);
  });

  test.each<[unknown, string]>([
    [{ hopLimit: 0 }, '0 is no value of hopLimit: it takes a whole number from 1 to 64.'],
    [{ hopLimit: 65 }, '65 is no value of hopLimit'],
    [{ hopLimit: 1.5 }, '1.5 is no value of hopLimit'],
    [{ tokens: 'bogus' }, '"bogus" is no value of tokens: it takes optional or required.'],
  ])('%j is refused before anything is asked', async (change, said) => {
    const { tools, sent, changeLog } = fakeEc2();
    await expect(changeOptions(tools, 'i-1', change as MetadataOptionsChange)).rejects.toThrow(said);
    await expect(checkChange(tools, 'i-1', change as MetadataOptionsChange)).rejects.toThrow(said);
    expect([sent, await readEntries(changeLog)]).toEqual([[], []]);
  });
});
