import { setTimeout as sleep } from 'node:timers/promises';
import { startGroup } from '../process-group.mjs';
import { ensureEmulator } from './emulator-tools.mjs';

const START_MS = 30_000;

/**
 * An emulated AWS: many accounts and regions, all in memory, gone when it is stopped.
 * @typedef {object} Emulator
 * @property {string} endpoint `http://127.0.0.1:<port>`, for every service
 * @property {() => Promise<void>} reset empties it
 * @property {Promise<number>} exited
 * @property {() => Promise<number>} stop
 */

/**
 * Starts moto on the loopback interface. It ends with this process, however this one ends.
 * @returns {Promise<Emulator>} when it answers
 * @throws {Error} when Python is missing, or with what it printed when it does not start
 */
export async function startEmulator() {
  const python = await ensureEmulator();
  let log = '';
  const group = startGroup(python, ['-u', '-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    // Its own environment must not be told what the user's AWS tools are told.
    env: { ...withoutAws(process.env), PYTHONDONTWRITEBYTECODE: '1' },
    output: 'pipe',
    onOutput: (text) => (log = (log + text).slice(-20_000)),
  });
  const end = { come: false };
  void group.exited.finally(() => (end.come = true));
  const deadline = Date.now() + START_MS;
  /** @type {string | undefined} */
  let endpoint;
  while (endpoint === undefined || !(await answers(endpoint))) {
    endpoint ??= /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(log)?.[1];
    if (end.come || Date.now() > deadline) {
      await group.stop();
      throw new Error(`moto did not start.\n${log.slice(-2000)}`);
    }
    await sleep(50);
  }
  const address = endpoint;
  return {
    endpoint: address,
    reset: async () => {
      await fetch(`${address}/moto-api/reset`, { method: 'POST' });
    },
    exited: group.exited,
    stop: group.stop,
  };
}

/** @param {string} endpoint */
async function answers(endpoint) {
  return fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** An environment without anything that AWS tools read. @param {NodeJS.ProcessEnv} env @returns {NodeJS.ProcessEnv} */
export function withoutAws(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('AWS_')));
}
