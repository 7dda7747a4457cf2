import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('process-guard.mjs', import.meta.url));

/**
 * @typedef {object} GroupOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment; this process's own when left out
 * @property {'inherit' | 'pipe'} [output] `pipe` hands standard output and error to `onOutput` instead of showing them
 * @property {(text: string) => void} [onOutput]
 */

/**
 * @typedef {object} Group
 * @property {Promise<number>} exited the exit status, once every process of the group has ended
 * @property {() => Promise<number>} stop asks all of them to end and waits; kills what has not ended after four seconds
 */

/**
 * Starts a command whose processes all end when `stop` is called and also when this process ends, however it ends.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {GroupOptions} [options]
 * @returns {Group}
 */
export function startGroup(command, args, options = {}) {
  const output = options.output ?? 'inherit';
  const guard = spawn(process.execPath, [GUARD, command, ...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: process.platform !== 'win32',
    stdio: ['pipe', output, output],
    windowsHide: true,
  });
  for (const stream of [guard.stdout, guard.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => options.onOutput?.(text));
  }
  guard.stdin?.on('error', () => undefined);
  /** @type {Promise<number>} */
  const exited = new Promise((resolve, reject) => {
    guard.on('error', reject);
    guard.on('close', (code) => resolve(code ?? 1));
  });
  return {
    exited,
    stop: () => {
      guard.stdin?.end();
      return exited;
    },
  };
}

/**
 * Runs a command to its end and shows what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {GroupOptions} [options]
 * @returns {Promise<number>} its exit status
 */
export function run(command, args, options) {
  return startGroup(command, args, options).exited;
}

/**
 * Runs a command quietly; what it printed is shown only in the error.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {GroupOptions} [options]
 * @returns {Promise<string>} what it printed
 * @throws {Error} with the end of what it printed, when its status is not 0
 */
export async function runQuietly(command, args, options = {}) {
  let printed = '';
  const status = await startGroup(command, args, { ...options, output: 'pipe', onOutput: (text) => (printed += text) })
    .exited;
  if (status !== 0) {
    throw new Error(`${[command, ...args].join(' ')} ended with status ${status}.\n${printed.slice(-4000)}`);
  }
  return printed;
}
