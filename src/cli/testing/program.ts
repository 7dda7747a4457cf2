import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { ENTRIES, optionsOf } from '../../../scripts/build.mjs';
import { withLauncher } from '../../../scripts/one-file.mjs';

const SOURCE = path.resolve(import.meta.dirname, '..');

/** Puts the test engine in the place of the real one. */
const WITH_TEST_ENGINE: Plugin = {
  name: 'test-engine',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^\.\.\/engine$/ }, ({ importer }) =>
      path.basename(importer) === 'main.ts' ? { path: 'engine', namespace: 'test-engine' } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: 'test-engine' }, () => ({
      contents: `import { testEngine } from './testing/engine'; export const createEngine = () => testEngine;`,
      resolveDir: SOURCE,
    }));
  },
};

/** Bundles the program as `npm run build` does, with the real engine or the test's, to one file. */
export async function buildProgram(outfile: string, engine: 'real' | 'test'): Promise<void> {
  const entry = ENTRIES.find(({ to }) => to === 'dist/cli.js');
  if (!entry) throw new Error('scripts/build.mjs builds no dist/cli.js');
  const options = optionsOf(entry, false);
  const plugins = [...(options.plugins ?? []), ...(engine === 'test' ? [WITH_TEST_ENGINE] : [])];
  const { outputFiles } = await build({
    ...options,
    outfile,
    plugins,
    write: false,
    sourcemap: false,
    metafile: false,
  });
  const program = outputFiles[0]?.text;
  if (program === undefined) throw new Error('esbuild gave no program');
  fs.mkdirSync(path.dirname(outfile), { recursive: true });
  fs.writeFileSync(outfile, await withLauncher({ build }, program));
}

/** What came of a process. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a bundled program; `watch` is given the process, to write to it, listen to it or end it. */
export function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  watch: (child: ChildProcess) => void = (child) => child.stdin?.end(),
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'] };
    const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({ status, signal, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    watch(child);
  });
}
