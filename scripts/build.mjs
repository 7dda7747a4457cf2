// npm run build [-- --watch]: dist/extension.js, dist/server.js, dist/browser/server.js and dist/cli.js.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { ROOT } from './paths.mjs';
import { runAsProgram } from './main-module.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { say } from './progress.mjs';

/**
 * @typedef {object} Entry
 * @property {string} from
 * @property {string} to
 * @property {import('esbuild').BuildOptions} options
 */

/**
 * vscode-jsonrpc loads `net` for transports that we do not use: nothing of ours can open a connection.
 * @type {import('esbuild').BuildOptions}
 */
const NO_SOCKETS = { alias: { net: './src/server/no-sockets.ts' } };

/** @type {import('esbuild').BuildOptions} */
const NODE = { platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };

/** @type {readonly Entry[]} */
export const ENTRIES = [
  {
    from: 'src/client/extension.ts',
    to: 'dist/extension.js',
    options: { ...NODE, ...NO_SOCKETS, external: ['vscode'] },
  },
  { from: 'src/server/node.ts', to: 'dist/server.js', options: { ...NODE, ...NO_SOCKETS } },
  {
    from: 'src/server/browser.ts',
    to: 'dist/browser/server.js',
    options: { platform: 'browser', format: 'iife', target: 'es2022', mainFields: ['browser', 'module', 'main'] },
  },
  { from: 'src/cli/main.ts', to: 'dist/cli.js', options: NODE },
];

/** The build of one entry. @param {Entry} entry @param {boolean} development @returns {import('esbuild').BuildOptions} */
export function optionsOf(entry, development) {
  const source = readFileSync(join(ROOT, entry.from), 'utf8');
  const isCommand = entry.to === 'dist/cli.js' && !source.startsWith('#!');
  return {
    ...entry.options,
    absWorkingDir: ROOT,
    entryPoints: [entry.from],
    outfile: entry.to,
    bundle: true,
    minify: !development,
    // While developing, breakpoints need the map beside the file; a release keeps its maps in dist/maps, outside the package.
    sourcemap: development ? 'linked' : 'external',
    metafile: true,
    write: development,
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': development ? '"development"' : '"production"' },
    ...(isCommand ? { banner: { js: '#!/usr/bin/env node' } } : {}),
  };
}

/**
 * Writes one release bundle, its source map into dist/maps and its metafile into dist/meta (tests read what is in a bundle).
 * @param {typeof import('esbuild')} esbuild
 * @param {Entry} entry
 * @returns {Promise<import('esbuild').Metafile>}
 */
async function buildEntry(esbuild, entry) {
  const { outputFiles = [], metafile } = await esbuild.build(optionsOf(entry, false));
  if (metafile === undefined) throw new Error(`esbuild gave no metafile for ${entry.to}.`);
  const name = relative('dist', entry.to).replaceAll(/[\\/]/g, '-');
  for (const { path, contents } of outputFiles) {
    const target = path.endsWith('.map') ? join(ROOT, 'dist/maps', `${name}.map`) : path;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contents);
    if (target === path) say(`  ${entry.to.padEnd(24)}${(contents.length / 1024).toFixed(1).padStart(8)} KB`);
  }
  if (entry.to === 'dist/cli.js') chmodSync(join(ROOT, entry.to), 0o755);
  mkdirSync(join(ROOT, 'dist/meta'), { recursive: true });
  writeFileSync(join(ROOT, 'dist/meta', `${basename(name, '.js')}.json`), JSON.stringify(metafile));
  return metafile;
}

/** Builds every entry for release. Needs the npm packages. */
export async function build() {
  const esbuild = await import('esbuild');
  /** @type {import('esbuild').Metafile[]} */
  const metafiles = [];
  for (const entry of ENTRIES) metafiles.push(await buildEntry(esbuild, entry));
  writeFileSync(join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(metafiles));
}

/** Builds every entry again whenever a file of it changes, until the program is ended. */
async function watch() {
  const esbuild = await import('esbuild');
  for (const entry of ENTRIES) {
    const context = await esbuild.context({ ...optionsOf(entry, true), logLevel: 'info' });
    await context.watch();
  }
}

await runAsProgram(import.meta.url, () => (process.argv.includes('--watch') ? watch() : build()));
