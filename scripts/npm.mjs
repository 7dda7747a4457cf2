import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { runQuietly } from './process-group.mjs';

/**
 * The command that runs npm without a shell: npm's own program on this Node.js where it can be found, else `npm`.
 * @returns {[command: string, ...args: string[]]}
 */
function npmCommand() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'],
    join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(beside, 'node_modules/npm/bin/npm-cli.js'),
  ];
  const program = candidates.find((path) => path?.endsWith('npm-cli.js') === true && existsSync(path));
  return program === undefined ? ['npm'] : [process.execPath, program];
}

/**
 * Runs npm in a folder. No package's install script is ever run.
 * @param {string} cwd
 * @param {readonly string[]} args
 * @throws {Error} with npm's own words and what to do about it
 */
export async function npm(cwd, args) {
  const [command, ...first] = npmCommand();
  const quiet = ['--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'];
  try {
    await runQuietly(command, [...first, ...args, ...quiet], { cwd });
  } catch (error) {
    throw new Error(`npm ${args[0]} failed in ${cwd}. Is the npm registry reachable from here?`, { cause: error });
  }
}
