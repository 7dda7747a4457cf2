import { describe, expect, test } from 'vitest';
import { undoable, type MetadataOptionsChange } from '../../../../src/aws';
import { cut, denied, expiredToken, htmlPage, imdsv2Enforced, throttled } from '../../proxy/faults.mjs';
import { failureOf } from '../connected';
import type { Context } from './context';

// What goes wrong in the middle of a change: the log says what became of it, and so does the sentence.

const MODIFY = { action: 'ModifyInstanceMetadataOptions' } as const;
const REQUIRED: MetadataOptionsChange = { tokens: 'required' };

export function describeFaults({ account, opened, session, instance, sentTo }: Context): void {
  const change = (id: string, wanted: MetadataOptionsChange = REQUIRED) =>
    opened().aws.changeMetadataOptions(session(), id, wanted);
  const steps = async () => (await opened().aws.changes()).map(({ step }) => step);
  async function undoAll(id: string): Promise<void> {
    for (const entry of undoable(await opened().aws.changes(), session(), id)) {
      await opened().aws.undoMetadataOptions(session(), entry);
    }
  }

  describe('in the middle of a change', () => {
    test('the answer is lost each time, and AWS had done it: it is told as done', async () => {
      const { id, metadata } = await instance('web-3');
      account().proxy.use(cut(MODIFY));
      const { state, entry } = await change(id);
      expect([state, entry.error]).toEqual(['applied', 'The connection to AWS in eu-central-1 broke.']);
      expect(await steps()).toEqual(['begun', 'done']);
      account().proxy.clear();
      await undoAll(id);
      expect((await instance('web-3')).metadata).toEqual(metadata);
    });

    test('the answer is lost and the second try is refused: what AWS did at the first counts', async () => {
      const { id } = await instance('web-3');
      account().proxy.use(expiredToken({ ...MODIFY, after: 1 }));
      account().proxy.use(cut({ ...MODIFY, times: 1 }));
      const { state, entry } = await change(id);
      expect([state, entry.error]).toEqual(['applied', 'The credentials of tidewater-production have expired.']);
      account().proxy.clear();
      await undoAll(id);
    });

    test('a gateway answers in the place of AWS, which never heard of it: nothing was changed, and it is said so', async () => {
      const { id, metadata } = await instance('web-3');
      account().proxy.use(htmlPage(MODIFY));
      const { message, facts } = await failureOf(change(id));
      expect(message).toMatch(/^(?:AWS failed to answer|The answer to) ec2:ModifyInstanceMetadataOptions/);
      expect(facts.advice).toMatch(new RegExp(`^${id} was read again, and nothing was changed\\.`));
      expect([await steps(), (await instance('web-3')).metadata]).toEqual([['begun', 'failed'], metadata]);
    });

    test('AWS keeps asking to slow down: nothing was changed', async () => {
      const { id } = await instance('web-3');
      account().proxy.use(throttled(MODIFY));
      opened().settings.current = { readOnly: [], maxAttempts: 1 };
      const hasty = await opened().aws.connect('tidewater-production', { renew: true });
      const { message } = await failureOf(opened().aws.changeMetadataOptions(hasty, id, REQUIRED));
      expect(message).toBe('AWS kept answering "slow down" to ec2:ModifyInstanceMetadataOptions in eu-central-1.');
      expect(await steps()).toEqual(['begun', 'failed']);
    });

    test('credentials end before it is sent: nothing was changed', async () => {
      const { id } = await instance('web-3');
      account().proxy.use(expiredToken(MODIFY));
      const { message, facts } = await failureOf(change(id));
      expect([message, facts.action]).toEqual(['The credentials of tidewater-production have expired.', 'connect']);
      expect(await steps()).toEqual(['begun', 'failed']);
    });

    test('credentials end after it was accepted: it is said, the log has it, and it can be taken back', async () => {
      const { id, metadata } = await instance('web-3');
      account().proxy.use(expiredToken({ action: 'DescribeInstances', after: 1 }));
      const { message } = await failureOf(change(id));
      expect(message).toBe(
        `AWS accepted the change of ${id}, but it could not be read back. The credentials of tidewater-production have expired.`,
      );
      expect(await steps()).toEqual(['begun', 'done']);
      account().proxy.clear();
      await undoAll(id);
      expect((await instance('web-3')).metadata).toEqual(metadata);
    });

    test('the instance is terminated while it applies', async () => {
      const { id } = await instance('web-3');
      const work = opened().aws.changeMetadataOptions(session(), id, REQUIRED, {
        progress: () => account().states.set(id, 'shutting-down'),
      });
      expect((await failureOf(work)).message).toBe(`${id} is shutting-down by now: the change came too late for it.`);
      account().states.delete(id);
      expect(await steps()).toEqual(['begun', 'failed']);
      // moto had done it all the same.
      await change(id, { tokens: 'optional' });
    });

    test('it is given up while it applies: it says what it was when it was last read', async () => {
      const { id } = await instance('web-3');
      const abort = new AbortController();
      const result = await opened().aws.changeMetadataOptions(session(), id, REQUIRED, {
        signal: abort.signal,
        progress: () => abort.abort(),
      });
      expect([result.state, result.instance.metadata]).toEqual([
        'pending',
        expect.objectContaining({ tokens: 'required', state: 'pending' }),
      ]);
      expect(await steps()).toEqual(['begun', 'done']);
      await undoAll(id);
    });
  });

  describe('what is not allowed', () => {
    test('a missing permission is named before anything is asked, and the log has nothing', async () => {
      const { id } = await instance('web-3');
      account().proxy.use(denied(MODIFY));
      const { message, facts } = await failureOf(opened().aws.checkMetadataOptions(session(), id, REQUIRED));
      expect(message).toBe(
        'tidewater-production lacks the permission ec2:ModifyInstanceMetadataOptions in account 222233334444, eu-central-1.',
      );
      expect([facts.permission, sentTo(), await steps()]).toEqual(['ec2:ModifyInstanceMetadataOptions', [], []]);
    });

    test('going back to IMDSv1 where the account enforces IMDSv2: also by undo, and the log says that it failed', async () => {
      const { id } = await instance('web-3');
      const { entry } = await change(id);
      account().proxy.use(imdsv2Enforced());
      const words = /^Account 222233334444 enforces IMDSv2 in eu-central-1 \(HttpTokensEnforced\)/;
      const back = opened().aws.checkMetadataOptions(session(), id, { tokens: 'optional' });
      expect((await failureOf(back)).message).toMatch(words);
      expect((await failureOf(opened().aws.undoMetadataOptions(session(), entry))).message).toMatch(words);
      expect(await steps()).toEqual(['begun', 'done', 'begun', 'failed']);
      account().proxy.clear();
      await undoAll(id);
    });
  });
}
