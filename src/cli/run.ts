import { CommanderError } from 'commander';
import { version } from '../../package.json';
import type { Engine } from '../engine';
import type { EnforceOptions } from './enforce/options';
import { defect, UsageError } from './fault';
import { lint } from './lint';
import type { StartThreads } from './lint-inputs';
import { commandLine } from './program';
import { printRules } from './rules';
import type { Surroundings } from './surroundings';

/** The parts of the product that a run loads when it needs them. */
export interface Parts {
  engine(): Engine;
  /** For runs over many files; undefined where all is to be done on one thread. */
  readonly startThreads?: StartThreads;
  /** Carries a plan out; gives the exit status. */
  enforce(options: EnforceOptions, surroundings: Surroundings): Promise<number>;
  /** Starts the language server over standard input and output. */
  startServer(): void;
}

/**
 * Runs the command line tool.
 * @param args without the program's name
 * @returns the exit status; undefined where the process is to live on, as a language server. Never rejects.
 */
export async function run(
  args: readonly string[],
  surroundings: Surroundings,
  parts: Parts,
): Promise<number | undefined> {
  let status: number | undefined = 0;
  const program = commandLine(
    version,
    {
      lint: async (paths, options) => {
        status = await lint(paths, options, parts.engine(), surroundings, version, parts.startThreads);
      },
      enforce: async (options) => {
        status = await parts.enforce(options, surroundings);
      },
      rules: (id) => {
        printRules(id, parts.engine().rules, surroundings);
      },
      lsp: () => {
        parts.startServer();
        status = undefined;
      },
    },
    surroundings,
  );
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    // commander has said by itself what it refused.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const sentence = error instanceof UsageError ? error.message : defect(error);
    surroundings.stderr.write(`ec2-warden: ${sentence}\n`);
    return 2;
  }
}
