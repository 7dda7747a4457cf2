// dist/cli.js: src/cli/launch.ts, and behind it the program in a comment. One file, which runs wherever it is copied to.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * Puts the launcher in front of the program.
 * @param {Pick<typeof import('esbuild'), 'build'>} esbuild
 * @param {string} program a script of CommonJS, in ASCII
 * @returns {Promise<string>}
 */
export async function withLauncher(esbuild, program) {
  // Not minified: that would write the marks that it looks for as they stand in front of the program.
  const { outputFiles } = await esbuild.build({
    ...{ platform: 'node', format: 'cjs', target: 'node20', bundle: true, write: false },
    ...{ absWorkingDir: ROOT, logLevel: 'warning', entryPoints: ['src/cli/launch.ts'], outfile: 'launch.js' },
    banner: { js: '#!/usr/bin/env node' },
    define: { PROGRAM_HASH: JSON.stringify(createHash('sha256').update(program).digest('hex').slice(0, 12)) },
  });
  const body = program.replace(/^#!.*\n/, '').replaceAll('*/', '*\u0001/');
  return `${(outputFiles[0]?.text ?? '').trimEnd()}\n/*\n${body}*/\n`;
}

/**
 * Runs the program once and keeps what V8 has compiled beside it, for this version of Node.js. What was kept of other programs goes.
 * @param {string} file dist/cli.js
 * @param {readonly string[]} samples what it is run over: nothing that has it load a grammar, as that changes V8's flags
 */
export function keepCompiled(file, samples) {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) if (name.startsWith(`${basename(file)}.`)) rmSync(join(folder, name));
  const run = 'const cli = require(process.argv[1]); process.on("exit", cli.keepCompiled); cli.main();';
  const { stderr } = spawnSync(process.execPath, ['-e', run, '--', file, 'lint', ...samples], { encoding: 'utf8' });
  // What it found and its exit status are none of our business.
  if (!readdirSync(folder).some((name) => name.startsWith(`${basename(file)}.`))) {
    throw new Error(`${file} does not run: ${stderr}`);
  }
}
