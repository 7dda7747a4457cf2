import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MetadataOptionsChange } from '../../../../src/aws';
import { profileFiles } from '../../../../samples/account/profiles.mjs';
import { failureOf, openAws, type Opened } from '../connected';
import { PRODUCTION, STAGING, type Context } from './context';

// Between the click and the confirmation a profile becomes somebody else: the change goes where the question said, or nowhere.

const REQUIRED: MetadataOptionsChange = { tokens: 'required' };

function rewrite(opened: Opened, file: 'config' | 'credentials', change: (text: string) => string): void {
  const path = join(opened.folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

export function describeWhose({ account, opened, session, instance, sentTo }: Context): void {
  /** What `aws` would be told of a change, and that nothing was sent or logged. */
  async function refusal(work: Promise<unknown>, aws = opened().aws): Promise<string> {
    const { message, facts } = await failureOf(work);
    expect([sentTo(), await aws.changes()]).toEqual([[], []]);
    expect(facts.action).toMatch(/connect|open-profile/);
    return message;
  }

  describe('a profile that is switched while the question is open', () => {
    test('its role is edited to one of another account: nothing is sent', async () => {
      const { id } = await instance('web-4');
      await opened().aws.checkMetadataOptions(session(), id, REQUIRED);
      rewrite(opened(), 'config', (text) =>
        text.replaceAll(
          'role_arn = arn:aws:iam::222233334444:role/Engineer',
          'role_arn = arn:aws:iam::555566667777:role/Engineer',
        ),
      );
      expect(await refusal(opened().aws.changeMetadataOptions(session(), id, REQUIRED))).toMatch(
        /^tidewater-production is somebody else by now: arn:aws:sts::555566667777:assumed-role.*, not arn:aws:sts::222233334444:/,
      );
    });

    test('and is connected anew as that: the old session sends nothing, the new one where it says', async () => {
      const { id } = await instance('web-4');
      rewrite(opened(), 'config', (text) =>
        text.replaceAll('222233334444:role/Engineer', '555566667777:role/Engineer'),
      );
      opened().aws.disconnect('tidewater-production');
      const now = await opened().aws.connect('tidewater-production');
      expect(await refusal(opened().aws.changeMetadataOptions(session(), id, REQUIRED))).toMatch(
        /^Nobody is connected/,
      );
      const { id: other } = await instance('staging-web-1', now);
      const { entry } = await opened().aws.changeMetadataOptions(now, other, { hopLimit: 2 });
      expect([sentTo(), entry.account]).toEqual([[STAGING], '555566667777']);
      await opened().aws.undoMetadataOptions(now, entry);
    });

    test('it is disconnected, or not there any more: nothing is sent', async () => {
      const { id } = await instance('web-4');
      rewrite(opened(), 'config', (text) => text.replace('[profile tidewater-production]', '[profile old-production]'));
      expect(await refusal(opened().aws.changeMetadataOptions(session(), id, REQUIRED))).toMatch(
        /^tidewater-production was changed on the disk/,
      );
      opened().aws.disconnect('tidewater-production');
      expect(await refusal(opened().aws.changeMetadataOptions(session(), id, REQUIRED))).toMatch(
        /^Nobody is connected/,
      );
    });

    test('its keys are rotated, and it stays who it is: the change goes where the question said', async () => {
      const { id } = await instance('web-4');
      rewrite(opened(), 'credentials', (text) => text.replace('AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7ROTATED'));
      const { state, entry } = await opened().aws.changeMetadataOptions(session(), id, { hopLimit: 2 });
      expect([state, sentTo()]).toEqual(['applied', [PRODUCTION]]);
      await opened().aws.undoMetadataOptions(session(), entry);
    });

    test('it wants a code and is edited: nobody is asked for one, and nothing is sent', async () => {
      opened().codes.push('123456');
      const guarded = await opened().aws.connect('tidewater-break-glass');
      const { id } = await instance('web-4');
      await opened().aws.checkMetadataOptions(opened().aws.inRegion(guarded, 'eu-central-1'), id, REQUIRED);
      rewrite(opened(), 'config', (text) => text.replace('role/BreakGlass', 'role/Other'));
      const inFrankfurt = opened().aws.inRegion(guarded, 'eu-central-1');
      expect(await refusal(opened().aws.changeMetadataOptions(inFrankfurt, id, REQUIRED))).toMatch(
        /^tidewater-break-glass was changed on the disk since it was connected/,
      );
      expect(opened().asked).toHaveLength(1);
    });

    test('the other account is connected beside it: each change goes to its own', async () => {
      const { id } = await instance('web-4');
      const staging = await opened().aws.connect('tidewater-staging');
      const { id: other } = await instance('staging-web-1', staging);
      const changes = await Promise.all([
        opened().aws.changeMetadataOptions(session(), id, { hopLimit: 2 }),
        opened().aws.changeMetadataOptions(staging, other, { hopLimit: 2 }),
      ]);
      expect([...sentTo()].sort()).toEqual([PRODUCTION, STAGING]);
      const undone = failureOf(opened().aws.undoMetadataOptions(staging, changes[0].entry));
      expect((await undone).message).toContain('of account 222233334444, not in eu-central-1 of 555566667777');
      await opened().aws.undoMetadataOptions(session(), changes[0].entry);
      await opened().aws.undoMetadataOptions(staging, changes[1].entry);
      expect([...sentTo()].sort()).toEqual([PRODUCTION, PRODUCTION, STAGING, STAGING]);
    });

    test.each(['its file of keys is rewritten', 'a program gives the keys of another account when it is asked again'])(
      '%s: nothing is sent',
      async (how) => {
        const isProgram = how.startsWith('a program');
        const { opened: other, switchTo } = await openWithKeys(isProgram);
        try {
          const mine = await other.aws.connect('ops');
          expect(mine.account).toBe('222233334444');
          const { id } = await instance('web-4');
          switchTo();
          const { message, facts } = await failureOf(other.aws.changeMetadataOptions(mine, id, REQUIRED));
          expect(message).toMatch(/^ops is somebody else by now: arn:aws:sts::555566667777:/);
          expect([facts.kind, sentTo(), await other.aws.changes()]).toEqual(['guard', [], []]);
        } finally {
          other.close();
        }
      },
    );
  });

  /** A profile with temporary keys, in the file or from a program, and a way to make it another account's. */
  async function openWithKeys(isProgram: boolean): Promise<{ opened: Opened; switchTo: () => void }> {
    const { aws, folder } = opened();
    await aws.saveSession(session(), 'production-keys');
    await aws.saveSession(await aws.connect('tidewater-staging'), 'staging-keys');
    const saved = readFileSync(join(folder, 'credentials'), 'utf8');
    const [production = '', staging = ''] = ['production-keys', 'staging-keys'].map(
      (name) => saved.split(`[${name}]`)[1]?.split('[')[0] ?? '',
    );
    const files = profileFiles(account().endpoint);
    const ends = new Date(Date.now() + 60_000).toISOString();
    /** What `credential_process` prints, to be asked for again each time as it is about to end. */
    const printed = (keys: string): string => {
      const value = (name: string): string => new RegExp(`${name} = (\\S+)`).exec(keys)?.[1] ?? '';
      return JSON.stringify({
        Version: 1,
        AccessKeyId: value('aws_access_key_id'),
        SecretAccessKey: value('aws_secret_access_key'),
        SessionToken: value('aws_session_token'),
        Expiration: ends,
      });
    };
    const program = join(folder, 'keys.json');
    writeFileSync(program, printed(production));
    const source = isProgram
      ? `credential_process = ${process.execPath} -p "fs.readFileSync('${program}','utf8')"\n`
      : '';
    const made = openAws(
      account().endpoint,
      {
        config: `${files.config}\n[profile ops]\nregion = eu-central-1\nendpoint_url = ${account().endpoint}\n${source}`,
        credentials: isProgram ? '' : `[ops]\n${production.trim()}\n`,
      },
      { hasLog: true },
    );
    return {
      opened: made,
      switchTo: () => {
        if (isProgram) writeFileSync(program, printed(staging));
        else rewrite(made, 'credentials', () => `[ops]\n${staging.trim()}\n`);
      },
    };
  }
}
