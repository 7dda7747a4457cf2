import { runQuietly } from '../process-group.mjs';

/** The oldest Python that the packages of requirements.txt run on. */
const OLDEST = [3, 10];

/** Programs that may be Python 3, the most particular first; EC2_WARDEN_PYTHON names one before all. */
function candidates() {
  const named = process.env['EC2_WARDEN_PYTHON'];
  if (named !== undefined && named !== '') return [[named]];
  return process.platform === 'win32' ? [['py', '-3'], ['python'], ['python3']] : [['python3'], ['python']];
}

const ASK = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';

/**
 * The command that runs a Python with which an environment can be made.
 * @returns {Promise<readonly string[]>}
 * @throws {Error} that says what is missing and how to get it
 */
export async function findPython() {
  /** @type {string[]} */
  const seen = [];
  for (const [command = '', ...first] of candidates()) {
    const printed = await runQuietly(command, [...first, '-c', ASK]).catch((/** @type {unknown} */ error) => {
      if (/No module named '?(venv|ensurepip)/.test(String(error))) seen.push(`${command} without the module venv`);
      return undefined;
    });
    const [, major = '', minor = ''] = /^(\d+)\.(\d+)\s*$/m.exec(printed ?? '') ?? [];
    if (printed === undefined || major === '') continue;
    const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
    if (Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor)) {
      return [command, ...first];
    }
    seen.push(`${command} ${major}.${minor}`);
  }
  const found = seen.length === 0 ? 'none was found' : `found: ${seen.join(', ')}`;
  throw new Error(
    `Python ${OLDEST.join('.')} or newer with its module venv is needed for the account to try things on (${found}). ` +
      'Install it from python.org or your system (on Debian and Ubuntu: apt install python3-venv), or name its program in EC2_WARDEN_PYTHON.',
  );
}
