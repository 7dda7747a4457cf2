// npm run build [-- --watch]: dist/extension.js, dist/aws.js, dist/server.js, dist/browser/server.js, dist/cli.js and dist/enforce.js, and the grammars in dist/*.wasm.br.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { ensureDependencies } from './dependencies.mjs';
import { ROOT } from './paths.mjs';
import { LEAN_SDK } from './lean-sdk.mjs';
import { runAsProgram } from './main-module.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { keepCompiled, withLauncher } from './one-file.mjs';
import { say } from './progress.mjs';

/**
 * @typedef {object} Entry
 * @property {string} from
 * @property {string} to
 * @property {import('esbuild').BuildOptions} options
 */

/** What tree-sitter needs to read a language: files that lie in dist/ for the server, and in the bundle of the command line. */
export const GRAMMAR_FILES = {
  'tree-sitter.wasm': 'node_modules/web-tree-sitter/web-tree-sitter.wasm',
  'powershell.wasm': 'node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm',
};

/** A grammar as it is delivered: by Brotli, which leaves a fifth less of it than Deflate does and is unpacked sooner. @param {string} path */
function compressed(path) {
  // Its best would take four seconds for a tenth less.
  return brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

/**
 * Bundles WebAssembly as compressed bytes: nobody who has no use for it pays for unpacking it.
 * @type {import('esbuild').Plugin}
 */
const COMPRESSED_WASM = {
  name: 'compressed-wasm',
  setup: (bundler) => {
    bundler.onLoad({ filter: /\.wasm$/ }, ({ path }) => ({
      // As base64 in a module of its own form: esbuild's loader for binary files makes an array of which import() copies every byte as a property.
      contents: `export default ${JSON.stringify(compressed(path).toString('base64'))};`,
      loader: 'js',
    }));
  },
};

/**
 * esbuild would take the ECMAScript module, which asks `import.meta` where it is; in a bundle of CommonJS nobody answers.
 * @type {import('esbuild').Plugin}
 */
const COMMONJS_TREE_SITTER = {
  name: 'commonjs-tree-sitter',
  setup: (bundler) => {
    const path = join(ROOT, 'node_modules/web-tree-sitter/web-tree-sitter.cjs');
    bundler.onResolve({ filter: /^web-tree-sitter$/ }, () => ({ path }));
  },
};

/**
 * For Node.js, yaml comes as CommonJS and asks the environment at every token whether it is being debugged, which takes a tenth of its time. What it gives
 * browsers is the same and does neither.
 * @type {import('esbuild').Plugin}
 */
const PURE_YAML = {
  name: 'pure-yaml',
  setup: (bundler) => {
    const path = join(ROOT, 'node_modules/yaml/browser/index.js');
    bundler.onResolve({ filter: /^yaml$/ }, () => ({ path }));
  },
};

/**
 * commander can start subcommands that are programs of their own. Ours are none, and to load what starts programs takes longer than to parse the options.
 * @type {import('esbuild').Plugin}
 */
const NO_CHILD_PROCESSES = {
  name: 'no-child-processes',
  setup: (bundler) => {
    const namespace = 'no-child-processes';
    bundler.onResolve({ filter: /^(?:node:)?child_process$/ }, ({ path, importer }) =>
      /[\\/]node_modules[\\/]commander[\\/]/.test(importer) ? { path, namespace } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace }, () => ({ contents: 'module.exports = {};' }));
  },
};

/**
 * The library for AWS is a bundle of its own: what imports it loads that file, when the import is reached. What carries plans out is loaded when it is needed
 * itself, and needs it at once.
 * @type {import('esbuild').Plugin}
 */
const AWS_APART = {
  name: 'aws-apart',
  setup: (bundler) => {
    bundler.onResolve({ filter: /\/aws$/ }, ({ kind, importer }) => {
      const from = importer.replaceAll('\\', '/');
      const isEnforcing = from.includes('/src/cli/enforce/');
      if (!isEnforcing && !from.includes('/src/explorer/')) return undefined;
      if (!isEnforcing && kind !== 'dynamic-import')
        throw new Error(`${importer} must import src/aws when it is needed, by import().`);
      return { path: './aws.js', external: true };
    });
  },
};

