import * as fs from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { reason } from './fault';

/**
 * Replaces the content of a file at once or not at all: the new content is written beside it, brought to the disk and renamed over it.
 * Mode and owner stay.
 * @param path absolute, with symbolic links resolved
 * @param before what the file held when it was linted; a file that holds something else by now is left alone
 * @throws Error with a sentence for the user; the file is then as it was
 */
export async function replaceContent(path: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  try {
    if (!(await fs.stat(path)).isFile()) throw new Error('it is not a regular file');
    // A rename needs no right to write the file itself, so a file that its owner made read-only would be replaced.
    await fs.access(path, fs.constants.W_OK);
    const content = Buffer.from(after.buffer, after.byteOffset, after.byteLength);
    const unchanged = async (): Promise<void> => {
      const now = await fs.readFile(path);
      if (!now.equals(before)) throw new Error('it was changed by another program meanwhile');
    };
    await writeFileAtomic(path, content, { tmpfileCreated: () => unchanged() });
  } catch (error) {
    throw new Error(`not fixed: ${reason(error)}`, { cause: error });
  }
}
