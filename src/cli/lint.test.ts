import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint, type LintOptions } from './lint';
import { fixedByTestEngine, testEngine } from './testing/engine';
import { folderWith } from './testing/folder';
import { surroundingsIn } from './testing/surroundings';

const CALL = '#!/bin/sh\ncurl -s http://169.254.169.254/latest/meta-data/instance-id \n';
const OPEN = 'chmod 777 ~/.aws\n';

interface Linted {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Each `FILE:LINE:COLUMN RULE`, where the format is json. */
  readonly found: readonly string[];
}

async function lintIn(
  folder: string,
  paths: readonly string[],
  options: Partial<LintOptions> = {},
  parts: Parameters<typeof surroundingsIn>[1] = {},
): Promise<Linted> {
  const surroundings = surroundingsIn(folder, parts);
  const status = await lint(
    paths,
    { format: 'json', failOn: 'warning', ...options },
    testEngine,
    surroundings,
    '1.2.3',
  );
  const { stdout, stderr } = surroundings.printed();
  const report = stdout.startsWith('{') ? stdout : stderr.slice(Math.max(stderr.indexOf('{'), 0));
  const { findings } = (report.startsWith('{') ? JSON.parse(report) : { findings: [] }) as {
    findings: { file: string; line: number; column: number; ruleId: string }[];
  };
  const found = findings.map(
    ({ file, line, column, ruleId }) => `${file.split(path.sep).join('/')}:${line}:${column} ${ruleId}`,
  );
  return { status, stdout, stderr, found };
}