/**
 * vscode-jsonrpc loads `net` for transports that we do not use, and web-tree-sitter can fetch its files from elsewhere: nothing of ours can
 * open a connection.
 * @type {import('esbuild').BuildOptions}
 */
const NO_NETWORK = {
  alias: { net: './src/server/no-sockets.ts' },
  define: { fetch: 'undefined', XMLHttpRequest: 'undefined' },
};

/** @type {import('esbuild').BuildOptions} */
const NODE = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  plugins: [COMPRESSED_WASM, COMMONJS_TREE_SITTER, PURE_YAML],
};

/** @type {readonly Entry[]} */
export const ENTRIES = [
  {
    from: 'src/client/extension.ts',
    to: 'dist/extension.js',
    options: {
      ...NODE,
      ...NO_NETWORK,
      external: ['vscode'],
      plugins: [...(NODE.plugins ?? []), AWS_APART],
      // import() of dist/aws.js becomes require().
      supported: { 'dynamic-import': false },
    },
  },
  {
    from: 'src/aws/index.ts',
    to: 'dist/aws.js',
    options: {
      ...NODE,
      plugins: [...(NODE.plugins ?? []), LEAN_SDK],
      // Which Node.js the editor runs on is not for its user to change.
      define: { 'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"' },
    },
  },
  { from: 'src/server/node.ts', to: 'dist/server.js', options: { ...NODE, ...NO_NETWORK } },
  {
    from: 'src/server/browser.ts',
    to: 'dist/browser/server.js',
    options: {
      ...NO_NETWORK,
      alias: {},
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      mainFields: ['browser', 'module', 'main'],
    },
  },
  {
    from: 'src/cli/main.ts',
    to: 'dist/cli.js',
    options: {
      ...NODE,
      plugins: [...(NODE.plugins ?? []), NO_CHILD_PROCESSES],
      // Nothing would carry import() out for what the launcher compiles.
      supported: { 'dynamic-import': false },
    },
  },
  {
    from: 'src/cli/enforce/index.ts',
    to: 'dist/enforce.js',
    options: { ...NODE, plugins: [...(NODE.plugins ?? []), AWS_APART] },
  },
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
    define: { ...entry.options.define, 'process.env.NODE_ENV': development ? '"development"' : '"production"' },
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
    const isProgram = target === path && entry.to === 'dist/cli.js';
    writeFileSync(target, isProgram ? await withLauncher(esbuild, Buffer.from(contents).toString()) : contents);
    if (target === path) say(`  ${entry.to.padEnd(24)}${(contents.length / 1024).toFixed(1).padStart(8)} KB`);
  }
  if (entry.to === 'dist/cli.js') chmodSync(join(ROOT, entry.to), 0o755);
  mkdirSync(join(ROOT, 'dist/meta'), { recursive: true });
  writeFileSync(join(ROOT, 'dist/meta', `${basename(name, '.js')}.json`), JSON.stringify(metafile));
  return metafile;
}

/** What a run is busy with: a script with findings, templates. */
const SAMPLES = ['user-data.sh', 'templates', 'terraform'].map((name) => join(ROOT, 'samples/workspace', name));

/** Puts the grammars where the server looks for them: beside it. @param {string} [folder] */
export function putGrammars(folder = join(ROOT, 'dist')) {
  mkdirSync(folder, { recursive: true });
  for (const [name, from] of Object.entries(GRAMMAR_FILES)) {
    writeFileSync(join(folder, `${name}.br`), compressed(join(ROOT, from)));
  }
}

/** Builds every entry for release. Needs the npm packages. */
export async function build() {
  const esbuild = await import('esbuild');
  putGrammars();
  /** @type {import('esbuild').Metafile[]} */
  const metafiles = [];
  for (const entry of ENTRIES) metafiles.push(await buildEntry(esbuild, entry));
  keepCompiled(join(ROOT, 'dist/cli.js'), SAMPLES);
  writeFileSync(join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(metafiles));
}

/** Builds every entry again whenever a file of it changes, until the program is ended. */
async function watch() {
  const esbuild = await import('esbuild');
  putGrammars();
  for (const entry of ENTRIES) {
    const context = await esbuild.context({ ...optionsOf(entry, true), logLevel: 'info' });
    await context.watch();
  }
}

await runAsProgram(import.meta.url, async () => {
  await ensureDependencies();
  await (process.argv.includes('--watch') ? watch() : build());
});
