/** The entry of dist/enforce.js, a bundle beside dist/cli.js: only who carries a plan out loads it, and with it the library for AWS. */
import { resolve } from 'node:path';
import { changeLogAt, createAws } from '../../aws';
import type { Surroundings } from '../surroundings';
import { enforcePlan } from './enforce';
import { logPlace } from './log-place';
import type { EnforceOptions } from './options';
import { processTerminal } from './terminal';

/** @returns the exit status */
export async function enforce(options: EnforceOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, env, stderr } = surroundings;
  const logPath = options.log === undefined ? logPlace(env) : resolve(cwd, options.log);
  const abort = new AbortController();
  const interrupted = (): void => {
    stderr.write('ec2-warden: stopping: what was sent is waited for, and nothing more is begun.\n');
    abort.abort();
  };
  const aws = createAws({
    settings: () => ({ readOnly: [] }),
    // A run is short, and looks at the profiles once.
    watch: () => ({ dispose: () => undefined }),
    askMfaCode: ({ profile, device, purpose }) =>
      processTerminal.isInteractive
        ? processTerminal.ask(`Code of ${device} for ${profile}, ${purpose}: `)
        : Promise.resolve(undefined),
    changeLog: changeLogAt(logPath),
  });
  try {
    return await enforcePlan(options, {
      aws,
      surroundings,
      terminal: processTerminal,
      logPath,
      signal: abort.signal,
      // Until then Ctrl+C ends the program, and nothing is lost by it.
      sending: () => void process.once('SIGINT', interrupted),
    });
  } finally {
    process.off('SIGINT', interrupted);
    aws.dispose();
  }
}
