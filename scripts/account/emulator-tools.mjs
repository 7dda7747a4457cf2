import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeLeftovers } from '../editor-tools.mjs';
import { ROOT, TOOLS } from '../paths.mjs';
import { runQuietly } from '../process-group.mjs';
import { step } from '../progress.mjs';
import { findPython } from './python.mjs';

const REQUIREMENTS = join(ROOT, 'scripts/account/requirements.txt');
const PROGRAM = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';
/** Written last, so that an environment that has it is whole. */
const MARK = 'installed.txt';

/**
 * The Python of an environment that holds moto and nothing of the user's, made when missing (half a minute, 140 MB).
 * It is made in a folder of its own and renamed when all of it is there; its programs are therefore run by `python -m`.
 * @returns {Promise<string>} the path of its Python
 * @throws {Error} that says what is missing
 */
export async function ensureEmulator() {
  const requirements = readFileSync(REQUIREMENTS);
  const key = createHash('sha256').update(requirements).update(`${process.platform}-${process.arch}`).digest('hex');
  const target = join(TOOLS, `account-${key.slice(0, 12)}`);
  const isWhole = () => existsSync(join(target, MARK)) && existsSync(join(target, PROGRAM));
  if (isWhole()) return join(target, PROGRAM);

  const [command = '', ...first] = await findPython();
  const prefix = 'account-unfinished-';
  removeLeftovers(prefix);
  const unfinished = join(TOOLS, `${prefix}${process.pid}`);
  await step('installing moto, an emulated AWS account, from PyPI, once (about half a minute)', async () => {
    mkdirSync(TOOLS, { recursive: true });
    try {
      await runQuietly(command, [...first, '-m', 'venv', unfinished]);
      await install(join(unfinished, PROGRAM));
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 });
      throw new Error('moto could not be installed. Is PyPI reachable from here?', { cause: error });
    }
    writeFileSync(join(unfinished, MARK), 'All of requirements.txt is here.\n');
    if (!isWhole()) rmSync(target, { recursive: true, force: true, maxRetries: 3 });
    if (existsSync(target)) rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 });
    else renameSync(unfinished, target);
  });
  return join(target, PROGRAM);
}

/** Installs the pinned packages, each held to its hash, as wheels: nothing of them is run meanwhile. @param {string} python */
async function install(python) {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
  await runQuietly(python, [
    ...['-m', 'pip', 'install', ...quiet, '--only-binary', ':all:', '--require-hashes', '-r', REQUIREMENTS],
  ]);
}
