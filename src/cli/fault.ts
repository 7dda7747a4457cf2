import { bugs } from '../../package.json';

/** The run was asked for something that it cannot do; the message is the whole sentence that the user reads. Exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that went wrong with one file while the rest went on. Any of them makes the exit status 2. */
export interface Problem {
  /** As shown to people. */
  readonly file: string;
  /** What happened, to follow "FILE: ". */
  readonly message: string;
}

const KNOWN: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'it is in use by another program',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links go round in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a part of its path is not a folder',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
};

/** What a failed system call means, without the path and the call that Node's message repeats. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : KNOWN[code]) ?? firstLine(error.message);
}

/** For an error that nobody foresaw: one line, no stack. */
export function defect(error: unknown): string {
  return `unexpected error (${reason(error)}); this is a defect of ec2-warden, please report it: ${bugs.url}`;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
