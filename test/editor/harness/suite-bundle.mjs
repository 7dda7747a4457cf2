import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Makes a suite loadable by an extension host: its bundle, and the empty extension that VS Code wants to see under
 * development before it runs tests. The extension under test is the installed one.
 * @param {string} suite the path of its .ts file
 * @param {string} folder where to write
 */
export async function bundleSuite(suite, folder) {
  const extension = join(folder, 'extension');
  mkdirSync(extension, { recursive: true });
  const manifest = { name: 'suite-driver', publisher: 'ec2-warden', version: '0.0.1', engines: { vscode: '^1.95.0' } };
  writeFileSync(join(extension, 'package.json'), JSON.stringify(manifest));
  const program = join(folder, 'suite.js');
  await build({
    entryPoints: [suite],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return { extension, program };
}
