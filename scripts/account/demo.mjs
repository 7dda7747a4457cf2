import { companyEnvironment, environmentWith, openAccount } from '../../test/account/account.mjs';
import { say, secondsSince, step } from '../progress.mjs';

/**
 * What an editor is started with, so that it sees the company of samples/account and nothing of the user's own.
 * @typedef {object} DemoAccount
 * @property {NodeJS.ProcessEnv} env the whole environment of the editor
 * @property {Promise<unknown>} filled when all of the company is there; it is seen growing until then
 * @property {() => Promise<void>} end
 */

/**
 * Starts the emulated account, or says why there is none and leaves the editor without profiles.
 * @param {string} folder for the profiles
 * @returns {Promise<DemoAccount>}
 */
export async function startDemoAccount(folder) {
  const wanted = process.env['EC2_WARDEN_ACCOUNT'] ?? 'demo';
  const nothing = { filled: Promise.resolve(), end: () => Promise.resolve() };
  if (wanted === 'own') return { ...nothing, env: process.env };
  if (wanted !== 'demo') return { ...nothing, env: environmentWith(folder) };
  try {
    const account = await step('starting an emulated AWS account', openAccount);
    const start = Date.now();
    let hasEnded = false;
    const filled = account.fill().then(
      ({ instances }) => say(`  the account holds ${instances} instances, made in ${secondsSince(start)}`),
      (/** @type {unknown} */ error) => {
        // Nobody waits for an account that has been ended meanwhile.
        if (hasEnded) return new Promise(() => undefined);
        say(`  the account could not be filled: ${String(error)}`);
        return undefined;
      },
    );
    const end = () => {
      hasEnded = true;
      return account.close();
    };
    return { env: companyEnvironment(folder, account.endpoint), filled, end };
  } catch (error) {
    say(`  there is no account to try things on: ${reasons(error).join('\n  ')}\n  The editor starts without it.`);
    return { ...nothing, env: environmentWith(folder) };
  }
}

/** @param {unknown} error @returns {string[]} */
function reasons(error) {
  if (!(error instanceof Error)) return [String(error)];
  return [error.message, ...(error.cause === undefined ? [] : reasons(error.cause))];
}
