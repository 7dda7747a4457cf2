// node bench/checkov.mjs [--install-checkov] [--runs N] [--dense] [--folder DIR]
//
// How long the whole process of `ec2-warden lint` takes on 100 templates, each in a folder of its own, against checkov on the same folder: with all its checks
// for these frameworks, and with only those that ours stand for. We make the templates, as a picture of public ones: see picture/shape.mjs, and
// test/bench-picture.test.ts for how true it is.
// --dense takes others, of nothing but security groups and instances with long scripts: we read those scripts, and checkov does not.
// --folder takes a folder of templates instead, such as real ones: each should be in a folder of its own there, as checkov takes what lies together for one.
// checkov is the one in .tools/checkov, which --install-checkov puts there, or the one on PATH.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fastestRatio, inTurns, median, ms, pairedRatio } from './paired.mjs';
import { likePublicOnes } from './picture/templates.mjs';
import { cloudFormationYaml, terraform } from './templates.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CLI = join(ROOT, 'dist/cli.js');
const TOOL_FOLDER = join(ROOT, '.tools/checkov');
const WINDOWS = process.platform === 'win32';
const TOOL = join(TOOL_FOLDER, WINDOWS ? 'Scripts/checkov.cmd' : 'bin/checkov');
const PACKAGE = 'checkov==3.3.30';
/** Management ports open to the world, IMDSv1 allowed, volumes not encrypted, public addresses, broad policies. */
const OURS =
  'CKV_AWS_24,CKV_AWS_25,CKV_AWS_260,CKV_AWS_79,CKV_AWS_341,CKV_AWS_3,CKV_AWS_8,CKV_AWS_88,CKV_AWS_107,CKV_AWS_46';

/** Lines of the templates that --dense makes. */
const DENSE_LENGTHS = [150, 476];

/** @typedef {Pick<import('./picture/templates.mjs').Template, 'name' | 'text'>} Template */

/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);

function install() {
  say(`Installing ${PACKAGE} into .tools/checkov, with pip and from PyPI ...`);
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
  options: {
    'install-checkov': { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    dense: { type: 'boolean', default: false },
    folder: { type: 'string' },
  },
});
const runs = Number(values.runs);
if (!existsSync(CLI)) throw new Error('There is no dist/cli.js: run "npm run build" first.');
const works = (/** @type {string} */ program) => spawnSync(program, ['--version']).status === 0;
if (values['install-checkov'] && !works(TOOL)) install();
const checkov = [TOOL, 'checkov'].find(works);
if (checkov === undefined) {
  throw new Error('checkov is not on PATH; --install-checkov puts it into .tools/checkov.');
}

const version = spawnSync(checkov, ['--version'], { encoding: 'utf8' }).stdout.trim();

/**
 * Compares on templates of ours.
 * @param {string} title what they are
 * @param {readonly Template[]} templates
 */
function compareOnMade(title, templates) {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-warden-bench-'));
  try {
    for (const [index, { name, text }] of templates.entries()) {
      const own = join(folder, `${name.replace('.', '-')}-${index}`);
      mkdirSync(own);
      writeFileSync(join(own, name), text);
    }
    compare(folder, title);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {number} count @param {(index: number) => Template} make */
const several = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** A hundred of security groups and of instances with scripts. @param {number} lines @returns {readonly Template[]} */
const dense = (lines) => [
  ...several(50, (index) => ({
    name: 'template.yaml',
    text: `${cloudFormationYaml(lines)}# ${index}\n`,
  })),
  ...several(50, (index) => ({ name: 'main.tf', text: `${terraform(lines)}# ${index}\n` })),
];

/**
 * @param {string} folder
 * @param {string} title what is in it
 */
function compare(folder, title) {
  const frameworks = ['--framework', 'cloudformation', 'terraform'];
  const args = ['-d', folder, ...frameworks, '--quiet', '--compact', '--skip-download'];
  const what = inTurns(
    {
      ours: processOf(process.execPath, [CLI, 'lint', folder]),
      theirs: processOf(checkov ?? '', args),
      few: processOf(checkov ?? '', [...args, '--check', OURS]),
    },
    runs,
    1,
  );
  say(`node ${process.version}, ${title}, medians and the fastest of ${runs} runs in turns`);
  /** @type {readonly ['ours' | 'theirs' | 'few', string][]} */
  const rows = [
    ['ours', 'ec2-warden lint'],
    ['theirs', `checkov ${version}`],
    ['few', `checkov ${version}, 10 checks`],
  ];
  for (const [name, row] of rows) {
    const taken = what(name);
    say(`  ${row.padEnd(26)} ${ms(median(taken)).padStart(11)}   fastest ${ms(Math.min(...taken))}`);
  }
  for (const name of /** @type {const} */ (['theirs', 'few'])) {
    const ratio = (1 / pairedRatio(what('ours'), what(name))).toFixed(1);
    const fastest = (1 / fastestRatio(what('ours'), what(name))).toFixed(1);
    say(
      `  ${name === 'theirs' ? 'checkov' : 'checkov, 10 checks'} / ec2-warden  ${ratio} times (fastest ${fastest})\n`,
    );
  }
}

/** Templates in a folder, by the names that both tools take. @param {string} folder */
function templatesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:tf|ya?ml|json|template)$/.test(name),
  ).length;
}

if (values.folder !== undefined) {
  compare(resolve(values.folder), `${templatesIn(values.folder)} templates in ${basename(values.folder)}`);
} else if (values.dense) {
  for (const lines of DENSE_LENGTHS) {
    compareOnMade(`100 templates of groups and of instances with scripts, ${lines} lines each`, dense(lines));
  }
} else compareOnMade('100 templates that look like public ones', likePublicOnes());
