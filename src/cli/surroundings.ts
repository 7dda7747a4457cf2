/** Somewhere to print. */
export interface Output {
  write(chunk: string | Uint8Array): void;
  readonly isTTY: boolean;
  /** Width in cells, where the output is a terminal that says. */
  readonly columns: number | undefined;
}

/** All that the command line tool knows of the process it runs in; handed in, so that tests can run it without one. */
export interface Surroundings {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Reads standard input to its end. */
  stdin(): Promise<Uint8Array>;
}

/** True where colour is wanted: https://no-color.org first, then FORCE_COLOR (as Node reads it), then whether it is a terminal. */
export function wantsColor(output: Output, env: Surroundings['env']): boolean {
  if (env['NO_COLOR']) return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return output.isTTY && env['TERM'] !== 'dumb';
}
