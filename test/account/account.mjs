import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { profileFiles } from '../../samples/account/profiles.mjs';
import { PRODUCTION } from '../../samples/account/production.mjs';
import { STAGING } from '../../samples/account/staging.mjs';
import { startEmulator } from '../../scripts/account/emulator.mjs';
import { standingAnswers } from './proxy/answers.mjs';
import { openProxy } from './proxy/proxy.mjs';
import { instanceStates } from './proxy/states.mjs';

/**
 * An emulated company with a proxy in front.
 * @typedef {object} TestAccount
 * @property {string} endpoint the proxy's
 * @property {string} emulator moto's own
 * @property {import('./proxy/proxy.mjs').Proxy} proxy
 * @property {Map<string, 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped'>} states by which instances are shown, whatever moto says
 * @property {Promise<number>} exited
 * @property {() => Promise<{ instances: number }>} fill puts the company of samples/account in
 * @property {() => Promise<void>} close
 */

/**
 * Starts moto and the proxy; nothing is in the account yet.
 * @returns {Promise<TestAccount>} whoever opens it closes it
 * @throws {Error} that says what is missing
 */
export async function openAccount() {
  const emulator = await startEmulator();
  /** @type {TestAccount['states']} */
  const states = new Map();
  const proxy = await openProxy(emulator.endpoint, [...standingAnswers(), instanceStates(states)]);
  return {
    endpoint: proxy.endpoint,
    emulator: emulator.endpoint,
    proxy,
    states,
    exited: emulator.exited,
    fill: async () => {
      // This Node.js is new enough for all that is done here.
      process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
      const { seed } = await import('../../scripts/account/seed.mjs');
      const { instances, passing } = await seed(emulator.endpoint, [PRODUCTION, STAGING], proxy.endpoint);
      for (const { id, state } of passing) states.set(id, state);
      return { instances };
    },
    close: async () => {
      await proxy.close();
      await emulator.stop();
    },
  };
}

/**
 * Writes the profiles into a folder and gives an environment in which they are all that AWS's tools find.
 * @param {string} folder
 * @param {{ config: string, credentials: string }} [files]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentWith(folder, files, env = process.env) {
  mkdirSync(folder, { recursive: true });
  const { config = '', credentials = '' } = files ?? {};
  writeFileSync(join(folder, 'config'), config, { mode: 0o600 });
  writeFileSync(join(folder, 'credentials'), credentials, { mode: 0o600 });
  return {
    ...env,
    // Undefined, and not left out: whoever puts this over an environment of AWS's takes them away.
    ...Object.fromEntries(Object.keys(env).flatMap((name) => (/^AWS_/i.test(name) ? [[name, undefined]] : []))),
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    // A machine in the cloud has a role of its own, which is none of this.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** The profiles of samples/account, in the environment of an editor. @param {string} folder @param {string} endpoint @param {NodeJS.ProcessEnv} [env] */
export function companyEnvironment(folder, endpoint, env) {
  return environmentWith(folder, profileFiles(endpoint), env);
}
