import * as fs from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { reason } from './fault';
import type { Linted, Outcome } from './outcome';

/** The bits of a mode that let somebody write. */
const ANY_WRITE = 0o222;
const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes what was fixed, file by file; a file that cannot be written is as it was found, with the reason as a problem.
 * A signal that ends the process does so between two files, so that nothing is left beside them; a second one at once.
 */
export async function writeFixed(linted: readonly Linted[]): Promise<readonly Outcome[]> {
  let signal: NodeJS.Signals | undefined;
  const stopListening = (): void => {
    for (const each of INTERRUPTIONS) process.off(each, interrupted);
  };
  const interrupted = (by: NodeJS.Signals): void => {
    signal = by;
    stopListening();
  };
  for (const each of INTERRUPTIONS) process.on(each, interrupted);
  try {
    const outcomes: Outcome[] = [];
    for (const one of linted) {
      outcomes.push(await written(one));
      if (signal !== undefined) process.kill(process.pid, signal);
    }
    return outcomes;
  } finally {
    stopListening();
  }
}

async function written({ found, fixed }: Linted): Promise<Outcome> {
  const { input } = found;
  if (fixed?.change === undefined || input.path === undefined) return fixed ?? found;
  const { before, after } = fixed.change;
  try {
    await replaceContent(input.path, Buffer.from(before, 'utf8'), Buffer.from(after, 'utf8'));
    return fixed;
  } catch (error) {
    return { ...found, problems: [...found.problems, { file: input.file, message: reason(error) }] };
  }
}

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
