import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changeLogAt, createAws, undoable } from '../../../../src/aws';
import type { Context } from './context';

// Two windows have a library each, and one log on the disk.

export function describeWindows({ account, opened, session, instance, sentTo }: Context): void {
  describe('two windows', () => {
    test('that change the same instance at once lose no line, and each takes back what the other did', async () => {
      const { aws: here, folder } = opened();
      const path = join(folder, 'changes.jsonl');
      const there = createAws({
        settings: () => opened().settings.current,
        watch: () => ({ dispose: () => undefined }),
        askMfaCode: () => Promise.resolve(undefined),
        wait: () => Promise.resolve(),
        changeLog: changeLogAt(path),
      });
      try {
        const theirs = await there.connect('tidewater-production');
        const { id, metadata } = await instance('web-3');
        const [first, second] = await Promise.all([
          here.changeMetadataOptions(session(), id, { tokens: 'required' }),
          there.changeMetadataOptions(theirs, id, { hopLimit: 3, instanceTags: 'enabled' }),
        ]);
        expect((await instance('web-3')).metadata).toMatchObject({
          tokens: 'required',
          hopLimit: 3,
          instanceTags: 'enabled',
        });
        const lines = readFileSync(path, 'utf8').trim().split('\n');
        expect(lines.map((line) => (JSON.parse(line) as { step: string }).step).sort()).toEqual([
          'begun',
          'begun',
          'done',
          'done',
        ]);
        expect(await there.changes()).toEqual(await here.changes());

        await there.undoMetadataOptions(theirs, first.entry);
        await here.undoMetadataOptions(session(), second.entry);
        expect((await instance('web-3')).metadata).toEqual(metadata);
        expect(undoable(await here.changes(), session(), id)).toEqual([]);
        const again = there.undoMetadataOptions(theirs, second.entry);
        await expect(again).rejects.toThrow('was taken back already');
        expect(sentTo()).toHaveLength(4);
      } finally {
        there.dispose();
      }
    });

    test('that require the same at once end as one: what both sent is taken back in order', async () => {
      const { aws } = opened();
      const { id, metadata } = await instance('web-2');
      await Promise.all([
        aws.changeMetadataOptions(session(), id, { tokens: 'required' }),
        aws.changeMetadataOptions(session(), id, { tokens: 'required' }),
      ]);
      for (const entry of undoable(await aws.changes(), session(), id)) await aws.undoMetadataOptions(session(), entry);
      expect((await instance('web-2')).metadata).toEqual(metadata);
      expect(undoable(await aws.changes(), session(), id)).toEqual([]);
      expect(account().proxy.calls.length).toBeGreaterThan(0);
    });
  });
}