const contentOf = (folder: string, file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');

describe('what is linted', () => {
  it('is each file once, in the order in which files and folders were named', async () => {
    const folder = folderWith({ 'b.sh': CALL, 'a/x.sh': CALL, 'a/y.sh': CALL });
    const { found } = await lintIn(folder, ['b.sh', './a/y.sh', 'a', '.', path.join(folder, 'b.sh')]);
    expect(found).toEqual(['b.sh:2:1 imdsv1-call', 'a/y.sh:2:1 imdsv1-call', 'a/x.sh:2:1 imdsv1-call']);
  });

  it('is a file that is named, whatever .gitignore says', async () => {
    const folder = folderWith({ '.gitignore': '*.sh\n', 'a.sh': CALL });
    expect((await lintIn(folder, ['.'])).found).toEqual([]);
    expect((await lintIn(folder, ['a.sh'])).found).toEqual(['a.sh:2:1 imdsv1-call']);
    expect((await lintIn(folder, ['.', 'a.sh'])).found).toEqual(['a.sh:2:1 imdsv1-call']);
  });

  it('is a file behind a symbolic link that is named, once', async () => {
    const folder = folderWith({ 'real/a.sh': CALL });
    fs.symlinkSync('real/a.sh', path.join(folder, 'link.sh'));
    fs.symlinkSync('real', path.join(folder, 'link'));
    expect((await lintIn(folder, ['link.sh', 'real/a.sh'])).found).toEqual(['link.sh:2:1 imdsv1-call']);
    expect((await lintIn(folder, ['link'])).found).toEqual(['link/a.sh:2:1 imdsv1-call']);
  });

  it('is what can be read; the rest is reported, each with its reason, and the exit status is 2', async () => {
    const folder = folderWith({
      'a.sh': CALL,
      'bin.sh': 'a\0b',
      'latin1.sh': Buffer.from('echo \u00e9', 'latin1'),
      'utf16.ps1': Buffer.from('\uFEFFecho', 'utf16le'),
      'z.sh': OPEN,
    });
    fs.symlinkSync('loop', path.join(folder, 'loop'));
    const names = ['gone.sh', 'a.sh', 'bin.sh', 'latin1.sh', 'utf16.ps1', 'a.sh/b', 'loop', 'z.sh'];
    expect(await lintIn(folder, names)).toMatchObject({
      status: 2,
      found: ['a.sh:2:1 imdsv1-call', 'z.sh:1:1 credentials-permissions'],
      stderr: [
        'ec2-warden: gone.sh: cannot be read: no such file or folder',
        `ec2-warden: ${path.normalize('a.sh/b')}: cannot be read: a part of its path is not a folder`,
        'ec2-warden: loop: cannot be read: its symbolic links go round in a circle',
        'ec2-warden: bin.sh: cannot be linted: it is binary (it holds a NUL byte)',
        'ec2-warden: latin1.sh: cannot be linted: it is not UTF-8; save it as UTF-8',
        'ec2-warden: utf16.ps1: cannot be linted: it is UTF-16, not UTF-8; save it as UTF-8',
        '',
      ].join('\n'),
    });
    // Found in a folder, they are none of our business.
    fs.rmSync(path.join(folder, 'loop'));
    expect(await lintIn(folder, ['.'])).toMatchObject({ status: 1, stderr: '' });
  });

  it('loses one file to a defect, not the run, and no stack is shown', async () => {
    const folder = folderWith({ 'a.sh': 'bang', 'b.sh': `${OPEN}boom`, 'c.sh': OPEN });
    expect(await lintIn(folder, ['.'])).toMatchObject({
      status: 2,
      found: ['b.sh:1:1 credentials-permissions', 'c.sh:1:1 credentials-permissions'],
      stderr: [
        'ec2-warden: a.sh: unexpected error (bang); this is a defect of ec2-warden, please report it: https://github.com/ec2-warden/ec2-warden/issues',
        'ec2-warden: b.sh: the rule imdsv1-call failed, so its findings are missing: unexpected error (boom); this is a defect of ec2-warden, please report it: https://github.com/ec2-warden/ec2-warden/issues',
        '',
      ].join('\n'),
    });
  });

  it('loses a fix to a defect, not the finding', async () => {
    const folder = folderWith({ 'a.sh': `${CALL}bust\n` });
    expect(await lintIn(folder, ['.'], { fix: true })).toMatchObject({
      status: 2,
      found: ['a.sh:2:1 imdsv1-call'],
      stderr:
        'ec2-warden: a.sh: the fix of imdsv1-call failed: unexpected error (bust); this is a defect of ec2-warden, please report it: https://github.com/ec2-warden/ec2-warden/issues\n',
    });
    expect(contentOf(folder, 'a.sh')).toBe(`${CALL}bust\n`);
  });

  it('says which named files it does not understand', async () => {
    const folder = folderWith({ 'a.md': CALL, 'b.md': '', 'c.md': '', 'd.md': '', 'e.sh': '' });
    expect(await lintIn(folder, ['a.md'])).toMatchObject({
      status: 0,
      stderr: 'ec2-warden: a.md: not known as a script or template by name or first line, so not linted\n',
    });
    expect((await lintIn(folder, ['a.md', 'b.md', 'c.md', 'd.md', 'e.sh'])).stderr).toBe(
      'ec2-warden: a.md, b.md, c.md and 1 more: not known as a script or template by name or first line, so not linted\n',
    );
    expect((await lintIn(folder, [], { stdinFilename: 'x.md' })).stderr).toMatch(
      /; --stdin-filename user-data\.sh makes standard input a script\n$/,
    );
    expect((await lintIn(folder, ['.'])).stderr).toBe('');
  });

  it('has no byte order mark for a first character', async () => {
    const folder = folderWith({ 'a.sh': `\uFEFF${OPEN}` });
    expect((await lintIn(folder, ['a.sh'])).found).toEqual(['a.sh:1:1 credentials-permissions']);
  });

  it('does not let the name of a file command the terminal', async () => {
    expect((await lintIn(folderWith({}), ['a\u001b[2J.sh'])).stderr).toBe(
      'ec2-warden: a␛[2J.sh: cannot be read: no such file or folder\n',
    );
  });
});

describe('standard input', () => {
  it('is linted under a name or none', async () => {
    const folder = folderWith({ 'a.sh': OPEN });
    const parts = { stdin: CALL };
    expect((await lintIn(folder, ['-'], {}, parts)).found).toEqual(['<stdin>:2:1 imdsv1-call']);
    expect((await lintIn(folder, [], { stdinFilename: 'web/u.sh' }, parts)).found).toEqual([
      'web/u.sh:2:1 imdsv1-call',
    ]);
    expect((await lintIn(folder, ['a.sh', '-'], { stdinFilename: 'u.sh' }, parts)).found).toEqual([
      'a.sh:1:1 credentials-permissions',
      'u.sh:2:1 imdsv1-call',
    ]);
  });

  it('comes out fixed, and the report goes to standard error', async () => {
    const folder = folderWith({});
    const fixed = await lintIn(folder, ['-'], { fix: true }, { stdin: `\uFEFF${CALL}${OPEN}` });
    expect(fixed.stdout).toBe(`\uFEFF${fixedByTestEngine(CALL + OPEN)}`);
    expect(fixed.found).toEqual(['<stdin>:4:1 credentials-permissions']);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['nothing is wrong', 'echo\n', 0],
    ['nothing can be fixed', OPEN, 1],
    ['it is binary', 'a\0b', 2],
    ['the engine fails', 'bang', 2],
  ])('comes out as it went in where %s', async (_, stdin, status) => {
    expect(await lintIn('/', ['-'], { fix: true }, { stdin })).toMatchObject({ status, stdout: stdin });
  });

  it('gives a diff under its name', async () => {
    const { stdout } = await lintIn(
      '/',
      [],
      { format: 'text', fixDryRun: true, stdinFilename: 'web/u.sh' },
      { stdin: CALL },
    );
    expect(stdout).toMatch(/^--- a\/web\/u\.sh\n\+\+\+ b\/web\/u\.sh\n@@ -1,2 \+1,3 @@\n/);
  });
});

describe('--fix', () => {
  it('fixes what is safe, shows what it changed, and reports what is left', async () => {
    const folder = folderWith({ 'a.sh': CALL + OPEN, 'b.sh': OPEN });
    const { stdout, stderr, status } = await lintIn(folder, ['.'], { format: 'text', fix: true });
    expect(contentOf(folder, 'a.sh')).toBe(fixedByTestEngine(CALL + OPEN));
    expect(contentOf(folder, 'b.sh')).toBe(OPEN);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(
      /^--- a\/a\.sh\n\+\+\+ b\/a\.sh\n(.*\n)*Fixed 1 finding in 1 file\.\n\na\.sh\n {2}4:1 {2}error/,
    );
    expect(stdout).toMatch(/\n2 findings in 2 of 2 files: 2 errors\.\n$/);

    const again = await lintIn(folder, ['.'], { format: 'text', fix: true });
    expect(again.stdout).not.toContain('---');
    expect(again.stdout).not.toContain('Fixed');
  });

  it('leaves standard output to the report that other programs read', async () => {
    const folder = folderWith({ 'a.sh': CALL + OPEN });
    const { stdout, stderr, found } = await lintIn(folder, ['.'], { fix: true });
    expect(found).toEqual(['a.sh:4:1 credentials-permissions']);
    expect(stdout.startsWith('{')).toBe(true);
    expect(stderr).toMatch(/\nFixed 1 finding in 1 file\.\n$/);
  });

  it('keeps mode, byte order mark, line ends and a missing last line break', async () => {
    const text = '#!/bin/sh\r\ncurl -s http://169.254.169.254/latest/ \r\necho';
    const folder = folderWith({ 'a.sh': `\uFEFF${text}` });
    fs.chmodSync(path.join(folder, 'a.sh'), 0o711);
    await lintIn(folder, ['.'], { fix: true });
    expect(contentOf(folder, 'a.sh')).toBe(`\uFEFF${fixedByTestEngine(text)}`);
    expect(fs.statSync(path.join(folder, 'a.sh')).mode & 0o777).toBe(0o711);
  });

  it('follows a symbolic link that was named, and leaves it one', async () => {
    const folder = folderWith({ 'real/a.sh': CALL });
    fs.symlinkSync('real/a.sh', path.join(folder, 'link.sh'));
    await lintIn(folder, ['link.sh'], { fix: true });
    expect(fs.readlinkSync(path.join(folder, 'link.sh'))).toBe('real/a.sh');
    expect(contentOf(folder, 'real/a.sh')).toBe(fixedByTestEngine(CALL));
    expect(fs.readdirSync(path.join(folder, 'real'))).toEqual(['a.sh']);
  });

  it('fixes the other files where one cannot be written, and still reports that one', async () => {
    const folder = folderWith({ 'a.sh': CALL, 'b.sh': CALL });
    fs.chmodSync(path.join(folder, 'a.sh'), 0o444);
    expect(await lintIn(folder, ['.'], { fix: true })).toMatchObject({
      status: 2,
      found: ['a.sh:2:1 imdsv1-call'],
      stderr: expect.stringContaining('ec2-warden: a.sh: not fixed: it is read-only\n') as string,
    });
    expect(contentOf(folder, 'a.sh')).toBe(CALL);
    expect(contentOf(folder, 'b.sh')).toBe(fixedByTestEngine(CALL));
  });

  it('reports of a file what is left after the fixes of others', async () => {
    const files = { 'a.sh': 'runs b.sh\n', 'b.sh': CALL, 'c.sh': `runs b.sh\n${CALL}` };
    expect((await lintIn(folderWith(files), ['.'])).found).toEqual([
      'a.sh:1:1 imdsv1-call',
      'b.sh:2:1 imdsv1-call',
      'c.sh:1:1 imdsv1-call',
      'c.sh:3:1 imdsv1-call',
    ]);
    const folder = folderWith(files);
    const { status, found, stderr } = await lintIn(folder, ['.'], { fix: true });
    expect({ status, found }).toEqual({ status: 0, found: [] });
    expect(stderr).toContain('--- a/c.sh\n');
    expect(stderr).toMatch(/\nFixed \d findings in 2 files\.\n$/);
    expect(await lintIn(folderWith(files), ['a.sh'], { fix: true })).toMatchObject({ found: ['a.sh:1:1 imdsv1-call'] });
  });

  it('does not fix what a rule is off for', async () => {
    const folder = folderWith({ 'a.sh': CALL });
    await lintIn(folder, ['.'], { fix: true, rule: ['imdsv1-call=off'] });
    expect(contentOf(folder, 'a.sh')).toBe(CALL);
  });
});

describe('--fix-dry-run', () => {
  it('prints one diff, says on standard error what it is, and writes nothing', async () => {
    const folder = folderWith({ 'a.sh': CALL + OPEN, 'b/c.sh': CALL, 'd.sh': OPEN });
    const { stdout, stderr, status } = await lintIn(folder, ['.'], { format: 'text', fixDryRun: true });
    expect(status).toBe(1);
    expect(stdout.match(/^(---|\+\+\+) .*$/gm)).toEqual(['--- a/a.sh', '+++ b/a.sh', '--- a/b/c.sh', '+++ b/b/c.sh']);
    expect(stderr).toBe('ec2-warden: --fix would fix 2 findings in 2 files. Nothing was written.\n');
    expect(contentOf(folder, 'a.sh')).toBe(CALL + OPEN);
  });

  it('says where there is nothing to fix', async () => {
    const folder = folderWith({ 'd.sh': OPEN });
    expect(await lintIn(folder, ['.'], { format: 'text', fixDryRun: true })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'ec2-warden: nothing to fix (1 finding).\n',
    });
  });

  it('is exact in a pipe, and in colour in a terminal', async () => {
    const folder = folderWith({ 'a.sh': CALL });
    const options: Partial<LintOptions> = { format: 'text', fixDryRun: true };
    expect((await lintIn(folder, ['.'], options, { env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\u001b');
    expect((await lintIn(folder, ['.'], options, { isTTY: true })).stdout).toContain('\u001b[32m+TOKEN=');
  });
});

describe('colour', () => {
  it.each<[boolean, Record<string, string>, boolean]>([
    [false, {}, false],
    [true, {}, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: '0' }, false],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('where the output is a terminal: %s, with %j: %s', async (isTTY, env, expected) => {
    const folder = folderWith({ 'a.sh': OPEN });
    expect((await lintIn(folder, ['.'], { format: 'text' }, { isTTY, env })).stdout.includes('\u001b')).toBe(expected);
  });
});

describe('in GitHub Actions', () => {
  it('names files from the root of the checkout, wherever in it the tool runs', async () => {
    const folder = folderWith({ 'deploy/web/a.sh': OPEN });
    const below = path.join(folder, 'deploy');
    const fileIn = async (workspace: string): Promise<string | undefined> =>
      /file=([^,]*)/.exec(
        (await lintIn(below, ['web'], { format: 'github' }, { env: { GITHUB_WORKSPACE: workspace } })).stdout,
      )?.[1];
    expect(await fileIn(folder)).toBe('deploy/web/a.sh');
    expect(await fileIn('/elsewhere')).toBe('web/a.sh');
    expect(await fileIn('')).toBe('web/a.sh');
  });
});
