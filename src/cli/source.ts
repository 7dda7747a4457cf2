import * as fs from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';

const readInThread = promisify(fs.read);

/** Larger than any user data (16 KB), template (1 MB) or module that EC2 or CloudFormation takes; what is larger is data. */
export const MAX_BYTES = 16 * 1024 * 1024;

/** A text as it was read. */
export interface SourceText {
  readonly bytes: Uint8Array;
  /** U+FEFF where the file starts with a byte order mark, else nothing. It is not part of `text`, as in an editor. */
  readonly bom: string;
  readonly text: string;
}

/** Why something that could be read is no text: `walked` files of this kind are passed over, named ones reported. */
export class NotText extends Error {
  override readonly name = 'NotText';
}

const BOM = '\uFEFF';

/**
 * Reads a text file as UTF-8.
 * @throws NotText where it is binary, not UTF-8, or larger than MAX_BYTES; a system error where it cannot be read.
 */
export async function readSource(path: string): Promise<SourceText> {
  const descriptor = fs.openSync(path, 'r');
  try {
    const status = fs.fstatSync(descriptor);
    if (status.size > MAX_BYTES) throw tooLarge();
    return decode(await readToEnd(descriptor, status.size, status.isFile() ? readNow : readLater));
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Reads some bytes. A file of a few kilobytes is there before a thread could be told to read it; a pipe or a device may keep one waiting. */
type ReadSome = (descriptor: number, into: Uint8Array) => number | Promise<number>;

const readNow: ReadSome = (descriptor, into) => fs.readSync(descriptor, into);
const readLater: ReadSome = async (descriptor, into) =>
  (await readInThread(descriptor, into, 0, into.length, null)).bytesRead;

/**
 * Reads to the end, in one read for a file that keeps its size; a pipe or a device has the size 0.
 * @throws NotText where there is too much of it
 */
async function readToEnd(descriptor: number, expected: number, readSome: ReadSome): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size <= MAX_BYTES) {
    const room = Buffer.allocUnsafe(size === 0 && expected > 0 ? expected + 1 : 65536);
    const bytesRead = await readSome(descriptor, room);
    const chunk = room.subarray(0, bytesRead);
    chunks.push(chunk);
    size += bytesRead;
    if (bytesRead === 0 || size === expected) return chunks.length === 1 ? chunk : Buffer.concat(chunks);
  }
  throw tooLarge();
}

function tooLarge(): NotText {
  return new NotText(`it is larger than ${MAX_BYTES / 1024 / 1024} MiB, so it is no script or template`);
}

/** @throws NotText where the bytes are no UTF-8 text. */
export function decode(bytes: Uint8Array): SourceText {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new NotText('it is UTF-16, not UTF-8; save it as UTF-8');
  }
  if (bytes.includes(0)) throw new NotText('it is binary (it holds a NUL byte)');
  if (!isUtf8(bytes)) throw new NotText('it is not UTF-8; save it as UTF-8');
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return whole.startsWith(BOM) ? { bytes, bom: BOM, text: whole.slice(1) } : { bytes, bom: '', text: whole };
}
