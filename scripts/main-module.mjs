import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What went wrong and why, as sentences. @param {unknown} error @returns {string} */
function inWords(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n${inWords(error.cause)}`;
}

/**
 * Runs `main` when the module with this URL is the program that was started, and not imported by another.
 * An error becomes its sentences and status 1; EC2_WARDEN_TRACE=1 shows where it came from.
 * @param {string} url
 * @param {() => Promise<void>} main
 */
export async function runAsProgram(url, main) {
  const [, program] = process.argv;
  if (program === undefined || realpathSync(program) !== fileURLToPath(url)) return;
  try {
    await main();
  } catch (error) {
    process.stderr.write(`\n${inWords(error)}\n`);
    if (process.env['EC2_WARDEN_TRACE'] === '1' && error instanceof Error)
      process.stderr.write(`${error.stack ?? ''}\n`);
    process.exit(1);
  }
}
