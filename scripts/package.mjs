// npm run package [-- --no-build]: builds, and writes ec2-warden-<version>.vsix.
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { runAsProgram } from './main-module.mjs';
import { ROOT } from './paths.mjs';
import { say } from './progress.mjs';

/** The most that the package may weigh, in KB of 1,024 bytes. */
export const SIZE_LIMIT_KB = 900;

/** Where the package of this version is written. */
export function packagePath() {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return join(ROOT, `${name}-${version}.vsix`);
}

/**
 * Packs what dist/ holds now; .vscodeignore says which files go in.
 * @returns {Promise<string>} the path of the .vsix
 * @throws {Error} when it is heavier than the limit
 */
export async function pack() {
  const { createVSIX } = await import('@vscode/vsce');
  const path = packagePath();
  await createVSIX({ cwd: ROOT, packagePath: path, dependencies: false });
  const kilobytes = statSync(path).size / 1024;
  say(`  ${basename(path)}: ${kilobytes.toFixed(1)} KB of ${SIZE_LIMIT_KB} KB`);
  if (kilobytes > SIZE_LIMIT_KB) {
    throw new Error(`${basename(path)} is ${kilobytes.toFixed(1)} KB, over its limit of ${SIZE_LIMIT_KB} KB.`);
  }
  return path;
}

await runAsProgram(import.meta.url, async () => {
  await ensureDependencies();
  if (!process.argv.includes('--no-build')) await build();
  await pack();
});
