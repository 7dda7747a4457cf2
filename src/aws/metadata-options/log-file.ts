/** The log of changes as a file, to which lines are only ever added. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ChangeLog } from '../change-log/change-log';

/**
 * The log in a file, which need not exist. Each line is one write at the end of the file and is on the disk when `append` comes back, so that two windows
 * may write to the same.
 */
export function changeLogAt(path: string): ChangeLog {
  return {
    append: async (line) => {
      await mkdir(dirname(path), { recursive: true });
      const file = await open(path, 'a+', 0o600);
      try {
        // What was cut off, as when the power failed, must not take this line with it.
        const text = (await endsInLine(file)) ? line : `\n${line}`;
        await file.appendFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    read: async () => {
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
        throw error;
      }
    },
  };
}

async function endsInLine(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const last = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return last.buffer[0] === 0x0a;
}
