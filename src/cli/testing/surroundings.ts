import type { Surroundings } from '../surroundings';

/** Surroundings that keep what is printed. */
export interface TestSurroundings extends Surroundings {
  printed(): { readonly stdout: string; readonly stderr: string };
}

/** A process without a terminal, in a folder; the parts given replace its own. */
export function surroundingsIn(
  cwd: string,
  parts: { stdin?: string | Uint8Array; env?: Surroundings['env']; isTTY?: boolean } = {},
): TestSurroundings {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const outputTo = (chunks: Uint8Array[]): Surroundings['stdout'] => ({
    write: (chunk) => {
      chunks.push(Buffer.from(chunk as string));
    },
    isTTY: parts.isTTY ?? false,
    columns: undefined,
  });
  return {
    cwd,
    env: parts.env ?? {},
    stdout: outputTo(out),
    stderr: outputTo(err),
    stdin: () => Promise.resolve(Buffer.from((parts.stdin ?? '') as string)),
    printed: () => ({ stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
  };
}
