import * as fs from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { reason } from './fault';

/** The bits of a mode that let somebody write. */
const ANY_WRITE = 0o222;

/**
 * Replaces the content of a file at once or not at all: the new content is written beside it, brought to the disk and renamed over it.
 * Mode and owner stay.
 * @param path absolute, with symbolic links resolved
 * @param before what the file held when it was linted; a file that holds something else by now is left alone
 * @throws Error with a sentence for the user; the file is then as it was
 */
export async function replaceContent(path: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  try {
    const status = fs.statSync(path);
    if (!status.isFile()) throw new Error('it is not a regular file');
    // A rename asks for no right to write the file itself, so it has to be looked for; the superuser has it for all files.
    if ((status.mode & ANY_WRITE) === 0) throw new Error('it is read-only');
    fs.accessSync(path, fs.constants.W_OK);
    const content = Buffer.from(after.buffer, after.byteOffset, after.byteLength);
    const checkUnchanged = (): void => {
      if (!fs.readFileSync(path).equals(before)) throw new Error('it was changed by another program meanwhile');
    };
    // Looked at as late as the library lets us; what it throws ends the attempt, and the new file is removed.
    await writeFileAtomic(path, content, { tmpfileCreated: checkUnchanged });
  } catch (error) {
    throw new Error(`not fixed: ${reason(error)}`, { cause: error });
  }
}
